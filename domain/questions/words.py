"""The words of a typed question: without accents, abbreviations written out, in a bounded number."""

import re

from domain.typed_input.abbreviations import OF_THE_FIELD
from domain.typed_input.words import clean_line, plain

LONGEST_QUESTION = 200
"""Most letters of a question that is read; a longer text is a letter, not a question."""
MOST_WORDS = 40

_WORD = re.compile(r"[a-z]+|[0-9]+")
_LONG = {
    **OF_THE_FIELD,
    "ko": "khong",
    "k": "khong",
    "kh": "ke hoach",
    "khg": "khong",
    "hok": "khong",
    "hong": "khong",
    "hem": "khong",
    "kp": "khong phai",
    "chx": "chua",
    "ch": "chua",
    "chg": "chua",
    "chuwa": "chua",
    "dc": "duoc",
    "dk": "dang ky",
    "bn": "bao nhieu",
    "bnh": "bao nhieu",
    "bg": "bao gio",
    "bjo": "bao gio",
    "kn": "khi nao",
    "j": "gi",
    "ji": "gi",
    "z": "vay",
    "r": "roi",
    "rui": "roi",
    "oy": "roi",
    "ntn": "the nao",
    "nthe": "the nao",
    "dv": "don vi",
    "dvi": "don vi",
    "bc": "bao cao",
    "bcao": "bao cao",
    "gu": "giao uoc",
    "gutd": "giao uoc thi dua",
    "hs": "ho so",
    "khtd": "ke hoach thi dua",
    "td": "thi dua",
    "kt": "khen thuong",
    "tdkt": "thi dua khen thuong",
    "sl": "so lieu",
    "ct": "chi tieu",
    "ds": "danh sach",
    "bv": "benh vien",
    "cd": "cao dang",
    "cty": "cong ty",
    "dn": "doanh nghiep",
    "cb": "can bo",
    "tv": "thanh vien",
    "tk": "tong ket",
    "tgian": "thoi gian",
    "mik": "minh",
    "mk": "minh",
    "t": "toi",
    "ms": "moi",
    "vs": "voi",
    "p": "phuong",
    "ph": "phuong",
    "f": "phuong",
    "tt": "tinh hinh",
    "qh": "qua han",
}
"""Abbreviations of the glossary and of chats, for words that stand alone."""
_PERIODS = {
    "sau thang": "6 thang",
    "nua nam": "6 thang",
    "giua nam": "6 thang",
    "nua dau nam": "6 thang",
    "bao cao cuoi nam": "bao cao nam",
    "bao cao ca nam": "bao cao nam",
    "bao cao tong ket": "bao cao nam",
    "bao cao so ket": "bao cao 6 thang",
}
"""{how people say a period: as plans write it}."""
_BEFORE_A_NUMBER = {"c": "cum", "x": "xa", "kp": "khu pho", "k": "khoi", "q": "quy"}
_AFTER_A_NUMBER = {"t": "thang", "th": "thang", "thg": "thang"}


BODY = "sowr"
"""The word «sở» where it is typed with its accents: without them it is also «số»."""


def split(text: str) -> list[str]:
    """Return the runs of letters and of digits, without accents; «sở» becomes `BODY`."""
    line = re.sub(r"\bsở\b", BODY, clean_line(text[: 4 * LONGEST_QUESTION]).casefold())
    return _WORD.findall(plain(line))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of the text, at most `MOST_WORDS`: «p5 chx nộp bc 6th» gives phuong 5 chua nop bao cao 6 thang.

    Marks and emoji are left out; letters and digits written together are parted.
    """
    typed = split(text)
    found: list[str] = []
    for place, word in enumerate(typed[:MOST_WORDS]):
        is_before = place + 1 < len(typed) and typed[place + 1].isdigit()
        is_after = place > 0 and typed[place - 1].isdigit()
        around = _BEFORE_A_NUMBER.get(word) if is_before else _AFTER_A_NUMBER.get(word) if is_after else None
        found += (around or _LONG.get(word, word)).split()
    return _numbered(found)


def _numbered(words: list[str]) -> tuple[str, ...]:
    """Return the words with periods as plans name them: «sáu tháng», «nửa năm» and «giữa năm» are 6 tháng."""
    said = f" {' '.join(words)} "
    for phrase, meant in _PERIODS.items():
        said = said.replace(f" {phrase} ", f" {meant} ")
    return tuple(said.split())
