"""Validation of uploaded files by their content, whatever their names: documents and pictures are accepted.

Files are untrusted: `validate_upload_bounded` reads them in a process with limits and decompresses no more than a first
page; callers keep it off the event loop. A large file is passed by its path, so that no process holds it whole. The
libraries that open PDFs and pictures are imported where they are used: in the reading process.
"""

import zipfile
import zlib
from dataclasses import dataclass
from typing import NoReturn

from domain.dossiers.dossiers import LARGEST_FILE, refuse_size, tidy_name
from domain.dossiers.secrecy import refuse_marked_page, refuse_marked_words
from domain.errors import Refusal
from uploads.bounded import ReadingFailed, run_bounded
from uploads.contents import Content, beginning_of, count_in, digest_of, is_in, opened, size_of
from uploads.first_page import first_page, later_heads
from uploads.foreign_files import describe_foreign, describe_foreign_package, describe_foreign_streams, describe_text
from uploads.office_packages import MOST_BYTES, Application, find_main_part, read_beginning, read_part

PICTURES = (".jpg", ".png", ".webp", ".heic", ".tiff", ".gif")
"""Usual endings of pictures, as `ValidatedUpload.kind` names them."""

_PROGRAM_STARTS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"@echo off",
)
_PROGRAM_PARTS = frozenset({"meta-inf/manifest.mf", "androidmanifest.xml", "classes.dex"})
_OFFICE: dict[Application, tuple[str, ...]] = {
    Application.WORD: (".docx", ".docm", ".dotx"),
    Application.EXCEL: (".xlsx", ".xlsm", ".xlsb", ".xltx"),
    Application.POWERPOINT: (),
}
_SLIDES = "tệp PowerPoint. Anh/chị mở tệp, chọn Xuất (Export) hoặc In ra PDF rồi gửi lại."
_PICTURE_STARTS = (
    (b"\x89PNG\r\n\x1a\n", (".png",)),
    (b"\xff\xd8\xff", (".jpg", ".jpeg")),
    (b"II*\x00", (".tiff", ".tif")),
    (b"MM\x00*", (".tiff", ".tif")),
    (b"GIF8", (".gif",)),
)
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP_PART = b"PK\x01\x02"
_MOST_ZIP_PARTS = 10_000
_MOST_PARTS_READ = 500
_LARGE_PART = 50_000_000
_DENSEST = 100
"""Factor by which a part may be packed; texts and tables reach twenty."""
_BEGINNING = 8192
"""Bytes at the beginning of a file that tell its kind."""
_PDF_HEADER = 1024
"""Bytes at the beginning of a file in which PDF readers look for `%PDF-`."""

_WELCOME = "Bot nhận PDF, Word, Excel và ảnh."
_BROKEN = "Tệp này hỏng, không mở được. Anh/chị lưu lại tệp rồi gửi lại."
_BROKEN_OFFICE = "Tệp Word hoặc Excel này hỏng, không mở được. Anh/chị lưu lại tệp rồi gửi lại."
_SWELLS = (
    "Tệp này mở ra quá lớn so với một văn bản nên bot không nhận. "
    "Anh/chị mở bằng Word hoặc Excel, lưu lại (Save As) rồi gửi lại."
)
_LOCKED_OFFICE = "Tệp Word hoặc Excel này có mật khẩu. Anh/chị bỏ mật khẩu rồi gửi lại."


@dataclass(frozen=True, slots=True)
class ValidatedUpload:
    name: str
    """Name to store the file under; its ending says what it is."""
    size: int
    """Size (bytes)."""
    sha256: str
    pages: int | None
    """Number of pages of a PDF, or None for other files."""
    kind: str
    """Usual ending of such files' names: `.pdf`."""


def validate_upload_bounded(file_name: str, content: Content, *, most: int = LARGEST_FILE) -> ValidatedUpload:
    """Call `validate_upload` in a process with limits on time and memory.

    Raises Refusal also if a limit is exceeded. It is for every file that comes from outside.
    """
    # A file that is too large must not be copied to the other process.
    refuse_size(size_of(content), most=most)
    try:
        return run_bounded(validate_upload, file_name, content, most=most)
    except ReadingFailed as fault:
        raise Refusal("file-broken", _BROKEN) from fault


def validate_upload(file_name: str, content: Content, *, most: int = LARGEST_FILE) -> ValidatedUpload:
    """Identify the file by its bytes, not by its name, and open it; `most` is the largest size accepted (bytes).

    Raises Refusal if it is not a readable document or picture, and SecretMark if its name or the head of a page bears a
    mark of secrecy.
    """
    upload = identify_upload(file_name, content, most=most)
    if upload.kind in PICTURES:
        from uploads.pictures import open_picture
        from uploads.sharpness import LOOKED_AT

        open_picture(content, side=LOOKED_AT)
    return upload


def identify_upload(file_name: str, content: Content, *, most: int = LARGEST_FILE) -> ValidatedUpload:
    """Do the same as `validate_upload`, but leave pictures for the caller to open."""
    refuse_marked_words(file_name)
    size = size_of(content)
    refuse_size(size, most=most)
    endings = _endings(file_name, content)
    pages = _count_pages(content) if endings == (".pdf",) else None
    refuse_marked_page(first_page(content, endings[0]))
    for head in later_heads(content, endings[0]):
        refuse_marked_page(head)
    name = tidy_name(file_name, endings=endings)
    return ValidatedUpload(name, size, digest_of(content), pages, kind=endings[0])


