"""A YAML file taken apart mapping by mapping, so that each fault names its line."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NoReturn, Protocol, TypeVar

import yaml

from domain.deadlines import DayOfYear
from domain.errors import Refusal

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_CODE = 40
_DAY_OF_YEAR = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_LEAP_YEAR = 2024


class PlanFault(Refusal):
    """A plan that cannot be read; `line` counts from 1."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, dòng {line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


# Ten times as fast, where the library was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(text: str, file: str) -> yaml.Node:
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise PlanFault(file, mark.line + 1 if mark else 1, f"không đọc được YAML ({error.problem})") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise PlanFault(file, line, "có ký tự không đọc được") from error
    if node is None:
        raise PlanFault(file, 1, "tệp trống")
    return node


class HasCode(Protocol):
    @property
    def code(self) -> str: ...


Choice = TypeVar("Choice", bound=StrEnum)
Coded = TypeVar("Coded", bound=HasCode)
Parse = Callable[[str, yaml.Node], Coded]


class Entry:
    """One mapping of the file, with the line of each value."""

    def __init__(
        self, file: str, node: yaml.Node, *, required: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> None:
        if not isinstance(node, yaml.MappingNode):
            _refuse(file, node, "cần các dòng «khóa: giá trị»")
        self._file = file
        self._node = node
        self._values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            self._keep(key, value, known=required + optional)
        for name in required:
            if name not in self._values:
                _refuse(file, node, f"thiếu khóa «{name}»")

    def _keep(self, key: yaml.Node, value: yaml.Node, *, known: tuple[str, ...]) -> None:
        if not isinstance(key, yaml.ScalarNode) or key.value not in known:
            _refuse(self._file, key, f"khóa «{_shown(key)}» không có; các khóa được dùng: {', '.join(known)}")
        if key.value in self._values:
            _refuse(self._file, key, f"khóa «{key.value}» ghi hai lần")
        self._values[key.value] = value

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def refuse(self, key: str, reason: str) -> NoReturn:
        _refuse(self._file, self._values.get(key, self._node), reason)

    def text(self, key: str) -> str:
        return _text(self._file, self._values[key], key)

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if key in self else None

    def code(self) -> str:
        code = self.text("code")
        if not _CODE.fullmatch(code) or len(code) > _LONGEST_CODE:
            self.refuse("code", f"mã «{code}» chưa đúng; dùng chữ thường không dấu, số và gạch nối, ví dụ bao-cao-nam")
        return code

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
        written = _DAY_OF_YEAR.fullmatch(self.text(key))
        try:
            leap = date(_LEAP_YEAR, int(written[2]), int(written[1])) if written else None
        except ValueError:
            leap = None
        if leap is None:
            self.refuse(key, f"ngày «{self.text(key)}» không có trong lịch; ghi ngày/tháng, ví dụ 15/5")
        return DayOfYear(leap.month, leap.day)

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        return _choice(self._file, self._values[key], key, kind)

    def choices(self, key: str, kind: type[Choice]) -> tuple[Choice, ...]:
        chosen = tuple(_choice(self._file, node, key, kind) for node in self._nodes(key))
        if not chosen or len(set(chosen)) < len(chosen):
            self.refuse(key, f"«{key}» cần ít nhất một giá trị, mỗi giá trị ghi một lần")
        return chosen

    def each(self, key: str, parse: Parse[Coded]) -> tuple[Coded, ...]:
        """The entries of a list, none where the list is left out; each has a code of its own."""
        lines: dict[str, int] = {}
        entries: list[Coded] = []
        for node in self._nodes(key) if key in self else ():
            entry = parse(self._file, node)
            if entry.code in lines:
                _refuse(self._file, node, f"mã «{entry.code}» đã dùng ở dòng {lines[entry.code]}")
            lines[entry.code] = _line(node)
            entries.append(entry)
        return tuple(entries)

    def _nodes(self, key: str) -> list[yaml.Node]:
        node = self._values[key]
        if not isinstance(node, yaml.SequenceNode):
            self.refuse(key, f"«{key}» cần một danh sách")
        return list(node.value)


def _text(file: str, node: yaml.Node, key: str) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        _refuse(file, node, f"«{key}» cần một giá trị")
    return str(node.value).strip()


def _choice(file: str, node: yaml.Node, key: str, kind: type[Choice]) -> Choice:
    word = _text(file, node, key)
    if word not in set(kind):
        _refuse(file, node, f"«{key}» không có giá trị «{word}»; dùng: {', '.join(kind)}")
    return kind(word)


def _shown(node: yaml.Node) -> str:
    return node.value if isinstance(node, yaml.ScalarNode) else "?"


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _refuse(file: str, node: yaml.Node, reason: str) -> NoReturn:
    raise PlanFault(file, _line(node), reason)
