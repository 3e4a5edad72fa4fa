"""The deadlines of a paragraph, sentence by sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.plan_texts.blocks import NO_MARKER, Block
from domain.plan_texts.grammar.boundaries import Lead
from domain.plan_texts.grammar.exclusions import is_past_section, why_not
from domain.plan_texts.grammar.folding import fold, one_of
from domain.plan_texts.grammar.matters import matter_of, shortened
from domain.plan_texts.grammar.parties import (
    NO_RECEIVER,
    group_after,
    group_before,
    names_subject,
    receiver_of,
    subject_of,
)
from domain.plan_texts.grammar.said import DAYS, WINDOWS, Core, TimeSaid
from domain.plan_texts.grammar.times import find_times
from domain.plan_texts.grammar.unreadable import unreadable
from domain.plan_texts.grammar.years import PlanDates, is_monthly, is_quarterly
from domain.plan_texts.proposals import Passage, Task, propose
from domain.plan_texts.readings import FoundDeadline, NotDeadline, WhyNot
from domain.plan_texts.undated import undated
from domain.plans.deadlines import DutyKind

_END = re.compile(r"[.!?] (?=\S)")
_NO_END = re.compile(r"(?:\b(?:TP|TT|PCT|CT|P|Q|ThS|TS)|Đ/c|^\W*\d{1,2}|\d\.\d{1,2})$")
_TITLE = 90
"""Letters of a heading that only names those who act; what stands under a longer one may be for others."""
_FEWEST_WORDS = 4
"""Words of a clause that names units and what they do."""
_WIDEST = 600
"""Letters around a time in which its task is looked for."""
_LONGEST = 4_000
"""Letters of a sentence; a longer one is a text whose breaks are lost, and is read in pieces."""
_CAMPAIGN = re.compile(
    one_of("đợt thi đua, đợt cao điểm, phong trào, thời gian thi đua, thời gian phát động, thời gian thực hiện")
    + r"[^.;]{0,60}$"
)
_DONE_IN = re.compile(one_of("hoàn thành, xong, ban hành, gửi, nộp, trình") + r"[^.;]{0,70}$")
_RESULT = re.compile(
    one_of("kết quả, số liệu, thành tích, đạt được, đạt, nhiệm vụ, công tác, hoạt động, tình hình, phát sinh")
    + r"(?: (?!gui|nop|xong|hoan)\w+){0,5} (?:trong )?$"
)
_ASKING = re.compile(rf"\b{one_of('gửi, gởi, nộp, báo cáo, hoàn thành, đề nghị, yêu cầu, phải, giao')}\b")
_NAMED = re.compile(r" ?[:(,-] ?(?:truoc|cham nhat|muon nhat|den|khong qua|ngay)\b")
"""«Quý I: trước ngày 20/3» names the quarter of a day."""
_IN_BRACKETS = re.compile(r"\( ?(?:du kien |thuc hien |hoan thanh |trong |vao |thoi gian:? )*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    folded: str
    block: Block
    before: str = ""
    """The sentence before it in its paragraph."""

    def who_above(self) -> str:
        """Return those whom the sentence before it, or the headings above it, name."""
        is_closing = self.block.rank == NO_MARKER
        headings = (
            one
            for one in reversed(self.block.above)
            if not is_closing or one.text.endswith(":") or len(one.text) < _TITLE
        )
        texts = (self.before, *(one.text for one in headings))
        return next((who for text in texts if (who := subject_of(text))), "")


def sentences_of(block: Block) -> Iterator[Sentence]:
    before = ""
    for text in _sentences(block.text):
        for start in range(0, max(1, len(text)), _LONGEST):
            piece = text[start : start + _LONGEST].strip()
            yield Sentence(piece, fold(piece), block, before)
            before = piece


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for found in _END.finditer(text):
        begins = text[found.end()]
        is_end = not _NO_END.search(text[max(start, found.start() - 12) : found.start()])
        if is_end and (begins.isupper() or begins in '“"-+('):
            yield text[start : found.start() + 1]
            start = found.end()
    yield text[start:]


def read_sentence(sentence: Sentence, dates: PlanDates) -> Iterator[FoundDeadline | NotDeadline]:
    """Yield the deadlines of one sentence and its dates that are none."""
    times = find_times(sentence.text, sentence.folded)
    last, has_deadline = 0, False
    for place, said in enumerate(times):
        until = times[place + 1].lead_start if place + 1 < len(times) else len(sentence.text)
        found = _read(sentence, said, _Span(last, until), dates)
        if isinstance(found, FoundDeadline):
            last, has_deadline = said.end, True
        if found is not None:
            yield found
    yield from (NotDeadline(sentence.text, why, sentence.block.line) for why in unreadable(sentence.folded, times))
    if not has_deadline:
        yield from undated(sentence.text, sentence.folded, sentence.block.line, sentence.who_above, dates)


@dataclass(frozen=True, slots=True)
class _Span:
    """The words about one time: from the deadline before it to the next time."""

    since: int
    until: int


def _read(sentence: Sentence, said: TimeSaid, span: _Span, dates: PlanDates) -> FoundDeadline | NotDeadline | None:
    why = why_not(sentence.text, sentence.folded, said)
    if why is None and (dates.has_passed(said) or _is_review(sentence)):
        why = WhyNot.PAST
    if why is None and not is_binding(sentence.folded, said):
        return None
    task = None if why is not None else _task(sentence, said, span)
    if task is None:
        is_shown = said.core in (*DAYS, Core.EVENT) or why is WhyNot.TERM_OF_OFFICE
        return NotDeadline(sentence.text, why or WhyNot.NO_TASK, sentence.block.line) if is_shown else None
    place = Passage(sentence.text, sentence.block.line, sentence.folded)
    return propose(place, task, said, wording=sentence.text[said.lead_start : said.end], dates=dates)


def _is_review(sentence: Sentence) -> bool:
    """Whether the sentence stands under «I. KẾT QUẢ» and asks for nothing."""
    is_past = any(is_past_section(fold(heading.text)) for heading in sentence.block.above)
    return is_past and _ASKING.search(sentence.folded) is None


def is_binding(folded: str, said: TimeSaid) -> bool:
    """Whether the words around the time make it one that somebody must keep."""
    near = folded[max(0, said.lead_start - 80) : said.lead_start]
    if said.is_vague or said.core is Core.PHASE or (said.core in WINDOWS and _NAMED.match(folded, said.end)):
        return False
    if said.core is Core.MONTHS and said.lead is Lead.NONE:
        return bool(_IN_BRACKETS.search(near)) and folded.startswith(")", said.end)
    if said.core in WINDOWS:
        is_done = said.core is Core.MONTHS or _DONE_IN.search(near) is not None
        is_of_result = said.lead is Lead.ON and _RESULT.search(near) is not None
        return said.lead is not Lead.NONE and is_done and not is_of_result
    if said.core is Core.MONTHLY_DAY and not said.is_marked:
        return is_monthly(folded) and not is_quarterly(folded)
    return said.lead is not Lead.NONE and said.is_marked


def _task(sentence: Sentence, said: TimeSaid, span: _Span) -> Task | None:
    text = sentence.text
    is_campaign = said.is_range and _CAMPAIGN.search(sentence.folded, 0, said.start) is not None
    matter = _matter(sentence, said, span)
    if matter is None:
        return None
    own = group_after(text[said.end : span.until]) or group_before(text[span.since : said.lead_start])
    clause = text[max(span.since, text.rfind(";", 0, said.lead_start) + 1) : said.lead_start]
    named = (subject_of(words) for words in (clause, text, text[said.end : span.until]))
    who = own or next((one for one in named if one), "") or sentence.who_above()
    receiver = NO_RECEIVER if is_campaign else receiver_of(text)
    return Task(*((DutyKind.TASK, matter[1]) if is_campaign else matter), who, receiver, is_handed_in=not is_campaign)


def _matter(sentence: Sentence, said: TimeSaid, span: _Span) -> tuple[DutyKind, str] | None:
    text = sentence.text
    near = slice(max(0, said.start - _WIDEST), said.start), slice(said.end, said.end + _WIDEST)
    pieces = (text[span.since : said.start], text[said.end : span.until], *(text[part] for part in near))
    first = None
    for piece in pieces:
        found = matter_of(piece)
        # «nộp trước ngày 15/5 các báo cáo»: a verb alone does not say what.
        if found is not None and len(found[1].split()) > 1:
            return found
        first = first or found
    return first or _above(sentence) or _whole(text, said, span)


def _above(sentence: Sentence) -> tuple[DutyKind, str] | None:
    found = (matter_of(heading.text) for heading in reversed(sentence.block.above))
    return next((one for one in found if one), None)


def _whole(text: str, said: TimeSaid, span: _Span) -> tuple[DutyKind, str] | None:
    """Return the whole clause where units stand at its head, doing what no list knows."""
    pieces = (text[span.since : said.lead_start], text[said.end : span.until])
    words = next((one for one in pieces if names_subject(one) and len(one.split()) > _FEWEST_WORDS), None)
    return (DutyKind.TASK, shortened(words)) if words and said.core in DAYS else None
