"""What leaders ask: per duty, who owes, who handed in, in time or late, who is missing; and reminding just those."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.deadlines import DutyKind
from domain.duties import Standing, is_current
from domain.errors import Refusal
from domain.roles import Right
from domain.trail import Deed
from domain.words import means
from models.duties import Duty
from models.outbox import MessageKind, Refs
from models.reminders import Nudge
from models.units import Cluster
from usecases.context import Context, action, question
from usecases.duties import DutyView, view_duties
from usecases.notices import put_message
from usecases.relays import spoken_to
from usecases.submissions import acting_person
from usecases.trail import record

NUDGE_PAUSE = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class ClusterCount:
    name: str
    handed_in: int
    owed: int


@dataclass(frozen=True, slots=True)
class MissingUnit:
    unit_id: int
    name: str
    reachable: bool
    """Somebody of the unit can be written to."""
    spared_until: date | None = None
    """The day that was granted, while it is ahead."""
    is_mending: bool = False
    """It handed in, and got some of it back."""


@dataclass(frozen=True, slots=True)
class StatusView:
    """How one duty stands among the units of an authority, or of one cluster of it."""

    duty_id: int
    """Any one unit's duty: it names plan, duty and year."""
    kind: DutyKind
    title: str
    cluster_id: int | None
    cluster_name: str | None
    last_valid_day: date | None
    at: datetime
    owed: int
    handed_in: int
    on_time: int
    """By the plan's own day."""
    in_extension: int
    """Late by the plan, in time by what was granted."""
    late: int
    missing: tuple[MissingUnit, ...]
    """Without those whose paper is looked for."""
    clusters: tuple[ClusterCount, ...]
    nudged_at: datetime | None
    """When the units still missing were last reminded by a leader; None if they may be reminded now."""
    next_nudge_at: datetime | None
    claimed: tuple[str, ...] = ()
    """Units said to have handed in on paper, for which the standing body is looking."""

    @property
    def is_overdue(self) -> bool:
        """Whether somebody is missing after the last valid day."""
        return bool(self.missing) and self.last_valid_day is not None and self.last_valid_day < self.at.date()

    @property
    def percent(self) -> int:
        return 100 * self.handed_in // self.owed if self.owed else 0


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One unit's line in the list of a duty."""

    unit_name: str
    cluster_name: str | None
    handed_in_at: datetime | None
    """As clocks on the wall showed it; None while nothing is handed in."""
    on_time: bool
    """By the plan's own day."""
    on_paper: bool = False
    in_extension: bool = False
    """Late by the plan, in time by what was granted."""
    extended_to: date | None = None


@dataclass(frozen=True, slots=True)
class ClusterView:
    id: int
    name: str


@question
async def list_status(ctx: Context, *, cluster_id: int | None = None) -> tuple[StatusView, ...]:
    """Every duty of the year, the one due next first, what is long past last."""
    return await _list(ctx, cluster_id=cluster_id)


async def _list(ctx: Context, *, cluster_id: int | None) -> tuple[StatusView, ...]:
    groups: dict[tuple[str, str, int, int], list[Duty]] = {}
    for duty in await ctx.uow.duties.of_authorities(_authorities(ctx), day=ctx.today):
        if is_current(duty.year, duty.due_day, today=ctx.today):
            groups.setdefault((duty.plan_code, *duty.occurrence), []).append(duty)
    views = [await _view(ctx, group, cluster_id=cluster_id) for group in groups.values()]
    return tuple(sorted((view for view in views if view.owed), key=lambda view: _nearness(view, ctx.today)))


def _nearness(view: StatusView, today: date) -> tuple[bool, int]:
    away = ((view.last_valid_day or date.max) - today).days
    return away < 0, abs(away)


@question
async def list_exceptions(ctx: Context) -> tuple[StatusView, ...]:
    """Duties with units missing that are overdue, or due within a week; not those that only wait for a granted day."""
    views = await _list(ctx, cluster_id=None)
    return tuple(view for view in views if _is_near(view, ctx.today))


def _is_near(view: StatusView, today: date) -> bool:
    days = [unit.spared_until or view.last_valid_day for unit in view.missing]
    return any(day is not None and day - today <= timedelta(days=7) for day in days)


@question
async def read_status(ctx: Context, duty_id: int, *, cluster_id: int | None = None) -> StatusView:
    return await _view(ctx, await _group(ctx, duty_id), cluster_id=cluster_id)


