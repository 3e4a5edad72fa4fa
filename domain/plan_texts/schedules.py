"""Times that stand at the head of a point, or over a list of tasks: «Nhiệm vụ thực hiện trong Quý I/2024»."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.plan_texts.blocks import LIST_RANK, Block
from domain.plan_texts.grammar.exclusions import why_not
from domain.plan_texts.grammar.folding import fold, one_of
from domain.plan_texts.grammar.matters import matter_of
from domain.plan_texts.grammar.parties import receiver_of, subject_of
from domain.plan_texts.grammar.said import WINDOWS, Core, TimeSaid
from domain.plan_texts.grammar.times import find_times
from domain.plan_texts.grammar.years import PlanDates
from domain.plan_texts.proposals import Passage, Task, propose
from domain.plan_texts.readings import FoundDeadline
from domain.plans.deadlines import DutyKind

_MARK = r"^(?:[-+*•]|\d{1,2}(?:\.\d{1,2})*[.)]?|[ivx]{1,5}[.)]|[a-z]{1,2}[).])? *"
_TITLE = re.compile(
    _MARK
    + "(?:(?:cac |nhung )?"
    + one_of("nhiệm vụ, nội dung, công việc, hoạt động, công tác, tiến độ, thời gian, kế hoạch, lịch")
    + r"(?: (?!quy|thang|nam \d)[a-z]+){0,5}? ?:? )?(?:trong |thuc hien |vao |tu )*$"
)
_AFTER = re.compile(r"(?: hang nam| \(?du kien\)?)? *(?P<colon>[:.]?) *")
_SCHEDULE = re.compile(
    one_of("tiến độ, lộ trình, thời gian, phân kỳ, kế hoạch thực hiện, các bước, lịch, giai đoạn thực hiện") + r"\b"
)
_NOT_SCHEDULE = re.compile(one_of("ngày lễ, kỷ niệm, sự kiện, chỉ tiêu, mục tiêu"))
_FEAST = re.compile(one_of("kỷ niệm, chào mừng, đại hội, ngày, năm ngày"))
_NUMBER = re.compile(r"^(?:[-+*•]|\d{1,2}(?:\.\d{1,2})*[.)]|[A-Za-zđĐ]{1,5}[.)]) *")


@dataclass(frozen=True, slots=True)
class TimeLabel:
    """A time at the head of a block, and the words after it."""

    said: TimeSaid
    wording: str
    rest: str


def label_of(block: Block) -> TimeLabel | None:
    """Return the month, quarter, year or phase that the block begins with, or None."""
    if block.cells or (not block.is_heading and block.rank > LIST_RANK and not block.text.endswith(":")):
        return None
    head = block.text[:120]
    folded = fold(head)
    said = next((one for one in find_times(head, folded) if one.core in WINDOWS), None)
    if said is None or said.is_vague or not _TITLE.match(folded[: said.lead_start]) or why_not(head, folded, said):
        return None
    after = _AFTER.match(fold(block.text), said.end)
    if after is None or not (after["colon"] or after.end() == len(block.text)):
        return None
    return TimeLabel(said, block.text[said.lead_start : said.end], block.text[after.end() :].strip())


def read_label(
    block: Block, label: TimeLabel, below: Sequence[Block], *, kept: frozenset[int], dates: PlanDates
) -> Iterator[FoundDeadline]:
    """Yield the duties of a label: of its own words, or else of the points below it.

    `below` are the blocks under it; those whose line is in `kept` have deadlines of their own.
    """
    if label.said.core is not Core.MONTHS and not _is_in_schedule(block):
        return
    if label.rest:
        if not _FEAST.match(fold(label.rest)) and block.line not in kept:
            yield from _of_point(block, label, label.rest, dates)
        return
    if any(label_of(one) for one in below):
        return
    points = [one for one in below if one.above[-1:] == (block,) and one.line not in kept and matter_of(one.text)]
    if len(points) == 1 or (points and all(subject_of(point.text) for point in points)):
        for point in points:
            yield from _of_point(point, label, point.text, dates)
    elif points:
        yield _of_list(block, label, points, dates)


def _of_point(block: Block, label: TimeLabel, words: str, dates: PlanDates) -> Iterator[FoundDeadline]:
    matter = matter_of(words)
    if matter is not None:
        above = (subject_of(one.text) for one in reversed(block.above))
        who = subject_of(words) or next((one for one in above if one), "")
        place = Passage(block.text, block.line, fold(words))
        yield propose(place, Task(*matter, who, receiver_of(words)), label.said, wording=label.wording, dates=dates)


def _of_list(block: Block, label: TimeLabel, points: Sequence[Block], dates: PlanDates) -> FoundDeadline:
    what = _NUMBER.sub("", block.text, count=1).strip(" :.")
    if what == label.wording:
        what = f"Nhiệm vụ {what[0].lower()}{what[1:]}"
    place = Passage(block.text, block.line, fold(block.text))
    found = propose(place, Task(DutyKind.TASK, what), label.said, wording=label.wording, dates=dates)
    return replace(found, parts=tuple(_NUMBER.sub("", point.text, count=1).strip(" .;") for point in points))


def _is_in_schedule(block: Block) -> bool:
    titles = [fold(heading.text) for heading in block.above]
    return any(map(_SCHEDULE.search, titles)) and not any(map(_NOT_SCHEDULE.search, titles))
