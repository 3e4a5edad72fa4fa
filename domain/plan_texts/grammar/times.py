"""The times that a sentence names, with the words that bind them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import time

from domain.plan_texts.grammar import patterns
from domain.plan_texts.grammar.boundaries import Lead
from domain.plan_texts.grammar.days import bare_days, days, days_of_month, last_days, ranges, several_months
from domain.plan_texts.grammar.relatives import relative_days
from domain.plan_texts.grammar.said import DAYS, Core, TimeSaid
from domain.plan_texts.grammar.windows import months, phases, quarters, years

_JOINED = re.compile(r" ?(?:,|;|va|hoac|/)? ?(?:va |tu |vao )?(?:cac )?(?:ngay )?")
_FINDERS = (ranges, days_of_month, several_months, days, last_days, phases, quarters, months, years, bare_days)
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
    return list(_joined(folded, [_with_tail(folded, said) for said in found]))


def _all(text: str, folded: str) -> Iterator[TimeSaid]:
    yield from relative_days(folded, text)
    for finder in _FINDERS:
        yield from finder(folded)


def _joined(folded: str, found: list[TimeSaid]) -> Iterator[TimeSaid]:
    before: TimeSaid | None = None
    for said in found:
        if before is not None and _shares_words(folded, before, said):
            said = replace(said, lead=before.lead, time_of_day=said.time_of_day or before.time_of_day, is_marked=True)
        yield said
        before = said


def _shares_words(folded: str, before: TimeSaid, said: TimeSaid) -> bool:
    is_unbound = said.lead is Lead.NONE and before.lead is not Lead.NONE
    return said.core in DAYS and is_unbound and _JOINED.fullmatch(folded, before.end, said.start) is not None


def _with_tail(folded: str, said: TimeSaid) -> TimeSaid:
    if said.core is Core.EVENT:
        return said
    hour = patterns.HOUR_AFTER.match(folded, said.end) if said.core is Core.DAY and not said.time_of_day else None
    if hour is not None:
        said = replace(said, time_of_day=time(int(hour["hour"]) % 24, int(hour["minute"] or 0)), end=hour.end())
    found = patterns.TAIL.match(folded, said.end)
    if found is None:
        return said
    shift = 1 if found["later"] else -1 if found["earlier"] else said.year_shift
    return replace(said, end=found.end(), year_shift=shift, is_yearly=found["yearly"] is not None)
