"""A plan as its issuer wrote it: deadlines, indicators, campaigns, award forms, and the bodies that handle them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.duties.reminders import STEPS
from domain.plans.awards import AwardForm, Criteria, Criterion, Requirement, SubjectKind
from domain.plans.deadlines import NO_DAYS, Deadline, DeadlineRule
from domain.plans.indicators import Aim, Better, Comparator, Indicator, Target
from domain.plans.periods import USUAL_SCHOOL_CALENDAR, Period, SchoolCalendar
from domain.units import UnitKind

__all__ = [
    "Aim",
    "AwardForm",
    "Better",
    "Campaign",
    "Comparator",
    "Criteria",
    "Criterion",
    "FieldBody",
    "Indicator",
    "LeadProposer",
    "Plan",
    "PlanRule",
    "Requirement",
    "RuleKind",
    "SourceErratum",
    "Span",
    "StandingBody",
    "SubjectKind",
    "Target",
    "Title",
    "UnitGroup",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Campaign:
    code: str
    name: str
    source: str = ""
    lead: str = ""
    """The body in charge, where the plan names one."""


@dataclass(frozen=True, slots=True)
class Title:
    """An emulation title a unit may strive for in its pledge."""

    code: str
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that the document itself names; its recurring duties may go on after them."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class StandingBody:
    """The single intake: everything goes to the council through it."""

    name: str
    council: str
    source: str


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units of one kind in the plan's own words: «UBND 10 phường»."""

    kind: UnitKind
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class LeadProposer:
    """Who gathers and proposes nominees for these subjects («chủ trì xem xét, đề xuất»)."""

    code: str
    body: str
    matters: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class FieldBody:
    """Takes in the entries of one field of the creativity awards."""

    code: str
    name: str
    source: str


class RuleKind(StrEnum):
    HEAD = "R-HEAD"
    """A head's proposal is shown beside the unit's own results."""
    ROUTINE = "R-ROUTINE"
    """A routine yearly task is no merit in a drive; it goes to the year-end record."""
    FALLBACK = "R-FALLBACK"
    """Who misses an award is offered the next ones in this order."""
    QUOTA = "R-QUOTA"
    """How many may be proposed; the standing body sets the number, never the plan's file."""
    PRINCIPLE = "PRINCIPLE"
    """Told to people; nothing is computed from it."""


@dataclass(frozen=True, slots=True)
class PlanRule:
    code: str
    kind: RuleKind
    wording: str
    source: str
    awards: tuple[str, ...] = ()
    """Of a fallback: codes of award forms, the highest first."""


@dataclass(frozen=True, slots=True)
class SourceErratum:
    """A fault of reading or drafting in the source text, put right in this file."""

    lines: tuple[int, ...]
    read: str
    corrected: str
    """What stands instead, or what to make of it."""


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
    papers: tuple[Requirement, ...]
    """What to call the document of a duty of kind PLAN or TASK; a paper goes by the code of its duty."""
    reminders: tuple[int, ...] = STEPS
    """How many days before the last valid day units are reminded, falling; negative ones come after it."""

    span: Span | None = None
    standing_body: StandingBody | None = None
    units: tuple[UnitGroup, ...] = ()
    aims: tuple[Aim, ...] = ()
    lead_proposers: tuple[LeadProposer, ...] = ()
    field_bodies: tuple[FieldBody, ...] = ()
    rules: tuple[PlanRule, ...] = ()
    corrections: tuple[SourceErratum, ...] = ()
    school: SchoolCalendar = USUAL_SCHOOL_CALENDAR
    counts_from: date | None = None
    """Set by the standing body, not by the file: what falls due before this day is history, not a debt."""
    is_ended: bool = False
    """Set by the standing body, not by the file: nothing is asked any more."""

    def covers(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def deadlines_in(
        self, year: int, *, days_set: Mapping[str, date] = NO_DAYS
    ) -> tuple[tuple[DeadlineRule, Deadline], ...]:
        """Every rule with each of its deadlines of the year, those without a date too; none from before the plan."""
        if not self.covers(year):
            return ()
        return tuple(
            (rule, deadline)
            for rule in self.deadlines
            for deadline in rule.deadlines_in(year, days_set=days_set, school=self.school)
            if deadline.last_valid_day is None or deadline.last_valid_day >= self.issued
        )

    def period_of(self, code: str, *, year: int, turn: int = 0, day: date | None = None) -> Period | None:
        """The period for which a duty is owed; `day` is its last valid day where the rule itself has none."""
        rule = next((rule for rule in self.deadlines if rule.code == code), None)
        if rule is None:
            return None
        own = {code: day} if day is not None and rule.due is None else NO_DAYS
        found = rule.deadlines_in(year, days_set=own, school=self.school)
        return found[max(turn - 1, 0)].period if len(found) > max(turn - 1, 0) else None

    def indicators_of(self, kind: UnitKind, name: str) -> tuple[Indicator, ...]:
        """What a unit of this kind and name is asked; what only another body has is not."""
        return tuple(indicator for indicator in self.indicators if indicator.is_asked_of(kind, name))

    def indicator(self, code: str) -> Indicator:
        return next(indicator for indicator in self.indicators if indicator.code == code)

    def award(self, code: str) -> AwardForm:
        return next(award for award in self.awards if award.code == code)

    def has_rule(self, kind: RuleKind) -> bool:
        return any(rule.kind is kind for rule in self.rules)

    def fallbacks_of(self, award: str) -> tuple[AwardForm, ...]:
        """What to offer instead of this award, best first; none where the plan says nothing (PLANS.md S1, line 103)."""
        orders = (rule.awards for rule in self.rules if rule.kind is RuleKind.FALLBACK)
        order = next((order for order in orders if award in order), ())
        return tuple(self.award(code) for code in order[order.index(award) + 1 :]) if order else ()
