"""Whether somebody can be written to, and who is written to instead: a ladder up from the unit's officers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

JOIN_WITHIN = timedelta(days=7)
"""So long a unit has, after something was first asked of it, before others are asked to call it in."""


class Loss(StrEnum):
    """Why a messenger carries nothing to an account any more."""

    BLOCKED = "BLOCKED"
    """The person keeps the bot out."""
    GONE = "GONE"
    """The account or the chat is no more."""


class Reason(StrEnum):
    """Why none of a unit's officers can be written to."""

    NEVER_JOINED = "NEVER_JOINED"
    LEFT = "LEFT"
    """Nobody holds the post any more."""
    BLOCKED = "BLOCKED"
    GONE = "GONE"


class EscalationLevel(StrEnum):
    """Who is written to: the first of these where somebody can be."""

    OFFICER = "OFFICER"
    DEPUTY = "DEPUTY"
    """Who stands in for an officer on leave."""
    UNIT_HEAD = "UNIT_HEAD"
    CLUSTER_HEAD = "CLUSTER_HEAD"
    """Officers of the unit that heads the cluster."""
    CALL_LIST = "CALL_LIST"
    """The standing body, which picks up the telephone."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who serves, and whether messages reach them."""

    person_id: int
    since: datetime
    """When they took up the post."""
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
    """What came from this hour on and was told to nobody is told to somebody else."""


def level_reached(reached: Collection[EscalationLevel]) -> EscalationLevel:
    """Who is written to, of the rungs where somebody can be; where nobody can, the telephone is left."""
    return next((rung for rung in EscalationLevel if rung in reached), EscalationLevel.CALL_LIST)


def unreachability_of(
    officers: Sequence[Contact],
    *,
    left_at: datetime | None,
    asked_at: datetime | None,
    now: datetime,
    returned_at: datetime | None = None,
) -> Unreachability | None:
    """None while one of the officers can be written to, or while the unit still has time to join.

    `left_at` is when the last one gave up the post, `asked_at` when something was first asked of the unit,
    `returned_at` when the first thing was sent back to it that it has not corrected: that waits for nobody to join.
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
