"""Marks of state secrets: MẬT, TỐI MẬT, TUYỆT MẬT. A paper with one must not be sent by chat (LAW.md 3, 8).

A stamp stands alone on the page; «mật» in ordinary words (honey, density, password, a person's name) stands among
other words. In a file name without accents, only a spelling that cannot be another word counts.
"""

import re
import unicodedata
from itertools import pairwise

from domain.dossiers.legacy_letters import is_lower_stamp, modern
from domain.errors import Refusal
from domain.typed_input.words import plain


class SecretMark(Refusal):
    """The paper bears a mark of secrecy; nothing of it is kept."""

    def __init__(self, mark: str) -> None:
        super().__init__(
            "paper-secret",
            f"Giấy tờ có dấu «{mark}» không gửi qua chat và bot không giữ lại gì: "
            "anh/chị nộp bản giấy tại văn thư cơ quan thường trực.",
        )
        self.mark = mark

    def __reduce__(self) -> tuple[type["SecretMark"], tuple[str]]:
        """Let pickle copy the exception between processes by its mark."""
        return SecretMark, (self.mark,)


def refuse_marked_page(text: str) -> None:
    """Raise SecretMark if the text of a page bears a mark."""
    if mark := mark_of_page(text):
        raise SecretMark(mark)


def refuse_marked_words(*texts: str) -> None:
    """Raise SecretMark if a file name or a caption says that the paper is secret."""
    for text in texts:
        if mark := mark_of_words(text):
            raise SecretMark(mark)


_LETTER = r"[^\W\d_]"


def _word(letters: str) -> str:
    """Return a pattern of the whole word, also with spaces between its letters: «M ẬT»."""
    return rf"(?<!{_LETTER}){' ?'.join(letters)}(?!{_LETTER})"


_SPACED = (re.compile(rf"(?<!\S)(?:{_LETTER} )+{_LETTER}(?!\S)"), re.compile(r"(?<!\S)M {2,3}Ậ {2,3}T(?!\S)"))
_HIGHER = re.compile(rf"(?<!{_LETTER})(?P<how>T ?Ố ?I|T ?U ?Y ?Ệ ?T)\s*M ?Ậ ?T(?!{_LETTER})")
_MENTION_BEFORE = re.compile(r"(?:[«“\"'‘]|\bĐỘ\s+)$")
_STAMP = _word("MẬT")
_ALONE = re.compile(rf"[\W_]*{_STAMP}[\W_]*")
_CELLS = re.compile(r"\t|\s{2,}|[|¦│]")
# A PDF reader may put the stamp and the text beside it on one line.
_BESIDE_HEADING = re.compile(
    rf"[\W_]*{_STAMP}\s+(?:CỘNG H|ĐỘC LẬP|Độc lập|ĐẢNG CỘNG|{_LETTER}[\w .-]{{2,40}},\s*ngày\b)"
)
_AFTER_NUMBER = re.compile(rf"[\W_]*Số\s*:?\s*[\d.…_/-]+\S*?\s*{_STAMP}")
_DECLARED = re.compile(r"độ\s+mật\s*:\s*(tuyệt\s+mật|tối\s+mật|mật)\b", re.IGNORECASE)


def mark_of_page(text: str) -> str | None:
    """Return the mark in the text of a page: in capitals and apart from other words, or None if there is none."""
    marks = (_mark_of_line(_joined(line)) for line in _tidy(text).splitlines())
    return next((mark for mark in marks if mark), None)


