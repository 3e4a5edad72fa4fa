"""Typed reading of one YAML mapping: a fault is noted with its line, and reading goes on."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from functools import partial
from typing import Protocol, TypeVar

import yaml

from domain.plans.periods import DayOfYear
from domain.plans.recurrence import Phase
from plans.reader.document import PlanFile, line_of
from plans.reader.scalars import (
    Choice,
    Unreadable,
    choice_of,
    code_of,
    day_of,
    day_of_year_of,
    flag_of,
    hour_of,
    line_number_of,
    lines_of,
    month_of,
    nearest,
    number_of,
    phase_of,
    read_day_of_year,
    refuse,
    small_number_of,
    text_of,
    whole_number_of,
    year_of,
)

_YEAR_BEFORE = " năm trước"
_NO_DAY = DayOfYear(1, 1)


class HasCode(Protocol):
    @property
    def code(self) -> str: ...


Coded = TypeVar("Coded", bound=HasCode)
Value = TypeVar("Value")
Parse = Callable[[PlanFile, yaml.Node], Value]
Read = Callable[[yaml.Node, str], Value]


class MappingReader:
    """One mapping of the file, read value by value.

    A faulty value is replaced by a placeholder, and only its first fault is noted.
    """

    def __init__(
        self, file: PlanFile, node: yaml.Node, *, required: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> None:
        self._file = file
        self._node = node
        self._values: dict[str, yaml.Node] = {}
        self._faulty: set[str] = set()
        self._has_unknown_key = not isinstance(node, yaml.MappingNode)
        if not isinstance(node, yaml.MappingNode):
            file.tell(node, "cần các dòng «khóa: giá trị»")
            return
        for key, value in node.value:
            self._keep(key, value, known=required + optional)
        for name in required:
            if name not in self:
                self.refuse(name, f"thiếu khóa «{name}»")

    def _keep(self, key: yaml.Node, value: yaml.Node, *, known: tuple[str, ...]) -> None:
        name = key.value if isinstance(key, yaml.ScalarNode) else "?"
        if name in known and name not in self:
            self._values[name] = value
            return
        self._has_unknown_key = True
        is_twice = name in self
        unknown = f"khóa «{name}» không có{nearest(name, known)}; dùng: {', '.join(known)}"
        self._file.tell(key, f"khóa «{name}» ghi hai lần" if is_twice else unknown)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def reads(self, *keys: str) -> bool:
        """Whether no fault of these keys has been noted so far."""
        return self._faulty.isdisjoint(keys)

    def refuse(self, key: str, reason: str, *, related: tuple[str, ...] = ()) -> None:
        """Note a fault of a value, unless one of it or of a related value was noted before."""
        # A key that is missing may be the unknown one, misspelt.
        is_noted = not self.reads(key, *related) or (key not in self and self._has_unknown_key)
        self._faulty.add(key)
        if not is_noted:
            self._file.tell(self._values.get(key, self._node), reason)

    def refuse_item(self, key: str, number: int, reason: str) -> None:
        """Note a fault of one item of a list; `number` is counted from 0."""
        if self.reads(key):
            self._file.tell(self._nodes(key)[number], reason)

    def text(self, key: str) -> str:
        return self._read(key, text_of, otherwise="")

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if key in self else None

    def code(self) -> str:
        return self._read("code", code_of, otherwise="")

    def source(self) -> str:
        """Return the source: the plan's document and line, or the text as it is if the plan names no document."""
        if self._file.document is None:
            return self.text("source")
        return f"{self._file.document} {self._read('source', lines_of, otherwise='')}"

    def number(self, key: str) -> Decimal:
        return self._read(key, number_of, otherwise=Decimal(0))

    def whole_number(self, key: str) -> int:
        return self._read(key, whole_number_of, otherwise=0)

    def flag(self, key: str) -> bool:
        return self._read(key, flag_of, otherwise=False)

    def optional_flag(self, key: str) -> bool:
        return key in self and self.flag(key)

    def year(self, key: str) -> int:
        return self._read(key, year_of, otherwise=0)

    def optional_year(self, key: str) -> int | None:
        return self.year(key) if key in self else None

    def day(self, key: str) -> date:
        return self._read(key, day_of, otherwise=date.min)

    def day_of_year(self, key: str) -> DayOfYear:
        return self._read(key, day_of_year_of, otherwise=_NO_DAY)

    def optional_hour(self, key: str) -> time | None:
        return self._read(key, hour_of, otherwise=None)

    def months(self, key: str) -> tuple[int, ...]:
        return self._items(key, month_of)

    def opening_day(self, key: str, *, before: DayOfYear | None) -> DayOfYear:
        """Return the opening day of a rule that is due on `before`; «1/12 năm trước» lies in the year before.

        A fault is noted if it opens after it is due, or more than a year before.
        """
        return self._read(key, partial(_opening_day, before=before), otherwise=_NO_DAY)

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        return self._read(key, partial(choice_of, kind=kind), otherwise=next(iter(kind)))

    def choices(self, key: str, kind: type[Choice]) -> tuple[Choice, ...]:
        chosen = self._items(key, partial(choice_of, kind=kind))
        if not chosen or len(set(chosen)) < len(chosen):
            self.refuse(key, f"«{key}» cần ít nhất một giá trị, mỗi giá trị ghi một lần")
        return chosen

    def texts(self, key: str) -> tuple[str, ...]:
        texts = self._items(key, text_of)
        if not texts:
            self.refuse(key, f"«{key}» cần ít nhất một giá trị")
        return texts

    def phases(self, key: str) -> tuple[Phase, ...]:
        """Return a list of phases, each written as «2021-2025»."""
        return self._items(key, phase_of)

    def whole_numbers(self, key: str) -> tuple[int, ...]:
        return self._items(key, small_number_of)

    def line_numbers(self, key: str) -> tuple[int, ...]:
        return self._items(key, line_number_of)

    def each(self, key: str, parse: Parse[Coded]) -> tuple[Coded, ...]:
        """Return the entries of a list; two with the same code are a fault. Empty if the list is left out."""
        lines: dict[str, int] = {}
        entries: list[Coded] = []
        for node in self._nodes(key):
            entry = parse(self._file, node)
            if entry.code and entry.code in lines:
                self._file.tell(node, f"mã «{entry.code}» đã dùng ở dòng {lines[entry.code]}")
            lines.setdefault(entry.code, line_of(node))
            entries.append(entry)
        return tuple(entries)

    def listed(self, key: str, parse: Parse[Value]) -> tuple[Value, ...]:
        """Return the entries of a list without codes; empty if the list is left out."""
        before = len(self._file.faults)
        found = tuple(parse(self._file, node) for node in self._nodes(key))
        if len(self._file.faults) > before:
            self._faulty.add(key)
        return found

    def nested(self, key: str, parse: Parse[Value]) -> Value:
        return parse(self._file, self._values[key])

    def _read(self, key: str, read: Read[Value], *, otherwise: Value) -> Value:
        if key not in self or not self.reads(key):
            return otherwise
        try:
            return read(self._values[key], key)
        except Unreadable as fault:
            self.refuse(key, fault.reason)
            return otherwise

    def _items(self, key: str, read: Read[Value]) -> tuple[Value, ...]:
        """Return the items of a list that can be read; faults of the others are noted."""
        found: list[Value] = []
        for node in self._nodes(key):
            try:
                found.append(read(node, key))
            except Unreadable as fault:
                self._file.tell(node, fault.reason)
                self._faulty.add(key)
        return tuple(found)

    def _nodes(self, key: str) -> list[yaml.Node]:
        node = self._values.get(key)
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        if node is not None:
            self.refuse(key, f"«{key}» cần một danh sách")
        return []


def _opening_day(node: yaml.Node, key: str, *, before: DayOfYear | None) -> DayOfYear:
    written = text_of(node, key)
    opens = read_day_of_year(written.removesuffix(_YEAR_BEFORE))
    is_before = written.endswith(_YEAR_BEFORE)
    is_later = before is not None and (opens.month, opens.day) > (before.month, before.day)
    if is_later and not is_before:
        refuse(f"mở ngày {written} là sau hạn; nếu mở từ năm trước, ghi «{written}{_YEAR_BEFORE}»")
    if is_before and not is_later:
        refuse(f"«{written}» là hơn một năm trước hạn; ghi ngày trong cùng năm")
    return opens
