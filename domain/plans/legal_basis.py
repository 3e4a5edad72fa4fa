"""Laws, decrees and circulars: when they are in force and what they govern (LAW.md 1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.units import UnitKind


class TextKind(StrEnum):
    """Kinds of legal text, in the order in which they are cited."""

    LAW = "LAW"
    DECREE = "DECREE"
    CIRCULAR = "CIRCULAR"


class LegalMatter(StrEnum):
    AWARDS = "AWARDS"
    PERSONAL_DATA = "PERSONAL_DATA"
    ARCHIVES = "ARCHIVES"


@dataclass(frozen=True, slots=True)
class LegalText:
    code: str
    kind: TextKind
    name: str
    """Name as it is cited."""
    number: str
    since: date
    until: date | None
    """Last day in force, or None if no end is known."""
    governs: frozenset[LegalMatter]
    units: frozenset[UnitKind]
    """Kinds of unit to which it applies."""

    def is_in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def in_force(
    texts: Iterable[LegalText], *, day: date, matter: LegalMatter, unit: UnitKind | None = None
) -> tuple[LegalText, ...]:
    """Return the texts that govern the matter on that day: by kind (laws first), then older ones first.

    Without `unit`, only texts that apply to every kind of unit.
    """
    found = [
        text
        for text in texts
        if text.is_in_force(day)
        and matter in text.governs
        and (unit in text.units or text.units == frozenset(UnitKind))
    ]
    return tuple(sorted(found, key=lambda text: (tuple(TextKind).index(text.kind), text.since)))


def is_whole(texts: Iterable[LegalText]) -> bool:
    """Whether the texts include a law and a decree; if not, the list of legal texts must be checked by somebody."""
    return {TextKind.LAW, TextKind.DECREE} <= {text.kind for text in texts}
