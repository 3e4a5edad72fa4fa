"""Answers to readings: what was understood, the hour, the denominator, and where one can look further."""

from dataclasses import replace
from datetime import date

from domain.duties.tallies import HANDED_IN_PARTS, MISSING_PARTS, TallyPart
from domain.errors import Refusal, Way
from domain.plans.deadlines import DutyKind
from domain.questions.readings import COUNTED, MEASURED, Intent, Named, QuestionReading
from domain.questions.wording import title_of
from domain.roles import Right
from domain.submissions.submissions import HANDED_IN, ON_PAPER
from models.duties.duties import Duty
from usecases.context import Context, query
from usecases.duties.progress import urgency
from usecases.duties.views import DutyView, view_duties
from usecases.questions.counts import DutyCount, count_duties, duties_about
from usecases.questions.figures import (
    IndicatorTable,
    UnitReport,
    indicator_tables,
    read_compiled,
    read_unit_reports,
    report_tables,
)
from usecases.questions.forms import read_form
from usecases.questions.horizon import Horizon, read_horizon
from usecases.questions.views import CountLine, DeadlineAnswer, JoiningAnswer, Listed, MembersAnswer, QuestionAnswer
from usecases.reachability.escalations import reachable_people
from usecases.status.views import REMINDED_PARTS

NUDGED = frozenset({Intent.STATUS, Intent.MISSING, Intent.OVERDUE})
"""Intents whose units can be reminded."""
PARTS = {
    Intent.STATUS: (*MISSING_PARTS, TallyPart.MENDING, TallyPart.PAPER_CLAIMED, TallyPart.SPARED),
    Intent.MISSING: (*MISSING_PARTS, TallyPart.MENDING, TallyPart.PAPER_CLAIMED, TallyPart.SPARED),
    Intent.HANDED_IN: HANDED_IN_PARTS,
    Intent.ON_TIME: (TallyPart.ON_TIME, TallyPart.IN_EXTENSION),
    Intent.LATE: (TallyPart.LATE,),
    Intent.OVERDUE: (TallyPart.OVERDUE,),
    Intent.RETURNED: (TallyPart.MENDING,),
    Intent.EXTENDED: (TallyPart.SPARED,),
}
"""{intent: the parts of the tally whose units are named}."""


@query
async def answer(ctx: Context, reading: QuestionReading) -> QuestionAnswer:
    """Return the answer to the reading. Raises Refusal if it is about something that the actor may not see."""
    horizon = await read_horizon(ctx)
    refuse_hidden(horizon, reading)
    if reading.intent in COUNTED:
        return await (_of_unit if reading.unit else _counted)(ctx, horizon, reading)
    if reading.intent in MEASURED:
        return await _measured(ctx, horizon, reading)
    found = _OTHERS.get(reading.intent)
    if found is None:
        raise Refusal("question-unanswered", "Bot chưa trả lời được câu này.", way=Way.HOME)
    return await found(ctx, horizon, reading)


def refuse_hidden(horizon: Horizon, reading: QuestionReading) -> None:
    """Raise Refusal if the reading names a unit, a cluster or a duty outside the horizon."""
    is_seen = (
        (reading.unit is None or reading.unit.id in horizon.units)
        and (reading.cluster is None or reading.cluster.id in horizon.clusters)
        and (reading.duty is None or any(duty.key == reading.duty.key for duty in horizon.duties))
    )
    needs_scope = reading.intent in COUNTED and not horizon.sees_status and not (reading.unit or reading.cluster)
    is_leaders = reading.intent is Intent.NOT_JOINED or (
        reading.intent in MEASURED and (reading.unit is None or reading.unit.id not in horizon.own)
    )
    if not is_seen or needs_scope or (is_leaders and not horizon.sees_status):
        raise Refusal("question-hidden", "Anh/chị không có quyền xem điều này.", way=Way.HOME)


async def _counted(ctx: Context, horizon: Horizon, reading: QuestionReading) -> QuestionAnswer:
    counts = await count_duties(ctx, horizon, reading)
    lines = tuple(CountLine(count, count.tally.of(*PARTS[reading.intent])) for count in counts)
    listed = _listed(horizon, reading, counts)
    may_nudge = listed is not None and reading.intent in NUDGED and bool(ctx.actor.units_where(Right.NUDGE))
    return QuestionAnswer(
        reading=reading,
        title=title_of(reading),
        at=ctx.local(ctx.now),
        counts=lines,
        deadlines=() if lines else await _coming(ctx, horizon, reading),
        further=_further(horizon, reading, lines),
        listed=listed,
        nudged=counts[0].tally.of(*REMINDED_PARTS) if may_nudge else (),
    )


