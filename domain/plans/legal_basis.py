"""Which laws, decrees and circulars are in force on a day, and what they govern (LAW.md 1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.units import UnitKind


class TextKind(StrEnum):
    """In the order in which texts are cited."""

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
    """As it is cited."""
    number: str
    since: date
    until: date | None
    """The last day in force."""
    governs: frozenset[LegalMatter]
    units: frozenset[UnitKind]
    """Whom it concerns."""

    def is_in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def in_force(
    texts: Iterable[LegalText], *, day: date, matter: LegalMatter, unit: UnitKind | None = None
) -> tuple[LegalText, ...]:
    """What governs the matter that day, laws first, older ones before what amends them."""
    found = [
        text
        for text in texts
        if text.is_in_force(day)
        and matter in text.governs
        and (unit in text.units or text.units == frozenset(UnitKind))
    ]
    return tuple(sorted(found, key=lambda text: (tuple(TextKind).index(text.kind), text.since)))


def is_whole(texts: Iterable[LegalText]) -> bool:
    """Whether a law and a decree under it are known; where one is not, somebody has to look again."""
    return {TextKind.LAW, TextKind.DECREE} <= {text.kind for text in texts}
