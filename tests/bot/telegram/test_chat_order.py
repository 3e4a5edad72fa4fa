"""Turns of a chat while PostgreSQL is away: the update waits, and is not ended as if it had been answered."""

from sqlalchemy import make_url

from bot.telegram.chat_order import ChatOrder
from models.inbox import Arrival
from models.unit_of_work import make_engine
from tests.support.servers.gates import gate_to
from tests.support.services import need, postgres_database

CHAT = 500


async def test_a_turn_is_given_once_the_database_is_back() -> None:
    need("PostgreSQL")
    async with postgres_database() as url, gate_to(5432) as gate:
        engine = make_engine(make_url(url).set(port=gate.port).render_as_string(hide_password=False))
        async with engine.begin() as connection:
            await connection.run_sync(Arrival.metadata.tables[Arrival.__tablename__].create)
        turns = ChatOrder(engine)
        first = await turns.take(CHAT, 1, waited=0)

        gate.shut()
        away = [await turns.take(CHAT + 1, 2, waited=0) for _ in range(3)]
        gate.open()
        back = await turns.take(CHAT + 1, 2, waited=0)

        await turns.close()
        await engine.dispose()

    assert (first, away, back) == (True, [False, False, False], True)
