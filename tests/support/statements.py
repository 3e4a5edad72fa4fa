"""How many statements something sends to the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.ext.asyncio import AsyncEngine


@contextmanager
def statements_sent() -> Iterator[list[str]]:
    """Give a list that grows by every statement sent in the block, whatever its engine."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@contextmanager
def at_most(count: int, engine: AsyncEngine) -> Iterator[list[str]]:
    """Fail if the engine sends more than `count` statements in the block; BEGIN, COMMIT and ROLLBACK count as well."""
    sent: list[str] = []

    def note_statement(_connection: object, _cursor: object, statement: str, *_: Any) -> None:
        # SQLite's BEGIN is a statement, PostgreSQL's is not: both are noted below.
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    listeners: dict[str, Callable[..., None]] = {
        "before_cursor_execute": note_statement,
        **{name: partial(_note, sent, name.upper()) for name in ("begin", "commit", "rollback")},
    }
    for name, listener in listeners.items():
        event.listen(engine.sync_engine, name, listener)
    try:
        yield sent
    finally:
        for name, listener in listeners.items():
            event.remove(engine.sync_engine, name, listener)
    assert len(sent) <= count, "\n".join((f"{len(sent)} statements:", *sent))


def _note(sent: list[str], name: str, _connection: object) -> None:
    sent.append(name)
