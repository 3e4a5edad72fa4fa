"""The trail as a bundle that anybody verifies without this project, and without a network."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from domain.errors import Refusal
from domain.trail import Entry, Head, canonical

_READY_MADE = Path(__file__).parent / "trail_bundle"


class Bundle:
    """Entries first, then the head, and it is whole."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.lines = archive.open(_info("trail.jsonl"), "w", force_zip64=True)

    def add(self, entry: Entry) -> None:
        # Text that is none is written as a question mark: whoever verifies the bundle sees that the entry was altered.
        self.lines.write(f"{canonical(asdict(entry))}\n".encode(errors="replace"))

    def close(self, head: Head) -> None:
        self.lines.close()
        self._archive.writestr(_info("head.json"), canonical(asdict(head)))
        for file in sorted(_READY_MADE.glob("*.*")):
            self._archive.writestr(_info(file.name), file.read_bytes())


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    return info


@contextmanager
def open_bundle(file: Path) -> Iterator[Bundle]:
    """A new file; refuses to write over another, and leaves none behind when something goes wrong."""
    try:
        target = file.open("xb")
    except FileExistsError:
        raise Refusal(f"{file} đã có. Anh/chị chọn tên khác.") from None
    except OSError as error:
        raise Refusal(f"{file}: không ghi được ({error.strerror}).") from error
    try:
        with target, ZipFile(target, "w") as archive:
            bundle = Bundle(archive)
            with closing(bundle.lines):
                yield bundle
    except BaseException:
        file.unlink()
        raise


def read_head(file: Path) -> Head:
    """Where the trail ended when this bundle was written."""
    try:
        with ZipFile(file) as archive:
            head = json.loads(archive.read("head.json"))
        return Head(int(head["count"]), str(head["hash"]))
    except (OSError, BadZipFile, ValueError, KeyError, TypeError) as error:
        raise Refusal(f"{file} không phải tệp do «thidua audit export» xuất ra.") from error
