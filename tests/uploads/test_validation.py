import time
from pathlib import Path

import pytest

from domain.dossiers.dossiers import LARGEST_FILE, LARGEST_LINKED_FILE
from tests.support import files
from tests.support.refusals import refused
from uploads.contents import count_in, is_in
from uploads.validation import identify_upload, validate_upload, validate_upload_bounded


def shown(value: object) -> str:
    """Return a short id, because raw bytes would fill the report of a test run."""
    return value if isinstance(value, str) else type(value).__name__


@pytest.mark.parametrize(
    ("name", "content", "kept", "pages"),
    [
        ("Tờ trình.pdf", files.pdf(3), "Tờ trình.pdf", 3),
        ("quét.pdf", b"\xef\xbb\xbf" + files.pdf(1), "quét.pdf", 1),
        ("báo cáo.docx", files.docx(), "báo cáo.docx", None),
        ("bảng.xlsx", files.xlsx(), "bảng.xlsx", None),
        ("báo cáo.doc", files.old_office("WordDocument"), "báo cáo.doc", None),
        ("bảng.xls", files.old_office("Workbook"), "bảng.xls", None),
        ("ảnh.png", files.png(), "ảnh.png", None),
        ("ảnh.jpeg", files.jpg(), "ảnh.jpeg", None),
        ("IMG_1.HEIC", files.heic(), "IMG_1.HEIC", None),
        ("ảnh.webp", files.webp(), "ảnh.webp", None),
        ("quét.tif", files.tiff(), "quét.tif", None),
        ("báo cáo.pdf", files.docx(), "báo cáo.pdf.docx", None),
        ("chạy.hta", files.pdf(1), "chạy.hta.pdf", 1),
        ("Ảnh 12-5 10.42", files.jpg(), "Ảnh 12-5 10.42.jpg", None),
        ("tên khác.docx", files.renamed_docx(), "tên khác.docx", None),
        ("thư mục khác.docx", files.renamed_docx(main="noi-dung/chinh.xml"), "thư mục khác.docx", None),
        ("bảng.docx", files.xlsx(("a",)), "bảng.docx.xlsx", None),
        ("khóa sửa.pdf", files.locked_pdf(files.pdf(2), owner="x"), "khóa sửa.pdf", 2),
        ("khóa sửa 2.pdf", files.locked_pdf(files.pdf(3), owner="x", algorithm="AES-128"), "khóa sửa 2.pdf", 3),
        ("khóa sửa 3.pdf", files.locked_pdf(files.pdf(4), owner="x", algorithm="AES-256"), "khóa sửa 3.pdf", 4),
    ],
    ids=shown,
)
def test_documents_and_pictures_are_taken_and_named_by_what_they_are(
    name: str, content: bytes, kept: str, pages: int | None
) -> None:
    found = validate_upload(name, content)

    assert (found.name, found.pages, found.size) == (kept, pages, len(content))


