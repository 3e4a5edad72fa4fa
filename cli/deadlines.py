"""`thidua deadlines`: every deadline of a year."""

import json
from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from cli.errors import exits_on_refusal
from domain.errors import Refusal
from plans.catalogue import parse_plan, shipped_plan, shipped_plans
from usecases.duties.holidays import vietnam_calendar
from usecases.plans.deadlines import DeadlineView, list_deadlines


@exits_on_refusal
def deadlines(
    year: Annotated[int, typer.Option(min=2000, max=2100)],
    plan: Annotated[str | None, typer.Option(help="Chỉ một kế hoạch.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Mọi hạn trong một năm của các kế hoạch đi kèm."""
    codes = shipped_plans()
    if plan is not None and plan not in codes:
        raise Refusal("plan-unknown", f"Không có kế hoạch «{plan}». Các kế hoạch: {', '.join(codes)}.")
    found = list_deadlines(
        [parse_plan(shipped_plan(code), file=code) for code in codes if plan in (None, code)],
        year=year,
        calendar=vietnam_calendar(year - 1, year + 1),
    )
    typer.echo(_as_json(found) if as_json else "\n".join(_as_line(deadline) for deadline in found))


def _as_json(found: tuple[DeadlineView, ...]) -> str:
    return json.dumps([asdict(deadline) for deadline in found], ensure_ascii=False, indent=2, default=_iso)


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(value)


def _as_line(deadline: DeadlineView) -> str:
    return f"{deadline.last_valid_day:%d/%m/%Y}  {deadline.plan}  {deadline.title} («{deadline.wording}»)"
