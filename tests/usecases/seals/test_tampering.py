"""A hundred alterations of one row each: every one is found, and an untouched audit log is never faulted."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, fields, replace

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from domain.audit import AuditAction, AuditEntry, ChainFault, ChainHead, fingerprint
from models.audit import AuditLog, AuditLogEntry, AuditLogHead
from tests.support.stage import Stage
from tests.support.steps.audit import verify
from usecases.audit import audit

COLUMNS = [field.name for field in fields(AuditEntry)]


@pytest.mark.long
async def test_each_of_a_hundred_alterations_is_found_and_no_untouched_copy_is_accused(stage: Stage) -> None:
    await write(stage)

    accused: list[ChainFault] = []
    missed: list[tuple[int, str]] = []
    for seed in range(100):
        async with opened(stage) as connection:
            accused += await faults(connection)
            harm = await tamper(connection, random.Random(seed))
            if not await faults(connection):
                missed.append((seed, harm))

    assert (accused, missed) == ([], [])


async def write(stage: Stage) -> None:
    for number in range(10):
        async with stage.app.contexts.open() as ctx:
            audit(ctx, AuditAction.NUDGED, about=f"BC26-{number:04}", unit_id=number % 3 or None, units=[number])
            await ctx.uow.commit()


@asynccontextmanager
async def opened(stage: Stage) -> AsyncIterator[AsyncConnection]:
    """Open a connection that may alter the audit log, and roll back in the end."""
    async with stage.app.contexts.engine.connect() as connection:
        on = "" if connection.dialect.name == "sqlite" else "ON {}"
        for table, change in (("trail", "update"), ("trail", "delete"), ("trail_head", "delete")):
            await connection.execute(text(f"DROP TRIGGER {table}_forbids_{change} {on.format(table)}"))
        yield connection
        await connection.rollback()


async def faults(connection: AsyncConnection) -> tuple[ChainFault, ...]:
    async with AsyncSession(connection, join_transaction_mode="create_savepoint") as session:
        rows = [row async for row in AuditLog(session).read()]
        return verify([entry for _, entry in rows if entry is not None], rows[0][0] if rows else None)


async def tamper(connection: AsyncConnection, dice: random.Random) -> str:
    async with AsyncSession(connection, join_transaction_mode="create_savepoint") as session:
        rows = [row async for row in AuditLog(session).read()]
    entries = [entry for _, entry in rows if entry is not None]
    harm = dice.choice([alter, alter, alter, forge, remove, put_in, add, exchange, alter_head])
    return f"{harm.__name__}: {await harm(connection, entries, dice)}"


async def alter(connection: AsyncConnection, entries: list[AuditEntry], dice: random.Random) -> str:
    entry, column = dice.choice(entries), dice.choice(COLUMNS)
    value = other(getattr(entry, column), dice)
    await connection.execute(update(AuditLogEntry).where(AuditLogEntry.number == entry.number).values({column: value}))
    return f"{column} of {entry.number}: {value!r}"


def other(value: object, dice: random.Random) -> object:
    if isinstance(value, str) and value:
        place = dice.randrange(len(value))
        return dice.choice([value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :], "", value[:-1]])
    return {str: " ", int: 99 + dice.randint(1, 9), type(None): 7}[type(value)]


async def forge(connection: AsyncConnection, entries: list[AuditEntry], dice: random.Random) -> str:
    """Change an entry and compute its hash anew."""
    entry = replace(dice.choice(entries), person_id=99)
    entry = replace(entry, hash=fingerprint(entry))
    await connection.execute(update(AuditLogEntry).where(AuditLogEntry.number == entry.number).values(asdict(entry)))
    return str(entry.number)


async def remove(connection: AsyncConnection, entries: list[AuditEntry], dice: random.Random) -> str:
    entry = dice.choice([entries[0], dice.choice(entries), entries[-1]])
    await connection.execute(delete(AuditLogEntry).where(AuditLogEntry.number == entry.number))
    return str(entry.number)


async def put_in(connection: AsyncConnection, entries: list[AuditEntry], dice: random.Random) -> str:
    """Insert an entry in the middle and renumber those after it."""
    number = dice.randint(1, len(entries))
    for entry in reversed(entries[number - 1 :]):
        moved = update(AuditLogEntry).where(AuditLogEntry.number == entry.number).values(number=entry.number + 1)
        await connection.execute(moved)
    before = ChainHead(number - 1, entries[number - 1].previous)
    inserted = copied(entries, after=before, dice=dice)
    await connection.execute(insert(AuditLogEntry).values(asdict(inserted)))
    return str(number)


async def add(connection: AsyncConnection, entries: list[AuditEntry], dice: random.Random) -> str:
    """Add an entry after the last one or before the first."""
    added = copied(entries, after=ChainHead(len(entries), entries[-1].hash), dice=dice)
    number = dice.choice([added.number, 0, -1])
    await connection.execute(insert(AuditLogEntry).values(asdict(replace(added, number=number))))
    return str(number)


def copied(entries: list[AuditEntry], *, after: ChainHead, dice: random.Random) -> AuditEntry:
    """Return a copy of some entry that is chained to `after` correctly."""
    entry = replace(dice.choice(entries), number=after.count + 1, previous=after.hash)
    return replace(entry, hash=fingerprint(entry))


async def exchange(connection: AsyncConnection, entries: list[AuditEntry], dice: random.Random) -> str:
    first, second = dice.sample(entries, 2)
    for entry, number in ((first, second.number), (second, first.number)):
        moved = asdict(replace(entry, number=number))
        await connection.execute(update(AuditLogEntry).where(AuditLogEntry.number == number).values(moved))
    return f"{first.number} and {second.number}"


async def alter_head(connection: AsyncConnection, entries: list[AuditEntry], dice: random.Random) -> str:
    earlier = dice.choice(entries[:-1])
    change = dice.choice(
        [
            update(AuditLogHead).values(count=len(entries) + dice.choice([-1, 1])),
            update(AuditLogHead).values(hash="0" * 64),
            update(AuditLogHead).values(count=earlier.number, hash=earlier.hash),
            delete(AuditLogHead),
        ]
    )
    await connection.execute(change)
    return str(change)
