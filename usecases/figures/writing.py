"""Entering a confirmed table: all its figures at once, or none if a colleague has changed the form meanwhile."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.errors import Refusal
from domain.figures.proposals import FigureProposal
from domain.plans.deadlines import DutyKind
from domain.plans.plans import Indicator
from domain.submissions.returns import is_unlocked
from domain.typed_input.words import plain, read_sentence
from models.duties.duties import Duty
from models.submissions.figure_synonyms import FigureSynonym
from models.submissions.submissions import Submission
from usecases.context import Context, command
from usecases.duties.requirements import required_indicators
from usecases.figures.wanted import duty_of_figures_for_update
from usecases.submissions.form import bounded
from usecases.submissions.pledges import PledgeRows, hand_in_pledge_rows, open_locked_pledge, store_target
from usecases.submissions.receipts import ReceiptView
from usecases.submissions.report_sheet import ReportRows
from usecases.submissions.reports import (
    REASON_EXAMPLE,
    FigureEntry,
    hand_in_rows,
    needs_reason,
    open_locked_report,
    store_figures,
)
from usecases.submissions.returned_items import awaits_correction, returned_items


@dataclass(frozen=True, slots=True)
class EnteredTable:
    """What became of a confirmed table."""

    entered: int
    """Number of lines that were written."""
    without_reason: tuple[str, ...]
    """Codes of the indicators that were not written: they are off the trend, and the officer has to say first why."""
    receipt: ReceiptView | None = None
    """The receipt, if the form was handed in at once."""


@command
async def enter_proposal(
    ctx: Context, duty_id: int, proposal: FigureProposal, *, seen: int, hands_in: bool = False
) -> EnteredTable:
    """Write the figures of the table, and hand the form in at once if `hands_in`; remember what corrections say.

    `seen` is the revision beside which the table was shown. Raises Refusal, and writes nothing, if the form has changed
    since or has been handed in, if a figure is out of bounds, or if it cannot be handed in yet.
    """
    duty = await duty_of_figures_for_update(ctx, duty_id)
    is_pledge = duty.kind is DutyKind.PLEDGE
    rows, draft = await (open_locked_pledge(ctx, duty) if is_pledge else open_locked_report(ctx, duty))
    changed = await _changed(ctx, rows, draft, proposal.values)

    if draft.revision != seen:
        raise Refusal(
            "submission-changed",
            "Vừa có người trong đơn vị sửa nội dung này, nên chưa ghi gì. Anh/chị xem lại bảng rồi bấm lần nữa.",
        )
    indicators = {one.code: one for one in await required_indicators(ctx, duty)}
    reasons = dict(proposal.reasons)
    odd = _without_reason(rows, indicators, changed.keys() - reasons.keys(), changed)
    explained = await _explained(ctx, rows, draft, proposal.explained)

    for code, value in changed.items():
        bounded(value, indicators[code])
    entries = [FigureEntry(code, value, reasons.get(code)) for code, value in changed.items() if code not in odd]
    entries += [FigureEntry(code, None, reason) for code, reason in explained.items()]
    await _store(ctx, rows, draft, entries)
    await _learn(ctx, duty, proposal, known=indicators)
    receipt = await _hand_in(ctx, rows, draft) if hands_in else None
    await ctx.uow.commit()
    return EnteredTable(len(changed) - len(odd) + len(explained), odd, receipt)


async def _changed(
    ctx: Context, rows: ReportRows | PledgeRows, draft: Submission, values: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    """Return the figures that change a line: of a returned form only those of its returned lines."""
    back = await returned_items(ctx, draft)
    standing = rows.figures if isinstance(rows, ReportRows) else rows.targets
    asked = {one.code for one in await required_indicators(ctx, rows.duty)}
    return {
        code: value
        for code, value in values.items()
        if code in asked
        and (not back or is_unlocked(code, returned=back.keys()))
        and (code not in standing or standing[code].value != value or awaits_correction(back, code))
    }


async def _explained(
    ctx: Context, rows: ReportRows | PledgeRows, draft: Submission, reasons: Mapping[str, str]
) -> dict[str, str]:
    """Return {indicator code: reason} of the report's lines without an answer that get a reason and no figure."""
    if isinstance(rows, PledgeRows):
        return {}
    back = await returned_items(ctx, draft)
    asked = {one.code for one in await required_indicators(ctx, rows.duty)}
    return {
        code: read_sentence(reason, example=REASON_EXAMPLE)
        for code, reason in reasons.items()
        if code in asked
        and (not back or is_unlocked(code, returned=back.keys()))
        and (code not in rows.figures or awaits_correction(back, code))
    }


def _without_reason(
    rows: ReportRows | PledgeRows,
    indicators: Mapping[str, Indicator],
    codes: Collection[str],
    values: Mapping[str, Decimal],
) -> tuple[str, ...]:
    """Return the codes of figures off the trend among these, which have no reason."""
    if isinstance(rows, PledgeRows):
        return ()
    return tuple(code for code in values if code in codes and needs_reason(rows, indicators[code], values[code]))


async def _store(
    ctx: Context, rows: ReportRows | PledgeRows, draft: Submission, entries: Sequence[FigureEntry]
) -> None:
    if isinstance(rows, ReportRows):
        said = [replace(one, reason=_sentence(one.reason)) for one in entries]
        await store_figures(ctx, rows, draft, said)
        return
    for entry in entries:
        if entry.value is not None:
            await store_target(ctx, rows, draft, entry.indicator, entry.value)


def _sentence(reason: str | None) -> str | None:
    return read_sentence(reason, example=REASON_EXAMPLE) if reason else None


async def _hand_in(ctx: Context, rows: ReportRows | PledgeRows, draft: Submission) -> ReceiptView:
    if isinstance(rows, PledgeRows):
        await ctx.uow.flush()
        return await hand_in_pledge_rows(ctx, rows, draft, seen=draft.revision)
    return await hand_in_rows(ctx, rows, draft, seen=draft.revision)


async def _learn(ctx: Context, duty: Duty, proposal: FigureProposal, *, known: Mapping[str, Indicator]) -> None:
    """Remember what the unit calls its indicators; what a word meant before is forgotten.

    The plan's own name of an indicator never comes to mean another one.
    """
    if not proposal.learned:
        return
    own = {plain(name): one.code for one in known.values() for name in (one.name, *one.synonyms)}
    standing = await ctx.uow.figure_synonyms.of(duty.unit_id, duty.plan_code)
    for words, indicator in proposal.learned:
        if own.get(words, indicator) != indicator:
            continue
        row = standing.get(words)
        if row is not None:
            row.indicator, row.learned_at = indicator, ctx.now
        elif indicator in known:
            ctx.uow.figure_synonyms.add(
                FigureSynonym(
                    unit_id=duty.unit_id,
                    plan_code=duty.plan_code,
                    words=words,
                    indicator=indicator,
                    learned_at=ctx.now,
                )
            )
