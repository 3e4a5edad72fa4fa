"""`thidua deadlines`: every deadline of a year."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, time
from typing import Annotated

import typer

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.errors import exits_on_refusal
from domain.errors import Refusal
from domain.plans.deadlines import Boundary
from domain.plans.occurrences import DaysSet
from domain.plans.plans import Plan
from plans.catalogue import parse_plan, shipped_plan, shipped_plans
from usecases.duties.holidays import vietnam_calendar
from usecases.plans.deadlines import DeadlineView, UndatedView, list_deadlines, list_undated, loaded_plans

Found = tuple[Sequence[DeadlineView], Sequence[UndatedView]]


@exits_on_refusal
def deadlines(
    year: Annotated[int, typer.Option(min=2000, max=2100)],
    plan: Annotated[str | None, typer.Option(help="Chỉ một kế hoạch.")] = None,
    from_database: Annotated[
        bool, typer.Option("--database", help="Các kế hoạch đã nạp, với những ngày cơ quan thường trực đã đặt.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    plans, days_set = run_to_end(_loaded()) if from_database else (_shipped(), {})
    _refuse_unknown(plan, [one.code for one in plans])
    chosen = [one for one in plans if plan in (None, one.code)]
    calendar = vietnam_calendar(year - 1, year + 1)
    dated = list_deadlines(chosen, year=year, calendar=calendar, days_set=days_set)
    found = dated, list_undated(chosen, year=year, days_set=days_set)
    typer.echo(_as_json(found) if as_json else "\n".join(_lines(found)))


def _shipped() -> tuple[Plan, ...]:
    return tuple(parse_plan(shipped_plan(code), file=code) for code in shipped_plans())


async def _loaded() -> tuple[tuple[Plan, ...], Mapping[str, DaysSet]]:
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        return await loaded_plans(ctx)


def _refuse_unknown(plan: str | None, codes: Sequence[str]) -> None:
    if plan is not None and plan not in codes:
        raise Refusal("plan-unknown", f"Không có kế hoạch «{plan}». Các kế hoạch: {', '.join(codes) or 'chưa có'}.")


def _as_json(found: Found) -> str:
    """Return a list of deadlines; rules without a day come last, with null for it."""
    dated, undated = found
    no_days = {"opens": None, "last_valid_day": None, "last_working_day": None, "time_of_day": None}
    rows = [*(asdict(one) | {"event": None} for one in dated), *(asdict(one) | no_days for one in undated)]
    return json.dumps(rows, ensure_ascii=False, indent=2, default=_iso)


def _iso(value: object) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(value)


def _lines(found: Found) -> Iterator[str]:
    dated, undated = found
    yield from map(_dated_line, dated)
    if undated:
        yield "Không ghi ngày:"
    for rule in undated:
        period = f" · kỳ: {rule.period}" if rule.period else ""
        event = f" · theo {rule.event}, chưa đặt" if rule.event else ""
        yield f"  {rule.plan}  {rule.title} («{rule.wording}»){period}{event} · {_who(rule)}"


def _dated_line(one: DeadlineView) -> str:
    words = "trước" if one.boundary is Boundary.EXCLUSIVE else "đến"
    hour = f" {words} {one.time_of_day:%H:%M}" if one.time_of_day is not None else ""
    said = f"{one.title} («{one.wording}») · kỳ: {one.period} · {_who(one)}"
    return f"{one.last_valid_day:%d/%m/%Y}{hour}  {one.plan}  {said}"


def _who(one: DeadlineView | UndatedView) -> str:
    return f"{one.who}, qua {one.via}" if one.via else one.who
