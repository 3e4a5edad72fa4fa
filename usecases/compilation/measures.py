"""What all units pledged and reported before, for all of them at once; mergers are combined as on a unit's own form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from domain.calendar import Calendar
from domain.submissions.past_reports import PastSource, holds_for_all
from domain.successions import combine
from usecases.compilation.units_of_measure import UnitsOfMeasure
from usecases.compilation.views import Figures


class EarlierDuty(NamedTuple):
    """A pledge, or a report of the year before."""

    duty_id: int
    unit_id: int
    plan_code: str
    last_valid_day: date | None
    past: PastSource | None
    """Who entered it for comparison; None if the unit handed it in through the bot."""


@dataclass(frozen=True, slots=True)
class Mergers:
    """The units that merged into others by the day that counts."""

    merged: Mapping[int, Sequence[int]]
    """{unit_id: ids of the units that merged into it, of those that merged into them, and so on}."""
    lifetimes: Mapping[int, tuple[date, date | None]]
    """{unit_id: (first day, last day)} of all units named above."""
    days: Mapping[int, date]
    """{unit_id: day of the last merger into it}."""

    def lived(self, unit_id: int, day: date) -> bool:
        first, last = self.lifetimes[unit_id]
        return first <= day and (last is None or day <= last)


def merged_into(merges: Iterable[tuple[int, int, date]], unit_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return {unit_id: ids of all units merged into it}, from (unit, the unit that it merged into, day) of each merger.

    Units without any are left out.
    """
    parts: dict[int, list[int]] = {}
    for unit_id, heir, _ in merges:
        parts.setdefault(heir, []).append(unit_id)
    return {unit_id: found for unit_id in unit_ids if (found := _below(parts, unit_id))}


def _below(parts: Mapping[int, Sequence[int]], unit_id: int) -> list[int]:
    found: dict[int, None] = {}
    open_ends = [unit_id]
    while open_ends:
        for part in parts.get(open_ends.pop(), ()):
            if part not in found and part != unit_id:
                found[part] = None
                open_ends.append(part)
    return [*found]


class EarlierFigures:
    """Figures of earlier duties, added batch by batch: objects of all rows would be too many."""

    def __init__(
        self, duties: Sequence[EarlierDuty], uoms: UnitsOfMeasure, mergers: Mergers, calendar: Calendar
    ) -> None:
        """Of several duties of a unit, the first counts."""
        self._first: dict[int, EarlierDuty] = {}
        for duty in duties:
            self._first.setdefault(duty.unit_id, duty)
        self._by_id = {duty.duty_id: duty for duty in self._first.values()}
        self._uoms = uoms
        self._mergers = mergers
        self._calendar = calendar
        self._own: dict[int, Figures] = {}
        self._whole: dict[int, Figures] = {}
        """{unit_id: past figures that hold for it with all units merged into it}."""
        self.other_uoms: dict[str, str] = {}
        """{indicator code: the unit of measure in which it was entered then}; these figures do not count."""

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows of (duty_id, indicator, value, time at which it was entered)."""
        for duty_id, indicator, value, at in rows:
            duty = self._by_id.get(duty_id)
            if duty is None or indicator not in self._uoms.now:
                continue
            if other := self._uoms.other(duty.plan_code, indicator, at=at):
                self.other_uoms[indicator] = other
            else:
                self._own.setdefault(duty.unit_id, {})[indicator] = value
                if self._is_whole(duty, at):
                    self._whole.setdefault(duty.unit_id, {})[indicator] = value

    def _is_whole(self, duty: EarlierDuty, at: datetime) -> bool:
        merged = self._mergers.days.get(duty.unit_id)
        return duty.past is not None and merged is not None and holds_for_all(self._calendar.day_of(at), merged=merged)

    def by_unit(self) -> Mapping[int, Figures]:
        """Return {unit_id: its figures, with those of the units merged into it}; units without any are left out."""
        merged = {
            unit_id: _combined([unit_id, *parts], self._first, self._own, self._mergers, self._uoms.now)
            | self._whole.get(unit_id, {})
            for unit_id, parts in self._mergers.merged.items()
        }
        return {**self._own, **merged}


def _combined(
    unit_ids: Sequence[int],
    duties: Mapping[int, EarlierDuty],
    figures: Mapping[int, Figures],
    mergers: Mergers,
    uoms: Mapping[str, str],
) -> Figures:
    """Combine the figures of a unit and of those merged into it; without one of them a sum would be that of a part."""
    found = [duties[unit_id] for unit_id in unit_ids if unit_id in duties]
    day = next((duty.last_valid_day for duty in found), None)
    if day is not None and any(unit_id not in duties and mergers.lived(unit_id, day) for unit_id in unit_ids):
        return {}
    each: list[Figures] = [figures.get(duty.unit_id, {}) for duty in found]
    if len(each) < 2:
        return each[0] if each else {}
    shared = set[str].intersection(*(set(values) for values in each))
    sums: dict[str, Any] = {code: combine([values[code] for values in each], uoms[code]) for code in shared}
    return {code: value for code, value in sums.items() if value is not None}
