"""Atoms of a line: words, amounts, shares and ranges, and the numbers that are no figures (days, documents, phones)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum, auto
from functools import lru_cache
from typing import NamedTuple

from domain.typed_input.abbreviations import OF_REPORTS

ANY_MARKS = "*"
"""Accents of a word that was written out from its abbreviation."""
BARE = "0"
"""Accents of a word that has none in a line that is typed with accents: «vay» is not «vậy» there."""


class Kind(StrEnum):
    WORD = auto()
    AMOUNT = auto()
    SHARE = auto()
    """«345/350»"""
    RANGE = auto()
    """«93-95»"""
    PERIOD = auto()
    """«6 tháng đầu năm 2026», «15/5/2026»"""
    OWN_PLACE = auto()
    """«Phường 5», «Cụm 1»"""
    PART_PLACE = auto()
    """«tổ 3», «khu phố 2»: usually a part of the unit."""
    NUMBERING = auto()
    """Numbers of documents, phones, hours, articles."""
    STOP = auto()
    """End of a sentence or of its part: «;», «. »"""
    COMMA = auto()
    OPEN = auto()
    CLOSE = auto()
    COLON = auto()
    DASH = auto()
    SIGN = auto()
    """Any other mark."""


AMOUNTS = frozenset({Kind.AMOUNT, Kind.SHARE, Kind.RANGE})
"""Kinds of numbers that may be figures."""


class Atom(NamedTuple):
    kind: Kind
    folded: str
    """In lower case without accents."""
    start: int
    """First letter of it in the line."""
    end: int
    marks: str = ""
    """Accents of a word, in their order; empty if it has none (or they were not typed), `BARE` or `ANY_MARKS`."""


_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_SPACED = r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:,[0-9]+)?(?![.,]?[0-9])"
_MONEY = r"(?:(?:nghin|ngan|tram|chuc) )?(?:ty|ti|trieu|tr|nghin|ngan|k)(?![a-z])"
_CURRENCY = r"(?: ?\.?(?:dong(?! chi\b)|vnd|d(?!/c))(?![a-z]))"
_PER = r"(?: ?/ ?(?:nguoi|ng|ho|nam|thang|ngay)(?![a-z])){0,2}"
_PERCENT = r"(?:%|phan tram(?![a-z]))"
_MEASURE = r"(?:km2|km²|km|m2|m²|met vuong|hecta|hec ta|ha|kg|tan|ta|met|m)(?![a-z0-9])"
_REST = (
    rf"(?: ruoi(?![a-z])|(?:[ ,]{{0,2}}{_NUMBER} ?{_MONEY})+"
    r"|[ ]?[0-9]{1,3}(?![.,]?[0-9])(?! ?(?!dong|vnd|d\b)[a-z%/]))?"
)
_UNIT = rf"(?: ?{_MONEY}{_REST}{_CURRENCY}?{_PER}| ?{_PERCENT}(?:[/]nam)?| ?{_MEASURE}|{_CURRENCY}{_PER})"
_YEAR = r"(?:19|20)[0-9]{2}"
_DAY = r"[0-3]?[0-9]"
_MONTH = r"(?:1[0-2]|0?[1-9])(?![0-9])"
_OF_YEAR = rf"(?: ?[/,]? ?(?:nam )?{_YEAR}(?![0-9]))?"
_DOCUMENT = (
    r"(?:nghi dinh|nd|quyet dinh|qd|cong van|cv|thong tu|tt|nghi quyet|nq|chi thi|(?<!ky )luat|to trinh|ttr"
    r"|thong bao|tb|huong dan|de an)"
)
_SYMBOL = r"[a-z]{1,6}(?:[0-9]{0,2}-[a-z]{2,8}){1,3}(?![a-z])"
_NO_MORE = (
    r"(?![.,%/]?[0-9%])(?! ?(?:%|phan tram|ty|ti|trieu|tr|nghin|dong|ho|nguoi|vu|luot|lao dong|mo hinh|hoat dong"
    r"|dang vien|diem|cong trinh|van de|noi dung|chi tieu)(?![a-z]))"
)

_PERIODS = (
    rf"(?:ngay )?{_DAY} ?[/.-] ?{_MONTH} ?[/.-] ?{_YEAR}(?![0-9])",
    rf"ngay {_DAY}(?: ?[/.-] ?{_MONTH}(?![/.,]?[0-9])| thang {_MONTH}(?: nam {_YEAR})?)?(?![0-9])",
    rf"(?:den het|den|het|truoc|moc|mung|niem|dip|le|sang|chieu|hom|toi) {_DAY}/{_MONTH}(?![/.,]?[0-9])",
    rf"giai doan {_YEAR} ?[-\u2013] ?{_YEAR}",
    rf"nam hoc {_YEAR}(?: ?[-\u2013] ?{_YEAR})?",
    rf"{_YEAR} ?[-\u2013] ?{_YEAR}(?![0-9])",
    rf"(?:0?[369]|sau|chin|ba) thang(?: (?:dau|cuoi) nam(?: nay)?)?{_OF_YEAR}(?![a-z0-9])",
    rf"0?[369]t{_OF_YEAR}(?![a-z0-9])",
    rf"quy ?(?:iv|i{{1,3}}|[1-4]){_OF_YEAR}(?![a-z0-9])",
    rf"thang {_MONTH}{_OF_YEAR}(?![a-z0-9])",
    rf"{_MONTH}/{_YEAR}(?![0-9/])",
    rf"nam {_YEAR}(?![0-9])",
    rf"ca nam{_OF_YEAR}(?![a-z0-9])",
)
_NUMBERINGS = (
    rf"[0-9]{{1,5}}/(?:[0-9]{{4}}/)?{_SYMBOL}",
    r"[0-9]{1,5}-[a-z]{2,4}/[a-z]{2,6}(?![a-z])",
    rf"{_DOCUMENT} (?:so ?:? ?)?[0-9][0-9/]*(?:/?{_SYMBOL})?(?![.,%]?[0-9%])(?! ?(?:{_PERCENT}|{_MONEY}))",
    r"(?:ke hoach|kh|bao cao|bc|van ban|vb) so ?:? ?[0-9][0-9/]*(?![.,%]?[0-9%])",
    r"(?:\+84|0)[0-9](?:[ .-]?[0-9]){7,9}(?![0-9])",
    r"(?:sdt|dien thoai|dt|lien he|hotline|zalo) ?:? ?[0-9][0-9 .]{5,14}[0-9]",
    r"[0-2]?[0-9]h(?:[0-5][0-9])?(?![a-z0-9])",
    r"[0-2]?[0-9]:[0-5][0-9](?![0-9])",
    r"[0-2]?[0-9] gio(?: [0-5]?[0-9](?: phut)?)?(?![a-z0-9])",
    r"(?:dieu|khoan|bang so|phu luc|bieu|bieu mau|mau so|trang|lan thu|xep thu|thu hang|xep hang|khoa|dot|hang|hoc ky)"
    r" (?:so |thu )?(?:[0-9]{1,3}(?:/[0-9]{1,3})?|[ivx]{1,5})(?![.,%]?[a-z0-9%])",
    r"[0-9]{1,3} (?:nam|thang|ngay|tuan|quy|phut|lan)(?![a-z0-9])",
)
_OWN_PLACES = (
    rf"(?:phuong|xa|cum thi dua|cum|khoi|(?<!binh )quan|huyen)(?: so)? [0-9]{{1,2}}{_NO_MORE}",
    rf"p\.? ?[0-9]{{1,2}}(?![a-z]){_NO_MORE}",
)
_PART_PLACES = (
    r"(?:to dan pho|tdp|to|ap|thon|khu pho|kp|khu|lop|doi|chi bo|chi doan)(?: so)? "
    rf"[0-9]{{1,2}}(?![a-z]){_NO_MORE}",
)

_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (Kind.PERIOD, "|".join(_PERIODS)),
    (Kind.NUMBERING, "|".join(_NUMBERINGS)),
    (Kind.OWN_PLACE, "|".join(_OWN_PLACES)),
    (Kind.PART_PLACE, "|".join(_PART_PLACES)),
    (Kind.SHARE, rf"{_NUMBER}(?: ?(?:{_MONEY}{_CURRENCY}?|%))? ?/ ?{_NUMBER}(?![/0-9])(?:{_UNIT})?"),
    (Kind.RANGE, rf"{_NUMBER}{_UNIT}? ?(?:[-\u2013\u2014]|den|toi) ?{_NUMBER}(?![0-9]){_UNIT}?"),
    (Kind.AMOUNT, rf"(?:(?<![^ :=(|])[-+\u2212])?(?:{_SPACED}|{_NUMBER}){_UNIT}?"),
    (Kind.WORD, r"d/c(?![a-z])|[^\W\d_](?:[^\W_]|(?<=[^\W\d_])\.(?=[^\W\d_]\b))*"),
    (Kind.COMMA, r","),
    (Kind.STOP, r"[;!\u2022]|\.(?![0-9])|=>|->"),
    (Kind.OPEN, r"[(\[]"),
    (Kind.CLOSE, r"[)\]]"),
    (Kind.COLON, r"[:=]"),
    (Kind.DASH, r"[-\u2013\u2014|/]"),
    (Kind.SIGN, r"\S"),
)
_KIND_OF: Mapping[str | None, Kind] = {kind.value: kind for kind in Kind}
_BOUNDED = frozenset({Kind.PERIOD, Kind.NUMBERING, Kind.OWN_PLACE, Kind.PART_PLACE})


def _first_of(kinds: Iterable[Kind]) -> re.Pattern[str]:
    """Return one pattern for the first of these kinds that matches, in the order of `_PATTERNS`, named as the group."""
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS if kind in kinds))


_BY_DIGIT = _first_of(set(Kind) - {Kind.WORD})
_BY_LETTER = _first_of({*_BOUNDED, Kind.WORD, Kind.SIGN})
_BY_MARK = _first_of(set(Kind) - _BOUNDED | {Kind.NUMBERING})
_NO_RANGE = _first_of(set(Kind) - {Kind.WORD, Kind.RANGE})
_NUMBERS = re.compile(_NUMBER)
_LETTERS_KEPT = 2048
_WORDS_KEPT = 4096


def _parted(letter: str) -> tuple[str, str]:
    """Return a letter without its accents, and the accents."""
    if letter in "đĐ":
        return "d", "-"
    parts = unicodedata.normalize("NFD", letter)
    return parts[0].lower()[:1], "".join(mark for mark in parts[1:] if unicodedata.combining(mark))


class _Unaccented(dict[int, str]):
    """{code of a letter: the letter in lower case without accents}, filled as letters are met."""

    def __missing__(self, code: int) -> str:
        plain = _parted(chr(code))[0]
        if len(self) < _LETTERS_KEPT:
            self[code] = plain
        return plain


_UNACCENTED = _Unaccented()


def fold(line: str) -> str:
    """Return the line in lower case without accents, letter for letter: places in it are places in the line."""
    return line.translate(_UNACCENTED)


@lru_cache(_WORDS_KEPT)
def marks_of(word: str) -> str:
    """Return the accents of a word in one order: those of «hoà» and «hòa» are the same."""
    return "".join(sorted(mark for letter in word for mark in _parted(letter)[1]))


def atoms_of(line: str) -> tuple[Atom, ...]:
    """Return the atoms of a cleaned line; abbreviations are written out, all words at the abbreviation's place."""
    found = tuple(_scan(line))
    words = [atom for atom in found if atom.kind is Kind.WORD and atom.marks != ANY_MARKS]
    if 2 * sum(bool(atom.marks) for atom in words) <= len(words):
        return found
    return tuple(atom._replace(marks=BARE) if atom.kind is Kind.WORD and not atom.marks else atom for atom in found)