class _Upright(dict[int, str]):
    """{code of a letter: the plain letter it stands for}, filled as letters are met; nothing for an invisible mark."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        is_styled = unicodedata.decomposition(letter).startswith(("<wide>", "<font>"))
        plain = unicodedata.normalize("NFKC", letter) if is_styled else letter
        upright = "" if unicodedata.category(letter) == "Cf" else plain
        if len(self) < _LETTERS_KEPT:
            self[code] = upright
        return upright


_LETTERS_KEPT = 4096
_UPRIGHT = _Upright(zip(map(ord, "\xa0\u2007\u202f\u3000" + "\u041c\u0422\u041e\u0406"), "    " + "MTOI", strict=True))
"""Wide spaces, and the Cyrillic letters that look like those of a stamp, are what they look like."""


def _tidy(text: str) -> str:
    """Return the text in Unicode letters without invisible marks; spaces stay, for they set a stamp apart."""
    return modern(unicodedata.normalize("NFC", text).translate(_UPRIGHT))


def _joined(line: str) -> str:
    """Return the line with spaced-out letters joined: «B Í  M Ậ T» gives «BÍ MẬT»."""
    joined = line
    for spaced in _SPACED:
        joined = spaced.sub(lambda found: found[0].replace(" ", ""), joined)
    # In a line of spaced-out letters, wide gaps separate words and not the cells of a table.
    return line if joined == line else re.sub(r"(?<=\S) {2,3}(?=\S)", " ", joined)


def _mark_of_line(line: str) -> str | None:
    for higher in _HIGHER.finditer(line):
        if not _MENTION_BEFORE.search(line[: higher.start()]):
            return "TỐI MẬT" if higher["how"].endswith("I") else "TUYỆT MẬT"
    if declared := _DECLARED.search(line):
        return " ".join(declared[1].upper().split())
    cells = _CELLS.split(line)
    if lower := next(filter(None, map(is_lower_stamp, cells)), None):
        return lower
    is_stamped = any(_ALONE.fullmatch(cell) for cell in cells)
    return "MẬT" if is_stamped or _BESIDE_HEADING.match(line) or _AFTER_NUMBER.match(line) else None


_ORDINARY_BEFORE = re.compile(
    "bí|bảo|cơ|thân|gan|túi|sỏi|ống|dịch|đường|lấy|hoa|nội|mía|chất|vị|thị|văn", re.IGNORECASE
)
_ORDINARY_AFTER = re.compile(
    "ong|độ|khẩu|mã|thiết|vụ|lệnh|danh|thư|ngọt|mía|gấu|nghị|truyền|tông|hoa|thám|ước|đường|dừa", re.IGNORECASE
)
_HIGHER_NAMES = {"toimat": "TỐI MẬT", "tuyetmat": "TUYỆT MẬT"}
_SECRET_PAPERS = re.compile(r"(?:van ban|tai lieu|cong van) mat(?: \d+)*$")


def mark_of_words(text: str) -> str | None:
    """Return the mark in a file name or a line of chat, with or without accents: «TUYET MAT», «to_trinh_MẬT».

    The result is None if there is none.
    """
    marks = (_mark_of_name(line) for line in _tidy(text).splitlines())
    return next((mark for mark in marks if mark), None)


def _mark_of_name(name: str) -> str | None:
    stem = re.sub(r"\.\w{1,5}$", "", name.strip())
    words = re.findall(rf"{_LETTER}+|\d+", stem)
    return _higher_mark(words) or ("MẬT" if _is_marked(words) or _is_marked_plainly(stem, words) else None)


def _higher_mark(words: list[str]) -> str | None:
    pairs = [first + second for first, second in pairwise(words)]
    for word in (*words, *pairs):
        mark = _HIGHER_NAMES.get(plain(word))
        # «tôi mất» has the same letters with other accents, and means something else.
        if mark and (word.isascii() or word.upper() == mark.replace(" ", "")):
            return mark
    return None


def _is_marked(words: list[str]) -> bool:
    """Whether «MẬT» or «mật» is there and not part of an ordinary word; «Mật» is a person's name."""
    around = zip(["", *words], words, [*words[1:], ""], strict=False)
    return any(
        word in ("MẬT", "mật") and not _ORDINARY_BEFORE.fullmatch(before) and not _ORDINARY_AFTER.fullmatch(after)
        for before, word, after in around
    )


def _is_marked_plainly(stem: str, words: list[str]) -> bool:
    """Whether «mat» without accents means mật, and not mất, mặt or mắt.

    It does in brackets, in capitals among small letters, or after the name of a paper.
    """
    if words == ["MAT"] or re.search(r"[(\[]\s*MAT\s*[)\]]", stem):
        return True
    is_shouted = "MAT" in (*words[:1], *words[-1:]) and any(letter.islower() for letter in stem)
    return is_shouted or (stem.isascii() and _SECRET_PAPERS.search(plain(" ".join(words))) is not None)
