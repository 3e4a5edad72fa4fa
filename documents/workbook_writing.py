"""Workbooks that the bot writes: whatever people typed stays text, in any program that opens the file."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from domain.typed_input.inert import inert

_LONGEST_CELL = 32_767


def new_workbook(file: Any) -> Workbook:
    """An .xlsx in memory, to be used as a context."""
    return Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})


def write_text(sheet: Worksheet, row: int, column: int, text: str, cell_format: Any = None) -> None:
    """Always as text: «=1+1» is no formula, an address no link, a phone keeps its first zero; hidden marks go."""
    sheet.write_string(row, column, inert(text)[:_LONGEST_CELL], cell_format)