def _scan(line: str) -> Iterator[Atom]:
    folded, place = fold(line), 0
    while place < len(folded):
        letter = folded[place]
        if letter == " ":
            place += 1
            continue
        kind, end = _at(folded, place)
        if kind is Kind.WORD:
            for word, marks in _written_out(line[place:end]):
                yield Atom(kind, word, place, end, marks)
        else:
            yield Atom(kind, folded[place:end], place, end)
        place = end


def _at(folded: str, place: int) -> tuple[Kind, int]:
    """Return the kind of the atom that begins here, and its end."""
    letter = folded[place]
    pattern = _BY_DIGIT if letter.isdigit() else _BY_LETTER if letter.isalpha() else _BY_MARK
    found = pattern.match(folded, place)
    if found and found.lastgroup == Kind.RANGE and _falls(found[0]):
        found = _NO_RANGE.match(folded, place)
    return (_KIND_OF[found.lastgroup], found.end()) if found else (Kind.SIGN, place + 1)


def _falls(dashed: str) -> bool:
    """Whether two amounts beside a dash do not go up: «93,4 - 5 vụ» is no range."""
    low, high = (float(number.replace(".", "").replace(",", ".", 1).replace(",", "")) for number in _ends(dashed))
    return low >= high


def _ends(text: str) -> tuple[str, str]:
    numbers = _NUMBERS.findall(text)
    return numbers[0], numbers[-1]


@lru_cache(_WORDS_KEPT)
def _written_out(word: str) -> tuple[tuple[str, str], ...]:
    """Return (word without accents, its accents): one, or those that the abbreviation stands for."""
    folded = fold(word)
    long = OF_REPORTS.get(folded.replace(".", ""))
    return ((folded, marks_of(word)),) if long is None else tuple((part, ANY_MARKS) for part in long.split())
