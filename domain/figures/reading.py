"""Reading of whole reports: pasted lines and tables become figures of the indicators they name."""

from collections.abc import Sequence

from domain.figures.readings import FiguresReading, Wanted
from domain.plans.periods import Period


def read_text(
    text: str, wanted: Sequence[Wanted], *, period: Period | None = None, pledging: bool = False
) -> FiguresReading:
    """Return what the text says about the indicators; it may hold lines, sentences, and tables with tabs or bars.

    Figures of other years than the period's are left out. With `pledging`, «đăng ký 95», «chỉ tiêu 95» and a column
    «Kế hoạch» are what is looked for, and results are not; without, it is the other way round.
    """
    del wanted, period, pledging
    return FiguresReading(unread=tuple(line.strip() for line in text.splitlines() if line.strip()))


def read_table(
    rows: Sequence[Sequence[str]], wanted: Sequence[Wanted], *, period: Period | None = None, pledging: bool = False
) -> FiguresReading:
    """Return what a table says, `rows` as strings of its cells; the columns are found by their headings."""
    return read_text("\n".join("\t".join(row) for row in rows), wanted, period=period, pledging=pledging)
