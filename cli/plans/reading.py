"""`thidua plans read`: the deadlines that a plan's document names, and how well they were read."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.errors import exits_on_refusal
from domain.errors import Refusal
from domain.plan_texts.answers import KeyDeadline, Score, score
from domain.plan_texts.reading import read_plan
from domain.plan_texts.readings import WHY_NOT_NAMES, FoundDeadline, PlanReading, RelativeDay
from domain.plans.deadlines import Boundary, DutyKind
from domain.plans.events import DayCount, Side


@exits_on_refusal
def read_plan_file(
    file: Annotated[Path, typer.Argument(help="Văn bản kế hoạch: .docx, .txt hoặc PDF có chữ.")],
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
    answers: Annotated[
        Path | None, typer.Option(help="Tệp JSON ghi các hạn đúng; in độ chính xác (precision) và độ phủ (recall).")
    ] = None,
) -> None:
    """Đọc văn bản kế hoạch: mỗi câu có hạn thành một việc đề nghị, mỗi ngày không phải hạn kèm lý do."""
    from uploads.texts.document_text import read_document_text

    key = _read_answers(answers) if answers else None
    reading = read_plan(read_document_text(_content(file)))
    result = score(reading.deadlines, key) if key is not None else None
    if as_json:
        told = as_object(reading) | (_score_object(result) if result else {})
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for line in (*_lines(reading), *(_score_lines(result) if result else ())):
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
        "to": f"{found.to} (qua {found.via})" if found.to and found.via else found.to or found.via or "",
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
    side = Side.BEFORE if day.is_before else Side.AFTER
    counts = DayCount.WORKING if day.in_working_days else DayCount.CALENDAR
    return {"event": day.event, "side": side.value, "days": day.days, "counts": counts.value}


def _lines(reading: PlanReading) -> Iterator[str]:
    for found in reading.deadlines:
        who = f" · {found.who}" if found.who else ""
        yield f"dòng {found.line}: {found.wording} · {found.kind.value} · {found.what}{who}"
    yield f"{len(reading.deadlines)} hạn; {len(reading.not_deadlines)} ngày không phải hạn."
    for one in reading.not_deadlines:
        yield f"  không phải hạn, dòng {one.line}: {WHY_NOT_NAMES[one.why]}"


def _score_lines(result: Score) -> Iterator[str]:
    yield f"precision {result.precision:.3f} · recall {result.recall:.3f}"
    for answer in result.missed:
        yield f"  bỏ sót: {answer.quote}"
    for found in result.wrong:
        yield f"  không có trong tệp đúng, dòng {found.line}: {found.wording}"


def _score_object(result: Score) -> dict[str, Any]:
    return {
        "precision": result.precision,
        "recall": result.recall,
        "missed": [answer.quote for answer in result.missed],
        "wrong": [found.quote for found in result.wrong],
    }


def _read_answers(file: Path) -> tuple[KeyDeadline, ...]:
    """Return the deadlines of a key: {"deadlines": […]} or the list itself, each as `--json` prints it.

    Raises Refusal if the file is not so.
    """
    try:
        told = json.loads(_content(file).decode("utf-8-sig"))
        return tuple(_answer(one) for one in (told["deadlines"] if isinstance(told, dict) else told))
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Refusal(
            "answers-unread", f'{file}: không đúng dạng {{"deadlines": [{{"quote": …, "day": …}}]}} ({fault}).'
        ) from fault


def _answer(told: dict[str, Any]) -> KeyDeadline:
    relative = told.get("relative")
    return KeyDeadline(
        quote=str(told["quote"]),
        kind=DutyKind(told["kind"]) if told.get("kind") else None,
        boundary=Boundary(told["boundary"]) if told.get("boundary") else None,
        day=told.get("day"),
        month=told.get("month"),
        year=told.get("year"),
        relative=RelativeDay(
            event=str(relative.get("event", "")),
            days=int(relative["days"]),
            is_before=relative.get("side", Side.BEFORE) == Side.BEFORE,
            in_working_days=relative.get("counts") == DayCount.WORKING,
        )
        if relative
        else None,
    )


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise Refusal("file-unreadable", f"{file}: không đọc được ({fault.strerror}).") from fault