def _count_pages(content: Content) -> int:
    from uploads.pdf_files import count_pages

    return count_pages(content)


def _endings(file_name: str, content: Content) -> tuple[str, ...]:
    """Return the endings of such files' names, the usual one first.

    Raises Refusal, which says what the file is, if the kind is not accepted.
    """
    beginning = beginning_of(content, _BEGINNING)
    if beginning.startswith(_PROGRAM_STARTS):
        _refuse_program()
    if beginning.startswith(_ZIP):
        _refuse_second_kind(b"%PDF-" in beginning[:_PDF_HEADER])
        return _zipped(file_name, content)
    if beginning.startswith(_OLE):
        return _old_office(file_name, content)
    foreign = describe_foreign(beginning)
    picture = _picture(beginning)
    if foreign is None and b"%PDF-" in beginning[:_PDF_HEADER]:
        _refuse_second_kind(picture or _is_archive_too(content))
        return (".pdf",)
    _refuse_second_kind(picture and _is_archive_too(content))
    return picture or _refuse_foreign(file_name, foreign or describe_text(beginning))


def _is_archive_too(content: Content) -> bool:
    with opened(content) as stream:
        return zipfile.is_zipfile(stream)


def _refuse_second_kind(found: object) -> None:
    """Raise Refusal if the bytes are a file of two kinds at once: what one program shows, another one does not."""
    if found:
        raise Refusal(
            "file-of-two-kinds", "Tệp này chứa hai loại tệp lồng nhau. Anh/chị xuất lại thành PDF rồi gửi lại."
        )


def _refuse_foreign(file_name: str, foreign: str | None) -> NoReturn:
    name = tidy_name(file_name, endings=("",))
    if foreign is None:
        raise Refusal("file-unknown", f"Bot không đọc được tệp «{name}». {_WELCOME}")
    raise Refusal("file-foreign", f"Bot không đọc được tệp «{name}»: đây là {foreign}")


def _picture(beginning: bytes) -> tuple[str, ...]:
    if beginning[4:8] == b"ftyp" and beginning[8:12] in _HEIC_BRANDS:
        return (".heic", ".heif", ".avif")
    if beginning.startswith(b"RIFF") and beginning[8:12] == b"WEBP":
        return (".webp",)
    return next((endings for start, endings in _PICTURE_STARTS if beginning.startswith(start)), ())


def _zipped(file_name: str, content: Content) -> tuple[str, ...]:
    # Every part has this mark, so counting the marks limits the table of contents before it is read.
    if count_in(content, _ZIP_PART) > _MOST_ZIP_PARTS:
        raise Refusal("file-broken", _BROKEN_OFFICE)
    try:
        with opened(content) as stream, zipfile.ZipFile(stream) as package:
            names = {name.lower() for name in package.namelist()}
            _refuse_swelling(package)
            main = find_main_part(package)
            mime_type = read_part(package, "mimetype") if main is None and "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, ValueError, KeyError, RuntimeError, zlib.error) as fault:
        raise Refusal("file-broken", _BROKEN) from fault
    if main is not None:
        return _OFFICE[main.application] or _refuse_foreign(file_name, _SLIDES)
    if names & _PROGRAM_PARTS:
        _refuse_program()
    if foreign := describe_foreign_package(names, mime_type):
        _refuse_foreign(file_name, foreign)
    if "[content_types].xml" in names or "mimetype" in names:
        # It is an office file of another kind, and not an archive that its sender could unpack.
        _refuse_foreign(file_name, None)
    raise Refusal("file-is-archive", "Tệp này là tệp nén. Anh/chị giải nén rồi gửi từng tệp PDF, Word, Excel hoặc ảnh.")


def _refuse_swelling(package: zipfile.ZipFile) -> None:
    """Raise Refusal if a part unpacks to far more than a document's, or defines entities that do."""
    parts = package.infolist()
    if any(part.file_size > _LARGE_PART and part.file_size > _DENSEST * part.compress_size for part in parts):
        raise Refusal("file-too-heavy", _SWELLS)
    for part in parts[:_MOST_PARTS_READ]:
        if part.filename.lower().endswith((".xml", ".rels")) and "<!" in read_beginning(package, part.filename):
            raise Refusal("file-too-heavy", _SWELLS)


def _old_office(file_name: str, content: Content) -> tuple[str, ...]:
    """Return the endings of an OLE file: old Word or Excel, told from installers and mails by its streams' names."""
    if is_in(content, _stream("EncryptedPackage")):
        raise Refusal("file-locked", _LOCKED_OFFICE)
    if is_in(content, _stream("WordDocument")):
        return (".doc", ".dot")
    if is_in(content, _stream("Workbook")) or is_in(content, _stream("Book")):
        return (".xls", ".xlt")
    return _refuse_foreign(file_name, describe_foreign_streams(beginning_of(content, MOST_BYTES)))


def _stream(name: str) -> bytes:
    return (name + "\0").encode("utf-16-le")


def _refuse_program() -> NoReturn:
    raise Refusal("file-is-program", f"Tệp này là chương trình, không phải tài liệu. {_WELCOME}")
