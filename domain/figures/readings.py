"""Figures found in a text or a table: what is clear, what must be asked back, and what was not understood."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum, auto

from domain.typed_input.figures import FigureFormat


class Why(StrEnum):
    """Reasons why a figure is asked back instead of taken."""

    APPROXIMATE = auto()
    """«khoảng 93»"""
    RANGE = auto()
    """«93-95»"""
    SHARE = auto()
    """«345/350» without its per cent"""
    SEVERAL_VALUES = auto()
    """One indicator with two values."""
    SEVERAL_READINGS = auto()
    """«12,500»"""
    SEVERAL_INDICATORS = auto()
    """The words fit more than one indicator."""
    OUT_OF_BOUNDS = auto()
    OFF_TREND = auto()
    OTHER_UNIT = auto()
    """The number has a unit that cannot be converted into the indicator's."""
    OTHER_WORDS = auto()
    """The words say more or less than the indicator's name: «BHYT học sinh 100 %»."""
    SAID_NONE = auto()
    """«không phát sinh»: zero, or no figure at all."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An indicator whose figure is looked for."""

    code: str
    name: str
    form: FigureFormat
    synonyms: tuple[str, ...] = ()
    """Further names: of the plan, the glossary, and the unit's own corrections."""
    previous: Decimal | None = None
    """Figure of the period before, in the indicator's unit."""
    pledged: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FoundFigure:
    indicator: str
    """Code of the indicator."""
    value: Decimal
    """In the indicator's unit."""
    quote: str
    """The words it was read from, as they were written."""


@dataclass(frozen=True, slots=True)
class AskedFigure:
    indicator: str | None
    """Code of the indicator; None where the words fit several and `candidates` names them."""
    readings: tuple[Decimal, ...]
    """Values to choose among, possibly none."""
    quote: str
    why: Why
    candidates: tuple[str, ...] = ()
    """Codes of the indicators that the words fit, if there are several."""


@dataclass(frozen=True, slots=True)
class FiguresReading:
    """Everything a text says: each piece of it is in exactly one of the three."""

    read: tuple[FoundFigure, ...] = ()
    ask: tuple[AskedFigure, ...] = ()
    unread: tuple[str, ...] = ()
    """Pieces that were not understood, in their own words."""
