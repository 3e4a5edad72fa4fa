"""`thidua plans read`: the deadlines that a plan's document names, and how well they were read."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.errors import exits_on_refusal
from domain.errors import Refusal
from domain.plan_texts.reading import read_plan
from domain.plan_texts.readings import WHY_NOT_NAMES, FoundDeadline, PlanReading, RelativeDay
from domain.plans.events import DayCount, Side
from uploads.document_text import read_document_text


def add_to(plans: typer.Typer) -> None:
    plans.command("read")(read_plan_file)


@exits_on_refusal
def read_plan_file(
    file: Annotated[Path, typer.Argument(help="Văn bản kế hoạch: .docx, .txt hoặc PDF có chữ.")],
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Đọc văn bản kế hoạch: mỗi câu có hạn thành một việc đề nghị, mỗi ngày không phải hạn kèm lý do."""
    reading = read_plan(read_document_text(_content(file)))
    if as_json:
        typer.echo(json.dumps(as_object(reading), ensure_ascii=False, indent=2))
    else:
        for line in _lines(reading):
            typer.echo(line)


def as_object(reading: PlanReading) -> dict[str, Any]:
    """Return the reading in the fixed form of `--json`."""
    return {
        "deadlines": [_deadline(found) for found in reading.deadlines],
        "not_deadlines": [{"quote": one.quote, "why": WHY_NOT_NAMES[one.why]} for one in reading.not_deadlines],
    }


def _deadline(found: FoundDeadline) -> dict[str, Any]:
    return {
        "quote": found.quote,
        "kind": found.kind.value,
        "what": found.what,
        "who": found.who,
        "to": found.to,
        "boundary": found.boundary.value,
        "recurrence": found.recurrence.value,
        "day": found.due.day if found.due else None,
        "month": found.month,
        "year": found.year,
        "months": list(found.months),
        "relative": _relative(found.relative) if found.relative else None,
        "year_shift": found.year_shift,
        "time_of_day": found.time_of_day.strftime("%H:%M") if found.time_of_day else None,
    }


def _relative(day: RelativeDay) -> dict[str, Any]:
    side, counts = (
        Side.BEFORE if day.is_before else Side.AFTER,
        DayCount.WORKING if day.in_working_days else DayCount.CALENDAR,
    )
    return {"event": day.event, "side": side.value, "days": day.days, "counts": counts.value}


def _lines(reading: PlanReading) -> list[str]:
    lines = [
        f"dòng {found.line}: {found.wording} · {found.kind.value} · {found.what}"
        + (f" · {found.who}" if found.who else "")
        for found in reading.deadlines
    ]
    others = [f"  không phải hạn, dòng {one.line}: {WHY_NOT_NAMES[one.why]}" for one in reading.not_deadlines]
    return [*lines, f"{len(lines)} hạn; {len(others)} ngày không phải hạn.", *others]


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise Refusal("file-unreadable", f"{file}: không đọc được ({fault.strerror}).") from fault
