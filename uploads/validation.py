"""Validation of uploaded files by their content, whatever their names: documents and pictures are accepted.

Files are untrusted: `validate_upload_bounded` reads them in a process with limits and decompresses no more than a first
page; callers keep it off the event loop. A large file is passed by its path, so that no process holds it whole.
"""

import logging
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO, NoReturn

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from domain.dossiers.dossiers import LARGEST_FILE, refuse_size, tidy_name
from domain.dossiers.secrecy import refuse_marked_page, refuse_marked_words
from domain.errors import Refusal
from uploads.bounded import ReadingFailed, run_bounded
from uploads.contents import Content, beginning_of, count_in, digest_of, is_in, opened, size_of
from uploads.first_page import first_page
from uploads.foreign_files import describe_foreign, describe_foreign_package, describe_foreign_streams, describe_text
from uploads.office_packages import MOST_BYTES, Application, find_main_part, read_part

# A hostile file can make the reader log ten thousand lines, and the refusal already says what matters.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

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
_PICTURES = (
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
_BEGINNING = 8192
"""Bytes at the beginning of a file that tell its kind."""
_PDF_HEADER = 1024
"""Bytes at the beginning of a file in which PDF readers look for `%PDF-`."""
_DEEPEST_PAGE_TREE = 32

_WELCOME = "Bot nhận PDF, Word, Excel và ảnh."
_BROKEN = "Tệp này hỏng, không mở được. Anh/chị lưu lại tệp rồi gửi lại."
_BROKEN_PDF = "Tệp PDF này hỏng, không mở được. Anh/chị xuất lại tệp rồi gửi lại."
_LOCKED_PDF = "Tệp PDF này có mật khẩu hoặc bị khóa. Anh/chị bỏ khóa rồi gửi lại."
_BROKEN_OFFICE = "Tệp Word hoặc Excel này hỏng, không mở được. Anh/chị lưu lại tệp rồi gửi lại."
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
    """Identify the file by its bytes, not by its name; `most` is the largest size that is accepted (bytes).

    Raises Refusal if it is not a readable document or picture, and SecretMark if its name or first page bears a mark of
    secrecy.
    """
    refuse_marked_words(file_name)
    size = size_of(content)
    refuse_size(size, most=most)
    endings = _endings(file_name, content)
    pages = _pages(content) if endings == (".pdf",) else None
    refuse_marked_page(first_page(content, endings[0]))
    return ValidatedUpload(
        name=tidy_name(file_name, endings=endings), size=size, sha256=digest_of(content), pages=pages
    )


def _endings(file_name: str, content: Content) -> tuple[str, ...]:
    """Return the endings of such files' names, the usual one first.

    Raises Refusal, which says what the file is, if the kind is not accepted.
    """
    beginning = beginning_of(content, _BEGINNING)
    if beginning.startswith(_PROGRAM_STARTS):
        _refuse_program()
    if beginning.startswith(_ZIP):
        return _zipped(file_name, content)
    if beginning.startswith(_OLE):
        return _old_office(file_name, content)
    foreign = describe_foreign(beginning)
    if foreign is None and b"%PDF-" in beginning[:_PDF_HEADER]:
        return (".pdf",)
    return _picture(beginning) or _refuse_foreign(file_name, foreign or describe_text(beginning))


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
    return next((endings for start, endings in _PICTURES if beginning.startswith(start)), ())


def _zipped(file_name: str, content: Content) -> tuple[str, ...]:
    # Every part has this mark, so counting the marks limits the table of contents before it is read.
    if count_in(content, _ZIP_PART) > _MOST_ZIP_PARTS:
        raise Refusal("file-broken", _BROKEN_OFFICE)
    try:
        with opened(content) as stream, zipfile.ZipFile(stream) as package:
            names = {name.lower() for name in package.namelist()}
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


def _pages(content: Content) -> int:
    with opened(content) as stream:
        return _pages_of(stream)


def _pages_of(stream: BinaryIO) -> int:
    try:
        reader = PdfReader(stream)
        # An empty password opens files that are only locked against changes: every PDF reader tries it first.
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise Refusal("file-locked", _LOCKED_PDF)
        pages = _count(reader)
    except DependencyError as fault:
        raise Refusal("file-locked", _LOCKED_PDF) from fault
    except (PyPdfError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError) as fault:
        raise Refusal("file-broken", _BROKEN_PDF) from fault
    if pages < 1:
        raise Refusal("file-without-pages", "Tệp PDF này không có trang nào. Anh/chị xuất lại tệp rồi gửi lại.")
    return pages


def _count(reader: PdfReader) -> int:
    """Return the number of pages that the document states, or 0 if it has no first page.

    Counting the pages of a large document takes long.
    """
    tree = node = _dictionary(reader.root_object["/Pages"])
    for _ in range(_DEEPEST_PAGE_TREE):
        if "/Kids" not in node or not (children := _array(node["/Kids"])):
            break
        node = _dictionary(children[0])
    count = tree["/Count"]
    return count if isinstance(count, int) and node is not tree else 0


def _dictionary(value: PdfObject) -> DictionaryObject:
    found = value.get_object()
    if not isinstance(found, DictionaryObject):
        raise TypeError("a page tree is made of dictionaries")
    return found


def _array(value: PdfObject) -> ArrayObject:
    found = value.get_object()
    if not isinstance(found, ArrayObject):
        raise TypeError("the children of a page tree stand in an array")
    return found


def _refuse_program() -> NoReturn:
    raise Refusal("file-is-program", f"Tệp này là chương trình, không phải tài liệu. {_WELCOME}")
