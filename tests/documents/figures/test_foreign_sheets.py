"""Sheets of another make: the figures of this period come out, whatever stands beside them."""

import pytest

from documents.figures.reading import read_figure_file
from documents.figures.scanning import FigureFile
from tests.documents.figures.forms import SAMPLE
from tests.documents.figures.shapes import SHAPES, Shape, workbook


def read(content: bytes, name: str = "so-lieu.xlsx", *, sheet: str | None = None) -> FigureFile:
    return read_figure_file(name, content, SAMPLE, sheet=sheet)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_right_column_is_read(shape: Shape) -> None:
    found = read(workbook(shape))

    assert {one.indicator: one.value for one in found.reading.read} == shape.expected
    assert {one.indicator for one in found.reading.ask} <= shape.asked
    assert len(found.notes) == shape.notes
