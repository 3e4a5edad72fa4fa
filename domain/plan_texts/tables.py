"""The deadlines of a table's rows: a column of times beside columns of tasks and of those who act."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, auto

from domain.plan_texts.blocks import Block
from domain.plan_texts.grammar.boundaries import Lead
from domain.plan_texts.grammar.exclusions import why_not
from domain.plan_texts.grammar.folding import fold, one_of
from domain.plan_texts.grammar.matters import matter_of
from domain.plan_texts.grammar.parties import Receiver, group_after, group_before, receiver_of
from domain.plan_texts.grammar.said import WINDOWS, Core, TimeSaid
from domain.plan_texts.grammar.times import find_times
from domain.plan_texts.grammar.years import PlanDates
from domain.plan_texts.proposals import Passage, Task, propose, propose_often, propose_undated
from domain.plan_texts.readings import FoundDeadline, NotDeadline, WhyNot
from domain.plans.deadlines import DutyKind
from domain.plans.recurrence import Recurrence


class Column(StrEnum):
    TIME = auto()
    TASK = auto()
    LEAD = auto()
    """Those who act."""
    RECEIVER = auto()
    OTHER = auto()


_HEADINGS = (
    (Column.OTHER, one_of("phối hợp, sản phẩm, kết quả, ghi chú, kinh phí, địa điểm, căn cứ, văn bản")),
    (
        Column.TIME,
        one_of("thời gian, thời hạn, tiến độ, hạn, lộ trình, mốc, thời điểm, ngày (?:nộp|gửi|hoàn thành|họp)"),
    ),
    (Column.RECEIVER, one_of("nơi nhận, nơi gửi, gửi về, cấp nhận, cơ quan nhận, đơn vị nhận")),
    (Column.LEAD, one_of("chủ trì, thực hiện, đơn vị, cơ quan, phụ trách, chịu trách nhiệm, tham mưu, người")),
    (
        Column.TASK,
        one_of("nhiệm vụ, nội dung, công việc, hoạt động, báo cáo, hạng mục, phong trào, tên, loại, hồ sơ, việc"),
    ),
    (Column.OTHER, one_of("tt, stt, số tt, số")),
)
_HEADING_PATTERNS = tuple((column, re.compile(rf"\b{words}\b")) for column, words in _HEADINGS)
_LEAD_FIRST = re.compile(r"\b(?:chu tri|chiu trach nhiem|phu trach)\b")
_LONGEST_HEADING = 60
_NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d{1,2})*|[ivx]{1,5}|[a-z])[.)]?$")
_OFTEN = re.compile(r"^(?:dinh ky )?(?:hang|moi) (?:nam|quy|thang)\.?$|^ca nam\.?$")
_SET_ELSEWHERE = re.compile(r"^(?:theo|dung|dam bao|khi co|thuc hien theo)\b[^\d]{0,80}$")
_YEAR_ALONE = re.compile(r"^(?:trong |ca )?nam 20\d\d\.?$")


@dataclass(frozen=True, slots=True)
class TableHead:
    """The columns of a table."""

    columns: tuple[Column, ...] = ()

    def first(self, column: Column) -> int | None:
        return self.columns.index(column) if column in self.columns else None


def head_of(row: Block) -> TableHead | None:
    """Return the columns if the row is a table's heading, else None."""
    cells = row.cells
    if any(len(cell) > _LONGEST_HEADING or cell.startswith(("-", "+")) for cell in cells) or is_numbered(row):
        return None
    if any(find_times(cell, fold(cell)) for cell in cells):
        return None
    columns = [_column(fold(cell)) for cell in cells]
    if Column.TIME not in columns or len(set(columns) - {Column.OTHER}) < 2:
        return None
    leads = [place for place, column in enumerate(columns) if column is Column.LEAD]
    first = next((place for place in leads if _LEAD_FIRST.search(fold(cells[place]))), None)
    if first is not None:
        columns = [Column.OTHER if place in leads and place != first else one for place, one in enumerate(columns)]
    return TableHead(tuple(columns))


def _column(heading: str) -> Column:
    found = (
        column for column, pattern in _HEADING_PATTERNS if pattern.search(heading) and len(heading) < _LONGEST_HEADING
    )
    if re.search(r"\b(?:thoi gian|thoi han|tien do|han nop|han gui)\b", heading):
        return Column.TIME
    return next(found, Column.OTHER)


