"""Single stored values: counters, allowed kinds of updates, the webhook, the clock's offset."""

import json

from sandbox.world.records import StoredValue
from sandbox.world.store import RecordTable, Rows


class Notes:
    def __init__(self, rows: Rows) -> None:
        self._notes: RecordTable[str, StoredValue] = RecordTable(
            rows, StoredValue, kind="Note", key=lambda note: note.name
        )

    def text(self, name: str) -> str | None:
        note = self._notes.get(name)
        return note.text if note else None

    def put(self, name: str, text: str) -> None:
        self._notes.put(StoredValue(name, text))

    def drop(self, name: str) -> None:
        self._notes.drop(name)

    def number(self, name: str, otherwise: int) -> int:
        text = self.text(name)
        return int(text) if text is not None else otherwise

    def next(self, name: str, first: int) -> int:
        """Return the next value of a counter; no value is given twice, not even after a restart."""
        number = self.number(name, first - 1) + 1
        self.put(name, str(number))
        return number

    def words(self, name: str) -> list[str]:
        text = self.text(name)
        return [str(word) for word in json.loads(text)] if text else []

    def put_words(self, name: str, words: list[str]) -> None:
        self.put(name, json.dumps(words))
