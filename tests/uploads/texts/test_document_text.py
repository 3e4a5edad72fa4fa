import io

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from domain.errors import Refusal
from tests.support import files
from uploads.texts.document_text import read_document_text

PLAN = "Các đơn vị gửi báo cáo trước ngày 15/11.\nHồ sơ: chậm nhất ngày 05/12."


def saved(document: object) -> bytes:
    target = io.BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_plain_text_is_read_in_its_encoding(encoding: str) -> None:
    assert read_document_text(PLAN.encode(encoding)) == PLAN


def test_a_word_file_shows_the_numbers_that_word_makes() -> None:
    document = Document()
    for text, style in (
        ("Mở đầu", None),
        ("Mục một", "List Number"),
        ("Điểm", "List Bullet"),
        ("Mục hai", "List Number"),
    ):
        document.add_paragraph(text, style=style)

    lines = read_document_text(saved(document)).split("\n")

    assert lines == [f"{line}\u2029" for line in ("Mở đầu", "1. Mục một", "- Điểm", "2. Mục hai")]


def test_a_merged_cell_says_the_same_in_each_row_and_stands_once_in_its_own() -> None:
    document = Document()
    table = document.add_table(rows=3, cols=3)
    for row, words in zip(table.rows, (("Việc", "Ai", "Hạn"), ("A", "B", "15/3"), ("C", "D", "")), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    table.cell(1, 2).merge(table.cell(2, 2))
    table.cell(2, 0).merge(table.cell(2, 1))

    rows = [line for line in read_document_text(saved(document)).splitlines() if line]

    assert rows == ["Việc\tAi\tHạn", "A\tB\t15/3", "C D\t\t15/3"]


def test_inserted_words_count_and_deleted_ones_do_not() -> None:
    document = Document()
    paragraph = document.add_paragraph("trước ngày ")
    for mark, text, tag in (("ins", "20/11", "t"), ("del", "15/11", "delText")):
        paragraph._p.append(parse_xml(f"<w:{mark} {nsdecls('w')}><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{mark}>"))

    assert read_document_text(saved(document)).strip() == "trước ngày 20/11"


def test_the_lines_of_a_pdf_stand_in_their_order() -> None:
    content = files.written_pdf((60, 780, "Gửi báo cáo trước ngày"), (60, 760, "15/11 hằng năm."))

    assert read_document_text(content).splitlines() == ["Gửi báo cáo trước ngày", "15/11 hằng năm."]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b" \n ", "file-without-text"),
        (files.blank_pdf(), "file-without-text"),
        (files.pdf(password="khoa"), "file-locked"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "file-old-word"),
        (b"PK\x03\x04" + bytes(60), "file-broken"),
        (b"%PDF-1.4 cut off", "file-broken"),
        (bytes(range(256)) * 4, "file-broken"),
        (bytes(21 * 1024 * 1024), "file-too-large"),
    ],
)
def test_what_holds_no_text_is_refused_with_what_to_send_instead(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_document_text(content)

    assert refused.value.code == code
