"""Objects that a kept statement reads: they belong to the session as if it had read them itself."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from datetime import UTC, date, datetime
from typing import cast

from sqlalchemy import Table, bindparam, inspect, select, update

from demo.sample import AUTHORITY, CLUSTERS
from models.inbox import Arrival
from models.organisation.clusters import Cluster, Membership
from models.organisation.units import Unit
from models.statements.objects import KeptObjects, KeptPairs
from models.unit_of_work import UnitOfWork
from tests.support.environment import fresh
from tests.support.stage import Product
from tests.support.statements import at_most

UNITS = cast(Table, Unit.__table__)
BY_CODE = KeptObjects(Unit, select(UNITS).where(Unit.code == bindparam("code")))
BY_KEY = KeptObjects(Unit, select(UNITS).where(Unit.id == bindparam("key")))
CLUSTERS_TABLE = cast(Table, Cluster.__table__)
WITH_MEMBERS = KeptObjects(
    Cluster,
    select(CLUSTERS_TABLE, Membership.unit_id)
    .join(Membership, Membership.cluster_id == Cluster.id)
    .where(Cluster.code == bindparam("code")),
)
OF_UNIT = KeptObjects(
    Cluster,
    select(CLUSTERS_TABLE, Unit.name)
    .select_from(Unit)
    .outerjoin(Membership, Membership.unit_id == Unit.id)
    .outerjoin(Cluster, Cluster.id == Membership.cluster_id)
    .where(Unit.code == bindparam("code")),
)


PLACES = KeptPairs(
    (Unit, Membership),
    select(UNITS, *Membership.__table__.columns)
    .outerjoin(Membership, Membership.unit_id == Unit.id)
    .where(Unit.code.in_(bindparam("codes", expanding=True)))
    .order_by(Unit.code),
    many="codes",
)


async def authority(uow: UnitOfWork) -> Unit:
    found = await BY_CODE.first(uow._session, {"code": AUTHORITY})
    assert found is not None
    return found


async def test_an_object_is_as_the_session_reads_it(uow: UnitOfWork) -> None:
    kept = await authority(uow)
    values = {column.key: getattr(kept, column.key) for column in UNITS.columns}

    uow._session.expunge_all()
    read = (await uow._session.scalars(select(Unit).where(Unit.code == AUTHORITY))).one()

    assert values == {column: getattr(read, column) for column in values}


async def test_the_session_finds_it_and_writes_its_changes(product: Product, uow: UnitOfWork) -> None:
    unit = await authority(uow)
    assert await uow._session.get(Unit, unit.id) is unit
    assert inspect(unit).persistent

    unit.name = "Tên mới"
    await uow.commit()

    async with UnitOfWork(product.app.contexts.engine) as other:
        assert (await authority(other)).name == "Tên mới"


async def test_an_object_that_was_read_before_is_refreshed(uow: UnitOfWork) -> None:
    unit = await authority(uow)
    other = update(UNITS).where(Unit.code == AUTHORITY).values(name="Tên khác")
    await (await uow._session.connection()).execute(other)

    assert await authority(uow) is unit
    assert unit.name == "Tên khác"


async def test_a_pending_change_is_written_before_and_not_lost(uow: UnitOfWork) -> None:
    unit = await authority(uow)
    unit.name = "Tên mới"

    assert (await authority(uow)).name == "Tên mới"


async def test_what_the_session_has_is_not_asked_for_again(product: Product, uow: UnitOfWork) -> None:
    unit = await authority(uow)

    with at_most(0, product.app.contexts.engine):
        assert await BY_KEY.get(uow._session, unit.id) is unit


async def test_after_a_step_that_was_undone_it_is_read_again(uow: UnitOfWork) -> None:
    unit = await authority(uow)
    key = unit.id
    step = await uow._session.begin_nested()
    unit.name = "Tên mới"
    await uow.flush()
    await step.rollback()

    again = await BY_KEY.get(uow._session, key)

    assert again is not None
    assert again.name != "Tên mới"


async def test_rows_of_a_join_share_their_object(uow: UnitOfWork) -> None:
    rows = await WITH_MEMBERS.rows(uow._session, {"code": CLUSTERS[0].code})

    assert len(rows) == len({unit_id for _, unit_id in rows}) > 1
    assert len({id(cluster) for cluster, _ in rows}) == 1


async def test_where_an_outer_join_has_found_nothing_stands_none(uow: UnitOfWork) -> None:
    kind = (await authority(uow)).kind
    uow._session.add(Unit(code="moi", name="Xã mới", kind=kind, valid_from=date(2026, 1, 1)))

    assert await OF_UNIT.rows(uow._session, {"code": "moi"}) == [(None, "Xã mới")]
    assert await BY_CODE.first(uow._session, {"code": "khong-co"}) is None


async def test_a_pair_is_two_objects_of_the_session_or_one_and_none(uow: UnitOfWork) -> None:
    above = await authority(uow)
    member = CLUSTERS[0].members[0][0]

    places = {
        unit.code: (unit, place) for unit, place in await PLACES.all(uow._session, {"codes": {AUTHORITY, member}})
    }

    unit, place = places[member]
    assert [*places[AUTHORITY]] == [above, None]
    assert await uow._session.get(Membership, place.id) is place
    assert place.unit_id == unit.id


FIRST = """
import asyncio, sys
from sqlalchemy import select
from models.unit_of_work import UnitOfWork, make_engine
from models.inbox import Arrival
from models.statements.objects import KeptObjects

ARRIVALS = KeptObjects(Arrival, select(Arrival.__table__))

async def read():
    async with UnitOfWork(make_engine(sys.argv[1])) as uow:
        print([arrival.number for arrival in await ARRIVALS.all(uow._session, {})])

asyncio.run(read())
"""


async def test_they_may_be_the_first_that_a_process_reads(product: Product, uow: UnitOfWork) -> None:
    database = product.app.settings.database
    at = datetime(2026, 5, 5, tzinfo=UTC)
    await uow.inbox.add_new([Arrival(number=7, body="{}", arrived_at=at, digest="", attempts=0, acted=False)])
    await uow.commit()

    process = await asyncio.create_subprocess_exec(sys.executable, "-c", FIRST, database, env=fresh(), stdout=PIPE)
    said, _ = await process.communicate()

    assert said.decode() == "[7]\n"
