"""Plain text files: a .csv as rows, anything else as lines."""

import csv
from io import StringIO
from itertools import islice

from documents.figures.pages import MOST_COLUMNS, MOST_ROWS, Page
from domain.errors import Refusal

_DELIMITERS = "\t;|,"
_MOST_BYTES = 1024 * 1024
_ENDINGS = (".csv", ".tsv", ".txt")


def is_plain_text(name: str, content: bytes) -> bool:
    """Whether the file is text by its name and its content; a program or a picture under such a name is not."""
    return name.lower().endswith(_ENDINGS) and (content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in content)


def page_of(name: str, content: bytes) -> Page:
    """Return the rows or lines. Raises Refusal if the letters cannot be told."""
    if len(content) > _MOST_BYTES:
        raise Refusal("text-too-large", "Tệp này quá lớn. Anh/chị chỉ giữ phần có số liệu, hoặc dùng tệp mẫu.")
    text = _decoded(content)
    if name.lower().endswith(".txt"):
        return Page("", lines=tuple(text.splitlines()[:MOST_ROWS]))
    first = [line for line in text.splitlines() if line.strip()][:20]
    delimiter = max(_DELIMITERS, key=lambda mark: min((line.count(mark) for line in first), default=0))
    reader = csv.reader(StringIO(text), delimiter=delimiter)
    rows = [tuple(row[:MOST_COLUMNS]) for row in islice(reader, MOST_ROWS + 1)]
    notes = (f"Quá {MOST_ROWS} dòng, phần cuối không đọc",) if len(rows) > MOST_ROWS else ()
    return Page("", tables=(tuple(rows[:MOST_ROWS]),), notes=notes)


def _decoded(content: bytes) -> str:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refusal(
            "text-unknown-letters",
            "Tệp này không ghi bằng Unicode. Anh/chị mở bằng Excel, lưu thành .xlsx rồi gửi lại.",
        ) from fault
