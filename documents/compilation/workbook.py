"""The compiled report as a workbook: all units, a sheet for each cluster, and notes on what the figures mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from xlsxwriter import Workbook

from documents.compilation.formats import SheetFormats
from documents.compilation.notes import write_notes
from documents.compilation.sheet import CompiledSheet
from documents.compilation.sheet_names import sheet_names
from documents.workbook_writing import new_large_workbook
from domain.typed_input.words import slug
from usecases.compilation.indicators import by_cluster
from usecases.compilation.views import Compilation, CompiledGroup, CompiledIndicator, CompiledUnit

ALL, NOTES = "Tất cả", "Ghi chú"


@dataclass(frozen=True, slots=True)
class SheetContent:
    """What one sheet is about: all units, or one cluster's."""

    title: str
    units: Sequence[CompiledUnit]
    totals: Sequence[CompiledIndicator | CompiledGroup]
    """The totals of the indicators in their order."""


def write_workbook(found: Compilation) -> bytes:
    """Return an .xlsx. It takes seconds for thousands of units: call it in a thread of its own."""
    file = BytesIO()
    with new_large_workbook(file) as book:
        _write(book, found)
    return file.getvalue()


def file_name_of(found: Compilation) -> str:
    return f"tong-hop_{slug(found.title)}_{found.at:%Y-%m-%d_%Hh%M}.xlsx"


def _write(book: Workbook, found: Compilation) -> None:
    formats = SheetFormats.of(book)
    clusters = by_cluster(found.units)
    sections = [SheetContent(found.authority_name, found.units, found.indicators)]
    # Where no unit is in a cluster, the sheet of those outside would be that of all again.
    clusters = clusters if any(unit.cluster_name for unit in found.units) else ()
    for number, (name, units) in enumerate(clusters):
        sections.append(SheetContent(name, units, [indicator.clusters[number] for indicator in found.indicators]))
    names = [ALL, *sheet_names([name for name, _ in clusters], taken=(ALL, NOTES))]
    for name, section in zip(names, sections, strict=True):
        CompiledSheet(book.add_worksheet(name), formats, found, section.title).write(section.units, section.totals)
    write_notes(book.add_worksheet(NOTES), formats, found)
