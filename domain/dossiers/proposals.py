"""Whom a plan lets be proposed: how many, on which subject through whom, and what stands beside the head of a unit."""

from dataclasses import dataclass
from decimal import Decimal

from domain.duties.tallies import percent
from domain.plans.awards import AwardForm
from domain.plans.indicators import Target
from domain.plans.plans import Plan

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class ProposalSubject:
    """One subject of proposals, and the body that has a say in it."""

    code: str
    name: str
    body: str
    takes_in: bool
    """The body takes in entries of the creativity awards; else it weighs and proposes (PLANS.md S1, lines 91-101)."""


def matters_of(plan: Plan) -> tuple[ProposalSubject, ...]:
    leads = (
        ProposalSubject(lead.code, "; ".join(lead.matters), lead.body, takes_in=False) for lead in plan.lead_proposers
    )
    return (*leads, *(ProposalSubject(body.code, body.name, body.name, takes_in=True) for body in plan.field_bodies))


@dataclass(frozen=True, slots=True)
class QuotaUse:
    """How many have been proposed, of how many."""

    proposed: int
    allowed: int

    def has_room_for(self, number: int) -> bool:
        return self.proposed + number <= self.allowed


@dataclass(frozen=True, slots=True)
class Results:
    """How a unit itself has done (PLANS.md S1, line 85)."""

    met: int
    """Target lines reached."""
    targets: int
    on_time: int
    due: int
    """Duties handed in, or overdue."""

    @property
    def share(self) -> int | None:
        """Per cent of the target lines; None where the unit has no figures."""
        return percent(self.met, of=self.targets) if self.targets else None


def is_reached(figure: Decimal, *, demanded: Target | None, achieved: Decimal | None) -> bool | None:
    """Whether a line is reached: what the plan demands, else per cent of the pledge; None where people decide."""
    if demanded is not None and demanded.value is not None:
        return demanded.is_met(figure)
    return None if achieved is None else achieved >= _HUNDRED


def numeric_criteria(award: AwardForm) -> dict[str, Target]:
    """What figures decide, by indicator."""
    lines = (line for criteria in award.criteria for line in (*criteria.all_of, *criteria.any_of))
    return {line.indicator: line.target for line in lines if line.indicator and line.target}
