"""Reading single values of a plan's file from YAML nodes; Unreadable says why one cannot be read."""

import re
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import StrEnum
from typing import NoReturn, TypeVar

import yaml

from domain.plans.periods import DayOfYear
from domain.plans.recurrence import Phase
from domain.typed_input.words import clean, plain

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_CODE = 40
_DAY_OF_YEAR = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEARS = re.compile(rf"({_YEAR.pattern})-({_YEAR.pattern})")
_LINES = re.compile(r"L[0-9]+(?:-L[0-9]+)?(?:, L[0-9]+(?:-L[0-9]+)?)*")
_HOUR = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_HOUR_HINT = 'giờ chưa đúng; ghi trong ngoặc kép giờ:phút, ví dụ "16:00"'
_LEAP_YEAR = 2024
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,4}")

Choice = TypeVar("Choice", bound=StrEnum)


class Unreadable(Exception):  # noqa: N818 (a fault of the file, told with its line)
    """The value of a key cannot be read, for this reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the known word with the most similar spelling: «; gần nhất: «due»».

    Empty if there is no similar one.
    """
    by_letters = {plain(known_word): known_word for known_word in known}
    found = get_close_matches(plain(word), by_letters, n=1)
    return f"; gần nhất: «{by_letters[found[0]]}»" if found else ""


def refuse(reason: str) -> NoReturn:
    raise Unreadable(reason)


def text_of(node: yaml.Node, key: str) -> str:
    if not isinstance(node, yaml.ScalarNode) or not clean(node.value):
        refuse(f"«{key}» cần một giá trị")
    return clean(node.value)


def code_of(node: yaml.Node, key: str) -> str:
    code = text_of(node, key)
    if not _CODE.fullmatch(code) or len(code) > _LONGEST_CODE:
        refuse(f"mã «{code}» chưa đúng; dùng chữ thường không dấu, số và gạch nối, ví dụ bao-cao-nam")
    return code


def lines_of(node: yaml.Node, key: str) -> str:
    """Return the lines of a source as they are written: «L142», «L111-L117, L121»."""
    source = text_of(node, key)
    if not _LINES.fullmatch(source):
        refuse(f"nguồn «{source}» chưa đúng; ghi dòng của bản gốc, ví dụ L142 hoặc L111-L117, L121")
    return source


def number_of(node: yaml.Node, key: str) -> Decimal:
    try:
        number = Decimal(text_of(node, key))
    except InvalidOperation:
        refuse(f"«{key}» cần một số, ví dụ 100 hoặc 12.5")
    if not number.is_finite():
        refuse(f"«{key}» cần một số, ví dụ 100 hoặc 12.5")
    return number


def whole_number_of(node: yaml.Node, key: str) -> int:
    number = number_of(node, key)
    if number != int(number):
        refuse(f"«{key}» cần một số nguyên, ví dụ 1")
    return int(number)


def small_number_of(node: yaml.Node, key: str) -> int:
    """Return an item of a list of whole numbers, of at most four digits."""
    word = node.value if isinstance(node, yaml.ScalarNode) else ""
    if not _WHOLE_NUMBER.fullmatch(word):
        refuse(f"«{key}» cần một danh sách số nguyên, ví dụ [7, 1, 0]")
    return int(word)


def line_number_of(node: yaml.Node, key: str) -> int:
    line = text_of(node, key)
    if not line.isdecimal() or line == "0":
        refuse(f"«{line}» không phải số dòng")
    return int(line)


def flag_of(node: yaml.Node, key: str) -> bool:
    word = text_of(node, key)
    if word not in {"true", "false"}:
        refuse(f"«{key}» cần true hoặc false")
    return word == "true"


def year_of(node: yaml.Node, key: str) -> int:
    year = text_of(node, key)
    if not _YEAR.fullmatch(year):
        refuse(f"«{key}» cần một năm, ví dụ 2026")
    return int(year)


def phase_of(node: yaml.Node, key: str) -> Phase:
    """Return a phase written as «2021-2025»."""
    written = _YEARS.fullmatch(text_of(node, key))
    if written is None or written[1] > written[2]:
        refuse(f"«{key}» cần năm đầu và năm cuối, ví dụ 2021-2025")
    return Phase(int(written[1]), int(written[2]))


def day_of(node: yaml.Node, key: str) -> date:
    text = text_of(node, key)
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(f"ngày «{text}» không có trong lịch; ghi năm-tháng-ngày, ví dụ 2026-01-02")


def day_of_year_of(node: yaml.Node, key: str) -> DayOfYear:
    return read_day_of_year(text_of(node, key))


def read_day_of_year(text: str) -> DayOfYear:
    written = _DAY_OF_YEAR.fullmatch(text)
    try:
        leap = date(_LEAP_YEAR, int(written[2]), int(written[1])) if written else None
    except ValueError:
        leap = None
    if leap is None:
        refuse(f"ngày «{text}» không có trong lịch; ghi ngày/tháng, ví dụ 15/5")
    return DayOfYear(leap.month, leap.day)


def hour_of(node: yaml.Node, key: str) -> time:
    """Return an hour written as «16:00»."""
    written = _HOUR.fullmatch(text_of(node, key))
    try:
        return time(int(written[1]), int(written[2])) if written else refuse(_HOUR_HINT)
    except ValueError:
        refuse(_HOUR_HINT)


def month_of(node: yaml.Node, key: str) -> int:
    month = text_of(node, key)
    if not month.isdecimal() or not 1 <= int(month) <= 12:
        refuse(f"«{key}» cần các tháng từ 1 đến 12, ví dụ [3, 6, 9]")
    return int(month)


def choice_of(node: yaml.Node, key: str, kind: type[Choice]) -> Choice:
    word = text_of(node, key)
    if word not in set(kind):
        refuse(f"«{key}» không có giá trị «{word}»{nearest(word, kind)}; dùng: {', '.join(kind)}")
    return kind(word)
