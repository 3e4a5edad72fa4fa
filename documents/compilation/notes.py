"""The sheet of notes: hour and denominator, who is missing, and why an indicator has no total."""

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from documents.compilation.formats import SheetFormats
from documents.compilation.wording import way_of
from documents.status import PUNCTUALITIES, STANDINGS
from documents.workbook_writing import write_text
from domain.duties.due_hours import full_limit
from domain.duties.tallies import TallyPart
from usecases.compilation.views import Compilation, CompiledIndicator

_WIDTHS = (34, 100)


def write_notes(sheet: Worksheet, formats: SheetFormats, found: Compilation) -> None:
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, formats.wrapped)
    for row, (heading, text) in enumerate(_notes(found)):
        write_text(sheet, row, 0, heading, formats.bold)
        write_text(sheet, row, 1, text, formats.wrapped)


def _notes(found: Compilation) -> Iterator[tuple[str, str]]:
    yield "Việc", f"{found.title} ({found.period})"
    yield "Cơ quan", found.authority_name
    yield "Lập lúc", f"{found.at:%H:%M, %d/%m/%Y}"
    if found.last_valid_day:
        yield "Hạn", full_limit(found.last_valid_day)
    yield "Phải nộp", str(found.owed)
    yield "Đã nộp", _handed_in(found)
    yield from _missing(found)
    yield from _uncertain(found)
    yield "Cách đọc", "Ô trống là không có số, không phải số 0. Các dòng cuối mỗi trang là công thức, bấm vào ô để xem."
    yield "Giao ước, kỳ trước", f"Chỉ so những đơn vị có cả hai số. Kỳ trước: {found.previous_period}."
    names = {indicator.code: indicator.name for indicator in found.indicators}
    for indicator in found.indicators:
        yield indicator.name, _indicator(indicator, names)


def _handed_in(found: Compilation) -> str:
    parts = (TallyPart.ON_TIME, TallyPart.IN_EXTENSION, TallyPart.LATE)
    counts = {part: sum(unit.part is part for unit in found.units) for part in parts}
    each = [f"{PUNCTUALITIES[part].lower()} {count}" for part, count in counts.items() if count]
    return f"{found.handed_in}/{found.owed}" + (f": {', '.join(each)}" if each else "")


def _missing(found: Compilation) -> Iterator[tuple[str, str]]:
    if found.missing:
        yield "Chưa có trong bảng", f"{len(found.missing)} đơn vị"
    for unit in found.missing:
        until = f" đến {unit.extended_to:%d/%m/%Y}" if unit.extended_to else ""
        yield "", f"{unit.name}: {STANDINGS[unit.part].lower()}{until}"


def _uncertain(found: Compilation) -> Iterator[tuple[str, str]]:
    estimates = [f"{unit.name} (đến {unit.as_of:%d/%m/%Y})" for unit in found.units if unit.as_of]
    if estimates:
        yield "Số ước thực hiện", f"{len(estimates)} đơn vị: {', '.join(estimates)}"
    papers = [unit.name for unit in found.units if unit.on_paper]
    if papers:
        yield "Nộp bản giấy, không có số", f"{len(papers)} đơn vị: {', '.join(papers)}"


def _indicator(indicator: CompiledIndicator, names: dict[str, str]) -> str:
    way = way_of(indicator, names)
    text = f"{way[0].upper()}{way[1:]}. Có số: {indicator.counted}/{indicator.asked} đơn vị báo cáo chỉ tiêu này."
    if indicator.other_uom:
        text += f" Số đã nhập theo «{indicator.other_uom}» trước khi đổi đơn vị tính thì không tính."
    if indicator.previous_uom:
        text += f" Kỳ trước tính bằng «{indicator.previous_uom}», nay là «{indicator.uom}»: không so."
    return text
