"""All that a text says, put together: one figure for each indicator, or a question."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.figures.readings import AskedFigure, FiguresReading, FoundFigure, Wanted, Why

_WEAK = frozenset({Why.OTHER_WORDS, Why.OTHER_UNIT, Why.SAID_NONE})
"""Reasons that give way to a clear figure elsewhere in the text."""


@dataclass(frozen=True, slots=True)
class Said:
    """One piece of the text: a figure (`why` is None), a question, or words that were not understood (no codes)."""

    quote: str
    codes: tuple[str, ...] = ()
    readings: tuple[Decimal, ...] = ()
    why: Why | None = None


def _trimmed(value: Decimal) -> Decimal:
    """Return the value without zeros at its end: 12.5000 gives 12.5."""
    whole, point, decimals = f"{value:f}".partition(".")
    return Decimal(whole + point + decimals.rstrip("0"))


def settle(said: Sequence[Said], wanted: Sequence[Wanted]) -> FiguresReading:
    """Return one figure or question for each indicator, and the pieces that were not understood in their order."""
    said = [replace(one, readings=tuple(dict.fromkeys(map(_trimmed, one.readings)))) for one in said]
    read: list[FoundFigure] = []
    ask: list[AskedFigure] = [
        AskedFigure(None, one.readings, one.quote, Why.SEVERAL_INDICATORS, one.codes)
        for one in said
        if len(one.codes) > 1
    ]
    unread = [(place, one.quote) for place, one in enumerate(said) if not one.codes]
    for code in [one.code for one in wanted]:
        own = [(place, one) for place, one in enumerate(said) if one.codes == (code,)]
        clear = [one for _, one in own if one.why is None]
        strong = [one for _, one in own if one.why is not None and one.why not in _WEAK]
        kept = [*clear, *strong] or [one for _, one in own]
        unread += [(place, one.quote) for place, one in own if one not in kept]
        if not kept:
            continue
        found = _one(kept)
        if found.why is None:
            read.append(FoundFigure(code, found.readings[0], found.quote))
        else:
            ask.append(AskedFigure(code, found.readings, found.quote, found.why))
    return FiguresReading(tuple(read), tuple(ask), tuple(quote for _, quote in sorted(unread)))


def _one(kept: Sequence[Said]) -> Said:
    """Return what several pieces say of one indicator."""
    readings = tuple(dict.fromkeys(reading for one in kept for reading in one.readings))
    first = kept[0]
    if len(kept) == 1 or (len(readings) == 1 and first.why is None and all(one.readings for one in kept)):
        return first
    if all(one.readings == first.readings and one.why is first.why for one in kept):
        return first
    quote = " · ".join(dict.fromkeys(one.quote for one in kept))
    return Said(quote, first.codes, readings, Why.SEVERAL_VALUES)
