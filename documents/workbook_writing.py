"""Workbooks that the bot writes: typed text stays text in any program that opens the file."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from domain.typed_input.inert import inert

_LONGEST_CELL = 32_767
_TEXT_IS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False}


def new_workbook(file: Any) -> Workbook:
    """Return a new .xlsx in memory, to be used as a context manager."""
    return Workbook(file, {"in_memory": True, **_TEXT_IS_TEXT})


def new_large_workbook(file: Any) -> Workbook:
    """Return a new .xlsx whose finished rows are kept on disk, to be written row by row, each from left to right."""
    return Workbook(file, {"constant_memory": True, **_TEXT_IS_TEXT})


def write_text(sheet: Worksheet, row: int, column: int, text: str, cell_format: Any = None) -> None:
    """Write a cell as text without hidden characters: «=1+1» is no formula, a URL no link, a phone keeps its first
    zero.
    """
    sheet.write_string(row, column, inert(text)[:_LONGEST_CELL], cell_format)
