"""Entering reports of past periods: what a sheet would change is shown first, then all of it is stored at once."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from domain.errors import Refusal
from domain.roles import Right, Role
from domain.submissions.past_reports import PastSource, past_period
from domain.typed_input.figures import write_figure
from models.plans.in_force import plan_in_force
from usecases.context import Context, command, query
from usecases.submissions.form import bounded
from usecases.submissions.past_reports.sheets import PastKey, PastSheet, PastUnit, past_sheet
from usecases.submissions.past_reports.writing import PastChange, store_past


@dataclass(frozen=True, slots=True)
class PastReport:
    unit: str
    """Code of the unit."""
    plan: str
    """Code of the plan."""
    duty: str
    """Code of the duty in the plan."""
    year: int
    figures: Mapping[str, Decimal]
    """{indicator code: figure}."""
    by: int
    """Id of the person who vouches for the figures."""


@dataclass(frozen=True, slots=True)
class PastEntries:
    """What a file says, and what could not be read of it."""

    figures: Mapping[str, Mapping[str, Decimal]]
    """{code of the unit: {indicator code: figure}}."""
    faults: tuple[str, ...] = ()
    """What was not understood, each with its cell; it is not entered."""


@dataclass(frozen=True, slots=True)
class PastPreview:
    """What a file would change or has changed."""

    title: str
    """Report and period: «Báo cáo 6 tháng · 6 tháng 2025»."""
    units: int
    """Number of units with new or changed figures."""
    new: int
    """Number of figures that have no predecessor."""
    same: int
    """Number of figures that stand already."""
    replaced: tuple[str, ...]
    """Figures that are replaced, a line each: «Phường 5 · Thu ngân sách: 12,5 → 13»."""
    faults: tuple[str, ...]
    """What is not entered, a line each."""
    seen: str
    """Fingerprint of all this: what is entered is what was shown, or nothing."""

    @property
    def figures(self) -> int:
        """Number of figures to store."""
        return self.new + len(self.replaced)


@dataclass(slots=True)
class _Draft:
    changes: list[PastChange] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    new: int = 0
    same: int = 0


@query
async def preview_past_reports(
    ctx: Context, key: PastKey, entries: PastEntries, *, authority: str | None = None
) -> PastPreview:
    """Return what the file would change. Raises Refusal like `read_past_sheet`."""
    sheet = await past_sheet(ctx, key, authority=authority)
    return (await _draw_up(sheet, entries))[1]


@command
async def enter_past_reports(
    ctx: Context, key: PastKey, entries: PastEntries, *, authority: str | None = None, seen: str | None = None
) -> PastPreview:
    """Enter everything that was understood; a figure that stands is replaced.

    Raises Refusal like `read_past_sheet`, or if it is not any more what was `seen`.
    """
    sheet = await past_sheet(ctx, key, authority=authority)
    draft, view = await _draw_up(sheet, entries)
    if seen is not None and view.seen != seen:
        raise Refusal("past-reports-changed", "Số liệu vừa thay đổi. Anh/chị gửi lại tệp để xem những gì sẽ ghi.")

    if draft.changes:
        by = ctx.actor.person_id or await _voucher(ctx, sheet.authority_id)
        await store_past(ctx, sheet.period, draft.changes, source=PastSource.STANDING_BODY, by=by)
    await ctx.uow.commit()
    return view


async def _draw_up(sheet: PastSheet, entries: PastEntries) -> tuple[_Draft, PastPreview]:
    # Fifty thousand figures take a moment, during which others wait for their answers.
    return await asyncio.to_thread(_compare, sheet, entries)


def _compare(sheet: PastSheet, entries: PastEntries) -> tuple[_Draft, PastPreview]:
    draft = _Draft(faults=list(entries.faults))
    units = {unit.code: unit for unit in sheet.units}
    for code, figures in entries.figures.items():
        if code not in units:
            draft.faults.append(f"«{code}»: không có đơn vị mã này trong kỳ báo cáo")
        else:
            _compare_unit(draft, sheet, units[code], figures)
    return draft, PastPreview(
        title=f"{sheet.period.title} · {sheet.period.name}",
        units=len(draft.changes),
        new=draft.new,
        same=draft.same,
        replaced=tuple(draft.replaced),
        faults=tuple(draft.faults),
        seen=_fingerprint(draft),
    )


def _compare_unit(draft: _Draft, sheet: PastSheet, unit: PastUnit, figures: Mapping[str, Decimal]) -> None:
    changed = {code: value for code, value in figures.items() if unit.figures.get(code) != value}
    draft.same += len(figures) - len(changed)
    if changed and unit.is_in_bot:
        draft.faults.append(f"{unit.name}: kỳ này đã có báo cáo trong bot, không nhập thay được")
        return
    right = {
        indicator.code: bounded(changed[indicator.code], indicator)
        for indicator in sheet.indicators
        if indicator.code in changed and indicator.code in unit.indicators
    }
    for indicator in sheet.indicators:
        if indicator.code in right and indicator.code in unit.figures:
            old, new = (write_figure(value) for value in (unit.figures[indicator.code], right[indicator.code]))
            draft.replaced.append(f"{unit.name} · {indicator.name}: {old} → {new}")
    draft.new += len(right.keys() - unit.figures.keys())
    if right:
        draft.changes.append(PastChange(unit.id, sheet.authority_id, right, replaced=len(right.keys() & unit.figures)))


def _fingerprint(draft: _Draft) -> str:
    changed = sorted((change.unit_id, sorted(change.figures.items())) for change in draft.changes)
    return hashlib.sha256(repr((changed, draft.replaced)).encode()).hexdigest()


async def _voucher(ctx: Context, authority_id: int) -> int:
    """Return who stands for figures entered at the command line: the first person of the standing body."""
    staff: Sequence[tuple[object, object]] = []
    for unit_id in (authority_id, *await ctx.uow.units.above(authority_id)):
        staff = await ctx.uow.officers.staff([unit_id], day=ctx.today)
        for post, person in staff:
            if post.role is Role.STANDING_BODY:
                return person.id
    raise Refusal("nobody-to-vouch", "Chưa có ai của cơ quan thường trực tham gia. Anh/chị mời một người trước.")


@command
async def enter_past_report(ctx: Context, past: PastReport) -> None:
    """Enter a report of a past year as accepted.

    Raises Refusal if the unit or the duty does not exist, the actor may not enter past figures of the unit, the period
    is not over, or the unit has that report in the bot.
    """
    row = await ctx.uow.units.with_code(past.unit)
    plan = await plan_in_force(ctx.uow, past.plan)
    if row is None or row.authority_id is None:
        raise Refusal("unit-or-duty-unknown", f"Không có đơn vị «{past.unit}» hoặc việc «{past.duty}».")
    if not ctx.actor.may(Right.ENTER_PAST, unit_id=row.id, above=await ctx.uow.units.above(row.id)):
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực nhập được số liệu năm trước.")
    period = past_period(plan, past.duty, year=past.year, turn=0, today=ctx.today)

    change = PastChange(row.id, row.authority_id, past.figures)
    await store_past(ctx, period, [change], source=PastSource.STANDING_BODY, by=past.by)
    await ctx.uow.commit()
