"""A YAML file taken apart mapping by mapping, so that each fault names its line."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NoReturn, Protocol, TypeVar

import yaml

from domain.deadlines import Phase
from domain.periods import DayOfYear
from usecases.plan_files import PlanFile, line_of, refuse, text_of

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_CODE = 40
_DAY_OF_YEAR = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_YEARS = re.compile(r"((?:19|20)[0-9]{2})-((?:19|20)[0-9]{2})")
_YEAR_BEFORE = " năm trước"
_LINES = re.compile(r"L[0-9]+(?:-L[0-9]+)?(?:, L[0-9]+(?:-L[0-9]+)?)*")
_LEAP_YEAR = 2024
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,4}")


class HasCode(Protocol):
    @property
    def code(self) -> str: ...


Choice = TypeVar("Choice", bound=StrEnum)
Coded = TypeVar("Coded", bound=HasCode)
Value = TypeVar("Value")
Parse = Callable[[PlanFile, yaml.Node], Value]


class Entry:
    """One mapping of the file, with the line of each value."""

    def __init__(
        self, file: PlanFile, node: yaml.Node, *, required: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> None:
        if not isinstance(node, yaml.MappingNode):
            refuse(file, node, "cần các dòng «khóa: giá trị»")
        self._file = file
        self._node = node
        self._values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            self._keep(key, value, known=required + optional)
        for name in required:
            if name not in self._values:
                refuse(file, node, f"thiếu khóa «{name}»")

    def _keep(self, key: yaml.Node, value: yaml.Node, *, known: tuple[str, ...]) -> None:
        if not isinstance(key, yaml.ScalarNode) or key.value not in known:
            refuse(self._file, key, f"khóa «{_shown(key)}» không có; các khóa được dùng: {', '.join(known)}")
        if key.value in self._values:
            refuse(self._file, key, f"khóa «{key.value}» ghi hai lần")
        self._values[key.value] = value

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def refuse(self, key: str, reason: str) -> NoReturn:
        refuse(self._file, self._values.get(key, self._node), reason)

    def text(self, key: str) -> str:
        return text_of(self._file, self._values[key], key)

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if key in self else None

    def code(self) -> str:
        code = self.text("code")
        if not _CODE.fullmatch(code) or len(code) > _LONGEST_CODE:
            self.refuse("code", f"mã «{code}» chưa đúng; dùng chữ thường không dấu, số và gạch nối, ví dụ bao-cao-nam")
        return code

    def source(self) -> str:
        """Where it is written: file and line, the file being the plan's document where it names one."""
        source = self.text("source")
        if self._file.document is None:
            return source
        if not _LINES.fullmatch(source):
            self.refuse("source", f"nguồn «{source}» chưa đúng; ghi dòng của bản gốc, ví dụ L142 hoặc L111-L117, L121")
        return f"{self._file.document} {source}"

    def number(self, key: str) -> Decimal:
        try:
            number = Decimal(self.text(key))
        except InvalidOperation:
            self.refuse(key, f"«{key}» cần một số, ví dụ 100 hoặc 12.5")
        if not number.is_finite():
            self.refuse(key, f"«{key}» cần một số, ví dụ 100 hoặc 12.5")
        return number

    def year(self, key: str) -> int:
        year = self.text(key)
        if not re.fullmatch(r"(?:19|20)[0-9]{2}", year):
            self.refuse(key, f"«{key}» cần một năm, ví dụ 2026")
        return int(year)

    def optional_year(self, key: str) -> int | None:
        return self.year(key) if key in self else None

    def years(self, key: str) -> tuple[Phase, ...]:
        """Phases as «2021-2025», in a list."""
        return tuple(self._phase(node, key) for node in self._nodes(key))

    def _phase(self, node: yaml.Node, key: str) -> Phase:
        written = _YEARS.fullmatch(text_of(self._file, node, key))
        if written is None or written[1] > written[2]:
            refuse(self._file, node, f"«{key}» cần năm đầu và năm cuối, ví dụ 2021-2025")
        return Phase(int(written[1]), int(written[2]))

    def whole_number(self, key: str) -> int:
        number = self.number(key)
        if number != int(number):
            self.refuse(key, f"«{key}» cần một số nguyên, ví dụ 1")
        return int(number)

    def optional_flag(self, key: str) -> bool:
        return key in self and self.flag(key)

    def flag(self, key: str) -> bool:
        word = self.text(key)
        if word not in {"true", "false"}:
            self.refuse(key, f"«{key}» cần true hoặc false")
        return word == "true"

    def day(self, key: str) -> date:
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            self.refuse(key, f"ngày «{self.text(key)}» không có trong lịch; ghi năm-tháng-ngày, ví dụ 2026-01-02")

    def day_of_year(self, key: str) -> DayOfYear:
        return self._day_of_year(key, self.text(key))

    def _day_of_year(self, key: str, text: str) -> DayOfYear:
        written = _DAY_OF_YEAR.fullmatch(text)
        try:
            leap = date(_LEAP_YEAR, int(written[2]), int(written[1])) if written else None
        except ValueError:
            leap = None
        if leap is None:
            self.refuse(key, f"ngày «{text}» không có trong lịch; ghi ngày/tháng, ví dụ 15/5")
        return DayOfYear(leap.month, leap.day)

    def opening_day(self, key: str, *, before: DayOfYear | None) -> DayOfYear:
        """A day of the year; «1/12 năm trước» is of the year before, and nothing else opens after it is due."""
        written = self.text(key)
        opens = self._day_of_year(key, written.removesuffix(_YEAR_BEFORE))
        is_before = written.endswith(_YEAR_BEFORE)
        is_later = before is not None and (opens.month, opens.day) > (before.month, before.day)
        if is_later and not is_before:
            self.refuse(key, f"mở ngày {written} là sau hạn; nếu mở từ năm trước, ghi «{written}{_YEAR_BEFORE}»")
        if is_before and not is_later:
            self.refuse(key, f"«{written}» là hơn một năm trước hạn; ghi ngày trong cùng năm")
        return opens

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        return _choice(self._file, self._values[key], key, kind)

    def choices(self, key: str, kind: type[Choice]) -> tuple[Choice, ...]:
        chosen = tuple(_choice(self._file, node, key, kind) for node in self._nodes(key))
        if not chosen or len(set(chosen)) < len(chosen):
            self.refuse(key, f"«{key}» cần ít nhất một giá trị, mỗi giá trị ghi một lần")
        return chosen

    def whole_numbers(self, key: str) -> tuple[int, ...]:
        words = [node.value if isinstance(node, yaml.ScalarNode) else "" for node in self._nodes(key)]
        if not all(_WHOLE_NUMBER.fullmatch(word) for word in words):
            self.refuse(key, f"«{key}» cần một danh sách số nguyên, ví dụ [7, 1, 0]")
        return tuple(map(int, words))

    def each(self, key: str, parse: Parse[Coded]) -> tuple[Coded, ...]:
        """The entries of a list, none where the list is left out; each has a code of its own."""
        lines: dict[str, int] = {}
        entries: list[Coded] = []
        for node in self._nodes(key) if key in self else ():
            entry = parse(self._file, node)
            if entry.code in lines:
                refuse(self._file, node, f"mã «{entry.code}» đã dùng ở dòng {lines[entry.code]}")
            lines[entry.code] = line_of(node)
            entries.append(entry)
        return tuple(entries)

    def listed(self, key: str, parse: Parse[Value]) -> tuple[Value, ...]:
        """The entries of a list without codes, none where the list is left out."""
        return tuple(parse(self._file, node) for node in self._nodes(key)) if key in self else ()

    def nested(self, key: str, parse: Parse[Value]) -> Value:
        return parse(self._file, self._values[key])

    def texts(self, key: str) -> tuple[str, ...]:
        texts = tuple(text_of(self._file, node, key) for node in self._nodes(key))
        if not texts:
            self.refuse(key, f"«{key}» cần ít nhất một giá trị")
        return texts

    def refuse_item(self, key: str, number: int, reason: str) -> NoReturn:
        """Refuse one item of a list, counted from 0."""
        refuse(self._file, self._nodes(key)[number], reason)

    def _nodes(self, key: str) -> list[yaml.Node]:
        node = self._values[key]
        if not isinstance(node, yaml.SequenceNode):
            self.refuse(key, f"«{key}» cần một danh sách")
        return list(node.value)


def _choice(file: PlanFile, node: yaml.Node, key: str, kind: type[Choice]) -> Choice:
    word = text_of(file, node, key)
    if word not in set(kind):
        refuse(file, node, f"«{key}» không có giá trị «{word}»; dùng: {', '.join(kind)}")
    return kind(word)


def _shown(node: yaml.Node) -> str:
    return node.value if isinstance(node, yaml.ScalarNode) else "?"
