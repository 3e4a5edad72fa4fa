"""The deadlines of one paragraph, sentence by sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.plan_texts.blocks import Block
from domain.plan_texts.boundaries import BOUNDARIES, Lead
from domain.plan_texts.exclusions import is_long_ago, why_not
from domain.plan_texts.folding import fold
from domain.plan_texts.matters import matter_of
from domain.plan_texts.parties import group_after, group_before, receiver_of, subject_of
from domain.plan_texts.readings import FoundDeadline, NotDeadline, WhyNot
from domain.plan_texts.times import Core, TimeSaid, find_times
from domain.plan_texts.unit_words import kinds_of, names_heads
from domain.plan_texts.years import PlanDates, recurrence_of
from domain.plans.deadlines import Boundary, DutyKind

_END = re.compile(r"(?<=[.!?])(?<!\bTP\.)(?<!\bTT\.)(?<!\bPCT\.)(?<!\bCT\.)(?<!\bP\.)(?<!\bĐ/c\.) (?=[^\Wa-zà-ỹ\d])")


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    folded: str
    block: Block


def read_block(block: Block, dates: PlanDates) -> Iterator[FoundDeadline | NotDeadline]:
    """Yield what a paragraph or a row says about times."""
    for text in _END.split(block.text):
        sentence = _Sentence(text, fold(text), block)
        times = find_times(sentence.folded)
        last = 0
        for place, said in enumerate(times):
            following = times[place + 1].lead_start if place + 1 < len(times) else len(text)
            found = _read(sentence, said, since=last, until=following, dates=dates)
            if found is not None:
                yield found
                last = said.end


def _read(
    sentence: _Sentence, said: TimeSaid, *, since: int, until: int, dates: PlanDates
) -> FoundDeadline | NotDeadline | None:
    why = why_not(sentence.folded, said)
    if why is None and is_long_ago(said, this_year=dates.newest_year):
        why = WhyNot.PAST
    if why is not None:
        is_date = said.core is Core.DAY or said.lead is not Lead.NONE or why is WhyNot.TERM_OF_OFFICE
        return NotDeadline(sentence.text, why, sentence.block.line) if is_date else None
    if said.lead is Lead.NONE or said.is_vague or said.core is not Core.DAY:
        return None
    matter = _matter(sentence, said, since=since)
    if matter is None:
        return NotDeadline(sentence.text, WhyNot.NO_TASK, sentence.block.line)
    who = _who(sentence, said, since=since, until=until)
    receiver = receiver_of(sentence.text)
    recurrence, year = recurrence_of(said, sentence.folded, dates)
    return FoundDeadline(
        quote=sentence.text,
        wording=sentence.text[said.lead_start : said.end].strip(),
        line=sentence.block.line,
        kind=matter[0],
        what=matter[1],
        who=who,
        to=receiver.to,
        boundary=_boundary(said),
        recurrence=recurrence,
        due=said.due,
        year=year,
        year_shift=said.year_shift,
        months=said.months,
        time_of_day=said.time_of_day,
        opens=said.opens,
        via=receiver.via,
        applies_to=kinds_of(who),
        is_for_heads=names_heads(who),
    )


def _boundary(said: TimeSaid) -> Boundary:
    if said.is_range:
        return Boundary.INCLUSIVE if said.is_whole else Boundary.WINDOW
    return BOUNDARIES[said.lead]


def _matter(sentence: _Sentence, said: TimeSaid, *, since: int) -> tuple[DutyKind, str] | None:
    pieces = (sentence.text[since : said.lead_start], sentence.text[said.end :], sentence.text[: said.lead_start])
    found = (matter_of(piece) for piece in pieces)
    own = next((one for one in found if one), None)
    above = (matter_of(heading.text) for heading in reversed(sentence.block.above))
    return own or next((one for one in above if one), None)


def _who(sentence: _Sentence, said: TimeSaid, *, since: int, until: int) -> str:
    text = sentence.text
    own = group_after(text[said.end : until]) or group_before(text[since : said.lead_start]) or subject_of(text)
    above = (subject_of(heading.text) for heading in reversed(sentence.block.above))
    return own or next((who for who in above if who), "")
