"""Readings of several parts of one file as one: an indicator that is said twice differently is asked back."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from domain.figures.readings import AskedFigure, FiguresReading, FoundFigure, Why


def join(readings: Sequence[FiguresReading]) -> FiguresReading:
    """Return one reading of all parts; each indicator is in it once."""
    found = [one for reading in readings for one in reading.read]
    asked = [one for reading in readings for one in reading.ask]
    read: list[FoundFigure] = []
    ask = [one for one in asked if one.indicator is None]
    for code in dict.fromkeys((*(one.indicator for one in found), *(one.indicator for one in asked))):
        if code is None:
            continue
        clear = [one for one in found if one.indicator == code]
        unclear = [one for one in asked if one.indicator == code]
        if unclear or len({one.value for one in clear}) > 1:
            ask.append(_asked_once(code, clear, unclear))
        else:
            read.append(clear[0])
    return FiguresReading(tuple(read), tuple(ask), tuple(part for reading in readings for part in reading.unread))


def _asked_once(code: str, clear: Sequence[FoundFigure], unclear: Sequence[AskedFigure]) -> AskedFigure:
    if len(unclear) == 1 and not clear:
        return unclear[0]
    values = (*(one.value for one in clear), *(value for one in unclear for value in one.readings))
    quotes = (*(one.quote for one in clear), *(one.quote for one in unclear))
    return AskedFigure(code, _distinct(values), " · ".join(dict.fromkeys(quotes)), Why.SEVERAL_VALUES)


def _distinct(values: Iterable[Decimal]) -> tuple[Decimal, ...]:
    return tuple(dict.fromkeys(values))
