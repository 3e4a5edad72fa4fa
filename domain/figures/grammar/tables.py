"""Reading tables: thin for now, a row is read as a line."""

from collections.abc import Sequence

from domain.figures.grammar.layout import content_lines
from domain.figures.grammar.names import NameBook
from domain.figures.grammar.prose import read_lines
from domain.figures.grammar.settling import Said
from domain.figures.readings import Wanted
from domain.plans.periods import Period


def read_rows(
    rows: Sequence[Sequence[str]],
    book: NameBook,
    wanted: Sequence[Wanted],
    *,
    period: Period | None,
    pledging: bool,
) -> list[Said]:
    lines = [" ; ".join(cell for cell in row if cell) for row in rows]
    return read_lines(content_lines(lines), book, wanted, period=period, pledging=pledging)
