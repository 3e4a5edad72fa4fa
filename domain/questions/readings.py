"""What a typed question is read as: an intent and the names that narrow it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class Intent(StrEnum):
    STATUS = "STATUS"
    """How a duty, a cluster or a unit stands."""
    MISSING = "MISSING"
    HANDED_IN = "HANDED_IN"
    ON_TIME = "ON_TIME"
    LATE = "LATE"
    """Handed in after the last valid day."""
    OVERDUE = "OVERDUE"
    """Not handed in, and the last valid day has passed."""
    RETURNED = "RETURNED"
    EXTENDED = "EXTENDED"
    DEADLINE = "DEADLINE"
    FIGURES = "FIGURES"
    AGAINST_PLEDGE = "AGAINST_PLEDGE"
    NOT_JOINED = "NOT_JOINED"
    """Which units have nobody in the bot."""
    MEMBERS = "MEMBERS"
    """Which units a cluster has, or which cluster a unit is in."""
    FORM = "FORM"
    """The blank form of a report."""
    OPEN = "OPEN"
    """A door: the words name a screen and ask nothing."""


COUNTED = frozenset(
    {
        Intent.STATUS,
        Intent.MISSING,
        Intent.HANDED_IN,
        Intent.ON_TIME,
        Intent.LATE,
        Intent.OVERDUE,
        Intent.RETURNED,
        Intent.EXTENDED,
    }
)
"""Intents answered by counting units; a group may see these answers."""
MEASURED = frozenset({Intent.FIGURES, Intent.AGAINST_PLEDGE})
"""Intents answered with figures."""


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """Something that a question names: what it is found by, and its name on screen."""

    key: str
    name: str

    @property
    def id(self) -> int:
        """The key of a row as a number."""
        return int(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReading:
    intent: Intent
    unit: Named | None = None
    cluster: Named | None = None
    kind: Named | None = None
    """Units of a kind: the key is a kind of unit, or the word in lower case with which their names begin."""
    duty: Named | None = None
    """The key is that of `occurrence_key`."""
    indicator: Named | None = None
    door: str = ""

    @property
    def slots(self) -> Iterator[tuple[str, Named]]:
        """Yield (slot, what it names), only of slots that are filled."""
        for slot in ("unit", "cluster", "kind", "duty", "indicator"):
            if (named := getattr(self, slot)) is not None:
                yield slot, named

    def about(self, **slots: Named | None) -> "QuestionReading":
        return replace(self, **slots)  # type: ignore[arg-type] # only slots are passed


def occurrence_key(plan_code: str, code: str, year: int, turn: int) -> str:
    """Return the key of a duty that is the same for all units."""
    return f"{plan_code}:{code}:{year}:{turn}"


def pack(reading: QuestionReading) -> dict[str, str]:
    """Return the reading as plain words, for a dialog to keep."""
    names = {f"{slot}.{part}": getattr(named, part) for slot, named in reading.slots for part in ("key", "name")}
    return {"intent": reading.intent.value, **names}


def unpack(kept: dict[str, str]) -> QuestionReading:
    slots = {key.partition(".")[0] for key in kept if key.endswith(".key")}
    named = {slot: Named(kept[f"{slot}.key"], kept[f"{slot}.name"]) for slot in slots}
    return QuestionReading(intent=Intent(kept["intent"])).about(**named)
