"""Counts of the units that owe one duty: each unit is in exactly one part, so the parts add up to the total."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from domain.duties.duties import OWING, Standing
from domain.duties.extensions import Punctuality

T = TypeVar("T")


class TallyPart(StrEnum):
    """Standing of a unit in a duty; every list, scoreboard, digest and export names the parts in this order."""

    ON_TIME = "ON_TIME"
    """Handed in in time by the plan's own day."""
    IN_EXTENSION = "IN_EXTENSION"
    """Handed in late by the plan's day, in time by the granted one."""
    LATE = "LATE"
    """Handed in after the plan's day and after any granted one."""
    MENDING = "MENDING"
    """Handed in, and returned to be corrected."""
    PAPER_CLAIMED = "PAPER_CLAIMED"
    """Claimed as handed in on paper; the standing body has not confirmed it yet."""
    SPARED = "SPARED"
    """Owed, with a granted day that is still ahead."""
    OVERDUE = "OVERDUE"
    OWED = "OWED"


HANDED_IN_PARTS = (TallyPart.ON_TIME, TallyPart.IN_EXTENSION, TallyPart.LATE)
MISSING_PARTS = (TallyPart.OVERDUE, TallyPart.OWED)
"""Parts counted as «chưa nộp»: nothing was handed in or claimed, and no granted day is ahead."""

_HANDED_IN_AS = {
    Punctuality.ON_TIME: TallyPart.ON_TIME,
    Punctuality.EXTENDED: TallyPart.IN_EXTENSION,
    Punctuality.LATE: TallyPart.LATE,
}


def part_of(
    standing: Standing, punctuality: Punctuality, *, is_claimed: bool, is_spared: bool, is_overdue: bool
) -> TallyPart:
    """Return the part in which a unit is counted; a paper claim goes before a return, a return before a granted day."""
    if standing not in OWING:
        return _HANDED_IN_AS[punctuality]
    if is_claimed:
        return TallyPart.PAPER_CLAIMED
    if standing is Standing.RETURNED:
        return TallyPart.MENDING
    if is_spared:
        return TallyPart.SPARED
    return TallyPart.OVERDUE if is_overdue else TallyPart.OWED


class Counts(ABC):
    """How many units of one duty are in which part."""

    __slots__ = ()

    @abstractmethod
    def count(self, *parts: TallyPart) -> int: ...

    @property
    def total(self) -> int:
        return self.count(*TallyPart)

    @property
    def handed_in(self) -> int:
        return self.count(*HANDED_IN_PARTS)

    @property
    def percent(self) -> int:
        return percent(self.handed_in, of=self.total)

    @property
    def is_complete(self) -> bool:
        return self.handed_in == self.total


@dataclass(frozen=True, slots=True)
class PartCounts(Counts):
    """The numbers alone: {part: how many units}."""

    numbers: Mapping[TallyPart, int]

    def count(self, *parts: TallyPart) -> int:
        return sum(self.numbers.get(part, 0) for part in parts)


@dataclass(frozen=True, slots=True)
class Tally(Counts, Generic[T]):
    """The units of one duty by part: {part: units in the order given}; parts without units are left out."""

    parts: Mapping[TallyPart, tuple[T, ...]]
    unnamed: Mapping[TallyPart, int] = field(default_factory=dict)
    """{part: how many units of it are counted without being among `parts`}"""

    def of(self, *parts: TallyPart) -> tuple[T, ...]:
        return tuple(unit for part in parts for unit in self.parts.get(part, ()))

    def count(self, *parts: TallyPart) -> int:
        return sum(len(self.parts.get(part, ())) + self.unnamed.get(part, 0) for part in parts)

    @property
    def done(self) -> tuple[T, ...]:
        return self.of(*HANDED_IN_PARTS)

    @property
    def missing(self) -> tuple[T, ...]:
        return self.of(*MISSING_PARTS)

    @property
    def mending(self) -> tuple[T, ...]:
        return self.of(TallyPart.MENDING)

    @property
    def claimed(self) -> tuple[T, ...]:
        return self.of(TallyPart.PAPER_CLAIMED)

    @property
    def extended(self) -> tuple[T, ...]:
        return self.of(TallyPart.SPARED)


def tally(units: Iterable[T], part: Callable[[T], TallyPart]) -> Tally[T]:
    """Put every unit into its part; the order within a part stays."""
    found: dict[TallyPart, list[T]] = {}
    for unit in units:
        found.setdefault(part(unit), []).append(unit)
    return Tally({part: tuple(found[part]) for part in TallyPart if part in found})


def percent(part: int, *, of: int) -> int:
    """Return whole per cent, halves rounded up (8 of 12 is 67); 100 only for all, 0 only for none."""
    if not of or not part:
        return 0
    rounded = (200 * part + of) // (2 * of)
    return 100 if part == of else min(max(rounded, 1), 99)
