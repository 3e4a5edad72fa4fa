"""Hostile files sent as figures: refused within the limits of the reading process, and the next file is read."""

from pathlib import Path

import pytest

from documents.figures.reading import read_figure_file
from documents.figures.template import draw_figure_form
from domain.errors import Refusal
from tests.documents.figures.forms import SAMPLE
from tests.documents.figures.shapes import SHAPES, workbook
from tests.support import bombs, files
from tests.support.papers.reading_cost import Make, costs_of

pytestmark = pytest.mark.long


def _row_ten_million() -> bytes:
    row = '<row r="10000000"><c r="A10000000"><v>1</v></c></row>'
    return bombs.workbook(f'<dimension ref="A1:XFD10000000"/><sheetData>{row}</sheetData>')


def _wide_cells() -> str:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="9999"/></w:tcPr><w:p/></w:tc>'
    return f"<w:tbl>{('<w:tr>' + cell * 50 + '</w:tr>') * 2000}</w:tbl>"


HOSTILE: dict[str, tuple[str, Make]] = {
    "a zip bomb": ("a.xlsx", bombs.unpacking),
    "entities of entities": ("a.xlsx", bombs.laughing),
    "six million cells": ("a.xlsx", bombs.many_cells),
    "all cells merged": ("a.xlsx", lambda: bombs.merged("A1:XFD1048576")),
    "row ten million": ("a.xlsx", _row_ten_million),
    "entities in Word": ("a.docx", bombs.laughing_docx),
    "a Word file of spaces": ("a.docx", lambda: files.docx(" " * 100_000_000)),
    "tables in tables": ("a.docx", lambda: files.docx("<w:tbl><w:tr><w:tc>" * 80 + "</w:tc></w:tr></w:tbl>" * 80)),
    "half a million rows": ("a.docx", lambda: files.docx(f"<w:tbl>{'<w:tr><w:tc/></w:tr>' * 500_000}</w:tbl>")),
    "cells over ten thousand columns": ("a.docx", lambda: files.docx(_wide_cells())),
    "a million pages": ("a.pdf", bombs.paged_pdf),
    "a drawing packed twice": ("a.pdf", bombs.swelling_pdf),
    "a text of ten megabytes": ("a.csv", lambda: b"1;" * 5_000_000),
    "a sheet cut off": ("a.xlsx", lambda: draw_figure_form(SAMPLE)[:3000]),
    "a Word file cut off": ("a.docx", lambda: files.docx()[:-60]),
    "a PDF cut off": ("a.pdf", lambda: files.pdf(40)[:300]),
    "a program": ("a.xlsx", files.program),
    "a PDF in front of a sheet": ("a.xlsx", lambda: files.blank_pdf() + workbook(SHAPES["plain"])),
}


def test_hostile_files_are_refused_within_the_limits(tmp_path: Path) -> None:
    costs = costs_of(HOSTILE, tmp_path, way="figures")

    # A file that is refused before it is read has cost the reading process nothing.
    assert {title: cost for title, cost in costs.items() if cost.is_high or not cost.code} == {}


def test_next_file_is_read_after_a_hostile_one() -> None:
    with pytest.raises(Refusal):
        read_figure_file("bom.pdf", bombs.swelling_pdf(), SAMPLE)

    assert len(read_figure_file("so-lieu.xlsx", workbook(SHAPES["plain"]), SAMPLE).reading.read) == 5
