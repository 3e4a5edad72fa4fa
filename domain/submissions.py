"""What happens to a thing handed in, from first draft to acceptance."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"
    DISCARDED = "DISCARDED"
    """Begun by mistake and dropped; the row stays for what points at it."""


ON_PAPER = -1
"""The slot of what the standing body holds on paper; drafts in chat have 0 and more."""

HANDED_IN = (State.SUBMITTED, State.ACCEPTED)
EDITABLE = (State.DRAFT, State.RETURNED)


def may_withdraw(state: State, *, days_left: int | None) -> bool:
    """What was handed in can be taken back through the last valid day, until it is accepted."""
    return state is State.SUBMITTED and (days_left is None or days_left >= 0)
