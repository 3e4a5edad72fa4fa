"""Views of the table to confirm: each proposed figure beside what stands in the form, and what is still asked."""

from dataclasses import dataclass
from decimal import Decimal

from domain.figures.readings import Why
from domain.plans.deadlines import DutyKind
from usecases.duties.views import DutyView
from usecases.submissions.drafts import DraftView


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """One proposed figure beside what stands in the form."""

    number: int
    """Number of the line in the form, from 1."""
    indicator: str
    name: str
    uom: str
    value: Decimal
    quote: str
    is_answered: bool
    """Whether the form has an answer in this line already."""
    old: Decimal | None
    """Figure that stands in the form, or None if there is none."""
    colleague: str | None
    """Name of the colleague who entered that figure."""
    pledged: Decimal | None
    achieved: Decimal | None
    """Per cent of the pledge, if more is better."""
    is_within: bool | None
    """Whether the pledged ceiling is kept, if less is better."""
    previous: Decimal | None
    needs_reason: bool
    """Whether it is so far off the last period that the officer is asked why before it is entered."""
    is_new: bool
    """Whether confirming the table changes the line."""
    reason: str = ""
    """Reason that came with the figure."""

    @property
    def is_replaced(self) -> bool:
        """Whether it takes the place of a figure, or of the answer that there is none."""
        return self.is_new and (self.is_answered or self.old is not None) and self.old != self.value

    @property
    def equals_previous(self) -> bool:
        return self.value == self.previous


@dataclass(frozen=True, slots=True)
class AskedLine:
    """The first open question of the table."""

    number: int
    """Place of the question in the table, from 0."""
    indicator: str | None
    name: str | None
    uom: str
    quote: str
    why: Why
    readings: tuple[Decimal, ...]
    candidates: tuple[tuple[str, str], ...]
    """(code, name) of the indicators to choose from, if the words fit several."""


@dataclass(frozen=True, slots=True)
class ProposalView:
    duty: DutyView
    draft: DraftView
    lines: tuple[ProposedLine, ...]
    """In the form's order."""
    question: AskedLine | None
    questions: int
    unread: tuple[str, ...]
    """In their own words, those with a figure first."""
    hidden: int
    """Number of further pieces that were not understood."""
    locked: tuple[str, ...]
    """Names of lines that have been received and are not changed any more."""
    open_names: tuple[str, ...]
    """Names of the form's lines that stay without an answer after the table is entered."""
    explained: tuple[tuple[str, str], ...]
    """(name, reason) of the lines that the table answers with a reason and no figure."""
    indicators: tuple[tuple[str, str], ...]
    """(code, name) of every line that may be changed."""
    previous_period: str
    lacks_campaign: bool = False
    """Whether a pledge names no campaign yet, so that it cannot be handed in."""

    @property
    def to_enter(self) -> tuple[ProposedLine, ...]:
        return tuple(line for line in self.lines if line.is_new)

    @property
    def entries(self) -> int:
        """Number of lines that confirming the table changes."""
        return len(self.to_enter) + len(self.explained)

    @property
    def unchanged(self) -> tuple[ProposedLine, ...]:
        """Lines of a report that would repeat the last period's figure; what is pledged again is no result."""
        return tuple(line for line in self.to_enter if line.equals_previous and self.duty.kind is DutyKind.REPORT)

    @property
    def completes(self) -> bool:
        """Whether the form can be handed in as soon as the table is entered: nothing is asked any more."""
        is_asked = self.questions or any(line.needs_reason for line in self.to_enter)
        return self.entries > 0 and not is_asked and not self.open_names and not self.lacks_campaign

    def line(self, indicator: str) -> ProposedLine | None:
        return next((line for line in self.lines if line.indicator == indicator), None)
