"""`thidua audit`: is the trail as it was written, and a bundle for those who want to see for themselves."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.answered import answered
from bot.app import open_app
from bot.clocks import SystemClock
from bot.settings import read_settings
from bot.stopping import until_done
from documents.trail import open_bundle, read_head
from domain.trail import Fault, FaultKind, Head
from usecases.organisation import caretaker
from usecases.trail import export_trail, verify_trail

audit = typer.Typer(no_args_is_help=True, help="Sổ ghi vết: kiểm tra, xuất.")

_WORDS = {
    FaultKind.ALTERED: "nội dung đã bị sửa",
    FaultKind.REMOVED: "đã bị xóa",
    FaultKind.INSERTED: "bị chèn thêm",
    FaultKind.BROKEN: "không nối tiếp mục liền trước; một trong hai mục đã bị thay",
    FaultKind.HEAD: "không khớp với phần cuối đã ghi của sổ",
    FaultKind.REWRITTEN: "khác với tệp đã xuất; sổ bị viết lại",
}


@audit.command("verify")
@answered
def verify(
    since: Annotated[Path | None, typer.Option(help="Tệp đã xuất trước đây, để biết sổ có bị viết lại không.")] = None,
) -> None:
    """Kiểm tra sổ ghi vết: mục nào bị sửa, xóa, chèn thêm thì mỗi chỗ một dòng."""
    head, faults = until_done(_verify(read_head(since) if since else None))
    if faults:
        typer.echo("\n".join(map(_line, faults)), err=True)
        sys.exit(1)
    typer.echo(f"Sổ ghi vết nguyên vẹn: {head.count} mục. Mã cuối: {head.hash}")


async def _verify(known: Head | None) -> tuple[Head, tuple[Fault, ...]]:
    async with open_app(read_settings(), SystemClock()) as house:
        async with house.contexts.open() as ctx:
            office = await caretaker(ctx)
        async with house.contexts.open(office) as ctx:
            return await verify_trail(ctx, known=known)


def _line(fault: Fault) -> str:
    numbers = str(fault.number) if fault.number == fault.through else f"{fault.number} đến {fault.through}"
    return f"Mục {numbers}: {_WORDS[fault.kind]}."


@audit.command("export")
@answered
def export(file: Path) -> None:
    """Xuất sổ ghi vết ra một tệp .zip, kèm chương trình tự kiểm tra không cần bot và không cần mạng."""
    head = until_done(_export(file))
    typer.echo(f"Đã ghi {head.count} mục vào {file}. Mã cuối: {head.hash}")


async def _export(file: Path) -> Head:
    async with open_app(read_settings(), SystemClock()) as house:
        async with house.contexts.open() as ctx:
            office = await caretaker(ctx)
        async with house.contexts.open(office) as ctx:
            with open_bundle(file) as bundle:
                head = await export_trail(ctx, bundle.add)
                bundle.close(head)
    return head
