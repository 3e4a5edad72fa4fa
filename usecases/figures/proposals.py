"""Figures read from a text or a file, proposed in one table; nothing is written before the officer confirms it.

A reader of texts or files makes a reading, calls `propose`, and opens the table with
`dialogs.links.figures.open_proposal`.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from domain.dossiers.secrecy import refuse_marked_page
from domain.errors import Refusal
from domain.figures.pasting import certain_part, is_cut, name_beside
from domain.figures.proposals import FigureProposal, ProposedFigure, proposal_of
from domain.figures.reading import read_text
from domain.figures.readings import AskedFigure, FiguresReading
from domain.plans.deadlines import DutyKind
from domain.plans.plans import Better, Indicator
from domain.typed_input.figures import Otherwise, asks_reason, completion, is_within
from domain.typed_input.words import clean_line
from models.duties.duties import Duty
from usecases.context import Context, query
from usecases.duties.requirements import required_indicators
from usecases.figures.views import AskedLine, ProposalView, ProposedLine
from usecases.figures.wanted import duty_of_figures, last_figures, period_of, wanted_for
from usecases.submissions.comparisons import previous_period
from usecases.submissions.form import figure_format, indicator_of, readings
from usecases.submissions.pledges import PledgeView, TargetView, view_pledge
from usecases.submissions.report_sheet import FigureView, ReportView, view_report


@query
async def read_pasted(ctx: Context, duty_id: int, text: str, *, continues: bool = False) -> FiguresReading:
    """Return what the text says about the duty's indicators; the lines beside a cut of the messenger are not read.

    `continues` says that the text follows one that was cut. Raises SecretMark if the text bears a mark of secrecy,
    Refusal if the actor may not hand in the duty.
    """
    refuse_marked_page(text)
    duty = await duty_of_figures(ctx, duty_id)
    whole, halves = certain_part(text, continues=continues)
    reading = await _read(ctx, duty, whole)
    return replace(reading, unread=(*reading.unread, *halves))


@query
async def read_parts(ctx: Context, duty_id: int, texts: tuple[str, ...]) -> tuple[FiguresReading, ...]:
    """Return what each part of a text says that the messenger has cut. Raises Refusal as `read_pasted` does."""
    before = ("", *texts)
    return tuple(
        [await read_pasted(ctx, duty_id, text, continues=is_cut(before[place])) for place, text in enumerate(texts)]
    )


@query
async def reread(ctx: Context, duty_id: int, quote: str, *, indicator: str) -> FiguresReading:
    """Return what the quote says if its words mean this indicator. Raises Refusal if the actor may not hand it in."""
    duty = await duty_of_figures(ctx, duty_id)
    words = name_beside(quote) or clean_line(quote)
    wanted = [
        replace(one, synonyms=(*one.synonyms, words)) for one in await wanted_for(ctx, duty) if one.code == indicator
    ]
    return read_text(quote, wanted, period=await period_of(ctx, duty), pledging=duty.kind is DutyKind.PLEDGE)


@query
async def read_typed(ctx: Context, duty_id: int, text: str, *, indicator: str) -> tuple[Decimal, ...]:
    """Return the one or two figures that a typed text means for this indicator.

    Raises Refusal if it is no figure of it, or the plan does not have the indicator any more.
    """
    duty = await duty_of_figures(ctx, duty_id)
    asked, last = await indicator_of(ctx, duty, indicator), await last_figures(ctx, duty)
    near = last.previous.get(indicator) or last.pledged.get(indicator)
    return readings(text, asked, near=near, otherwise=Otherwise.GO_BACK)


async def _read(ctx: Context, duty: Duty, text: str) -> FiguresReading:
    period, pledging = await period_of(ctx, duty), duty.kind is DutyKind.PLEDGE
    return read_text(text, await wanted_for(ctx, duty), period=period, pledging=pledging)


def propose(
    reading: FiguresReading,
    *,
    reasons: Sequence[tuple[str, str]] = (),
    source: int = 0,
    onto: FigureProposal | None = None,
) -> FigureProposal:
    """Return the table of what was read, added to the unconfirmed table `onto`; `source` is the message's id.

    `reasons` are (indicator code, reason), beside a figure or instead of one.
    """
    return (onto or FigureProposal()).with_reading(reading, source=source).with_reasons(reasons)


@query
async def propose_last(ctx: Context, duty_id: int) -> FigureProposal:
    """Return a table of the unit's own figures of the last period, for the lines that are open.

    Raises Refusal if there are none, or the actor may not hand in the duty.
    """
    duty = await duty_of_figures(ctx, duty_id)
    found = {
        line.indicator: line.previous
        for line in (await _form(ctx, duty)).unlocked
        if not line.is_answered and line.previous is not None
    }
    if not found:
        raise Refusal(
            "last-figures-missing", "Không có số năm trước cho các dòng còn trống. Anh/chị nhập số của kỳ này."
        )
    return proposal_of(found)


@query
async def view_proposal(ctx: Context, duty_id: int, proposal: FigureProposal) -> ProposalView:
    """Return the table beside the form as it stands now. Raises Refusal if the actor may not hand in the duty."""
    duty = await duty_of_figures(ctx, duty_id)
    form = await _form(ctx, duty)
    indicators = {one.code: one for one in await required_indicators(ctx, duty)}
    proposed, reasons = {one.indicator: one for one in proposal.figures}, dict(proposal.reasons)
    lines = tuple(
        _line(line, proposed[line.indicator], indicators[line.indicator], reason=reasons.get(line.indicator, ""))
        for line in form.unlocked
        if line.indicator in proposed
    )
    explained = {
        line.indicator: (line.name, proposal.explained[line.indicator])
        for line in form.unlocked
        if isinstance(form, ReportView) and not line.is_answered and line.indicator in proposal.explained
    }
    entered = {line.indicator for line in lines if line.is_new} | explained.keys()
    return ProposalView(
        duty=form.duty,
        draft=form.draft,
        lines=lines,
        question=_question(proposal, indicators),
        questions=len(proposal.questions),
        unread=tuple(sorted((one.words for one in proposal.unread), key=_holds_no_figure)),
        hidden=proposal.hidden,
        locked=tuple(line.name for line in form.lines if line.is_locked and line.indicator in proposed),
        open_names=tuple(line.name for line in form.lines if not line.is_answered and line.indicator not in entered),
        explained=tuple(explained.values()),
        indicators=tuple((line.indicator, f"{line.number}. {line.name}") for line in form.unlocked),
        previous_period=await previous_period(ctx, duty),
        lacks_campaign=isinstance(form, PledgeView) and not form.joins,
    )


async def _form(ctx: Context, duty: Duty) -> ReportView | PledgeView:
    return await (view_pledge(ctx, duty) if duty.kind is DutyKind.PLEDGE else view_report(ctx, duty, beside=False))


def _line(
    line: FigureView | TargetView, proposed: ProposedFigure, indicator: Indicator, *, reason: str
) -> ProposedLine:
    is_report = isinstance(line, FigureView)
    old = line.value if isinstance(line, FigureView) else line.target
    pledged = line.target if is_report else None
    value, better = proposed.value, indicator.better
    is_new = not line.is_answered or old != value
    odd = is_report and asks_reason(value, line.previous, better=better, pledged=pledged, whole=indicator.whole)
    return ProposedLine(
        number=line.number,
        indicator=line.indicator,
        name=line.name,
        uom=line.uom,
        value=value,
        quote=proposed.quote,
        is_answered=line.is_answered,
        old=old,
        colleague=line.entered_by if isinstance(line, FigureView) else None,
        pledged=pledged,
        achieved=completion(value, pledged, better) if pledged is not None and better is Better.HIGHER else None,
        is_within=is_within(value, pledged, better),
        previous=line.previous,
        needs_reason=is_new and odd and not reason,
        is_new=is_new,
        reason=reason,
    )


def _holds_no_figure(words: str) -> bool:
    return not any(letter.isdigit() for letter in words)


def _question(proposal: FigureProposal, indicators: dict[str, Indicator]) -> AskedLine | None:
    """Return the first question; readings that the indicator does not allow are left out."""
    if not proposal.questions:
        return None
    asked = proposal.questions[0].asked
    indicator = indicators.get(asked.indicator or "")
    return AskedLine(
        number=0,
        indicator=indicator.code if indicator else None,
        name=indicator.name if indicator else None,
        uom=indicator.uom if indicator else "",
        quote=asked.quote,
        why=asked.why,
        readings=tuple(v for v in asked.readings if indicator and figure_format(indicator).allows(v)),
        candidates=_candidates(asked, indicators),
    )


def _candidates(asked: AskedFigure, indicators: dict[str, Indicator]) -> tuple[tuple[str, str], ...]:
    if asked.indicator is not None:
        return ()
    return tuple((code, indicators[code].name) for code in asked.candidates if code in indicators)
