"""Invites to print and cut apart: eight to a page, each with its QR code and instructions."""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from documents.invites import draw_invite
from domain.roles import ROLE_NAMES
from domain.typed_input.inert import inert
from usecases.people.invite_sheets import InviteCard
from usecases.people.invites import format_code

_ROW = Cm(6.7)
_PICTURE, _TEXT = Cm(3.5), Cm(6)
_MARGIN = Cm(1)
_AIR = Pt(6)
_LONG_NAME = 30
_HYPHEN = "\N{NON-BREAKING HYPHEN}"
"""Hyphen that does not break the invite code at the end of a line."""


def draw_invite_sheet(cards: Sequence[tuple[InviteCard, str]], *, bot: str) -> bytes:
    """Return a .docx of the cards, given as [(card, link)]; `bot` is the bot's username."""
    paper = Document()
    _set_up(paper)
    table = paper.add_table(rows=0, cols=4)
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for start in range(0, len(cards), 2):
        row = table.add_row()
        row.height, row.height_rule = _ROW, WD_ROW_HEIGHT_RULE.EXACTLY
        for place, (card, link) in enumerate(cards[start : start + 2]):
            _draw(row.cells[2 * place], row.cells[2 * place + 1], card, link=link, bot=bot)
    _size(table)
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


def _set_up(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    style = paper.styles["Normal"]
    style.font.name = "Arial"
    style.paragraph_format.space_after = Pt(1)
    # The empty paragraph at the start of every document would take a row from the first page.
    first = paper.paragraphs[0] if paper.paragraphs else None
    if first is not None:
        first._element.getparent().remove(first._element)


def _draw(left: _Cell, right: _Cell, card: InviteCard, *, link: str, bot: str) -> None:
    left.paragraphs[0].paragraph_format.space_before = _AIR
    left.paragraphs[0].add_run().add_picture(BytesIO(draw_invite(link)), width=Cm(3.2))
    right.paragraphs[0].paragraph_format.space_before = _AIR
    _put(right.paragraphs[0], card.unit_name, bold=True, size=12 if len(card.unit_name) <= _LONG_NAME else 9)
    role = ROLE_NAMES[card.role]
    _write(right, f"{card.name} · {role}" if card.name else role, bold=True)
    _write(right, f"{card.office} mời vào bot thi đua, khen thưởng")
    _write(right, f"Mã mời: {format_code(card.code).replace('-', _HYPHEN)}", bold=True, size=10)
    _write(right, "1. Quét mã QR bằng điện thoại, bấm «Bắt đầu».")
    _write(right, f"2. Hoặc vào Telegram, tìm @{bot}, bấm «Bắt đầu», gõ mã mời.")
    _write(right, "3. Bấm «Đồng ý», xác nhận họ tên và số điện thoại.")
    _write(right, f"Dùng một lần, hết ngày {card.last_day:%d/%m/%Y}. Không đưa cho người khác.")
    _frame(left, without="right")
    _frame(right, without="left")


def _write(cell: _Cell, text: str, *, bold: bool = False, size: int = 8) -> None:
    _put(cell.add_paragraph(), text, bold=bold, size=size)


def _put(paragraph: Paragraph, text: str, *, bold: bool, size: int) -> None:
    run = paragraph.add_run(inert(text))
    run.bold, run.font.size = bold, Pt(size)


def _size(table: Table) -> None:
    """Set the widths twice: Word reads those of the cells, other programs those of the columns."""
    for number, column in enumerate(table.columns):
        column.width = _TEXT if number % 2 else _PICTURE
        for cell in column.cells:
            cell.width = column.width


def _frame(cell: _Cell, *, without: str) -> None:
    """Draw a dashed line to cut along, but not between the picture and its text."""
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        if side != without:
            line = OxmlElement(f"w:{side}")
            for name, value in (("val", "dashed"), ("sz", "4"), ("space", "0"), ("color", "808080")):
                line.set(qn(f"w:{name}"), value)
            borders.append(line)
    cell._element.get_or_add_tcPr().append(borders)
