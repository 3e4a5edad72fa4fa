"""Opening duties on their day."""

from collections.abc import Iterable, Sequence, Set
from datetime import date
from operator import itemgetter
from typing import Any

from domain.plans.occurrences import Occurrence, falls_to, open_occurrences
from domain.plans.plans import Plan
from domain.units import UnitKind
from models.duties.occurrences import UnitPage, UnitWithout
from models.plans.in_force import current_plan
from models.plans.plans import StoredPlan
from usecases.context import Context, command, query

OPENED_AT_ONCE = 500
"""Duties opened in one transaction, so that others who write hardly have to wait."""
EVERY_UNIT = UnitPage(0, 1_000_000)
Key = tuple[str, int, int]
"""(code, year, turn) of a duty, the same for all units."""
AskedByKind = dict[UnitKind, Occurrence]


async def open_duties(ctx: Context) -> int:
    """Open every duty whose opening day has come, for the units that exist today. Return how many are new."""
    opened = 0
    # Almost always there is none, and this way nobody who writes has to wait until that is found.
    for plan_code, keys in (await _find_to_open(ctx)).items():
        after: int | None = 0
        while after is not None:
            count, after = await _open_some(ctx, plan_code, keys, after=after)
            opened += count
    return opened


@query
async def _find_to_open(ctx: Context) -> dict[str, list[Key]]:
    """Return {plan code: keys} of what some unit owes that has not been opened for it."""
    heirs = await ctx.uow.successions.successor_ids()
    found: dict[str, list[Key]] = {}
    for stored in await ctx.uow.plans.all():
        for key, asked in (await _asked_of(ctx, stored)).items():
            if (await _to_open(ctx, stored, asked, heirs))[0]:
                found.setdefault(stored.code, []).append(key)
    return found


@command
async def _open_some(ctx: Context, plan_code: str, keys: Sequence[Key], *, after: int) -> tuple[int, int | None]:
    """Open these duties for the next units that lack them. Return how many, and after which unit to go on or None."""
    heirs = await ctx.uow.successions.successor_ids()
    stored = next((stored for stored in await ctx.uow.plans.all_for_update() if stored.code == plan_code), None)
    asked = await _asked_of(ctx, stored) if stored is not None else {}
    rows, last = [], None
    for key in keys:
        if stored is not None and key in asked:
            page = UnitPage(after, OPENED_AT_ONCE // len(keys) + 1)
            found, last_of_key = await _to_open(ctx, stored, asked[key], heirs, page=page)
            rows += found
            last = min((unit_id for unit_id in (last, last_of_key) if unit_id is not None), default=None)

    # Behind the first of the last units some of the duties have not been read yet.
    opened = _by_unit(row for row in rows if last is None or row["unit_id"] <= last)
    await ctx.uow.duties.add_all(opened)
    await ctx.uow.commit()
    return len(opened), last


async def open_duties_of(ctx: Context, stored: StoredPlan, heirs: Set[int]) -> int:
    """Open the duties of one plan and return how many are new. Does not commit.

    `heirs` are the ids of the units that are successors of others.
    """
    asked = await _asked_of(ctx, stored)
    rows = _by_unit([row for key in asked for row in (await _to_open(ctx, stored, asked[key], heirs))[0]])
    await ctx.uow.duties.add_all(rows)
    return len(rows)


def _by_unit(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows in the order of their ids to be: unit by unit, each in the plan's order."""
    return sorted(rows, key=itemgetter("unit_id"))


async def _to_open(
    ctx: Context, stored: StoredPlan, asked: AskedByKind, heirs: Set[int], *, page: UnitPage = EVERY_UNIT
) -> tuple[list[dict[str, Any]], int | None]:
    """Return the rows of one occurrence's duties that are not open yet, and the last unit if there may be more."""
    plan, authority_id = current_plan(stored), stored.authority_id
    any_of = next(iter(asked.values()))
    heads = await ctx.uow.clusters.heads(authority_id, day=ctx.today) if any_of.is_for_heads else frozenset()
    units = await ctx.uow.occurrences.units_without(
        (plan.code, *any_of.key), authority_id=authority_id, day=ctx.today, page=page
    )
    rows = [
        _duty(ctx, plan, occurrence, unit, authority_id=authority_id)
        for unit in units
        if (occurrence := asked.get(unit.kind)) is not None
        and (not occurrence.is_for_heads or unit.id in heads)
        and _owes(unit, occurrence, heirs, today=ctx.today)
    ]
    return rows, units[-1].id if len(units) == page.limit else None


async def _asked_of(ctx: Context, stored: StoredPlan) -> dict[Key, AskedByKind]:
    """Return {(code, year, turn): {kind of unit: occurrence}} of what the plan asks for today, in the plan's order."""
    plan = current_plan(stored)
    days_set = await ctx.uow.plans.days_set(plan.code)
    known_since = ctx.calendar.day_of(stored.first_loaded_at)
    found: dict[Key, AskedByKind] = {}
    for kind in await ctx.uow.units.count_kinds(stored.authority_id, day=ctx.today):
        asked = open_occurrences(plan, kind, days_set=days_set, today=ctx.today, known_since=known_since)
        for occurrence in asked:
            found.setdefault(occurrence.key, {})[kind] = occurrence
    return found


def _owes(unit: UnitWithout, occurrence: Occurrence, heirs: Set[int], *, today: date) -> bool:
    return falls_to(
        occurrence, valid_from=unit.valid_from, valid_to=unit.valid_to, is_heir=unit.id in heirs, today=today
    )


def _duty(ctx: Context, plan: Plan, occurrence: Occurrence, unit: UnitWithout, *, authority_id: int) -> dict[str, Any]:
    return {
        "plan_code": plan.code,
        "code": occurrence.code,
        "year": occurrence.year,
        "turn": occurrence.turn,
        "unit_id": unit.id,
        "authority_id": authority_id,
        "kind": occurrence.kind,
        "title": occurrence.title,
        "term": occurrence.term or None,
        "opened_at": ctx.now,
        "last_valid_day": occurrence.last_valid_day,
        "last_second": occurrence.last_second,
    }
