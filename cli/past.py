"""`thidua past`: reports of past periods from Excel, to compare the first reports in the bot with."""

from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.errors import exits_on_refusal
from domain.errors import Refusal
from usecases.submissions.past_reports.entering import PastPreview, enter_past_reports, preview_past_reports
from usecases.submissions.past_reports.sheets import PastKey, read_past_sheet

past = typer.Typer(no_args_is_help=True)

PlanOption = Annotated[str, typer.Option("--plan", help="Mã kế hoạch.")]
DutyOption = Annotated[str, typer.Option("--duty", help="Mã báo cáo trong kế hoạch.")]
YearOption = Annotated[int, typer.Option("--year", help="Năm của kỳ trước, ví dụ 2025.")]
QuarterOption = Annotated[int, typer.Option("--quarter", min=0, max=4, help="Quý, với báo cáo hằng quý.")]
AuthorityOption = Annotated[str, typer.Option("--authority", help="Mã đơn vị có cơ quan thường trực.")]


@past.command("template")
@exits_on_refusal
def write_past_template(  # noqa: PLR0913 (each is an option)
    file: Path,
    plan: PlanOption,
    duty: DutyOption,
    year: YearOption,
    authority: AuthorityOption,
    quarter: QuarterOption = 0,
) -> None:
    """Tệp Excel mẫu của một kỳ: mọi đơn vị, mọi chỉ tiêu, số đã có."""
    if file.exists():
        raise Refusal("file-exists", f"{file} đã có; ghi đè sẽ mất những gì đã điền. Anh/chị chọn tên khác.")
    run_to_end(_write_template(file, PastKey(plan, duty, year, quarter), authority))


async def _write_template(file: Path, key: PastKey, authority: str) -> None:
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        sheet = await read_past_sheet(ctx, key, authority=authority)
    from documents.past_reports.template import draw_past_template

    _write(file, draw_past_template(sheet))
    typer.echo(f"Đã ghi {file}: {len(sheet.units)} đơn vị, {len(sheet.indicators)} chỉ tiêu, {sheet.period.name}.")


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Refusal("file-unwritable", f"{file}: không ghi được ({error.strerror}).") from error


@past.command("import")
@exits_on_refusal
def import_past(  # noqa: PLR0913 (each is an option)
    file: Path,
    plan: PlanOption,
    duty: DutyOption,
    year: YearOption,
    authority: AuthorityOption,
    quarter: QuarterOption = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ in những gì sẽ ghi, không ghi.")] = False,
    partial: Annotated[bool, typer.Option("--partial", help="Ghi phần đọc được dù có ô lỗi.")] = False,
) -> None:
    """Nhập số liệu kỳ trước từ Excel; mỗi ô chưa đọc được một dòng, có ô lỗi thì chưa ghi gì (trừ --partial)."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refusal("file-unreadable", f"Không mở được {file} ({error.strerror}).") from error
    run_to_end(_import(content, PastKey(plan, duty, year, quarter), authority, dry_run=dry_run, partial=partial))


async def _import(content: bytes, key: PastKey, authority: str, *, dry_run: bool, partial: bool) -> None:
    from documents.past_reports.reading import scan_past_reports

    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        entries = scan_past_reports(content, await read_past_sheet(ctx, key, authority=authority))
        view = await preview_past_reports(ctx, key, entries)
        if view.faults and not partial:
            raise Refusal("past-faults", "\n".join(view.faults))
        if not dry_run:
            view = await enter_past_reports(ctx, key, entries, seen=view.seen)
    _tell(view, "Sẽ ghi" if dry_run else "Đã ghi")


def _tell(view: PastPreview, verb: str) -> None:
    counts = f"{view.new} số mới, thay {len(view.replaced)} số, {view.same} số đã có"
    typer.echo("\n".join([*view.faults, *view.replaced, f"{view.title}: {verb} {view.units} đơn vị, {counts}."]))
