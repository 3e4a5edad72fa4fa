"""Proposals for awards: their subjects, their quotas, and the unit's results that are shown with them."""

from dataclasses import dataclass
from decimal import Decimal

from domain.duties.tallies import percent
from domain.plans.awards import AwardForm
from domain.plans.indicators import Target
from domain.plans.plans import Plan

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class ProposalSubject:
    """One subject of proposals and the body responsible for it."""

    code: str
    name: str
    body: str
    takes_in: bool
    """True if the body receives entries of the creativity awards; False if it proposes (PLANS.md S1, lines 91-101)."""


def matters_of(plan: Plan) -> tuple[ProposalSubject, ...]:
    leads = (
        ProposalSubject(lead.code, "; ".join(lead.matters), lead.body, takes_in=False) for lead in plan.lead_proposers
    )
    return (*leads, *(ProposalSubject(body.code, body.name, body.name, takes_in=True) for body in plan.field_bodies))


@dataclass(frozen=True, slots=True)
class QuotaUse:
    """Number of nominees proposed so far, and number allowed."""

    proposed: int
    allowed: int

    def has_room_for(self, number: int) -> bool:
        return self.proposed + number <= self.allowed


@dataclass(frozen=True, slots=True)
class Results:
    """A unit's own results (PLANS.md S1, line 85)."""

    met: int
    """Number of targets reached."""
    targets: int
    on_time: int
    due: int
    """Number of duties that are handed in or overdue."""

    @property
    def share(self) -> int | None:
        """Share of the targets reached (per cent), or None if the unit has no targets."""
        return percent(self.met, of=self.targets) if self.targets else None


def is_reached(figure: Decimal, *, demanded: Target | None, achieved: Decimal | None) -> bool | None:
    """Whether the plan's target is met or, if it has none, the pledge, or None if people must decide.

    `achieved` is in per cent of the pledge.
    """
    if demanded is not None and demanded.value is not None:
        return demanded.is_met(figure)
    return None if achieved is None else achieved >= _HUNDRED


def numeric_criteria(award: AwardForm) -> dict[str, Target]:
    """Return {indicator code: target} of the award's criteria that a figure decides."""
    lines = (line for criteria in award.criteria for line in (*criteria.all_of, *criteria.any_of))
    return {line.indicator: line.target for line in lines if line.indicator and line.target}
