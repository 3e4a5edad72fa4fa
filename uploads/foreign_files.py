"""Recognising files that the bot does not accept: what each is, and how to convert it into one that is accepted."""

import re

_WORD = "mở bằng Word, chọn Lưu thành (Save As) .docx hoặc PDF"
_EXCEL = "mở bằng Excel, chọn Lưu thành (Save As) .xlsx hoặc PDF"
_PDF = "mở tệp, chọn Xuất (Export) hoặc In ra PDF"
_UNPACK = "giải nén rồi gửi từng tệp PDF, Word, Excel hoặc ảnh"
_PAPER = "gửi tệp PDF, Word, Excel hoặc ảnh chụp văn bản"

_STARTS: tuple[tuple[re.Pattern[bytes], str, str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), what, way)
    for pattern, what, way in (
        (rb"\{\\rtf", "tệp RTF", _WORD),
        (rb"(?:<\?xml[^>]*>\s*)?<\?mso-application\s+progid=\"Excel", "tệp Excel dạng XML", _EXCEL),
        (rb"(?:<\?xml[^>]*>\s*)?<\?mso-application", "tệp Word dạng XML", _WORD),
        (rb"mime-version:", "trang web lưu một tệp (MHTML)", _WORD),
        (
            rb"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta)\b",
            "trang web (HTML)",
            _WORD,
        ),
        (rb"(?:<\?xml[^>]*>\s*)?<", "tệp XML", _PAPER),
        (rb"rar!|7z\xbc\xaf|\x1f\x8b|bzh|\xfd7zxz|pk\x05\x06", "tệp nén", _UNPACK),
        (rb"oggs|id3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]|flac|#!amr|riff....wave", "tệp âm thanh", _PAPER),
        (rb"\x1aE\xdf\xa3|riff....avi |flv\x01", "tệp video", _PAPER),
        (rb"....ftyp", "tệp video hoặc âm thanh", _PAPER),
        (rb"%!ps", "tệp PostScript", _PDF),
        (rb"at&tform", "tệp DjVu", _PDF),
        (rb"ac10\d\d", "bản vẽ CAD", _PDF),
        (rb"bm....\x00\x00", "ảnh BMP", "lưu lại thành JPG hoặc PNG"),
    )
)
_TEXT = ("tệp chữ đơn thuần (.txt, .csv)", "chép vào Word, lưu thành .docx hoặc PDF")
_STREAMS = (
    ("PowerPoint Document", "tệp PowerPoint kiểu cũ (.ppt)", _PDF),
    ("__substg1.0", "thư Outlook (.msg)", "lưu tệp đính kèm trong thư ra máy"),
    ("VisioDocument", "bản vẽ Visio", _PDF),
)
_MIME_TYPES = (
    ("opendocument.text", "tệp OpenDocument (.odt)", _WORD),
    ("opendocument.spreadsheet", "tệp OpenDocument (.ods)", _EXCEL),
    ("opendocument", "tệp OpenDocument", _PDF),
    ("epub", "sách điện tử (EPUB)", _PDF),
)
_PARTS = (
    (r"index/.*\.iwa|index\.zip", "tệp Pages hoặc Numbers của máy Apple", "chọn Xuất (Export) ra PDF"),
    (r"fixeddocseq\.fdseq|fixeddocumentsequence\.fdseq", "tệp XPS", _PDF),
)


def describe_foreign(content: bytes) -> str | None:
    """Return what the file is and what to do: «tệp RTF. Anh/chị …», or None if its kind is not known."""
    beginning = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    return _told(next(((what, way) for start, what, way in _STARTS if start.match(beginning)), None))


def describe_text(content: bytes) -> str | None:
    """Describe a plain text file as `describe_foreign` does, or return None if it is not one."""
    return _told(_TEXT) if _is_text(content[:4096]) else None


def describe_foreign_streams(content: bytes) -> str | None:
    """Describe another file in the OLE format of old Word and Excel, or return None if its kind is not known."""
    streams = ((name.encode("utf-16-le"), what, way) for name, what, way in _STREAMS)
    return _told(next(((what, way) for name, what, way in streams if name in content), None))


def describe_foreign_package(names: set[str], mime_type: str) -> str | None:
    """Describe an archive as `describe_foreign` does.

    `names` are its parts in lower case, `mime_type` the content of its part of that name.
    """
    by_type = next(((what, way) for sign, what, way in _MIME_TYPES if sign in mime_type), None)
    return _told(by_type or next(((what, way) for sign, what, way in _PARTS if _has(names, sign)), None))


def _has(names: set[str], pattern: str) -> bool:
    return any(re.fullmatch(pattern, name) for name in names)


def _is_text(beginning: bytes) -> bool:
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    try:
        text = beginning.decode()
    except UnicodeDecodeError as fault:
        # The last letter may be cut off in the middle of its bytes.
        return fault.start > len(beginning) - 4 and _is_text(beginning[: fault.start])
    return all(letter.isprintable() or letter in "\r\n\t\f" for letter in text)


def _told(found: tuple[str, str] | None) -> str | None:
    return None if found is None else f"{found[0]}. Anh/chị {found[1]} rồi gửi lại."
