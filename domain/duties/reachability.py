"""Whether a unit's officers can be reached by message, and the levels of people who are told instead."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

JOIN_WITHIN = timedelta(days=7)
"""Time that a unit has to join after its first duty opened, before others are told that it is missing."""


class Loss(StrEnum):
    """Reason why messages no longer reach an account."""

    BLOCKED = "BLOCKED"
    """The person blocked the bot."""
    GONE = "GONE"
    """The account or the chat no longer exists."""


class Reason(StrEnum):
    """Reason why none of a unit's officers can be reached."""

    NEVER_JOINED = "NEVER_JOINED"
    LEFT = "LEFT"
    """Nobody holds the post of officer any more."""
    BLOCKED = "BLOCKED"
    GONE = "GONE"


class EscalationLevel(StrEnum):
    """The people to tell; the first level at which somebody can be reached applies."""

    OFFICER = "OFFICER"
    DEPUTY = "DEPUTY"
    """The deputy of an officer on leave."""
    UNIT_HEAD = "UNIT_HEAD"
    CLUSTER_HEAD = "CLUSTER_HEAD"
    """Officers of the unit that heads the cluster."""
    CALL_LIST = "CALL_LIST"
    """The standing body, which telephones the unit."""


@dataclass(frozen=True, slots=True)
class Contact:
    """An officer of the unit, and whether messages reach them."""

    person_id: int
    since: datetime
    """Start of their post."""
    lost_at: datetime | None = None
    loss: Loss | None = None

    @property
    def is_reached(self) -> bool:
        return self.lost_at is None


@dataclass(frozen=True, slots=True)
class Unreachability:
    reason: Reason
    since: datetime
    owed_from: datetime
    """Reminders of this hour or later that reached nobody go to the escalation contact."""


def level_reached(reached: Collection[EscalationLevel]) -> EscalationLevel:
    """Return the first of the levels at which somebody can be reached; CALL_LIST if there is none."""
    return next((level for level in EscalationLevel if level in reached), EscalationLevel.CALL_LIST)


def unreachability_of(
    officers: Sequence[Contact],
    *,
    left_at: datetime | None,
    asked_at: datetime | None,
    now: datetime,
    returned_at: datetime | None = None,
) -> Unreachability | None:
    """Return why and since when nobody at the unit can be reached.

    The result is None if an officer can be reached, or the unit still has time to join. `left_at` is when the last
    officer left, `asked_at` when the unit's first duty opened, `returned_at` when the oldest uncorrected return was
    made: a return does not wait until somebody joins.
    """
    if any(officer.is_reached for officer in officers):
        return None
    lost = [(officer.lost_at, officer.loss) for officer in officers if officer.lost_at is not None]
    if lost:
        since, loss = max(lost, key=lambda found: found[0])
        reason = Reason.GONE if loss is Loss.GONE else Reason.BLOCKED
        return Unreachability(reason, since, owed_from=min(officer.since for officer in officers))
    if left_at is not None:
        return Unreachability(Reason.LEFT, left_at, owed_from=left_at)
    if asked_at is not None and now >= asked_at + JOIN_WITHIN:
        return Unreachability(Reason.NEVER_JOINED, asked_at, owed_from=asked_at + JOIN_WITHIN)
    if returned_at is not None:
        return Unreachability(Reason.NEVER_JOINED, asked_at or returned_at, owed_from=returned_at)
    return None