@pytest.mark.parametrize(
    ("beginning", "ending"),
    [
        (b"\x89PNG\r\n\x1a\n", ".png"),
        *((b"\xff\xd8\xff" + marker, ".jpg") for marker in (b"\xdb", b"\xe0", b"\xe1", b"\xee")),
        (b"II*\x00", ".tiff"),
        (b"MM\x00*", ".tiff"),
        (b"GIF87a", ".gif"),
        (b"GIF89a", ".gif"),
        (b"RIFF\x40\x00\x00\x00WEBPVP8 ", ".webp"),
        *(
            (b"\x00\x00\x00\x18ftyp" + brand, ".heic")
            for brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
        ),
    ],
)
def test_every_kind_of_picture_is_known_by_its_beginning(beginning: bytes, ending: str) -> None:
    assert identify_upload("ảnh chụp", beginning + bytes(64)).name == f"ảnh chụp{ending}"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("rỗng.pdf", b"", "file-empty"),
        ("lớn.pdf", bytes(LARGEST_FILE + 1), "file-too-large"),
        ("Tờ trình.pdf", files.program(), "file-is-program"),
        ("Tờ trình.pdf", b"\x7fELF\x02\x01\x01" + bytes(64), "file-is-program"),
        ("Tờ trình.pdf", b"#!/bin/sh\nrm -rf /\n", "file-is-program"),
        ("app.docx", files.archive({"META-INF/MANIFEST.MF": "", "Main.class": ""}), "file-is-program"),
        ("trang.pdf", b"<!DOCTYPE html><html></html>", "file-foreign"),
        ("báo cáo.doc", rb"{\rtf1\ansi Kinh gui}", "file-foreign"),
        ("báo cáo.docx", rb"{\rtf1\ansi %PDF-1.4}", "file-foreign"),
        ("báo cáo.doc", b"\xef\xbb\xbf\r\n<HTML><body>", r"file-foreign"),
        ("bảng.xls", b"<table><tr><td>1</td></tr></table>", r"file-foreign"),
        ("báo cáo.doc", b"MIME-Version: 1.0\r\n", "file-foreign"),
        ("báo cáo.doc", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "file-foreign"),
        ("bảng.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "file-foreign"),
        ("báo cáo.docx", files.archive({"mimetype": "application/vnd.oasis.opendocument.text"}), r"file-foreign"),
        ("bảng.xlsx", files.archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), r"file-foreign"),
        ("trình chiếu.ppt", files.old_office("PowerPoint Document"), "file-foreign"),
        ("báo cáo.pages", files.archive({"Index/Document.iwa": ""}), "file-foreign"),
        ("danh sách.csv", "Họ tên;Chức vụ".encode(), "file-foreign"),
        ("hồ sơ.rar", b"Rar!\x1a\x07\x00", "file-foreign"),
        ("ảnh.bmp", b"BM\x46\x00\x00\x00\x00\x00" + bytes(64), "file-foreign"),
        ("họp.mp4", b"\x00\x00\x00\x20ftypisom" + bytes(32), "file-foreign"),
        ("họp.docx", b"ID3\x03" + bytes(32), "file-foreign"),
        ("khóa.pdf", files.locked_pdf(files.pdf(2), "123", algorithm="AES-256"), "file-locked"),
        ("ghi chú.txt", "Kính gửi".encode(), "file-foreign"),
        ("thư.doc", files.old_office("__substg1.0_0037001F"), "file-foreign"),
        ("trình chiếu.pptx", files.archive({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "file-foreign"),
        ("hồ sơ.zip", files.archive({"Tờ trình.pdf": "x"}), "file-is-archive"),
        ("khóa.pdf", files.pdf(2, password="123"), "file-locked"),
        ("khóa.docx", files.old_office("EncryptedPackage", "EncryptionInfo"), "file-locked"),
        ("hỏng.pdf", files.pdf(3)[:300], "file-broken"),
        ("hỏng.pdf", b"%PDF-1.7\nnothing more", "file-broken"),
        ("trống.pdf", files.pdf(0), "file-without-pages"),
        ("hỏng.docx", files.docx()[:-40], "file-broken"),
    ],
    ids=shown,
)
def test_what_is_no_document_is_refused_with_the_reason(name: str, content: bytes, said: str) -> None:
    with refused(said):
        validate_upload(name, content)


def test_parcel_with_countless_parts_is_refused_before_it_is_read() -> None:
    content = files.docx() + b"PK\x01\x02" * 10_001

    with refused("file-broken"):
        validate_upload("bom.docx", content)


def test_parcel_is_never_unpacked() -> None:
    bomb = files.archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "\0" * 30_000_000})

    assert validate_upload("bom.docx", bomb).size < 100_000


def test_pages_that_point_at_themselves_end_the_search() -> None:
    circle = (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Count 9/Kids[2 0 R]>>\nendobj\ntrailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF"
    )

    with refused("file-without-pages"):
        validate_upload("vòng.pdf", circle)


def test_long_document_is_counted_at_once() -> None:
    content = files.pdf(1500)
    began = time.perf_counter()

    found = validate_upload("dài.pdf", content)

    assert found.pages == 1500
    assert time.perf_counter() - began < 1


def test_children_may_be_named_from_afar() -> None:
    content = (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Count 1/Kids 3 0 R>>\nendobj\n"
        b"3 0 obj\n[4 0 R]\nendobj\n4 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj\n"
        b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF"
    )

    assert validate_upload("xa.pdf", content).pages == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tờ trình.pdf", files.pdf(3)),
        ("báo cáo.docx", files.docx(files.paragraph("Báo cáo"))),
        ("bảng.xlsx", files.xlsx(("a",))),
        ("báo cáo.doc", files.old_office("WordDocument", body=bytes(3_000_000))),
        ("ảnh.png", files.png()),
    ],
    ids=shown,
)
def test_file_on_disk_is_found_what_its_bytes_are(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "tệp"
    path.write_bytes(content)

    assert validate_upload(name, path) == validate_upload(name, content)


def test_sign_is_found_where_two_pieces_meet(tmp_path: Path) -> None:
    path = tmp_path / "tệp"
    path.write_bytes(bytes(1024 * 1024 - 3) + b"-mark-" + bytes(10))

    assert is_in(path, b"-mark-")
    assert count_in(path, b"-mark-") == 1


def test_file_of_an_upload_link_may_be_larger_than_one_sent_by_chat(tmp_path: Path) -> None:
    path = tmp_path / "tệp"
    path.write_bytes(files.large_pdf(LARGEST_FILE))

    assert validate_upload_bounded("tệp.pdf", path, most=LARGEST_LINKED_FILE).pages == 1
    with refused("file-too-large"):
        validate_upload_bounded("tệp.pdf", path)
