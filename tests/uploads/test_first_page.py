"""Stamps of secrecy on the first page of PDF, Word and Excel files, old and new."""

import time

import pytest

from domain.dossiers.secrecy import SecretMark
from tests.support import files
from uploads.first_page import first_page
from uploads.validation import validate_upload

BOX = "<w:p><w:r><w:txbxContent><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:txbxContent></w:r></w:p>"
ART = '<w:p><w:r><w:pict><v:textpath style="x" string="TỐI MẬT"/></w:pict></w:r></w:p>'


def excel_string(text: str) -> bytes:
    """Return a string as Excel 97 stores it: number of letters, a flag for two bytes a letter, the letters."""
    return len(text).to_bytes(2, "little") + b"\1" + text.encode("utf-16-le")


MARKED = {
    "tại dòng riêng.pdf": files.written_pdf((80, 780, "UBND XÃ MẪU"), (100, 740, "MẬT"), (80, 700, "Kính gửi")),
    "bên trái ngày.pdf": files.written_pdf((80, 740, "MẬT"), (320, 740, "Long Khánh, ngày 05 tháng 01 năm 2026")),
    "bên trái.pdf": files.written_pdf((80, 740, "MẬT"), (320, 740, "Kính gửi các đơn vị")),
    "đoạn.docx": files.docx(files.paragraph("UBND XÃ MẪU") + files.paragraph("M", "ẬT")),
    "khung.docx": files.docx(files.paragraph("Kính gửi") + BOX),
    "đầu trang.docx": files.docx(files.paragraph("Kính gửi"), header1=files.paragraph("TUYỆT MẬT")),
    "chữ chìm.docx": files.docx(files.paragraph("Kính gửi"), header2=ART),
    "mã hóa.docx": files.docx(files.paragraph("M&#7852;T")),
    "tên khác.docx": files.renamed_docx(files.paragraph("Kính gửi") + files.paragraph("MẬT")),
    "đầu trang khác.docx": files.renamed_docx(files.paragraph("Kính gửi"), tren=files.paragraph("TỐI MẬT")),
    "khóa sửa.pdf": files.locked_pdf(files.written_pdf((100, 740, "MẬT")), owner="x", algorithm="AES-256"),
    "bảng.xlsx": files.xlsx(("UBND XÃ MẪU", "MẬT"), ("Số", "Tên")),
    "cũ.doc": files.old_office("WordDocument", body="\rUBND XÃ MẪU\r\x07MẬT\r\x07Kính gửi\r".encode("utf-16-le")),
    "cũ VNI.doc": files.old_office("WordDocument", body="\rUBND XAÕ MAÃU\rMAÄT\rKính göûi\r".encode("latin-1")),
    "cũ ABC.doc": files.old_office("WordDocument", body="\rUBND\r\x07tèi mËt\x07\rKÝnh göi\r".encode("latin-1")),
    "VNI.docx": files.docx(files.paragraph("Kính göûi") + files.paragraph("MAÄT")),
    "chân trang.docx": files.docx(files.paragraph("Kính gửi"), footer1=files.paragraph("M", "AÄT")),
    "rời chữ.docx": files.docx(files.paragraph("M", " Ậ", " T")),
    "cũ.xls": files.old_office("Workbook", body=b"\0" + excel_string("UBND") + excel_string("MẬT") + excel_string("A")),
}

CLEAN = {
    "tờ trình.pdf": files.written_pdf((80, 780, "UBND XÃ MẪU"), (80, 740, "BẢO VỆ BÍ MẬT NHÀ NƯỚC")),
    "tờ trình.docx": files.docx(files.paragraph("Sản phẩm ", "MẬT", " ONG")),
    "trang sau.docx": files.docx(files.paragraph("Kính gửi. " * 400) + files.paragraph("MẬT")),
    "danh sách.xlsx": files.xlsx(*[("Bà NGUYỄN THỊ MẬT", "Thôn 1")] * 5, ("", ""), ("NGUYỄN THỊ", "MẬT")),
    "trống.docx": files.docx(),
    "trống.xlsx": files.xlsx(),
    "ảnh.png": files.png(),
}


@pytest.mark.parametrize("name", MARKED)
def test_marked_document_is_refused(name: str) -> None:
    with pytest.raises(SecretMark):
        validate_upload(name, MARKED[name])


@pytest.mark.parametrize("name", CLEAN)
def test_unmarked_document_is_taken(name: str) -> None:
    assert validate_upload(name, CLEAN[name]).name == name


def test_name_is_enough() -> None:
    with pytest.raises(SecretMark, match="TỐI MẬT"):
        validate_upload("toi_mat_2026.pdf", files.pdf(1))


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".xlsx", ".doc", ".png"])
def test_what_cannot_be_read_reads_as_nothing(ending: str) -> None:
    assert first_page(b"\0\1\2", ending).strip() == ""


@pytest.mark.parametrize("start", ["<w:t ", "<w:p", "<v:textpath ", "<w:t>M ", "<w:t>Số: 1/"])
def test_hostile_markup_takes_no_longer_than_any_other(start: str) -> None:
    began = time.perf_counter()

    first_page(files.docx(start * 300_000), ".docx")
    first_page(files.archive({"xl/sharedStrings.xml": "<si>" * 400_000, "xl/worksheets/sheet1.xml": "<row "}), ".xlsx")

    assert time.perf_counter() - began < 2
