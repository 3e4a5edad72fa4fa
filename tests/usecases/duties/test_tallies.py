"""The database decides the part of a unit as the rule does, for every combination and on both databases."""

import itertools
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from demo.sample import AUTHORITY
from domain.calendar import VIETNAM
from domain.duties.tallies import HANDED_IN_PARTS, Tally, TallyPart
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from domain.submissions.submissions import State
from domain.units import UnitKind
from models.duties.duties import Duty
from models.organisation.units import Unit
from models.submissions.hard_copies import HardCopyClaim
from models.submissions.submissions import Submission
from tests.support.stage import Product, opened_product
from tests.support.steps.filling import officer
from usecases.context import Context
from usecases.duties.tallies import UnitLine, tally_lines, tally_units
from usecases.duties.views import view_duties

TODAY = date(2026, 5, 12)
NOON = datetime(2026, 5, 12, 12, tzinfo=VIETNAM)
MIDNIGHT = datetime(2026, 5, 12, 0, 0, tzinfo=VIETNAM)
STATUTORY = (
    *((day, None) for day in (None, *(TODAY + timedelta(days=days) for days in (-2, -1, 0, 1)))),
    (TODAY, time(11, 59, 59)),
    (TODAY, time(12, 0)),
    (TODAY - timedelta(days=1), time(23, 59, 58)),
)
"""(last valid day, its last second)."""
EXTENDED = (None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=3))
HOURS = (None, MIDNIGHT - timedelta(days=1, seconds=1), MIDNIGHT - timedelta(seconds=1), MIDNIGHT, NOON)
BEGUN: list[list[tuple[State, int, datetime | None]]] = [
    [(state, 1, hour)] for state, hour in itertools.product(State, HOURS)
]
Begun = tuple[State, int, datetime | None]
PAIRS: list[list[Begun]] = [
    [(first, 1, MIDNIGHT), (second, 1, NOON)] for first, second in itertools.combinations_with_replacement(State, 2)
]
SUBMISSIONS: list[list[Begun]] = [[], [(State.DRAFT, 0, None)], *BEGUN, *PAIRS]
CLAIMS: tuple[dict[str, datetime] | None, ...] = (None, {}, {"decided_at": NOON}, {"lapsed_at": NOON})
CHANGES = (
    update(Submission).values(state=State.RETURNED, revision=1).where(Submission.id % 3 == 0),
    update(Submission).values(state=State.SUBMITTED, revision=1, counts_from=NOON).where(Submission.id % 4 == 0),
    update(Submission).values(counts_from=None, state=State.DRAFT).where(Submission.id % 5 == 0),
    # A draft has no hour: deleting one changes nothing.
    delete(Submission).where(Submission.id % 7 == 0, Submission.state != State.DRAFT),
)
FIRST_ID = 10_000
OPEN_PARTS = [part for part in TallyPart if part not in HANDED_IN_PARTS]


@pytest.fixture
async def product(tmp_path: Path, database: str | None) -> AsyncIterator[Product]:
    async with opened_product(tmp_path, at=NOON, database_url=database) as product:
        yield product


@pytest.mark.long
async def test_each_unit_is_in_the_part_that_the_rule_says(product: Product) -> None:
    await officer(product, "phuong-1", chat_id=901, role=Role.OFFICER)
    async with product.app.contexts.open() as ctx:
        authority = await ctx.uow.units.with_code(AUTHORITY)
        person = await ctx.uow.officers.person_of_chat("telegram", 901)
        assert authority is not None
        assert person is not None
        authority_id, person_id = authority.id, person.id
    await _write_combinations(product, authority_id=authority_id, person_id=person_id)

    async with product.app.contexts.open() as ctx:
        by_database, by_rule = await _both(ctx)
        opened = await _open(ctx)

    assert len(_units(by_rule)) > 2000
    assert _units(by_database) == _units(by_rule)
    assert [opened.count(part) for part in TallyPart] == [by_rule.count(part) for part in TallyPart]
    assert [unit.unit_id for unit in opened.of(*OPEN_PARTS)] == [unit.unit_id for unit in by_rule.of(*OPEN_PARTS)]
    assert not opened.done

    for change in CHANGES:
        async with product.app.contexts.engine.begin() as connection:
            await connection.execute(change)
        async with product.app.contexts.open() as ctx:
            changed, by_rule = await _both(ctx)
        assert _units(changed) == _units(by_rule) != _units(by_database), change
        by_database = changed


async def _both(ctx: Context) -> list[Tally[UnitLine]]:
    duty = await _first(ctx)
    group = [other for other, _ in await ctx.uow.duties.like(duty, day=ctx.today)]
    views = await view_duties(ctx, group)
    lines = await ctx.uow.tallies.lines(duty, now=ctx.local(ctx.now), day=ctx.today)
    return [tally_lines(lines), tally_units(views)]


async def _open(ctx: Context) -> Tally[UnitLine]:
    duty = await _first(ctx)
    return tally_lines(await ctx.uow.tallies.open_lines(duty, now=ctx.local(ctx.now), day=ctx.today))


async def _first(ctx: Context) -> Duty:
    duty = await ctx.uow.duties.find(FIRST_ID)
    assert duty is not None
    return duty


def _units(tally: Tally[UnitLine]) -> dict[int, object]:
    return {unit.unit_id: (unit.part, unit.extended_until) for part in TallyPart for unit in tally.of(part)}


async def _write_combinations(product: Product, *, authority_id: int, person_id: int) -> None:
    rows: dict[type[Any], list[dict[str, Any]]] = {Unit: [], Duty: [], Submission: [], HardCopyClaim: []}
    combinations = itertools.product(STATUTORY, EXTENDED, SUBMISSIONS, CLAIMS)
    for number, ((statutory, last_second), extended, submissions, claim) in enumerate(combinations, start=FIRST_ID):
        rows[Unit].append(
            {
                "id": number,
                "code": f"dv-{number}",
                "name": f"Đơn vị {number}",
                "kind": UnitKind.COMMUNE,
                "authority_id": authority_id,
                "valid_from": date(2025, 1, 1),
            }
        )
        rows[Duty].append(
            {
                "id": number,
                "plan_code": "moi-truong-hop",
                "code": "bao-cao",
                "year": 2026,
                "turn": 0,
                "unit_id": number,
                "authority_id": authority_id,
                "kind": DutyKind.REPORT,
                "title": "Báo cáo",
                "opened_at": MIDNIGHT.astimezone(UTC),
                "last_valid_day": statutory,
                "last_second": last_second,
                "extended_to": extended,
            }
        )
        for slot, (state, revision, hour) in enumerate(submissions):
            rows[Submission].append(
                {
                    "duty_id": number,
                    "slot": slot,
                    "state": state,
                    "revision": revision,
                    "changed_at": NOON,
                    "changed_by": person_id,
                    "counts_from": hour,
                }
            )
        if claim is not None:
            answers = {"decided_at": None, "lapsed_at": None, **claim}
            rows[HardCopyClaim].append({"duty_id": number, "turn": 1, "by": person_id, "at": MIDNIGHT, **answers})
    async with product.app.contexts.engine.begin() as connection:
        for table, of_table in rows.items():
            await connection.execute(insert(table), of_table)
