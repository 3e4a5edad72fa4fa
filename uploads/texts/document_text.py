"""The text of a document from outside, whole: plain text, Word and PDF with a text layer, read in the bounded process.

Paragraphs are lines; a row of a table is one line whose cells are parted by tabs.
"""

from domain.errors import Refusal
from uploads.bounded import ReadingFailed, run_bounded

LARGEST = 20 * 1024 * 1024
"""Largest file that is read (bytes)."""
MOST_LETTERS = 2_000_000
"""Letters that are read of one document; three hundred pages have a million."""
MOST_PAGES = 200
_HEADER = 1024
_ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BROKEN = "Tệp này hỏng hoặc không phải văn bản. Anh/chị gửi tệp .docx, .txt hoặc PDF có chữ."
_SCANNED = (
    "Tệp PDF này là ảnh chụp, không có chữ để đọc. "
    "Anh/chị gửi bản .docx, hoặc PDF xuất từ Word, hoặc dán chữ vào tệp .txt."
)
_OLD_WORD = "Tệp .doc kiểu cũ chưa đọc được. Anh/chị mở bằng Word, lưu lại thành .docx rồi gửi."
_EMPTY = "Tệp này không có chữ nào. Anh/chị xem lại tệp rồi gửi lại."
_LONG = f"Tệp dài hơn {MOST_PAGES} trang. Anh/chị tách riêng văn bản kế hoạch rồi gửi."


def read_document_text(content: bytes) -> str:
    """Return the text of a .txt, .docx or .pdf file, told by its content.

    Raises Refusal if it is of another kind, broken, locked, too long or without text. It blocks: callers keep it off
    the event loop.
    """
    if len(content) > LARGEST:
        raise Refusal(
            "file-too-large", f"Tệp lớn hơn {LARGEST // 1024 // 1024} MB. Anh/chị gửi riêng phần chữ của văn bản."
        )
    try:
        text = _read(content)
    except ReadingFailed as fault:
        raise Refusal("file-broken", _BROKEN) from fault
    if not text.strip():
        raise Refusal("file-without-text", _EMPTY)
    return text


def _read(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        from uploads.texts.word_text import read_word

        return run_bounded(read_word, content, most=MOST_LETTERS)
    if b"%PDF-" in content[:_HEADER]:
        return _read_pdf(content)
    if content.startswith(bytes.fromhex("d0cf11e0a1b11ae1")):
        raise Refusal("file-old-word", _OLD_WORD)
    return read_plain(content)


def _read_pdf(content: bytes) -> str:
    from uploads.texts.pdf_text import PAGES_AT_ONCE, read_pdf_pages

    pages: list[str] = []
    while len(pages) % PAGES_AT_ONCE == 0:
        more = run_bounded(read_pdf_pages, content, len(pages))
        pages.extend(more)
        if len(pages) > MOST_PAGES:
            raise Refusal("file-too-long", _LONG)
        if not more:
            break
    if pages and not any(page.strip() for page in pages):
        raise Refusal("file-without-text", _SCANNED)
    return "\n\f\n".join(pages)


def read_plain(content: bytes) -> str:
    """Return the text of a text file in UTF-8 or UTF-16, or else Windows-1258. Raises Refusal if it is none of them."""
    known = next((encoding for mark, encoding in _ENCODINGS if content.startswith(mark)), None)
    for encoding in (known,) if known else ("utf-8", *_wide(content), "cp1258"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text[:MOST_LETTERS]
    raise Refusal("file-broken", _BROKEN)


def _wide(content: bytes) -> tuple[str, ...]:
    """Return the encoding of a UTF-16 text without a mark: every second byte of its spaces and digits is zero."""
    sample = content[:2000]
    if sample[1::2].count(0) > len(sample) // 10:
        return ("utf-16-le",)
    return ("utf-16-be",) if sample[::2].count(0) > len(sample) // 10 else ()
