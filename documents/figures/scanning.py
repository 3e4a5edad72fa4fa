"""What a file says about figures, whatever its kind; runs in the reading process, see `uploads.bounded`."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import PurePath

from documents.figures import pdf, plain_text, word
from documents.figures.files import FigureFile, Sought
from documents.figures.own_form import has_own_columns, mark_in, read_own_form
from documents.figures.pages import MOST_COLUMNS, MOST_ROWS, Page
from documents.figures.plain_text import is_plain_text
from documents.figures.precautions import parts_of, title_of_another_year, with_shares_asked
from documents.figures.sheets import page_of
from documents.tables import Table, read_tables
from domain.dossiers.dossiers import refuse_size
from domain.dossiers.secrecy import refuse_marked_words
from domain.errors import Refusal
from domain.figures.joining import join
from domain.figures.reading import read_table, read_text
from domain.figures.readings import FiguresReading
from uploads.validation import validate_upload

_MOST_UNREAD = 60
_MOST_LETTERS = 200_000
"""Characters of one sheet or document that are read; a report of thirty pages has ninety thousand."""
_SHEETS, _DOCUMENTS, _WITH_MACROS = (".xlsx", ".xlsm", ".xltx"), (".docx", ".docm", ".dotx"), (".xlsm", ".docm")
_MACROS = "Tệp có macro: bot chỉ đọc số, không chạy macro"
_OTHERS = {
    kind: f"Đây là tệp {kind}, bot không đọc được số trong đó. Anh/chị mở bằng {program}, lưu thành {new} rồi gửi lại."
    for kind, program, new in (
        (".xls", "Excel", ".xlsx"),
        (".xlt", "Excel", ".xlsx"),
        (".xlsb", "Excel", ".xlsx"),
        (".doc", "Word", ".docx"),
        (".dot", "Word", ".docx"),
    )
}
"""{ending: what to do with such a file}"""
_PICTURE = "Bot không đọc số trong ảnh. Anh/chị gõ hoặc dán số vào tin nhắn, hoặc gửi tệp Excel, Word."


def scan_figures(name: str, content: bytes, sought: Sought, *, sheet: str | None = None) -> FigureFile:
    """Return what the file says; of several sheets only `sheet`, if it is given.

    A form with another key than the one sought is not read. Raises Refusal if the file is of no kind that can be read.
    """
    if is_plain_text(name, content):
        refuse_marked_words(name)
        refuse_size(len(content))
        return _scan_page(plain_text.page_of(name, content), sought)
    kind = PurePath(validate_upload(name, content).name.lower()).suffix
    if kind in _SHEETS:
        found = _scan_workbook(content, sought, sheet=sheet)
    elif kind in _DOCUMENTS:
        found = _scan_page(word.page_of(content), sought)
    elif kind == ".pdf":
        found = _scan_page(pdf.page_of(content), sought)
    elif kind in _OTHERS:
        raise Refusal("file-of-old-format", _OTHERS[kind])
    else:
        raise Refusal("file-is-picture", _PICTURE)
    return replace(found, notes=(*found.notes, _MACROS)) if kind in _WITH_MACROS else found


def find_form_key(content: bytes) -> str:
    """Return the key of the form that a workbook is, or an empty string."""
    return mark_in(read_tables(content, columns=1, rows=1))


def _scan_workbook(content: bytes, sought: Sought, *, sheet: str | None) -> FigureFile:
    tables = read_tables(content, columns=MOST_COLUMNS, rows=MOST_ROWS, results=True)
    if key := mark_in(tables):
        return _scan_form(tables, key, sought)
    shown = [table for table in tables if not table.is_hidden and sheet in (None, table.title)]
    scanned = [_scan_sheet(table, sought, is_alone=len(shown) == 1) for table in shown]
    holding = [(table.title, one) for table, one in zip(shown, scanned, strict=True) if _holds(one.reading)]
    if len(holding) > 1 and _contradict([one.reading for _, one in holding]):
        return FigureFile(sheets=tuple(title for title, _ in holding))
    others = [FigureFile(notes=one.notes) for one in scanned if not _holds(one.reading)]
    return _together([*(one for _, one in holding), *others])


def _scan_sheet(table: Table, sought: Sought, *, is_alone: bool) -> FigureFile:
    """Return what a sheet says; one of another year is left out if there are others."""
    try:
        return _with_shares_asked(_scan_page(page_of(table), sought), sought)
    except Refusal:
        if is_alone:
            raise
        return FigureFile(notes=(f"Trang «{table.title}» ghi năm khác, không đọc",))


def _scan_form(tables: Sequence[Table], key: str, sought: Sought) -> FigureFile:
    if sought.key and key != sought.key:
        return FigureFile(form=key)
    table = next(table for table in tables if mark_in([table]))
    if not has_own_columns(table):
        return replace(_scan_page(page_of(table), sought), form=key)
    form = read_own_form(table, sought.wanted)
    return _with_shares_asked(FigureFile(form.reading, form.reasons, form.notes, form=key), sought)


def _with_shares_asked(file: FigureFile, sought: Sought) -> FigureFile:
    return replace(file, reading=with_shares_asked(file.reading, sought.wanted))


def _scan_page(whole: Page, sought: Sought) -> FigureFile:
    page = whole.within(_MOST_LETTERS)
    if (title := title_of_another_year(page, sought.period)) and sought.period is not None:
        raise Refusal(
            "file-of-another-year",
            f"Đầu tệp ghi «{title[:80]}», còn số phải báo cáo là của {sought.period.name}. Anh/chị gửi tệp của kỳ này; "
            "nếu đúng là số kỳ này thì sửa dòng ấy trong tệp rồi gửi lại.",
        )
    tables = [
        read_table(part, sought.wanted, period=sought.period, pledging=sought.is_pledge)
        for rows in page.tables
        for part in parts_of(rows)
    ]
    lines = read_text("\n".join(page.lines), sought.wanted, period=sought.period, pledging=sought.is_pledge)
    reading = join([*tables, lines])
    # A whole document has hundreds of lines without a figure.
    said = tuple(dict.fromkeys(part for part in reading.unread if any(map(str.isdecimal, part))))
    return FigureFile(replace(reading, unread=said[:_MOST_UNREAD]), notes=page.notes)


def _holds(reading: FiguresReading) -> bool:
    return bool(reading.read or reading.ask)


def _contradict(readings: Sequence[FiguresReading]) -> bool:
    """Whether two sheets say different things of the same indicator."""
    said: dict[str | None, set[Decimal]] = {}
    for reading in readings:
        own = {one.indicator: {one.value} for one in reading.read} | {
            one.indicator: {*one.readings} for one in reading.ask
        }
        if any(code in said and said[code] != values for code, values in own.items()):
            return True
        said |= own
    return False


def _together(files: Sequence[FigureFile]) -> FigureFile:
    notes = dict.fromkeys(note for one in files for note in one.notes)
    return FigureFile(join([one.reading for one in files]), notes=tuple(notes))
