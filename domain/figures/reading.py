"""Reading of whole reports: pasted lines and tables become figures of the indicators they name."""

from collections.abc import Sequence

from domain.figures.grammar.atoms import fold
from domain.figures.grammar.frame import NOTHING_LASTS, Frame
from domain.figures.grammar.prose import read_lines
from domain.figures.grammar.units import money_of_table
from domain.figures.layout import PastedTable, blocks_of, content_lines
from domain.figures.readings import FiguresReading, Wanted
from domain.figures.settling import Said, settle
from domain.figures.tables import read_rows
from domain.plans.periods import Period


def read_text(
    text: str, wanted: Sequence[Wanted], *, period: Period | None = None, pledging: bool = False
) -> FiguresReading:
    """Return what the text says about the indicators; it may hold lines, sentences, and tables with tabs or bars.

    Figures of other years than the period's are left out. With `pledging`, «đăng ký 95», «chỉ tiêu 95» and a column
    «Kế hoạch» are what is looked for, and results are not; without, it is the other way round.
    """
    frame = Frame.of(text, wanted, period=period, pledging=pledging)
    said: list[Said] = []
    lasting, money = NOTHING_LASTS, ""
    for block in blocks_of(text):
        if isinstance(block, PastedTable):
            said += read_rows(block.rows, frame, lasting, money=money)
        else:
            lines = content_lines(block)
            found, lasting = read_lines(lines, frame, lasting)
            money = next((unit for line in lines if (unit := money_of_table(fold(line)))), "")
            said += found
    return settle(said, wanted)


def read_table(
    rows: Sequence[Sequence[str]], wanted: Sequence[Wanted], *, period: Period | None = None, pledging: bool = False
) -> FiguresReading:
    """Return what a table says, `rows` as strings of its cells; the columns are found by their headings."""
    text = "\n".join(cell for row in rows for cell in row)
    frame = Frame.of(text, wanted, period=period, pledging=pledging)
    return settle(read_rows(rows, frame, NOTHING_LASTS), wanted)
