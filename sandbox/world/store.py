"""Storage of records and files: rows of JSON in SQLite, so that a killed sandbox continues where it was."""

import sqlite3
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

SCHEMA = "CREATE TABLE IF NOT EXISTS record (kind TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, key))"


class Rows:
    """Rows written at once and committed once per request; WAL survives a killed process.

    Without a path none is kept.
    """

    def __init__(self, path: Path | None) -> None:
        self._connection = None if path is None else sqlite3.connect(path)
        if self._connection:
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute(SCHEMA)

    def load(self, kind: str) -> list[str]:
        found = self._execute("SELECT body FROM record WHERE kind = ? ORDER BY rowid", kind)
        return [body for (body,) in found]

    def put(self, kind: str, key: str, body: Callable[[], str]) -> None:
        if self._connection:
            self._execute(
                "INSERT INTO record VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body", kind, key, body()
            )

    def drop(self, kind: str, key: str) -> None:
        self._execute("DELETE FROM record WHERE kind = ? AND key = ?", kind, key)

    def commit(self) -> None:
        if self._connection:
            self._connection.commit()

    def close(self) -> None:
        if self._connection:
            self._connection.commit()
            self._connection.close()

    def _execute(self, statement: str, *values: str) -> Iterable[tuple[str, ...]]:
        return self._connection.execute(statement, values) if self._connection else ()


class RecordTable(Generic[K, V]):
    """Records of one kind, read from memory and written through to the rows.

    `kind` is stored: it stays when a class is renamed.
    """

    def __init__(self, rows: Rows, shape: type[V], *, kind: str, key: Callable[[V], K]) -> None:
        self._rows = rows
        self._kind = kind
        self._key = key
        self._adapter: TypeAdapter[V] = _adapter(shape)  # type: ignore[arg-type] # a class is hashable
        self._records = {key(record): record for record in map(self._adapter.validate_json, rows.load(self._kind))}

    def __iter__(self) -> Iterator[V]:
        return iter(self._records.values())

    def __len__(self) -> int:
        return len(self._records)

    def get(self, key: K) -> V | None:
        return self._records.get(key)

    def put(self, record: V) -> V:
        key = self._key(record)
        self._records[key] = record
        self._rows.put(self._kind, str(key), lambda: self._written(record))
        return record

    def drop(self, key: K) -> None:
        if self._records.pop(key, None) is not None:
            self._rows.drop(self._kind, str(key))

    def _written(self, record: V) -> str:
        return self._adapter.dump_json(record, by_alias=True, exclude_none=True).decode()


@cache
def _adapter(shape: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


class FileShelf:
    """Content of uploaded files: in a folder, or in memory without one."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._held: dict[str, bytes] = {}
        if folder:
            folder.mkdir(parents=True, exist_ok=True)

    def write(self, name: str, content: bytes) -> None:
        if self._folder:
            (self._folder / name).write_bytes(content)
        else:
            self._held[name] = content

    def read(self, name: str) -> bytes:
        return (self._folder / name).read_bytes() if self._folder else self._held[name]