def _listed(horizon: Horizon, reading: QuestionReading, counts: tuple[DutyCount, ...]) -> Listed | None:
    """Return the list that leaders can export: of one duty, and not of some kinds of units only."""
    if not horizon.sees_status or len(counts) != 1 or reading.kind is not None:
        return None
    return Listed(counts[0].duty_id, reading.cluster.id if reading.cluster else None)


async def _coming(ctx: Context, horizon: Horizon, reading: QuestionReading) -> tuple[DeadlineAnswer, ...]:
    """Return the day of a duty that is not open yet, in place of its counts."""
    found = [duty for duty in horizon.duties if reading.duty and duty.key == reading.duty.key]
    return tuple(DeadlineAnswer(duty, _left(ctx, duty.last_valid_day), ()) for duty in found)


def _further(horizon: Horizon, reading: QuestionReading, lines: tuple[CountLine, ...]) -> tuple[QuestionReading, ...]:
    """Return the next steps down: the duties, then the clusters, then the units that are named."""
    if reading.duty is None and len(lines) > 1:
        return tuple(reading.about(duty=Named(line.count.key, line.count.title)) for line in lines)
    if reading.cluster is None and len(horizon.clusters) > 1:
        clusters = sorted(horizon.clusters.values(), key=lambda cluster: cluster.id)
        return tuple(reading.about(cluster=cluster.named) for cluster in clusters)
    units = [unit for line in lines for unit in line.named]
    return tuple(
        QuestionReading(intent=Intent.STATUS, unit=Named(str(unit.unit_id), unit.name), duty=None, cluster=None)
        for unit in units
    )


async def _of_unit(ctx: Context, horizon: Horizon, reading: QuestionReading) -> QuestionAnswer:
    found = await duties_about(ctx, horizon, reading)
    views = await view_duties(ctx, [duty for group in found.values() for duty in group])
    shown = tuple(sorted(views, key=urgency))
    is_own = reading.unit is not None and reading.unit.id in horizon.own
    return QuestionAnswer(
        reading=reading,
        # All duties of the unit are shown, so whatever was asked about them is answered.
        title=title_of(replace(reading, intent=Intent.STATUS)),
        at=ctx.local(ctx.now),
        duties=shown,
        deadlines=() if views else await _coming(ctx, horizon, reading),
        own=tuple(duty for duty in shown if duty.is_owed) if is_own else (),
        further=_reports_of(horizon, reading, shown) if horizon.sees_status or is_own else (),
        submissions=await _reviewed(ctx, [duty for group in found.values() for duty in group], shown),
    )


def _reports_of(horizon: Horizon, reading: QuestionReading, views: tuple[DutyView, ...]) -> tuple[QuestionReading, ...]:
    """Return the reports of the unit that are handed in: their figures can be read."""
    titles = {view.title for view in views if view.kind is DutyKind.REPORT and not view.is_owed and not view.on_paper}
    return tuple(
        QuestionReading(intent=Intent.FIGURES, unit=reading.unit, duty=duty.named)
        for duty in horizon.duties
        if duty.title in titles and duty.opens is None
    )


async def _reviewed(ctx: Context, rows: list[Duty], views: tuple[DutyView, ...]) -> tuple[tuple[int, str], ...]:
    """Return (id, title) of what was handed in to a standing body of the actor, in the order of the views."""
    received = {row.id for row in rows if ctx.actor.may(Right.RECEIVE, unit_id=row.authority_id)}
    found = await ctx.uow.submissions.all_of(sorted(received)) if received else {}
    return tuple(
        (draft.id, view.title)
        for view in views
        for draft in found.get(view.id, [])
        if draft.state in HANDED_IN and draft.slot != ON_PAPER
    )


