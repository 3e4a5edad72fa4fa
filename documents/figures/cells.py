"""Cells of foreign sheets as officers would write them: numbers that can be read in one way only."""

import re
from datetime import date, datetime, time
from decimal import Decimal

from documents.tables import Cell
from domain.typed_input.figures import rounded
from domain.typed_input.words import clean_line

LONGEST_CELL = 500
SHORTENED = "ô hiện số rút gọn"
"""Text instead of a number that Excel shows divided by a thousand or a million."""
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
_SHORTENED = re.compile(r"[0#?],+(?=[^0#?,]|$)")
_DONG = {"₫": "đồng", "đ": "đồng", "VND": "đồng", "VNĐ": "đồng"}
_MOST_DECIMALS = 6
_KEPT_DECIMALS = 4


def written(cell: Cell) -> str:
    """Return what the cell says as one line: 0.934 as per cent gives «93,4 %», a day «12/05/2026»."""
    value = cell.value
    if cell.number is not None:
        return _written_number(cell.number, cell.number_format)
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, (datetime, date)):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return clean_line(str(value))[:LONGEST_CELL]


def write_unmistakably(figure: Decimal) -> str:
    """Return the figure without marks of thousands and never with three decimals: «12,500» could be 12500."""
    whole, _, decimals = f"{figure:f}".partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole},{decimals}{'0' if len(decimals) == 3 else ''}" if decimals else whole


def _written_number(figure: Decimal, number_format: str) -> str:
    positive = number_format.split(";")[0]
    said = " ".join("".join(pair) for pair in _LITERAL.findall(positive))
    currency = _CURRENCY.search(positive)
    bare = re.sub(r"\[[^\]]*\]|[_*].", "", _LITERAL.sub("", positive))
    if _SHORTENED.search(bare):
        return SHORTENED
    unit = "%" if "%" in bare else (_DONG.get(currency[1], currency[1]) if currency else said.strip())
    return f"{write_unmistakably(_shown(figure, bare))} {unit}".strip()


def _shown(figure: Decimal, bare: str) -> Decimal:
    """Return the figure with the decimals that the format shows; a format without decimals hides none."""
    decimals = re.search(r"\.([0#?]+)", bare)
    if decimals and "e" not in bare.lower():
        return rounded(figure, len(decimals[1]))
    exponent = figure.as_tuple().exponent
    is_long = isinstance(exponent, int) and -exponent > _MOST_DECIMALS
    return rounded(figure, _KEPT_DECIMALS) if is_long else figure
