"""A plan that is being drafted from its text: proposed duties, each to be confirmed, edited or dropped."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.plan_texts.readings import NotDeadline, PlanHeader
from domain.plans.deadlines import DeadlineRule
from domain.plans.indicators import Indicator
from domain.plans.recurrence import Recurrence


class DutyMark(StrEnum):
    """What the standing body has decided on a proposed duty."""

    OPEN = "OPEN"
    KEPT = "KEPT"
    DROPPED = "DROPPED"


class Lack(StrEnum):
    """What a duty still needs before it can be kept."""

    WHO = "WHO"
    YEAR = "YEAR"


@dataclass(frozen=True, slots=True)
class ProposedDuty:
    """One duty read from the text, as the rule that it would become."""

    number: int
    """Its number in the draft, from 1; it never changes."""
    quote: str
    line: int
    who: str
    """Those who must act, in the text's words; empty if it does not say."""
    to: str
    rule: DeadlineRule
    """The rule without its code, which is made of the title in the end."""
    mark: DutyMark = DutyMark.OPEN
    revision: int = 0
    """Grows by one with each change, from a number of the draft's own: a button acts only on what was shown."""

    @property
    def lacks(self) -> tuple[Lack, ...]:
        return tuple(self._lacking())

    def _lacking(self) -> Iterator[Lack]:
        if not self.rule.applies_to:
            yield Lack.WHO
        if self.rule.recurrence is Recurrence.ONCE and self.rule.year is None:
            yield Lack.YEAR


@dataclass(frozen=True, slots=True)
class PlanDraft:
    file: str
    """Name of the file that was read."""
    header: PlanHeader
    duties: tuple[ProposedDuty, ...]
    others: tuple[NotDeadline, ...] = ()
    """Sentences with a date that is no deadline."""
    code: str = ""
    indicators_from: str | None = None
    """Code of the plan whose indicators are taken; empty for none or typed ones, None if it is not decided."""
    typed_indicators: tuple[Indicator, ...] = ()
    awards_from: str | None = None
    """Code of the plan whose award forms are taken; empty for none, None if it is not decided."""
    is_new_version: bool = False
    """Whether it replaces the loaded plan with the same code."""
    first_revision: int = 0

    def duty(self, number: int) -> ProposedDuty | None:
        return next((duty for duty in self.duties if duty.number == number), None)

    def marked(self, mark: DutyMark) -> tuple[ProposedDuty, ...]:
        return tuple(duty for duty in self.duties if duty.mark is mark)

    def with_duty(self, duty: ProposedDuty) -> "PlanDraft":
        """Return the draft with this duty in place of the one with its number, one revision later."""
        later = replace(duty, revision=duty.revision + 1)
        return replace(self, duties=tuple(later if one.number == duty.number else one for one in self.duties))
