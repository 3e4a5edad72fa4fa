"""Reading a plan's text: each time that somebody must keep becomes a deadline to propose, each other date is listed."""

from collections.abc import Iterator

from domain.plan_texts.blocks import Block, Zone, read_blocks
from domain.plan_texts.header import read_header
from domain.plan_texts.readings import FoundDeadline, NotDeadline, PlanReading
from domain.plan_texts.sentences import read_block
from domain.plan_texts.years import PlanDates


def read_plan(text: str) -> PlanReading:
    """Return the deadlines that a plan's text names, in their order, and the dates that are none.

    Cells of a table's row are parted by tabs or bars. The text may be in any spelling of accents, broken over lines and
    pages, and misread by OCR in the ways that `folding` knows.
    """
    blocks = read_blocks(text)
    header = read_header(blocks)
    dates = PlanDates(header.first_year, header.last_year, header.issued)
    found = list(_read(blocks, dates))
    return PlanReading(
        deadlines=tuple(one for one in found if isinstance(one, FoundDeadline)),
        not_deadlines=tuple(one for one in found if isinstance(one, NotDeadline)),
        header=header,
    )


def _read(blocks: list[Block], dates: PlanDates) -> Iterator[FoundDeadline | NotDeadline]:
    for block in blocks:
        if block.zone is Zone.BODY:
            yield from read_block(block, dates)