def guessed_head(row: Block) -> TableHead | None:
    """Return the columns of a row whose table has no heading, if exactly one cell is a bound time and little else."""
    cells = row.cells
    times = [place for place, cell in enumerate(cells) if _is_time(cell)]
    if len(times) != 1:
        return None
    others = [place for place in range(len(cells)) if place != times[0] and cells[place]]
    if not others:
        return None
    task = max(others, key=lambda place: len(cells[place]))
    columns = [Column.OTHER] * len(cells)
    columns[times[0]], columns[task] = Column.TIME, Column.TASK
    lead = next((place for place in others if place > task), None)
    if lead is not None:
        columns[lead] = Column.LEAD
    return TableHead(tuple(columns))


def _is_time(cell: str) -> bool:
    folded = fold(cell)
    found = find_times(cell, folded)
    return bool(found) and found[0].lead_start <= 3 and len(cell) < 120 and found[0].lead is not Lead.NONE


@dataclass(frozen=True, slots=True)
class _Row:
    block: Block
    cells: tuple[str, ...]
    head: TableHead

    def cell(self, column: Column) -> str:
        place = self.head.first(column)
        return self.cells[place] if place is not None and place < len(self.cells) else ""


def read_row(block: Block, head: TableHead, dates: PlanDates) -> Iterator[FoundDeadline | NotDeadline]:
    """Yield the deadlines of the time column of a row."""
    row = _Row(block, block.cells, head)
    text = row.cell(Column.TIME)
    task_words = row.cell(Column.TASK) or max((cell for cell in row.cells if cell != text), key=len, default="")
    kind, what = matter_of(task_words) or (DutyKind.TASK, task_words)
    if not text or not what:
        return
    folded = fold(text)
    place = Passage(block.text.strip(), block.line, f"{folded} ; {fold(task_words)}")
    task = Task(kind, _whole(task_words, what), row.cell(Column.LEAD), _receiver(row))
    times = [said for said in find_times(text, folded) if _counts(said, folded)]
    for number, said in enumerate(times):
        until = times[number + 1].lead_start if number + 1 < len(times) else len(text)
        since = times[number - 1].end if number else 0
        why = why_not(text, folded, said)
        if why is not None and why is not WhyNot.DOCUMENT_DATE:
            yield NotDeadline(place.quote, why, block.line)
            continue
        group = group_after(text[said.end : until]) or group_before(text[since : said.lead_start])
        own = Task(task.kind, task.what, _who(task.who, group), task.receiver)
        wording = text if len(times) == 1 else text[said.lead_start : said.end]
        yield propose(place, own, said, wording=wording, dates=dates)
    if not times:
        yield from _without_day(text, folded, place, task)


def _counts(said: TimeSaid, folded: str) -> bool:
    """Whether the time is one that the column sets; a year or a phase must stand alone in its cell."""
    if said.is_vague or (said.core is Core.MONTHLY_DAY and not said.is_marked and "thang" not in folded):
        return False
    if said.core is Core.YEAR:
        return _YEAR_ALONE.match(folded) is not None or said.lead is not Lead.NONE
    return said.core in WINDOWS or said.is_marked or said.lead is not Lead.NONE


def _without_day(text: str, folded: str, place: Passage, task: Task) -> Iterator[FoundDeadline | NotDeadline]:
    if _OFTEN.match(folded):
        yield propose_often(place, task, wording=text)
    elif _SET_ELSEWHERE.match(folded):
        yield propose_undated(place, task, wording=text, recurrence=Recurrence.YEARLY)
    elif find_times(text, folded):
        yield NotDeadline(place.quote, WhyNot.TOO_VAGUE, place.line)


def _receiver(row: _Row) -> Receiver:
    named = row.cell(Column.RECEIVER)
    return Receiver(named) if named else receiver_of(row.cell(Column.TASK))


def _who(lead: str, group: str) -> str:
    if not lead or not group:
        return lead or group
    return f"{lead} ({group})"


def _whole(words: str, what: str) -> str:
    """Return the whole words of a short task cell: they are the task's name."""
    bare = re.sub(r"^(?:[-+•]|\d{1,3}[.)]) *", "", words).strip(" .;:")
    return bare if len(bare) <= len(what) + 80 and len(bare) <= 200 else what


def is_numbered(block: Block) -> bool:
    """Whether the row begins with a number of its own."""
    return bool(block.cells) and _NUMBER.match(fold(block.cells[0])) is not None
