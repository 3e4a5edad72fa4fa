"""Reports in Word as offices write them, and what must come out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.documents.figures.shapes import ALL, BUDGET, HEAD, INSURANCE, NAMES, POOR, before, done, lines, name, planned
from tests.documents.figures.shapes import unit as uom

Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Paper:
    write: Callable[[Any], None]
    expected: Mapping[str, Decimal] = field(default_factory=lambda: ALL)
    notes: tuple[str, ...] = ()

    def content(self) -> bytes:
        paper, saved = Document(), BytesIO()
        self.write(paper)
        paper.save(saved)
        return saved.getvalue()


def _said(value: object) -> str:
    return "" if value is None else str(value).replace(".", ",") if isinstance(value, float) else str(value)


def add_table(paper: Any, rows: Rows) -> Any:
    filled = [[_said(cell) for cell in row] for row in rows]
    table = paper.add_table(rows=0, cols=max(map(len, filled)), style="Table Grid")
    for row in filled:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = text
    return table


PLAIN = ((*HEAD, "Kế hoạch", "Thực hiện"), *lines(name, uom, planned, done))
COMPARED = ((*HEAD, "Thực hiện 6 tháng 2025", "Thực hiện 6 tháng 2026"), *lines(name, uom, before, done))


def _table(paper: Any) -> None:
    add_table(paper, PLAIN)


def _letter(paper: Any) -> None:
    paper.add_paragraph("ỦY BAN NHÂN DÂN\nPHƯỜNG 5")
    paper.add_paragraph("Số: 45/BC-UBND\tngày 10 tháng 5 năm 2026")
    paper.add_paragraph("BÁO CÁO\nKết quả công tác thi đua 6 tháng đầu năm 2026")
    add_table(paper, COMPARED)
    paper.add_paragraph("Nơi nhận:\n- Như trên;\n- Lưu: VT.")


def _prose(paper: Any) -> None:
    paper.add_paragraph("1. Thu ngân sách 6 tháng đầu năm 2026 đạt 12,5 tỷ đồng, bằng 50 % dự toán.")
    paper.add_paragraph("2. Tỷ lệ bao phủ bảo hiểm y tế đạt 93,4 %, tăng 0,6 % so với cùng kỳ.")
    paper.add_paragraph("3. Số hộ nghèo giảm: 12 hộ, còn 34 hộ.")


def _wrapped(paper: Any) -> None:
    for words in range(3, 12):
        start = f"{'Theo ' * words} số liệu của các đơn vị trong kỳ này, kết quả"
        paper.add_paragraph(f"{start} Thu ngân sách đạt 12.500 triệu đồng, bằng 50 % dự toán.")


def _bullets(paper: Any) -> None:
    for code in NAMES:
        paper.add_paragraph(f"{name(code)}: {_said(done(code))} {uom(code)};", style="List Bullet")


def _nested(paper: Any) -> None:
    frame = paper.add_table(rows=1, cols=1)
    inner = frame.rows[0].cells[0].add_table(rows=0, cols=5)
    for row in PLAIN:
        for cell, value in zip(inner.add_row().cells, row, strict=True):
            cell.text = _said(value)


def _merged(paper: Any) -> None:
    table = add_table(
        paper,
        ((*HEAD, "Năm 2026", ""), ("", "", "", "Kế hoạch", "Thực hiện"), *lines(name, uom, planned, done)),
    )
    table.cell(0, 3).merge(table.cell(0, 4))
    for column in range(3):
        table.cell(0, column).merge(table.cell(1, column))


def _figure_over_two_lines(paper: Any) -> None:
    table = add_table(paper, PLAIN)
    table.cell(4, 4).text = ""
    table.cell(3, 4).merge(table.cell(4, 4))


def _money_above(paper: Any) -> None:
    paper.add_paragraph("Đơn vị tính: triệu đồng")
    add_table(paper, (("TT", "Nội dung", "Dự toán", "Thực hiện"), (1, name(BUDGET), "25.000", "12.500")))


def _marked_up(paper: Any) -> None:
    """Write figures with a deleted, an inserted, a hidden and a struck part, and the mark of a footnote."""
    said = paper.add_paragraph("Thu ngân sách: 1")
    run = "<w:r><w:t>{}</w:t></w:r>"
    said._p.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="a">{run.format("2,5")}</w:ins>'))
    said._p.append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="2" w:author="a"><w:r><w:delText>9</w:delText></w:r></w:del>')
    )
    said.add_run(" tỷ đồng")
    insured = paper.add_paragraph("Tỷ lệ bao phủ bảo hiểm y tế: 93,4")
    insured.add_run("5").font.hidden = True
    insured.add_run("7").font.strike = True
    insured.add_run(" %")
    paper.add_paragraph("Số hộ nghèo giảm: 12").add_run("1").font.superscript = True


def _boxed(paper: Any) -> None:
    add_table(paper, PLAIN)
    box = parse_xml(
        f"<w:r {nsdecls('w')}><w:txbxContent><w:p><w:r><w:t>Thu ngân sách: 99 tỷ đồng</w:t></w:r></w:p>"
        "</w:txbxContent></w:r>"
    )
    paper.add_paragraph("")._p.append(box)


def _controls(paper: Any) -> None:
    """Put the table into a content control, as templates of Word do."""
    table = add_table(paper, PLAIN)._tbl
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    table.addprevious(control)
    control.find(qn("w:sdtContent")).append(table)


def _only(*codes: str) -> dict[str, Decimal]:
    return {code: ALL[code] for code in codes}


PAPERS: dict[str, Paper] = {
    "table": Paper(_table),
    "letter with a table": Paper(_letter),
    "sentences": Paper(_prose, _only(BUDGET, INSURANCE, POOR)),
    "bullets": Paper(_bullets),
    "sentences over several lines": Paper(_wrapped, _only(BUDGET)),
    "table in a table": Paper(_nested),
    "merged headings": Paper(_merged),
    "figure merged over two lines": Paper(
        _figure_over_two_lines,
        {code: value for code, value in ALL.items() if code not in (INSURANCE, POOR)},
        ("Ô gộp có số «93,4» cho nhiều dòng, bot không đọc",),
    ),
    "money in millions, said above": Paper(_money_above, _only(BUDGET)),
    "changes, hidden text and a footnote": Paper(_marked_up, _only(BUDGET, INSURANCE)),
    "text box": Paper(_boxed, ALL, ("Chữ trong khung (text box) không đọc",)),
    "content control": Paper(_controls),
}
AS_PDF = (
    "table",
    "letter with a table",
    "sentences",
    "sentences over several lines",
    "bullets",
    "merged headings",
    "money in millions, said above",
)
