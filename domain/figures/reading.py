"""Reading of whole reports: pasted lines and tables become figures of the indicators they name."""

from collections.abc import Sequence

from domain.figures.grammar.layout import PastedTable, blocks_of, content_lines
from domain.figures.grammar.names import book_of
from domain.figures.grammar.prose import read_lines
from domain.figures.grammar.settling import Said, settle
from domain.figures.grammar.tables import read_rows
from domain.figures.readings import FiguresReading, Wanted
from domain.plans.periods import Period


def read_text(
    text: str, wanted: Sequence[Wanted], *, period: Period | None = None, pledging: bool = False
) -> FiguresReading:
    """Return what the text says about the indicators; it may hold lines, sentences, and tables with tabs or bars.

    Figures of other years than the period's are left out. With `pledging`, «đăng ký 95», «chỉ tiêu 95» and a column
    «Kế hoạch» are what is looked for, and results are not; without, it is the other way round.
    """
    book = book_of(wanted)
    said: list[Said] = []
    for block in blocks_of(text):
        if isinstance(block, PastedTable):
            said += read_rows(block.rows, book, wanted, period=period, pledging=pledging)
        else:
            said += read_lines(content_lines(block), book, wanted, period=period, pledging=pledging)
    return settle(said, wanted)


def read_table(
    rows: Sequence[Sequence[str]], wanted: Sequence[Wanted], *, period: Period | None = None, pledging: bool = False
) -> FiguresReading:
    """Return what a table says, `rows` as strings of its cells; the columns are found by their headings."""
    return settle(read_rows(rows, book_of(wanted), wanted, period=period, pledging=pledging), wanted)
