"""However large an upload is, the process that serves the page grows by little."""

import tracemalloc
from collections.abc import AsyncIterator

from domain.upload_links import MEGABYTE
from tests.support.files import pieces_of_large_pdf
from tests.web.conftest import Desk
from tests.web.uploading import VERSION

SIZE = 150 * MEGABYTE
MOST = 24 * MEGABYTE


async def body() -> AsyncIterator[bytes]:
    for piece in pieces_of_large_pdf(SIZE):
        yield piece


async def test_a_hundred_and_fifty_megabytes_are_never_in_memory(desk: Desk) -> None:
    size = sum(map(len, pieces_of_large_pdf(SIZE)))
    file = await desk.link.begin("Báo cáo.pdf", size)
    headers = {**VERSION, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    _reset_peak()
    before = _peak()
    tracemalloc.start()

    sent = await desk.host.http.patch(file, data=body(), headers=headers)
    finished = await desk.link.finish()

    _, traced = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (sent.status, sent.headers["Upload-Offset"]) == (204, str(size))
    assert finished.status == 200
    assert traced < MOST
    assert _peak() - before < SIZE // 2


def _reset_peak() -> None:
    """Let the kernel begin to count the process's largest size anew."""
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def _peak() -> int:
    """Return the largest size of the process since then (bytes)."""
    with open("/proc/self/status") as file:
        line = next(line for line in file if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024
