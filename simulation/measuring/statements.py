"""Counting what is sent to a database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event


@contextmanager
def counting(engine: Any) -> Iterator[dict[str, int]]:
    """Give the numbers of statements and transactions, which grow during the block; a BEGIN is no statement."""
    counts = {"statements": 0, "transactions": 0}

    def sent(_connection: object, _cursor: object, statement: str, *_: Any) -> None:
        # SQLite's BEGIN is sent as a statement, PostgreSQL's is not.
        counts["statements"] += not statement.startswith("BEGIN")

    def begun(*_: Any) -> None:
        counts["transactions"] += 1

    event.listen(engine, "before_cursor_execute", sent)
    event.listen(engine, "begin", begun)
    try:
        yield counts
    finally:
        event.remove(engine, "before_cursor_execute", sent)
        event.remove(engine, "begin", begun)
