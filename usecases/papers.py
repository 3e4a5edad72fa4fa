"""What a file really is, whatever it is called: documents and pictures are taken, programs are not."""

import hashlib
import io
import zipfile
from dataclasses import dataclass

import puremagic
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from domain.dossiers import refuse_size
from domain.errors import Refusal

_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".heif", ".heic", ".webp"})
_OFFICE = frozenset({".docx", ".xlsx"})
_OLD_OFFICE = frozenset({".doc", ".xls"})
_PROGRAMS = frozenset({".exe", ".dll", ".com", ".msi", ".apk", ".jar", ".AppImage"})
_PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"@echo")
_WELCOME = "Bot nhận PDF, Word, Excel và ảnh."


@dataclass(frozen=True, slots=True)
class Inspected:
    size: int
    sha256: str
    pages: int | None
    """Only a PDF tells."""


def inspect(file_name: str, content: bytes) -> Inspected:
    """Look at the bytes, not at the name; raises Refusal for what is no readable document or picture."""
    refuse_size(len(content))
    found = _endings(content)
    if content.startswith(_PROGRAM_STARTS) or found & _PROGRAMS:
        raise Refusal(f"Tệp này là chương trình, không phải tài liệu. {_WELCOME}")
    if ".pdf" in found:
        return _inspected(content, pages=_pages(content))
    if found & _OFFICE:
        _open_office(content)
    elif not found & (_PICTURES | _OLD_OFFICE):
        raise Refusal(f"Bot không đọc được tệp «{file_name}». {_WELCOME}")
    return _inspected(content, pages=None)


def _inspected(content: bytes, *, pages: int | None) -> Inspected:
    return Inspected(size=len(content), sha256=hashlib.sha256(content).hexdigest(), pages=pages)


def _endings(content: bytes) -> frozenset[str]:
    try:
        return frozenset(match.extension for match in puremagic.magic_string(content[:8192]))
    except puremagic.PureError:
        return frozenset()


def _pages(content: bytes) -> int:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise Refusal("Tệp PDF này có mật khẩu. Anh/chị bỏ mật khẩu rồi gửi lại.")
        pages = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise Refusal("Tệp PDF này hỏng, không mở được. Anh/chị xuất lại tệp rồi gửi lại.") from fault
    if pages == 0:
        raise Refusal("Tệp PDF này không có trang nào. Anh/chị xuất lại tệp rồi gửi lại.")
    return pages


def _open_office(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parcel:
            names = set(parcel.namelist())
    except zipfile.BadZipFile as fault:
        raise Refusal("Tệp Word hoặc Excel này hỏng, không mở được. Anh/chị lưu lại tệp rồi gửi lại.") from fault
    if not names & {"word/document.xml", "xl/workbook.xml"}:
        raise Refusal(f"Tệp nén không phải tài liệu. {_WELCOME}")
