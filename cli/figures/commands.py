"""`thidua figures read`: what a report's text says about the indicators of a duty."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.errors import exits_on_refusal
from cli.figures.printing import as_json, as_lines
from domain.calendar import VIETNAM
from domain.errors import Refusal
from domain.figures.reading import read_text
from domain.figures.readings import FiguresReading
from domain.plans.deadlines import DeadlineRule, DutyKind
from domain.plans.plans import Plan
from models.plans.in_force import plan_in_force
from plans.catalogue import parse_plan, shipped_plan, shipped_plans
from usecases.figures.forms import FigureForm, blank_lines
from usecases.figures.wanted import wanted_of

figures = typer.Typer(no_args_is_help=True)

_WITH_FIGURES = (DutyKind.REPORT, DutyKind.PLEDGE)


@figures.command()
@exits_on_refusal
def read(  # noqa: PLR0913 (each is an option)
    plan: Annotated[str, typer.Option(help="Mã kế hoạch.")],
    duty: Annotated[str, typer.Option(help="Mã việc trong kế hoạch.")],
    year: Annotated[int | None, typer.Option(help="Năm đến hạn; bỏ trống: năm nay.")] = None,
    file: Annotated[Path | None, typer.Option(help="Tệp .xlsx, .docx, .pdf; bỏ trống: đầu vào chuẩn.")] = None,
    sheet: Annotated[str | None, typer.Option(help="Tên trang, nếu tệp Excel có nhiều trang.")] = None,
    with_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Đọc số liệu từ văn bản ở đầu vào chuẩn hoặc từ tệp: thidua figures read --plan MÃ --duty MÃ --file TỆP."""
    found = _plan(plan)
    rule = _rule(found, duty)
    wanted = tuple(wanted_of(indicator) for indicator in found.indicators)
    due = year if year is not None else _current_year(found, SystemClock().now().astimezone(VIETNAM).date())
    period, pledging = found.period_of(duty, year=due), rule.kind is DutyKind.PLEDGE
    if file is None:
        text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
        reading = read_text(text, wanted, period=period, pledging=pledging)
    else:
        form = FigureForm(rule.title, "", None, blank_lines(found.indicators), is_pledge=pledging, period=period)
        reading = _read_file(file, form, sheet=sheet)
    shown = json.dumps(as_json(reading), ensure_ascii=False, indent=2) if with_json else as_lines(reading, wanted)
    typer.echo(shown)


def _read_file(file: Path, form: FigureForm, *, sheet: str | None) -> FiguresReading:
    # The libraries for Excel, Word and PDF files take a second to import.
    from documents.figures.reading import read_figure_file

    try:
        content = file.read_bytes()
    except OSError as fault:
        raise Refusal("file-unreadable", f"{file}: không đọc được ({fault.strerror}).") from fault
    found = read_figure_file(file.name, content, form, sheet=sheet)
    if found.sheets:
        names = ", ".join(f"«{name}»" for name in found.sheets)
        raise Refusal("sheets-several", f"Tệp có nhiều trang nói về cùng chỉ tiêu: {names}. Anh/chị thêm --sheet.")
    for note in found.notes:
        typer.echo(note, err=True)
    return found.reading


def _plan(code: str) -> Plan:
    """Return a plan that comes with the program, or one that was loaded into the database."""
    if code in shipped_plans():
        return parse_plan(shipped_plan(code), file=code)
    return run_to_end(_loaded_plan(code))


async def _loaded_plan(code: str) -> Plan:
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        return await plan_in_force(ctx.uow, code)


def _rule(plan: Plan, code: str) -> DeadlineRule:
    known = [rule for rule in plan.deadlines if rule.kind in _WITH_FIGURES]
    for rule in known:
        if rule.code == code:
            return rule
    codes = ", ".join(rule.code for rule in known)
    raise Refusal("duty-unknown", f"Kế hoạch không có giao ước, báo cáo «{code}». Các mã: {codes}.")


def _current_year(plan: Plan, today: date) -> int:
    """Return this year, or the nearest year of the plan."""
    return max(plan.first_year, min(today.year, plan.last_year or today.year))