@action
async def export_rows(ctx: Context, duty_id: int, *, cluster_id: int | None = None) -> tuple[StatusRow, ...]:
    """Every unit that owes the duty, with the day on which it first handed in; who took them away is noted."""
    group = await _group(ctx, duty_id)
    of_unit = await _clusters_of(ctx, group)
    submissions = await ctx.uow.submissions.all_of([duty.id for duty in group])
    rows = []
    for duty, view in zip(group, await view_duties(ctx, group), strict=True):
        cluster = of_unit.get(duty.unit_id)
        if cluster_id is None or _is_in(cluster, cluster_id):
            hours = [draft.counts_from for draft in submissions.get(duty.id, []) if draft.counts_from]
            first = ctx.local(min(hours)) if hours and not view.is_owed else None
            name = cluster.name if cluster else None
            rows.append(_row(view, cluster_name=name, first=first))
    record(ctx, Deed.EXPORTED, about="status", unit_id=group[0].authority_id, duty=duty_id, cluster=cluster_id)
    await ctx.uow.commit()
    return tuple(rows)


def _row(view: DutyView, *, cluster_name: str | None, first: datetime | None) -> StatusRow:
    return StatusRow(
        unit_name=view.unit_name,
        cluster_name=cluster_name,
        handed_in_at=first,
        on_time=view.on_time,
        on_paper=view.on_paper,
        in_extension=view.in_extension,
        extended_to=view.last_valid_day if view.statutory_day else None,
    )


@question
async def list_clusters(ctx: Context) -> tuple[ClusterView, ...]:
    return tuple(ClusterView(cluster.id, cluster.name) for cluster in await _clusters(ctx))


@question
async def find_cluster(ctx: Context, text: str) -> ClusterView:
    """The cluster meant by «cụm 1», «Cum 1» or «1»; raises Refusal with the names there are."""
    clusters = await _clusters(ctx)
    found = [cluster for cluster in clusters if means(text, cluster.name)]
    if len(found) != 1:
        names = ", ".join(cluster.name for cluster in clusters) or "chưa có cụm nào"
        raise Refusal(f"Không có cụm «{text.strip()}». Các cụm: {names}. Ví dụ: /tinhhinh cụm 1")
    return ClusterView(found[0].id, found[0].name)


@action
async def nudge(ctx: Context, duty_id: int, *, cluster_id: int | None = None) -> int:
    """Have the units that still owe reminded now; says to how many units a message goes."""
    by = acting_person(ctx)
    view = await _view(ctx, await _group(ctx, duty_id, right=Right.NUDGE), cluster_id=cluster_id)
    _refuse_early(view)

    units = {unit.unit_id for unit in view.missing if unit.reachable}
    nudged = [duty for duty in await _group(ctx, duty_id) if duty.unit_id in units]
    await _nudge(ctx, nudged, by=by)
    record(ctx, Deed.NUDGED, about=duty_id, unit_id=nudged[0].authority_id, units=sorted(units))
    await ctx.uow.commit()
    return len(units)


@question
async def refuse_early_nudge(ctx: Context, duty_id: int, *, cluster_id: int | None = None) -> None:
    """So that nobody is asked «send?» in vain."""
    _refuse_early(await _view(ctx, await _group(ctx, duty_id, right=Right.NUDGE), cluster_id=cluster_id))


def _refuse_early(view: StatusView) -> None:
    if not view.missing and view.claimed:
        raise Refusal("Các đơn vị còn lại đã báo nộp bản giấy, đang chờ cơ quan thường trực xác nhận.")
    if not view.missing:
        raise Refusal("Mọi đơn vị đã nộp, không còn ai để nhắc.")
    if not any(unit.reachable for unit in view.missing):
        raise Refusal("Các đơn vị này chưa có cán bộ nào vào bot, nên bot không nhắc được. Anh/chị gọi điện giúp.")
    if view.nudged_at is not None and view.next_nudge_at is not None:
        hours = f"lúc {view.nudged_at:%H:%M}. Nhắc lại được từ {view.next_nudge_at:%H:%M}"
        raise Refusal(f"Các đơn vị này đã được nhắc {hours}.")


async def _nudge(ctx: Context, duties: Sequence[Duty], *, by: int) -> None:
    for duty in duties:
        ctx.uow.reminders.add(
            Nudge(
                plan_code=duty.plan_code,
                code=duty.code,
                year=duty.year,
                turn=duty.turn,
                unit_id=duty.unit_id,
                by=by,
                at=ctx.now,
            )
        )
    owed = {duty.unit_id: duty for duty in duties}
    for unit_id, appointment, account in await spoken_to(ctx, list(owed)):
        duty = owed[unit_id]
        key = f"nudge:{duty.id}:{appointment.person_id}:{account.id}:{ctx.now:%Y%m%dT%H%M%S}"
        refs: Refs = {"person": appointment.person_id, "duties": [duty.id]}
        await put_message(ctx, MessageKind.NUDGE, key, account, refs)


