"""Whether a PDF can be used: it opens, is whole and not locked, runs nothing, and has pages."""

import logging
from typing import BinaryIO

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from domain.errors import Refusal
from uploads.contents import Content, end_of, opened

# A hostile file can make the reader log ten thousand lines, and the refusal already says what matters.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

MOST_PAGES = 2000
_END = 64 * 1024
"""Bytes at the end in which a PDF says that it ends; scanners add zeros after it."""
_RUNNING_ACTIONS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm")
_DEEPEST_PAGE_TREE = 32

_BROKEN = "Tệp PDF này hỏng, không mở được. Anh/chị xuất lại tệp rồi gửi lại."
_LOCKED = "Tệp PDF này có mật khẩu hoặc bị khóa. Anh/chị bỏ khóa rồi gửi lại."
_CUT_OFF = "Tệp PDF này thiếu phần cuối, có lẽ chưa tải hết. Anh/chị lưu lại rồi gửi lại."
_ACTIVE = "Tệp PDF này có mã tự chạy bên trong. Anh/chị In (Print) ra PDF mới rồi gửi lại."
_WITH_FILES = "Tệp PDF này kèm tệp khác bên trong. Anh/chị In (Print) ra PDF mới; tệp kèm thì gửi riêng."


def count_pages(content: Content) -> int:
    """Return the number of pages that the document states. Raises Refusal if it cannot be used."""
    with opened(content) as stream:
        pages = _pages_of(stream)
    if b"%%EOF" not in end_of(content, _END):
        raise Refusal("file-cut-off", _CUT_OFF)
    return pages


def _pages_of(stream: BinaryIO) -> int:
    try:
        reader = PdfReader(stream)
        # An empty password opens files that are only locked against changes: every PDF reader tries it first.
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise Refusal("file-locked", _LOCKED)
        _refuse_active(reader)
        pages = _count(reader)
    except DependencyError as fault:
        raise Refusal("file-locked", _LOCKED) from fault
    except (PyPdfError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError) as fault:
        raise Refusal("file-broken", _BROKEN) from fault
    if pages > MOST_PAGES:
        shown = f"{pages:,}".replace(",", ".")
        raise Refusal(
            "pages-too-many",
            f"Tệp PDF này ghi có {shown} trang, bot nhận nhiều nhất {MOST_PAGES} trang. "
            "Anh/chị tách thành nhiều tệp nhỏ hơn rồi gửi.",
        )
    if pages < 1:
        raise Refusal("file-without-pages", "Tệp PDF này không có trang nào. Anh/chị xuất lại tệp rồi gửi lại.")
    return pages


def _refuse_active(reader: PdfReader) -> None:
    """Raise Refusal if the document runs something when it is opened, or carries other files."""
    root = reader.root_object
    names = root.get("/Names")
    kinds = _dictionary(names) if names is not None else {}
    opening = root["/OpenAction"].get_object() if "/OpenAction" in root else None
    runs = isinstance(opening, DictionaryObject) and opening.get("/S") in _RUNNING_ACTIONS
    if runs or "/AA" in root or "/JavaScript" in kinds:
        raise Refusal("file-active", _ACTIVE)
    if "/EmbeddedFiles" in kinds and _dictionary(kinds["/EmbeddedFiles"]):
        raise Refusal("file-with-files", _WITH_FILES)


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
