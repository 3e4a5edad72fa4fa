"""Plans in force, parsed from the texts in the database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from domain.errors import Refusal
from domain.plans.event_dates import with_event_dates
from domain.plans.plans import Indicator, Plan
from models.plans.event_dates import event_dates
from models.plans.plans import StoredPlan
from models.unit_of_work import UnitOfWork
from plans.catalogue import parse_plan


@dataclass(frozen=True, slots=True)
class PlanOfAuthority:
    authority_id: int
    plan: Plan


async def plan_in_force(uow: UnitOfWork, code: str) -> Plan:
    """Return the plan as it is in force now. Raises Refusal if it is no longer stored."""

    async def read() -> Plan:
        stored = await uow.plans.with_code(code)
        if stored is None:
            raise Refusal("plan-gone", "Kế hoạch này không còn trong bot. Anh/chị hỏi cơ quan thường trực giúp.")
        return current_plan(stored)

    return await uow.reference.kept(("plan", code), read)


async def indicators_of_unit(uow: UnitOfWork, code: str, unit_id: int) -> tuple[Indicator, ...]:
    """Return the indicators that the plan asks of the unit. Raises Refusal if the plan is no longer stored."""

    async def read() -> tuple[Indicator, ...]:
        plan, unit = await plan_in_force(uow, code), await uow.units.record(unit_id)
        return plan.indicators_of(unit.kind, unit.name)

    return await uow.reference.kept(("indicators", code, unit_id), read)


async def plans_in_force(uow: UnitOfWork) -> Sequence[PlanOfAuthority]:
    """Return all plans, ended ones too, in the order in which they were first loaded."""

    async def read() -> Sequence[PlanOfAuthority]:
        return tuple(PlanOfAuthority(stored.authority_id, current_plan(stored)) for stored in await uow.plans.all())

    return await uow.reference.kept("plans", read)


async def plans_of(uow: UnitOfWork, authority_id: int) -> list[Plan]:
    """Return the plans of one authority, ended ones too."""
    return [one.plan for one in await plans_in_force(uow) if one.authority_id == authority_id]


def current_plan(stored: StoredPlan) -> Plan:
    """Return the stored plan with what the standing body decided: its first day, end and event days."""
    plan = with_event_dates(parsed(stored.text), event_dates(stored))
    return replace(plan, counts_from=stored.counts_from, is_ended=stored.ended_at is not None)


@lru_cache(maxsize=64)
def parsed(text: str) -> Plan:
    return parse_plan(text, file="database", is_kept=True)