def _authorities(ctx: Context) -> list[int]:
    posts = ctx.actor.units_where(Right.SEE_STATUS)
    if not posts:
        raise Refusal("Lệnh này dành cho lãnh đạo và cơ quan thường trực. Anh/chị gõ /viec để xem việc của đơn vị.")
    return [post.unit_id for post in posts]


async def _clusters(ctx: Context) -> list[Cluster]:
    return [
        cluster
        for authority_id in _authorities(ctx)
        for cluster in await ctx.uow.clusters.of_authority(authority_id, day=ctx.today)
    ]


async def _group(ctx: Context, duty_id: int, *, right: Right = Right.SEE_STATUS) -> list[Duty]:
    duty = await ctx.uow.duties.find(duty_id)
    if duty is None or not ctx.actor.may(right, unit_id=duty.authority_id):
        raise Refusal("Anh/chị không có quyền xem tình hình này. Gõ /menu để về trang chính.")
    group = [other for other, _ in await ctx.uow.duties.like(duty, day=ctx.today)]
    if not group:
        raise Refusal("Việc này không còn đơn vị nào phải nộp. Gõ /tinhhinh để xem các việc hiện có.")
    return group


async def _clusters_of(ctx: Context, group: Sequence[Duty]) -> dict[int, Cluster]:
    """As they were on the last valid day: who has merged since still counts where it stood then."""
    day = min(_last_day(group) or ctx.today, ctx.today)
    return await ctx.uow.clusters.by_unit(group[0].authority_id, day=day)


def _last_day(group: Sequence[Duty]) -> date | None:
    """Some kinds of unit may have an earlier day of their own."""
    return max((duty.last_valid_day for duty in group if duty.last_valid_day), default=None)


async def _view(ctx: Context, group: Sequence[Duty], *, cluster_id: int | None) -> StatusView:
    of_unit = await _clusters_of(ctx, group)
    counted = [d for d in group if cluster_id is None or _is_in(of_unit.get(d.unit_id), cluster_id)]
    views = await view_duties(ctx, counted)
    done = [view for view in views if not view.is_owed]
    silent = await ctx.uow.paper_claims.silent([view.id for view in views])
    claimed = [view for view in views if view.is_owed and view.id in silent]
    missing = [view for view in views if view.is_owed and view.id not in silent]
    nudged_at = await _nudged_at(ctx, group[0], [view.unit_id for view in missing])
    named = next((cluster.name for cluster in of_unit.values() if cluster.id == cluster_id), None)
    return StatusView(
        duty_id=group[0].id,
        kind=group[0].kind,
        title=f"{group[0].title} {group[0].year}",
        cluster_id=cluster_id,
        cluster_name=named,
        last_valid_day=_last_day(group),
        at=ctx.local(ctx.now),
        owed=len(views),
        handed_in=len(done),
        on_time=sum(view.on_time for view in done),
        in_extension=sum(view.in_extension for view in done),
        late=sum(not (view.on_time or view.in_extension) for view in done),
        missing=await _missing(ctx, missing),
        clusters=_counts(views, of_unit),
        nudged_at=ctx.local(nudged_at) if nudged_at else None,
        next_nudge_at=ctx.local(nudged_at + NUDGE_PAUSE) if nudged_at else None,
        claimed=tuple(view.unit_name for view in claimed),
    )


def _is_in(cluster: Cluster | None, cluster_id: int) -> bool:
    return cluster is not None and cluster.id == cluster_id


async def _missing(ctx: Context, views: list[DutyView]) -> tuple[MissingUnit, ...]:
    serving = await spoken_to(ctx, [view.unit_id for view in views])
    reachable = {unit_id for unit_id, _, _ in serving}
    return tuple(
        MissingUnit(
            view.unit_id,
            view.unit_name,
            view.unit_id in reachable,
            spared_until=view.spared_until,
            is_mending=view.standing is Standing.RETURNED,
        )
        for view in views
    )


def _counts(views: list[DutyView], of_unit: dict[int, Cluster]) -> tuple[ClusterCount, ...]:
    found: dict[int, list[DutyView]] = {}
    for view in views:
        if view.unit_id in of_unit:
            found.setdefault(of_unit[view.unit_id].id, []).append(view)
    names = {cluster.id: cluster.name for cluster in of_unit.values()}
    return tuple(
        ClusterCount(names[cluster_id], sum(not view.is_owed for view in group), len(group))
        for cluster_id, group in sorted(found.items())
    )


async def _nudged_at(ctx: Context, duty: Duty, missing: list[int]) -> datetime | None:
    """The latest nudge among the missing, if it is too fresh for another."""
    nudges = await ctx.uow.reminders.last_nudges(duty)
    latest = max((nudges[unit_id] for unit_id in missing if unit_id in nudges), default=None)
    return latest if latest is not None and ctx.now < latest + NUDGE_PAUSE else None
