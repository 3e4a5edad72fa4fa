"""What is held in memory: never older than the database, and of no transaction that is not committed."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from demo.sample import PLAN
from domain.calendar import VIETNAM
from domain.successions import UnitChange
from domain.units import ClusterKind, ClusterRole, UnitKind
from models.base import Base
from models.held_unit_of_work import HeldUnitOfWork
from models.organisation.clusters import Cluster, Membership
from models.organisation.reference import TABLES, ReferenceVersion
from models.organisation.successions import Succession, UnitName
from models.organisation.units import Unit
from models.plans.in_force import plan_in_force, plans_in_force
from models.plans.plans import SetDate, StoredPlan
from models.unit_of_work import UnitOfWork, make_engine
from tests.support.stage import Product, opened_product
from tests.support.statements import at_most

DAY, HOUR = date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=VIETNAM)
DATED = {"valid_from": DAY, "valid_to": None}
ROWS = {
    "units": Unit(code="moi", name="Đơn vị mới", kind=UnitKind.COMMUNE, **DATED),
    "clusters": Cluster(code="moi", name="Cụm mới", kind=ClusterKind.CLUSTER, authority_id=1, **DATED),
    "memberships": Membership(cluster_id=1, unit_id=2, role=ClusterRole.MEMBER, **DATED),
    "successions": Succession(unit_id=2, change=UnitChange.CLOSE, day=DAY, at=HOUR),
    "unit_names": UnitName(unit_id=2, name="Tên mới", since=DAY),
    "plans": StoredPlan(code="moi", authority_id=1, text="", loaded_at=HOUR, first_loaded_at=HOUR),
    "set_dates": SetDate(plan_code=PLAN, code="moi", year=2026, day=DAY, at=HOUR),
}


@pytest.fixture
async def product(tmp_path: Path, database: str | None) -> AsyncIterator[Product]:
    async with opened_product(tmp_path, database_url=database) as product:
        yield product


@pytest.mark.parametrize("table", TABLES)
async def test_each_change_is_another_version(product: Product, table: str) -> None:
    row, changed = ROWS[table], Base.metadata.tables[table]
    versions = [await version(product)]
    values = {column.key: getattr(row, column.key) for column in changed.c if column.key != "id"}
    last = select(changed.c.id).order_by(changed.c.id.desc()).limit(1).scalar_subquery()
    for statement in (
        insert(changed).values(values),
        update(changed).values(id=changed.c.id),
        delete(changed).where(changed.c.id == last),
    ):
        async with product.app.contexts.engine.begin() as connection:
            await connection.execute(statement)
        versions.append(await version(product))

    assert len(set(versions)) == 4


async def test_what_another_process_changed_is_read_anew(product: Product) -> None:
    async with UnitOfWork(product.app.contexts.engine) as uow:
        before = await uow.units.names({2})

    other = make_engine(product.app.settings.database)
    async with UnitOfWork(other) as uow:
        (await uow.units.get(2)).name = "Tên mới"
        await uow.commit()
    await other.dispose()

    async with UnitOfWork(product.app.contexts.engine) as uow:
        assert await uow.units.names({2}) == {2: "Tên mới"} != before


async def test_a_change_is_seen_by_its_own_transaction_and_by_no_other_before_the_commit(product: Product) -> None:
    async with UnitOfWork(product.app.contexts.engine) as uow:
        before = await uow.units.names({2})
        await uow.rollback()
        (await uow.units.get(2)).name = "Tên mới"
        own = await uow.units.names({2})
        await uow.flush()
        flushed = await uow.units.names({2})
        await uow.rollback()
        undone = await uow.units.names({2})

    assert own == flushed == {2: "Tên mới"}
    assert undone == before
    async with UnitOfWork(product.app.contexts.engine) as uow:
        assert await uow.units.names({2}) == before


async def test_what_was_read_once_costs_the_question_for_the_version(product: Product) -> None:
    for _ in range(2):
        async with UnitOfWork(product.app.contexts.engine) as uow:
            await everything(uow)

    async with UnitOfWork(product.app.contexts.engine) as uow:
        with at_most(2, product.app.contexts.engine) as sent:
            await uow.only_read()
            await everything(uow)

    assert sum("reference_version" in statement for statement in sent) == 1


async def test_an_engine_that_is_disposed_of_forgets(product: Product) -> None:
    engine = product.app.contexts.engine
    async with UnitOfWork(engine) as uow:
        await everything(uow)
    await engine.dispose()

    async with UnitOfWork(engine) as uow:
        await uow.only_read()
        with at_most(3, engine) as sent:
            await uow.units.names({2})

    assert any("FROM units" in statement for statement in sent)


async def version(product: Product) -> int | None:
    async with product.app.contexts.engine.connect() as connection:
        return await connection.scalar(select(ReferenceVersion.number))


async def everything(uow: UnitOfWork) -> None:
    await plan_in_force(uow, PLAN)
    await plans_in_force(uow)
    await uow.plans.days_set(PLAN)
    await uow.units.names({2, 3})
    await uow.units.existing([2, 3], day=DAY)
    await uow.units.names_below(1, day=DAY)
    await uow.units.above(2)
    await uow.clusters.seats([2, 3], day=DAY)
    await uow.clusters.heads(1, day=DAY)
    await uow.successions.names({2}, day=DAY)


async def test_an_update_asks_once_for_the_version_until_somebody_acts(product: Product) -> None:
    async with UnitOfWork(product.app.contexts.engine) as uow:
        await everything(uow)

    async with HeldUnitOfWork(product.app.contexts.engine) as uow:
        with at_most(5, product.app.contexts.engine):
            await uow.only_read()
            await everything(uow)
            await uow.end_reading()
            await uow.only_read()
            await everything(uow)
        await uow.begin_step()
        (await uow.units.get(2)).name = "Tên mới"
        await uow.commit()
        await uow.rollback()
        await uow.only_read()
        held = await uow.units.names({2})
        await uow.release()
        await uow.only_read()
        released = await uow.units.names({2})

    assert held == released == {2: "Tên mới"}


async def test_what_a_command_has_seen_holds_for_the_screen_that_follows(product: Product) -> None:
    async with HeldUnitOfWork(product.app.contexts.engine) as uow:
        await uow.begin_step()
        await uow.units.names({2})
        await uow.commit()
        await uow.release()
        with at_most(0, product.app.contexts.engine):
            await uow.only_read()
            await uow.units.names({2})


async def test_a_command_that_changes_a_unit_is_believed_by_the_screen_that_follows(product: Product) -> None:
    async with HeldUnitOfWork(product.app.contexts.engine) as uow:
        await uow.begin_step()
        await uow.units.names({2})
        (await uow.units.get(2)).name = "Tên mới"
        await uow.commit()
        await uow.release()
        await uow.only_read()

        assert await uow.units.names({2}) == {2: "Tên mới"}


async def test_a_new_name_is_read_by_its_own_transaction_before_it_is_written(product: Product) -> None:
    async with UnitOfWork(product.app.contexts.engine) as uow:
        before = await uow.successions.names({2}, day=DAY)
        (await uow.units.get(2)).name = "Tên mới"

        assert await uow.successions.names({2}, day=DAY) == {2: "Tên mới"} != before
