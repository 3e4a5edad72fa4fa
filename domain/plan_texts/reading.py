"""Reading a plan's text: each time that somebody must keep becomes a deadline to propose, each other date is listed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from domain.plan_texts.blocks import Block, Zone, read_blocks
from domain.plan_texts.grammar.unit_words import kinds_of, names_heads
from domain.plan_texts.grammar.years import PlanDates
from domain.plan_texts.header import read_header
from domain.plan_texts.readings import FoundDeadline, NotDeadline, PlanReading
from domain.plan_texts.references import points_back, repeated
from domain.plan_texts.schedules import label_of, read_label
from domain.plan_texts.sentences import read_sentence, sentences_of
from domain.plan_texts.tables import Column, TableHead, guessed_head, head_of, is_numbered, read_row

Found = FoundDeadline | NotDeadline


def read_plan(text: str) -> PlanReading:
    """Return the deadlines that a plan's text names, in their order, and the dates that are none.

    Cells of a table's row are parted by tabs or bars. The text may be in any spelling of accents, broken over lines and
    pages, and misread by OCR in the ways that `grammar.folding` knows.
    """
    blocks = [block for block in read_blocks(text) if block.zone is Zone.BODY]
    header = read_header(blocks)
    dates = PlanDates(header.first_year, header.last_year, header.issued)
    found = list(_in_order(blocks, dates))
    return PlanReading(
        deadlines=tuple(one for one in found if isinstance(one, FoundDeadline)),
        not_deadlines=tuple(dict.fromkeys(one for one in found if isinstance(one, NotDeadline))),
        header=header,
    )


def _in_order(blocks: Sequence[Block], dates: PlanDates) -> Iterator[Found]:
    found: list[Found] = []
    for run in _runs(blocks):
        if run[0].cells:
            found.extend(_table(run, dates))
        else:
            _paragraph(run[0], found, dates)
    yield from sorted([*found, *_labels(blocks, found, dates)], key=lambda one: one.line)


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield paragraphs one by one, and rows of a table together."""
    for is_row, run in groupby(blocks, key=lambda block: bool(block.cells)):
        if is_row:
            yield list(run)
        else:
            yield from ([block] for block in run)


def _paragraph(block: Block, found: list[Found], dates: PlanDates) -> None:
    for sentence in sentences_of(block):
        own = list(read_sentence(sentence, dates))
        if points_back(sentence) and not any(isinstance(one, FoundDeadline) for one in own):
            own.extend(repeated(sentence, [one for one in found if isinstance(one, FoundDeadline)]))
        found.extend(own)


def _table(rows: Sequence[Block], dates: PlanDates) -> list[Found]:
    found: list[Found] = []
    head: TableHead | None = None
    for row in rows:
        if (named := head_of(row)) is not None:
            head = named
            continue
        columns = head or guessed_head(row)
        own: list[Found] = list(read_row(row, columns, dates)) if columns else []
        own.extend(_cells(row, columns, dates))
        if not own and columns and not is_numbered(row):
            _add_part(row, columns, found)
        found.extend(own)
    return found


def _cells(row: Block, columns: TableHead | None, dates: PlanDates) -> Iterator[Found]:
    """Yield what the cells beside the column of times say by themselves."""
    time = columns.first(Column.TIME) if columns else None
    for place, cell in enumerate(row.cells):
        if place != time and cell:
            for sentence in sentences_of(replace(row, text=cell)):
                yield from (_of_row(one, row, columns) for one in read_sentence(sentence, dates))


def _of_row(found: Found, row: Block, columns: TableHead | None) -> Found:
    """Return the deadline of a cell with those who act from the row, if the cell does not name them."""
    lead = columns.first(Column.LEAD) if columns else None
    if isinstance(found, NotDeadline) or found.who or lead is None or lead >= len(row.cells):
        return found
    who = row.cells[lead]
    return replace(found, who=who, applies_to=kinds_of(who), is_for_heads=names_heads(who))


def _add_part(row: Block, columns: TableHead, found: list[Found]) -> None:
    """Put a row without number and time under the window of the row above it."""
    last = next((place for place in range(len(found) - 1, -1, -1) if isinstance(found[place], FoundDeadline)), None)
    task = columns.first(Column.TASK)
    words = row.cells[task] if task is not None and task < len(row.cells) else ""
    above = found[last] if last is not None else None
    if last is not None and words and isinstance(above, FoundDeadline) and above.phase is not None:
        found[last] = replace(above, parts=(*above.parts, words.lstrip("-+• ").rstrip(" .;:")))


def _labels(blocks: Sequence[Block], found: Sequence[Found], dates: PlanDates) -> Iterator[FoundDeadline]:
    kept = frozenset(one.line for one in found if isinstance(one, FoundDeadline))
    for place, block in enumerate(blocks):
        label = label_of(block)
        if label is not None:
            yield from read_label(block, label, list(_below(blocks, place)), kept=kept, dates=dates)


def _below(blocks: Sequence[Block], place: int) -> Iterator[Block]:
    heading = blocks[place]
    for block in blocks[place + 1 :]:
        if heading not in block.above:
            return
        yield block
