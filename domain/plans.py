"""A plan as its issuer wrote it: deadlines, indicators, campaigns, award forms and their checklists."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.deadlines import DeadlineRule, DutyKind
from domain.reminders import STEPS


class Better(StrEnum):
    HIGHER = "HIGHER"
    LOWER = "LOWER"


class SubjectKind(StrEnum):
    COLLECTIVE = "COLLECTIVE"
    INDIVIDUAL = "INDIVIDUAL"
    HEAD = "HEAD"
    ENTERPRISE = "ENTERPRISE"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One target line; `low` and `high` are the bounds outside which a figure is refused."""

    code: str
    name: str
    uom: str
    better: Better
    low: Decimal
    high: Decimal
    whole: bool
    """True where only whole numbers make sense (hộ, người)."""
    group: str
    source: str


@dataclass(frozen=True, slots=True)
class Campaign:
    code: str
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """An emulation title a unit may strive for in its pledge."""

    code: str
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One paper of a checklist; `subjects` are the nominees for whom it is needed."""

    code: str
    name: str
    subjects: tuple[SubjectKind, ...]
    source: str
    per_nominee: bool = False
    """Asked once for each nominee (PLANS.md S0, line 178)."""


@dataclass(frozen=True, slots=True)
class AwardForm:
    code: str
    name: str
    subjects: tuple[SubjectKind, ...]
    pieces: tuple[Piece, ...]
    source: str

    def checklist(self, subject: SubjectKind) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if subject in piece.subjects)


@dataclass(frozen=True, slots=True)
class Plan:
    code: str
    number: str
    issuer: str
    title: str
    issued: date
    first_year: int
    last_year: int | None
    """None while the plan has no last year."""
    deadlines: tuple[DeadlineRule, ...]
    indicators: tuple[Indicator, ...]
    campaigns: tuple[Campaign, ...]
    titles: tuple[Title, ...]
    awards: tuple[AwardForm, ...]
    papers: tuple[Piece, ...]
    """What to call the document of a duty of kind PLAN or TASK; a paper goes by the code of its duty."""
    reminders: tuple[int, ...] = STEPS
    """How many days before the last valid day units are reminded, falling; negative ones come after it."""

    def covers(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def deadlines_of(self, kind: DutyKind) -> tuple[DeadlineRule, ...]:
        return tuple(rule for rule in self.deadlines if rule.kind is kind)

    def indicator(self, code: str) -> Indicator:
        return next(indicator for indicator in self.indicators if indicator.code == code)

    def award(self, code: str) -> AwardForm:
        return next(award for award in self.awards if award.code == code)
