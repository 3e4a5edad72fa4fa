"""Reports in Word and PDF: their tables and lines say the same as in the chat."""

from pathlib import Path

import pytest

from documents.figures.reading import read_figure_file
from tests.documents.figures.forms import SAMPLE
from tests.documents.figures.papers import AS_PDF, PAPERS, Paper
from tests.support import files
from tests.support.office import convert, need_office
from tests.support.refusals import refused


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_tables_and_lines_of_a_word_file_are_read(paper: Paper) -> None:
    found = read_figure_file("bao-cao.docx", paper.content(), SAMPLE)

    assert {one.indicator: one.value for one in found.reading.read} == paper.expected
    assert found.notes == paper.notes


@pytest.mark.long
def test_pdf_files_say_the_same_as_the_papers_they_were_made_of(tmp_path: Path) -> None:
    need_office()
    names = {str(number): PAPERS[name] for number, name in enumerate(AS_PDF)}
    for name, paper in names.items():
        (tmp_path / f"{name}.docx").write_bytes(paper.content())

    convert(tmp_path, *(f"{name}.docx" for name in names), to="pdf")

    for name, paper in names.items():
        found = read_figure_file("bao-cao.pdf", (tmp_path / f"{name}.pdf").read_bytes(), SAMPLE)
        assert {one.indicator: one.value for one in found.reading.read} == paper.expected


def test_columns_without_rules_are_told_by_their_gaps() -> None:
    rows = (("Chi tieu", "Thuc hien"), ("Thu ngan sach", "12,5"), ("Ty le bao phu bao hiem y te", "93,4"))
    words = [
        (80 + 300 * column, 700 - 20 * row, text) for row, cells in enumerate(rows) for column, text in enumerate(cells)
    ]

    found = read_figure_file("bao-cao.pdf", files.written_pdf(*words), SAMPLE)

    assert [str(one.value) for one in found.reading.read] == ["12.5", "93.4"]


def test_scanned_pdf_is_told_apart() -> None:
    with refused("pdf-is-scan"):
        read_figure_file("bao-cao.pdf", files.blank_pdf(2), SAMPLE)
