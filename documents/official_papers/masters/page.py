"""A page by NĐ 30/2020, Phụ lục I: paper, margins, font, head, title, signature and page number."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
BODY, SMALL, CELL, HEAD = 14, 11, 12, 13
"""Sizes (points): text, «Nơi nhận», cells of tables, the head of the page."""
WIDTH = 160
"""Width between the margins (mm)."""
_FIRST_LINE = Mm(12.7)


def lay_out(paper: Document) -> None:
    """Set A4, margins of 20/20/30/20 mm, the font, and the page number in the top margin, hidden on page 1."""
    section = paper.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    _set_font(paper)
    number = section.header.paragraphs[0]
    number.style = paper.styles["Normal"]
    number.alignment = ALIGN.CENTER
    _add_page_field(number)


def _set_font(paper: Document) -> None:
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(BODY)
    fonts = paper.styles.element.iter(qn("w:rFonts"))
    for found in fonts:
        for name in [name for name in found.attrib if "theme" in name.lower()]:
            del found.attrib[name]
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            found.set(qn(f"w:{script}"), FONT)
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)


def _add_page_field(paragraph: Paragraph) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(HEAD)
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


@dataclass(frozen=True, slots=True)
class Look:
    size: float = BODY
    bold: bool = False
    italic: bool = False
    align: ALIGN | None = None
    before: float = 0
    """Space above (points)."""


PLAIN = Look()


def write(paragraph: Paragraph, words: str, look: Look = PLAIN) -> Paragraph:
    """Add the words as one run; a field that is split over runs is hard to edit in Word."""
    run = paragraph.add_run(words)
    run.font.size, run.bold, run.italic = Pt(look.size), look.bold, look.italic
    if look.align is not None:
        paragraph.alignment = look.align
    paragraph.paragraph_format.space_before = Pt(look.before)
    return paragraph


def text(paper: Document, words: str, *, italic: bool = False, before: float = 6) -> Paragraph:
    """Add a paragraph of the body: justified, its first line indented by 12.7 mm."""
    added = write(paper.add_paragraph(), words, Look(italic=italic, align=ALIGN.JUSTIFY, before=before))
    added.paragraph_format.first_line_indent = _FIRST_LINE
    added.paragraph_format.line_spacing = 1.1
    return added


def heading(paper: Document, words: str) -> Paragraph:
    added = write(paper.add_paragraph(), words, Look(bold=True, align=ALIGN.JUSTIFY, before=8))
    added.paragraph_format.first_line_indent = _FIRST_LINE
    added.paragraph_format.keep_with_next = True
    added.paragraph_format.space_after = Pt(4)
    return added


def tag(paper: Document | _Cell, words: str) -> None:
    """Add a paragraph that holds only a tag such as `{%p if … %}`; it leaves no line in the paper."""
    write(paper.add_paragraph(), words)


def head(paper: Document, *, number: str, about: str = "") -> None:
    """Add the head: issuer, number and mark of a draft on the left, state, motto, place and day on the right."""
    table = _plain_table(paper, (66, 94))
    left, right = table.rows[0].cells
    write(left.paragraphs[0], "{%p if co_quan_cap_tren %}")
    write(left.add_paragraph(), "{{ co_quan_cap_tren }}", Look(size=HEAD - 1, align=ALIGN.CENTER))
    tag(left, "{%p endif %}")
    write(left.add_paragraph(), "{{ co_quan }}", Look(size=HEAD - 1, bold=True, align=ALIGN.CENTER))
    _rule(left.add_paragraph(), indent=21)
    write(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Look(size=HEAD - 1, bold=True, align=ALIGN.CENTER))
    write(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", Look(size=HEAD, bold=True, align=ALIGN.CENTER))
    _rule(right.add_paragraph(), indent=18)
    left, right = _add_row(table).cells
    write(left.paragraphs[0], number, Look(size=HEAD, align=ALIGN.CENTER, before=2))
    if about:
        write(left.add_paragraph(), about, Look(size=HEAD - 1, align=ALIGN.CENTER, before=6))
    _framed(write(left.add_paragraph(), "{{ du_thao }}", Look(size=HEAD, bold=True, align=ALIGN.CENTER, before=6)))
    day = "……, ngày …… tháng …… năm {{ nam }}"
    write(right.paragraphs[0], day, Look(size=HEAD, italic=True, align=ALIGN.CENTER, before=2))


def title(paper: Document, kind: str, about: str) -> None:
    write(paper.add_paragraph(), kind, Look(bold=True, align=ALIGN.CENTER, before=14))
    write(paper.add_paragraph(), about, Look(bold=True, align=ALIGN.CENTER))
    _rule(paper.add_paragraph(), indent=58)


def addressee(paper: Document) -> None:
    write(paper.add_paragraph(), "Kính gửi: {{ kinh_gui }}", Look(align=ALIGN.CENTER, before=8))


def signature(paper: Document, lines: Sequence[str]) -> None:
    """Add «Nơi nhận» on the left and an empty signature on the right."""
    left, right = _closing_table(paper).rows[0].cells
    _list_recipients(left, lines)
    _sign(right, "……")


def recipients(paper: Document, lines: Sequence[str]) -> None:
    """Add «Nơi nhận» below the signatures."""
    left, _ = _closing_table(paper).rows[0].cells
    _list_recipients(left, lines)


def _list_recipients(cell: _Cell, lines: Sequence[str]) -> None:
    write(cell.paragraphs[0], "Nơi nhận:", Look(size=12, bold=True, italic=True))
    for line in lines:
        write(cell.add_paragraph(), line, Look(size=SMALL))


def signatures(paper: Document, *titles: str) -> None:
    """Add empty signatures side by side, each below its title."""
    for cell, title_of in zip(_closing_table(paper).rows[0].cells, titles, strict=True):
        _sign(cell, title_of)


def _gap(paper: Document, points: float) -> None:
    # The line of an empty paragraph is as high as its mark, whatever the size of its text.
    paper.add_paragraph().paragraph_format.line_spacing = Pt(points)


def _closing_table(paper: Document) -> Table:
    _gap(paper, 8)
    table = _plain_table(paper, (80, 80))
    _keep_whole(table)
    return table


def _sign(cell: _Cell, title_of: str) -> None:
    write(cell.paragraphs[0], title_of, Look(bold=True, align=ALIGN.CENTER))
    for _ in range(3):
        write(cell.add_paragraph(), "", Look(align=ALIGN.CENTER))
    write(cell.add_paragraph(), "……", Look(bold=True, align=ALIGN.CENTER))


def grid(
    paper: Document, loop: str, columns: Sequence[tuple[str, int, str]], *, row_height: float | None = None
) -> None:
    """Add a table with one row for each item of a list.

    `loop` is the item and its list, as in «dong in chi_tieu»; each column is its heading, width (mm) and cell.
    `row_height` is the least height of the rows (mm).
    """
    _gap(paper, 3)
    table: Table = paper.add_table(rows=1, cols=len(columns))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for cell, (words, _, _) in zip(table.rows[0].cells, columns, strict=True):
        write(cell.paragraphs[0], words, Look(size=CELL, bold=True, align=ALIGN.CENTER))
    _repeat_row(table)
    _tag_row(table, f"{{%tr for {loop} %}}")
    row = _add_row(table)
    row.height = None if row_height is None else Mm(row_height)
    for cell, (words, width, content) in zip(row.cells, columns, strict=True):
        is_wide = width >= 24 and words not in _CENTRED
        write(cell.paragraphs[0], content, Look(size=CELL, align=ALIGN.LEFT if is_wide else ALIGN.CENTER))
    _tag_row(table, "{%tr endfor %}")
    _keep_whole(table)
    _pad(table, 60)
    _set_widths(table, [width for _, width, _ in columns])
    _gap(paper, 3)


_CENTRED = frozenset({"Thực hiện", "Đã nộp", "Đơn vị tính", "Mã biên nhận", "Mã kiểm tra", "Ngày nộp"})


def _tag_row(table: Table, words: str) -> None:
    write(_add_row(table).cells[0].paragraphs[0], words, Look(size=CELL))


def _repeat_row(table: Table) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _keep_whole(table: Table) -> None:
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def _add_row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def _plain_table(paper: Document, widths: Sequence[int]) -> Table:
    table: Table = paper.add_table(rows=1, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_widths(table, widths)
    _pad(table, 0)
    return table


def _pad(table: Table, width: int) -> None:
    """Set the space beside the text of every cell (twentieths of a point)."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins) if look is not None else table._tbl.tblPr.append(margins)


def _set_widths(table: Table, widths: Sequence[int]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def page_break(paper: Document) -> None:
    paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _rule(paragraph: Paragraph, *, indent: float) -> None:
    """Draw a line below an empty paragraph, shortened by `indent` (mm) on both sides."""
    write(paragraph, "", Look(size=2, align=ALIGN.CENTER))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(indent)
    paragraph.paragraph_format.line_spacing = Pt(3)
    _border(paragraph, ("bottom",))


def _framed(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(18)
    _border(paragraph, ("top", "left", "bottom", "right"))


def _border(paragraph: Paragraph, sides: Sequence[str]) -> None:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    # The schema wants borders before spacing and indents.
    follower = next((child for child in properties if child.tag in _AFTER_BORDERS), None)
    if follower is None:
        properties.append(borders)
    else:
        follower.addprevious(borders)


_AFTER_BORDERS = {qn(f"w:{name}") for name in ("shd", "tabs", "spacing", "ind", "jc", "rPr")}
