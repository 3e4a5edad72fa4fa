"""The times that a sentence names, with the words that bind them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.plan_texts.grammar import patterns
from domain.plan_texts.grammar.boundaries import Lead
from domain.plan_texts.grammar.days import (
    bare_days,
    dashed_ranges,
    days,
    days_of_month,
    hour_of,
    last_days,
    ranges,
    several_months,
)
from domain.plan_texts.grammar.relatives import relative_days
from domain.plan_texts.grammar.said import DAYS, Core, TimeSaid
from domain.plan_texts.grammar.windows import month_ranges, months, phases, quarters, years

_JOINED = re.compile(r" ?(?:,|;|va|hoac|/)? ?(?:va |tu |vao )?(?:cac )?(?:ngay )?")
_FINDERS = (
    ranges,
    month_ranges,
    days_of_month,
    several_months,
    dashed_ranges,
    days,
    last_days,
    phases,
    quarters,
    months,
    years,
    bare_days,
)
"""The more a finder asks for, the earlier it comes."""


def find_times(text: str, folded: str) -> list[TimeSaid]:
    """Return the times in a sentence, in their order; «15/11» of «trước 15/5 và 15/11» has the words of «15/5» too."""
    found: list[TimeSaid] = []
    taken = bytearray(len(folded))
    for said in _all(text, folded):
        if not any(taken[said.start : said.end]):
            taken[said.start : said.end] = b"\1" * (said.end - said.start)
            found.append(said)
    found.sort(key=lambda said: said.start)
    return _joined(folded, [_with_tail(folded, said) for said in found])


def _all(text: str, folded: str) -> Iterator[TimeSaid]:
    yield from relative_days(folded, text)
    for finder in _FINDERS:
        yield from finder(folded)


def _joined(folded: str, found: list[TimeSaid]) -> list[TimeSaid]:
    """Return the times; days that share their words also share a year that only the last of them has."""
    joined: list[TimeSaid] = []
    for said in found:
        if joined and _shares_words(folded, joined[-1], said):
            before = joined[-1]
            said = replace(said, lead=before.lead, time_of_day=said.time_of_day or before.time_of_day, is_marked=True)
            if before.year is None:
                joined[-1] = replace(before, year=said.year)
        joined.append(said)
    return joined


def _shares_words(folded: str, before: TimeSaid, said: TimeSaid) -> bool:
    is_unbound = said.lead is Lead.NONE and before.lead is not Lead.NONE
    return said.core in DAYS and is_unbound and _JOINED.fullmatch(folded, before.end, said.start) is not None


def _with_tail(folded: str, said: TimeSaid) -> TimeSaid:
    if said.core is Core.EVENT:
        return said
    # «trước ngày 15/11, 8 giờ» would turn the day before into the day itself: there the hour is left out.
    takes_hour = said.core is Core.DAY and not said.time_of_day and said.lead is not Lead.BEFORE
    hour = patterns.HOUR_AFTER.match(folded, said.end) if takes_hour else None
    if hour is not None and 0 < int(hour["hour"]) < 24:
        said = replace(said, time_of_day=hour_of(hour), end=hour.end())
    found = patterns.TAIL.match(folded, said.end)
    if found is None:
        return said
    shift = 1 if found["later"] else -1 if found["earlier"] else said.year_shift
    return replace(said, end=found.end(), year_shift=shift, is_yearly=found["yearly"] is not None)
