"""What a file may say that would be taken wrongly: a second table, the title of another year, a share for per cent."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from documents.figures.pages import Page, is_figure
from domain.figures.readings import AskedFigure, FiguresReading, FoundFigure, Wanted, Why
from domain.plans.periods import Period
from domain.typed_input.words import plain

Rows = Sequence[Sequence[str]]

_HEADING = re.compile(r"(?:stt|tt|so tt|so thu tu)\.?|(?:ten )?(?:chi tieu|noi dung|tieu chi|danh muc)(?: .*)?")
_TITLE = re.compile(r"bao cao|ket qua|bieu|tong hop|so lieu|tinh hinh|thuc hien")
_PERIOD = re.compile(r"(?:thang|quy|nam|ky)\b.{0,20}?\b(20[0-9]{2})\b")
_TITLE_ROWS, _LONGEST_TITLE = 12, 150
_ALIKE = Decimal(3)


def parts_of(rows: Rows) -> list[Rows]:
    """Return the tables of a sheet: each begins with the titles above its headings."""
    begins = [place for place in range(1, len(rows)) if _is_heading(rows[place]) and not _is_heading(rows[place - 1])]
    begins = [_with_titles(rows, place) for place in begins if any(_is_heading(row) for row in rows[:place])]
    edges = [0, *begins, len(rows)]
    return [rows[first:end] for first, end in pairwise(edges) if rows[first:end]]


def _is_heading(row: Sequence[str]) -> bool:
    said = [cell for cell in row if cell]
    return len(said) > 1 and any(_HEADING.fullmatch(plain(cell)) for cell in said) and not any(map(is_figure, said))


def _with_titles(rows: Rows, place: int) -> int:
    """Return the first of the rows above the headings that hold no line of the table before."""
    while place and len(set(filter(None, rows[place - 1]))) < 2 and not any(map(is_figure, rows[place - 1])):
        place -= 1
    return place


def title_of_another_year(page: Page, period: Period | None) -> str:
    """Return the title that names another year than the period's, if none names the period's; else an empty text."""
    if period is None:
        return ""
    rows = [" ".join(dict.fromkeys(filter(None, row))) for table in page.tables[:1] for row in table[:_TITLE_ROWS]]
    titles = [line for line in (*page.lines[:_TITLE_ROWS], *rows) if line and len(line) <= _LONGEST_TITLE]
    named = {line: {int(year) for year in _PERIOD.findall(plain(line))} for line in titles}
    own = set(range(period.first.year, period.last.year + 1))
    if any(years & own for years in named.values()):
        return ""
    return next((line for line, years in named.items() if years and _TITLE.search(plain(line))), "")


def with_shares_asked(reading: FiguresReading, wanted: Sequence[Wanted]) -> FiguresReading:
    """Return the reading of a sheet with 0.934 asked back where per cents are looked for: it may be 93.4 %."""
    known = {one.code: one for one in wanted}
    doubtful = [one for one in reading.read if _may_be_share(one.value, known[one.indicator])]
    asked = [
        AskedFigure(one.indicator, (one.value * 100, one.value), one.quote, Why.SEVERAL_READINGS) for one in doubtful
    ]
    return replace(reading, read=_without(reading.read, doubtful), ask=(*reading.ask, *asked))


def _may_be_share(value: Decimal, wanted: Wanted) -> bool:
    near = wanted.previous or wanted.pledged
    is_alike = bool(near) and near is not None and 1 / _ALIKE <= value / near <= _ALIKE
    return wanted.form.uom == "%" and 0 < value <= 1 and wanted.form.allows(value * 100) and not is_alike


def _without(read: Sequence[FoundFigure], doubtful: Sequence[FoundFigure]) -> tuple[FoundFigure, ...]:
    return tuple(one for one in read if one not in doubtful)