async def _deadlines(ctx: Context, horizon: Horizon, reading: QuestionReading) -> QuestionAnswer:
    shown = [duty for duty in horizon.duties if reading.duty is None or duty.key == reading.duty.key]
    own: dict[str, list[DutyView]] = {}
    if horizon.own:
        for unit in horizon.own_units:
            groups = await duties_about(ctx, horizon, reading.about(unit=unit))
            for key, group in groups.items():
                own.setdefault(key, []).extend(await view_duties(ctx, group))
    lines = [DeadlineAnswer(duty, _left(ctx, duty.last_valid_day), tuple(own.get(duty.key, ()))) for duty in shown]
    return QuestionAnswer(
        reading=reading,
        title=title_of(reading),
        at=ctx.local(ctx.now),
        deadlines=tuple(sorted(lines, key=lambda line: _soonest(line.days_left))),
    )


def _left(ctx: Context, last: date | None) -> int | None:
    return None if last is None else (last - ctx.today).days


def _soonest(days: int | None) -> tuple[bool, int]:
    return days is None or days < 0, abs(days or 0)


async def _joining(ctx: Context, horizon: Horizon, reading: QuestionReading) -> QuestionAnswer:
    below = [unit for unit in horizon.units.values() if unit.authority_id in horizon.authorities]
    if reading.cluster is not None:
        members = {unit.id for unit in await ctx.uow.clusters.members(reading.cluster.id, day=ctx.today)}
        below = [unit for unit in below if unit.id in members]
    if reading.unit is not None:
        below = [unit for unit in below if unit.id == reading.unit.id]
    reached = {unit_id for unit_id, _, _ in await reachable_people(ctx, [unit.id for unit in below])}
    absent = tuple(unit.name for unit in below if unit.id not in reached)
    return QuestionAnswer(
        reading=reading, title=title_of(reading), at=ctx.local(ctx.now), joining=JoiningAnswer(len(below), absent)
    )


async def _measured(ctx: Context, horizon: Horizon, reading: QuestionReading) -> QuestionAnswer:
    is_one = reading.unit is not None
    compiled = () if is_one else await read_compiled(ctx, horizon, reading)
    has_indicator = reading.indicator is not None
    reports = await read_unit_reports(ctx, horizon, reading) if is_one else ()
    tables = indicator_tables(compiled, horizon, reading) if has_indicator else ()
    return QuestionAnswer(
        reading=reading,
        title=title_of(reading),
        at=ctx.local(ctx.now),
        reports=reports,
        tables=tables,
        report_tables=() if has_indicator else report_tables(compiled, horizon, reading),
        further=_of_figures(horizon, reading, reports, tables),
        compiled_duty=compiled[0].duty_id if len(compiled) == 1 else None,
    )


def _of_figures(
    horizon: Horizon, reading: QuestionReading, reports: tuple[UnitReport, ...], tables: tuple[IndicatorTable, ...]
) -> tuple[QuestionReading, ...]:
    """Return the next steps down: the clusters, then the units of a table, then the lines of one unit's report."""
    if reports and reading.indicator is None:
        lines = [line for report in reports[:1] for line in report.lines]
        return tuple(reading.about(indicator=Named(line.indicator, line.name)) for line in lines)
    if reports:
        return ()
    if reading.cluster is None and reading.kind is None and len(horizon.clusters) > 1:
        return tuple(reading.about(cluster=cluster.named) for cluster in horizon.clusters.values())
    units = [figure for table in tables for figure in table.figures]
    narrow = reading.about(cluster=None, kind=None)
    return tuple(narrow.about(unit=Named(str(figure.unit_id), figure.unit_name)) for figure in units)


async def _form(ctx: Context, horizon: Horizon, reading: QuestionReading) -> QuestionAnswer:
    form = await read_form(ctx, horizon, reading)
    return QuestionAnswer(reading=reading, title=title_of(reading), at=ctx.local(ctx.now), form=form)


async def _members(ctx: Context, horizon: Horizon, reading: QuestionReading) -> QuestionAnswer:
    asked = [reading.cluster.id] if reading.cluster else list(horizon.clusters)
    found = []
    for cluster_id in asked:
        members = await ctx.uow.clusters.members(cluster_id, day=ctx.today)
        if reading.unit is None or any(unit.id == reading.unit.id for unit in members):
            found.append((horizon.clusters[cluster_id].name, tuple(unit.name for unit in members)))
    return QuestionAnswer(
        reading=reading, title=title_of(reading), at=ctx.local(ctx.now), members=MembersAnswer(tuple(found))
    )


_OTHERS = {
    Intent.DEADLINE: _deadlines,
    Intent.NOT_JOINED: _joining,
    Intent.MEMBERS: _members,
    Intent.FORM: _form,
}
