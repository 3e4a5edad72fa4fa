"""Statements that are written together: PostgreSQL gets them in one round trip."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models.statements.driver import DriverConnection, driver_connection
from models.statements.kept import KeptStatement

Written = tuple[KeptStatement, Mapping[str, Any]]
"""A statement without rows, and its values."""
Writing = Sequence[Written]

_AT_ONCE = 4
"""Most statements that are sent as one: each combination is compiled and prepared by the server once."""
_PLACE = re.compile(r"\$(\d+)")


async def write_together(session: AsyncSession, written: Writing) -> None:
    """Execute statements that change different rows, and none of which reads what another has changed.

    On PostgreSQL a few are sent as one, the first ones as its common table expressions.
    """
    opened = await driver_connection(session)
    if opened.dialect.name == "postgresql" and 1 < len(written) <= _AT_ONCE:
        await _send_as_one(opened, written)
        return
    for statement, together in groupby(written, key=itemgetter(0)):
        await statement.execute_each(session, [values for _, values in together])


async def _send_as_one(opened: DriverConnection, written: Writing) -> None:
    pieces, parameters = [], list[Any]()
    for statement, values in written:
        sql, told = statement.told(opened, values)
        pieces.append(_moved(sql, by=len(parameters)))
        parameters += told
    firsts = ", ".join(f"written_{number} AS ({piece})" for number, piece in enumerate(pieces[:-1], start=1))
    await opened.execute(f"WITH {firsts} {pieces[-1]}", tuple(parameters))


@lru_cache(maxsize=200)
def _moved(sql: str, *, by: int) -> str:
    """Return the statement with its parameters counted from `by` on."""
    return _PLACE.sub(lambda place: f"${int(place[1]) + by}", sql)
