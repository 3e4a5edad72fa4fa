"""Storing reports of past periods: duties with accepted submissions, sealed and in the audit log, many at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Any

from domain.audit import AuditAction
from domain.errors import Refusal
from domain.plans.deadlines import DutyKind
from domain.submissions.past_reports import PastPeriod, PastSource
from domain.submissions.submissions import State
from models.submissions.past_reports import StoredReport, batched
from usecases.audit import audit
from usecases.context import Context
from usecases.seals.sealing import seal_submissions
from usecases.submissions.past_reports.sheets import is_in_bot

_NOON = time(12)


@dataclass(frozen=True, slots=True)
class PastChange:
    """Figures to store for one unit."""

    unit_id: int
    authority_id: int
    figures: Mapping[str, Decimal]
    """{indicator code: figure}."""
    replaced: int = 0
    """Number of those that stand in place of another figure."""


async def store_past(
    ctx: Context, period: PastPeriod, changes: Sequence[PastChange], *, source: PastSource, by: int
) -> None:
    """Store the figures; the number of statements does not depend on that of units. Does not commit.

    What the standing body has entered stays its report, whoever adds to it. Raises Refusal if a unit has the report in
    the bot.
    """
    alone = changes[0].unit_id if len(changes) == 1 else None
    stored = await ctx.uow.past_reports.of_for_update(period, unit_id=alone)
    for change in changes:
        refuse_in_bot(stored.get(change.unit_id))
    known = {unit_id for unit_id, report in stored.items() if report.submission_id is not None}

    await _open(ctx, period, changes, stored, source)
    stored = await ctx.uow.past_reports.of(period, unit_id=alone)
    await ctx.uow.past_reports.add_submissions(
        [
            _submission(ctx, period, stored[change.unit_id].duty_id, by)
            for change in changes
            if change.unit_id not in known
        ]
    )
    stored = await ctx.uow.past_reports.of(period, unit_id=alone)
    ids = {change.unit_id: stored[change.unit_id].submission_id or 0 for change in changes}
    await ctx.uow.past_reports.touch([ids[unit_id] for unit_id in ids if unit_id in known], at=ctx.now, by=by)
    for some in batched(changes):
        await _store(ctx, period, some, ids, source=source, by=by)


async def _store(  # noqa: PLR0913 (each is told apart by its name)
    ctx: Context,
    period: PastPeriod,
    changes: Sequence[PastChange],
    ids: Mapping[int, int],
    *,
    source: PastSource,
    by: int,
) -> None:
    """Store the figures, seals and audit entries of some units; `ids` is {unit_id: submission id}."""
    await ctx.uow.past_reports.put_figures(
        [row for change in changes for row in _figures(ctx, change, ids[change.unit_id], by)]
    )
    roots = await seal_submissions(ctx, [ids[change.unit_id] for change in changes])
    for change in changes:
        _note(ctx, period, change, source, submission_id=ids[change.unit_id], root=roots[ids[change.unit_id]])


def refuse_in_bot(stored: StoredReport | None) -> None:
    """Raise Refusal if the unit has the report in the bot."""
    if stored is not None and is_in_bot(stored):
        raise Refusal("period-in-bot", "Kỳ này đơn vị đã có báo cáo trong bot, không nhập thay được.")


async def _open(
    ctx: Context,
    period: PastPeriod,
    changes: Sequence[PastChange],
    stored: Mapping[int, StoredReport],
    source: PastSource,
) -> None:
    """Make sure that each unit has a duty for the period, marked as entered by `source`."""
    await ctx.uow.past_reports.add_duties(
        [_duty(ctx, period, change, source) for change in changes if change.unit_id not in stored]
    )
    present = [stored[change.unit_id] for change in changes if change.unit_id in stored]
    for report in present:
        if report.past is None:
            await ctx.uow.past_reports.reuse_duty(report.duty_id, source)
    if source is PastSource.STANDING_BODY:
        moved = [report.duty_id for report in present if report.past is PastSource.UNIT]
        await ctx.uow.past_reports.set_source(moved, source)


def _duty(ctx: Context, period: PastPeriod, change: PastChange, source: PastSource) -> dict[str, Any]:
    return {
        "plan_code": period.plan,
        "code": period.code,
        "year": period.year,
        "turn": period.turn,
        "unit_id": change.unit_id,
        "authority_id": change.authority_id,
        "kind": DutyKind.REPORT,
        "title": period.title,
        "opened_at": ctx.now,
        "last_valid_day": period.last_valid_day,
        "past": source,
    }


def _submission(ctx: Context, period: PastPeriod, duty_id: int, by: int) -> dict[str, Any]:
    noon = ctx.calendar.at(period.day, _NOON)
    return {
        "duty_id": duty_id,
        "slot": 0,
        "state": State.ACCEPTED,
        "revision": 0,
        "declares_nothing": False,
        "changed_at": ctx.now,
        "changed_by": by,
        "submitted_at": noon,
        "counts_from": noon,
        "submitted_by": by,
    }


def _figures(ctx: Context, change: PastChange, submission_id: int, by: int) -> list[dict[str, Any]]:
    return [
        {
            "submission_id": submission_id,
            "indicator": code,
            "value": value,
            "reason": None,
            "entered_by": by,
            "entered_at": ctx.now,
        }
        for code, value in change.figures.items()
    ]


def _note(  # noqa: PLR0913 (each is a detail of the entry)
    ctx: Context, period: PastPeriod, change: PastChange, source: PastSource, *, submission_id: int, root: str
) -> None:
    audit(
        ctx,
        AuditAction.PAST_ENTERED,
        about=submission_id,
        unit_id=change.unit_id,
        plan=period.plan,
        duty=period.code,
        year=period.year,
        turn=period.turn,
        source=source.value,
        figures=len(change.figures),
        replaced=change.replaced,
        submission=submission_id,
        sha256=root,
        sealed=True,
    )
