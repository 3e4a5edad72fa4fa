"""`thidua demo` and `thidua sandbox`: the training ground."""

import asyncio
import socket
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.runner import run_until_signal
from bot.settings import TELEGRAM, read_settings
from cli.errors import exits_on_refusal
from domain.errors import Refusal
from sandbox.hosts import is_loopback

SAMPLE_YEARS = range(2026, 2031)

Port = Annotated[int, typer.Option(min=0, max=65535, help="Cổng; 0: cổng trống bất kỳ.")]
Data = Annotated[Path | None, typer.Option(help="Thư mục giữ dữ liệu; bỏ trống: không giữ lại gì.")]


@exits_on_refusal
def demo(
    port: Port = 8080,
    host: Annotated[str, typer.Option(help="Chỉ địa chỉ của chính máy này.")] = "127.0.0.1",
    at: Annotated[str | None, typer.Option(help="Giờ bắt đầu ở Việt Nam, ví dụ 2026-05-05T08:00.")] = None,
    data: Data = None,
) -> None:
    settings = read_settings()
    if settings.telegram_token is not None and settings.telegram_api == TELEGRAM:
        raise Refusal("token-in-demo", "Đang đặt THIDUA_TELEGRAM_TOKEN thật. Bỏ biến này đi rồi chạy lại: thidua demo")
    start = _hour(at) if at is not None else None
    _listen(host, port)
    from demo.demo import run_demo

    with tempfile.TemporaryDirectory() as folder:
        run_until_signal(run_demo(host=host, port=port, at=start, data=data or Path(folder)))


def _hour(text: str) -> datetime:
    """Read an hour at which the sample organisation exists. Raises Refusal for any other."""
    try:
        hour = datetime.strptime(text, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 (an hour on the wall)
    except ValueError as error:
        raise Refusal("hour-unread", f"--at {text}: chưa đúng ngày giờ. Ví dụ: --at 2026-05-05T08:00") from error
    if hour.year not in SAMPLE_YEARS:
        first, last = SAMPLE_YEARS[0], SAMPLE_YEARS[-1]
        raise Refusal(
            "hour-outside-sample",
            f"--at {text}: tổ chức mẫu có từ năm {first} đến năm {last}. Ví dụ: --at 2026-05-05T08:00",
        )
    return hour


@exits_on_refusal
def sandbox(port: Port = 8081, token: str = "4242:sandbox", data: Data = None) -> None:  # noqa: S107 (opens nothing real)
    _listen("127.0.0.1", port)
    run_until_signal(_serve_sandbox(port, token, data))


async def _serve_sandbox(port: int, token: str, data: Path | None) -> None:
    from sandbox.server import Sandbox

    server = Sandbox(token=token, data=data)
    await server.start(port=port)
    typer.echo(f"Mở trang này trong trình duyệt: {server.url}/")
    try:
        await asyncio.Event().wait()
    finally:
        await server.stop()


def _listen(host: str, port: int) -> None:
    """Raise Refusal at once if this address cannot be listened on, before anything is set up."""
    if not is_loopback(host):
        raise Refusal(
            "host-not-loopback",
            f"Sân tập chỉ mở trên chính máy này, không mở trên {host}. Bỏ --host, hoặc ghi --host 127.0.0.1",
        )
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refusal(
                "port-unopened", f"Không mở được {host}:{port} ({error.strerror}). Thử cổng khác, ví dụ --port 8090."
            ) from error
