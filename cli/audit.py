"""`thidua audit`: checks the audit log and all submissions, and exports a bundle that others can check."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.errors import exits_on_refusal
from documents.audit import open_bundle, read_head
from domain.audit import ChainFault, ChainFaultKind, ChainHead
from templates.filters import moment
from usecases.audit import export_audit_log, verify_audit_log
from usecases.seals.checks import BrokenSeal
from usecases.seals.full_audit import Mismatch, SealAudit, WrongReceipt, audit_seals, export_seals, seal_old

audit = typer.Typer(no_args_is_help=True)

_FAULTS = {
    ChainFaultKind.ALTERED: "nội dung đã bị sửa",
    ChainFaultKind.REMOVED: "đã bị xóa",
    ChainFaultKind.INSERTED: "bị chèn thêm",
    ChainFaultKind.BROKEN: "không nối tiếp mục liền trước; một trong hai mục đã bị thay",
    ChainFaultKind.HEAD: "không khớp với phần cuối đã ghi của sổ",
    ChainFaultKind.REWRITTEN: "khác với tệp đã xuất; sổ bị viết lại",
}
_MISMATCHES = {
    Mismatch.ALTERED: "không còn như lúc cấp",
    Mismatch.REMOVED: "có trong sổ ghi vết nhưng không còn trong cơ sở dữ liệu",
    Mismatch.UNKNOWN: "không có trong sổ ghi vết",
}


@audit.command("verify")
@exits_on_refusal
def verify(
    since: Annotated[Path | None, typer.Option(help="Tệp đã xuất trước đây, để biết sổ có bị viết lại không.")] = None,
) -> None:
    """Kiểm tra sổ ghi vết, rồi tính lại mọi biên nhận từ số liệu và tệp đang lưu: mỗi chỗ sai một dòng."""
    head, faults, seals = run_to_end(_verify(read_head(since) if since else None))
    lines = [*map(_fault, faults), *map(_receipt, seals.receipts), *map(_broken, seals.broken)]
    if lines:
        typer.echo("\n".join(lines), err=True)
        sys.exit(1)
    typer.echo(f"Biên nhận nguyên vẹn: {seals.checked} lần nộp khớp với niêm phong.")
    if seals.unsealed:
        typer.echo(f"{seals.unsealed} biên nhận cũ chưa có niêm phong. Niêm phong từ nay: thidua audit seal")
    typer.echo(f"Sổ ghi vết nguyên vẹn: {head.count} mục. Mã cuối: {head.hash}")


async def _verify(known: ChainHead | None) -> tuple[ChainHead, tuple[ChainFault, ...], SealAudit]:
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        # The check of seals may record an alarm, so the audit log is read after it.
        seals = await audit_seals(ctx, files=app.files)
        return *await verify_audit_log(ctx, known=known), seals


def _fault(fault: ChainFault) -> str:
    numbers = str(fault.number) if fault.number == fault.through else f"{fault.number} đến {fault.through}"
    return f"Mục {numbers}: {_FAULTS[fault.kind]}."


def _receipt(wrong: WrongReceipt) -> str:
    return f"Biên nhận {wrong.code}: {_MISMATCHES[wrong.mismatch]}."


def _broken(broken: BrokenSeal) -> str:
    what = " · ".join(filter(None, [broken.code, broken.title, broken.unit_name]))
    parts = ", ".join(part.words for part in broken.parts)
    known = f" Lần cuối còn khớp: {moment(broken.matched_at)}." if broken.matched_at else ""
    return f"{what}: không còn như lúc nộp: {parts}.{known}"


@audit.command("seal")
@exits_on_refusal
def seal() -> None:
    """Niêm phong từ nay những gì đã nộp trước khi bot có niêm phong."""
    typer.echo(f"Đã niêm phong {run_to_end(_seal())} lần nộp.")


async def _seal() -> int:
    count = 0
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        while batch := await seal_old(ctx):
            count += batch
    return count


@audit.command("export")
@exits_on_refusal
def export(
    file: Path,
    content: Annotated[
        bool, typer.Option("--content", help="Kèm nội dung đã nộp và các tệp, để tự tính lại từng biên nhận.")
    ] = False,
) -> None:
    """Xuất sổ ghi vết ra một tệp .zip, kèm chương trình tự kiểm tra không cần bot và không cần mạng."""
    head = run_to_end(_export(file, content=content))
    typer.echo(f"Đã ghi {head.count} mục vào {file}. Mã cuối: {head.hash}")


async def _export(file: Path, *, content: bool) -> ChainHead:
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        with open_bundle(file) as bundle:
            if content:
                # Receipts come before the log: a submission made in between is in the log, and its content is not
                # needed.
                await export_seals(ctx, bundle.add_receipt, bundle.add_file, files=app.files)
            head = await export_audit_log(ctx, bundle.add)
            bundle.close(head)
    return head
