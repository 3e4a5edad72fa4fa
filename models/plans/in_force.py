"""Plans in force, parsed from the texts in the database."""

from dataclasses import replace
from functools import lru_cache

from domain.errors import Refusal
from domain.plans.event_dates import with_event_dates
from domain.plans.plans import Plan
from models.plans.event_dates import event_dates
from models.plans.plans import StoredPlan
from models.unit_of_work import UnitOfWork
from plans.catalogue import parse_plan


async def plan_in_force(uow: UnitOfWork, code: str) -> Plan:
    """Return the plan as it is in force now. Raises Refusal if it is no longer stored."""
    stored = await uow.plans.with_code(code)
    if stored is None:
        raise Refusal("plan-gone", "Kế hoạch này không còn trong bot. Anh/chị hỏi cơ quan thường trực giúp.")
    return current_plan(stored)


def current_plan(stored: StoredPlan) -> Plan:
    """Return the stored plan with what the standing body decided: its first day, end and event days."""
    plan = with_event_dates(parsed(stored.text), event_dates(stored))
    return replace(plan, counts_from=stored.counts_from, is_ended=stored.ended_at is not None)


@lru_cache(maxsize=64)
def parsed(text: str) -> Plan:
    return parse_plan(text, file="database", is_kept=True)
