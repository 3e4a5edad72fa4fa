"""Plans in force, read from the texts that the database keeps."""

from functools import lru_cache

from domain.errors import Refusal
from domain.plans import Plan
from models.unit_of_work import UnitOfWork
from usecases.catalogue import parse_plan


async def plan_in_force(uow: UnitOfWork, code: str) -> Plan:
    stored = await uow.plans.coded(code)
    if stored is None:
        raise Refusal("Kế hoạch này không còn trong bot. Anh/chị hỏi cơ quan thường trực giúp.")
    return parsed(stored.text)


@lru_cache(maxsize=64)
def parsed(text: str) -> Plan:
    return parse_plan(text, file="database", is_kept=True)
