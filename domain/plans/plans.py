"""A plan as its issuer wrote it: deadlines, indicators, campaigns, award forms and responsible bodies."""

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
    """Name of the body in charge; empty if the plan names none."""


@dataclass(frozen=True, slots=True)
class Title:
    """An emulation title that a unit may register for in its pledge."""

    code: str
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that the plan's document names; recurring duties may continue after them."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class StandingBody:
    """The body that receives everything for the council."""

    name: str
    council: str
    source: str


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units of one kind, in the plan's wording: «UBND 10 phường»."""

    kind: UnitKind
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class LeadProposer:
    """The body that collects and proposes nominees for some subjects («chủ trì xem xét, đề xuất»)."""

    code: str
    body: str
    matters: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class FieldBody:
    """The body that receives entries of one field of the creativity awards."""

    code: str
    name: str
    source: str


class RuleKind(StrEnum):
    HEAD = "R-HEAD"
    """A proposal for the head of a unit is shown with the unit's own results."""
    ROUTINE = "R-ROUTINE"
    """A routine yearly task is no merit in a campaign; it is kept for the year-end awards."""
    FALLBACK = "R-FALLBACK"
    """A nominee who does not meet an award's criteria is offered the next ones in this order."""
    QUOTA = "R-QUOTA"
    """The number of proposals is limited; the standing body sets the number, not the plan's file."""
    PRINCIPLE = "PRINCIPLE"
    """Only shown to people; nothing is computed from it."""


@dataclass(frozen=True, slots=True)
class PlanRule:
    code: str
    kind: RuleKind
    wording: str
    source: str
    awards: tuple[str, ...] = ()
    """Codes of the award forms of a FALLBACK rule, highest first; empty for other rules."""


@dataclass(frozen=True, slots=True)
class SourceErratum:
    """An error in the source text (misread or misprinted) that the plan's file corrects."""

    lines: tuple[int, ...]
    read: str
    corrected: str
    """The corrected text, or how to understand it."""


@dataclass(frozen=True, slots=True)
class Plan:
    code: str
    number: str
    issuer: str
    title: str
    issued: date
    first_year: int
    last_year: int | None
    """Last year that the plan covers, or None if it has no end."""
    deadlines: tuple[DeadlineRule, ...]
    indicators: tuple[Indicator, ...]
    campaigns: tuple[Campaign, ...]
    titles: tuple[Title, ...]
    awards: tuple[AwardForm, ...]
    papers: tuple[Requirement, ...]
    """Documents of the duties of kind PLAN and TASK; each has the code of its duty."""
    reminders: tuple[int, ...] = STEPS
    """Reminder steps (days before the last valid day, descending); negative ones come after it."""

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
    """First day that counts, set by the standing body and not by the file; nothing due before it is owed."""
    is_ended: bool = False
    """True once the standing body has ended the plan (not set by the file): nothing is owed any more."""

    def covers(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def deadlines_in(
        self, year: int, *, days_set: Mapping[str, date] = NO_DAYS
    ) -> tuple[tuple[DeadlineRule, Deadline], ...]:
        """Return (rule, deadline) for each deadline of the year, also those without a date.

        Deadlines before the plan's day of issue are left out. `days_set` is as in `DeadlineRule.deadlines_in`.
        """
        if not self.covers(year):
            return ()
        return tuple(
            (rule, deadline)
            for rule in self.deadlines
            for deadline in rule.deadlines_in(year, days_set=days_set, school=self.school)
            if deadline.last_valid_day is None or deadline.last_valid_day >= self.issued
        )

    def period_of(self, code: str, *, year: int, turn: int = 0, day: date | None = None) -> Period | None:
        """Return the period that a duty covers, or None if the plan has no such rule, or none in that year and turn.

        `day` is the last valid day that was set for a rule without an own date.
        """
        rule = next((rule for rule in self.deadlines if rule.code == code), None)
        if rule is None:
            return None
        own = {code: day} if day is not None and rule.due is None else NO_DAYS
        found = rule.deadlines_in(year, days_set=own, school=self.school)
        return next((deadline.period for deadline in found if deadline.turn == turn), None)

    def indicators_of(self, kind: UnitKind, name: str) -> tuple[Indicator, ...]:
        """Return the indicators that a unit of this kind and name must report."""
        return tuple(indicator for indicator in self.indicators if indicator.is_asked_of(kind, name))

    def indicator(self, code: str) -> Indicator:
        return next(indicator for indicator in self.indicators if indicator.code == code)

    def award(self, code: str) -> AwardForm:
        return next(award for award in self.awards if award.code == code)

    def has_rule(self, kind: RuleKind) -> bool:
        return any(rule.kind is kind for rule in self.rules)

    def fallbacks_of(self, award: str) -> tuple[AwardForm, ...]:
        """Return the awards to offer instead, highest first; empty if the plan names none (PLANS.md S1, line 103)."""
        orders = (rule.awards for rule in self.rules if rule.kind is RuleKind.FALLBACK)
        order = next((order for order in orders if award in order), ())
        return tuple(self.award(code) for code in order[order.index(award) + 1 :]) if order else ()
