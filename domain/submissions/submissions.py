"""States of a submission, from first draft to acceptance, and who may move it from one to another."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    CHECKED = "CHECKED"
    """Passed by the first reviewer, if the plan names one; the standing body is next."""
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"
    CORRECTING = "CORRECTING"
    """Accepted, and the unit has asked to correct it; it counts as accepted until the standing body decides."""
    DISCARDED = "DISCARDED"
    """Begun by mistake and dropped; the row stays, because others refer to it."""


class Action(StrEnum):
    HAND_IN = "HAND_IN"
    HAND_BACK = "HAND_BACK"
    """Hand in again after the second reviewer's return; it skips the first reviewer."""
    WITHDRAW = "WITHDRAW"
    DISCARD = "DISCARD"
    BEGIN_AGAIN = "BEGIN_AGAIN"
    """Start a new draft in the place of a discarded one."""
    CHECK = "CHECK"
    ACCEPT = "ACCEPT"
    RETURN = "RETURN"
    ASK_CORRECTION = "ASK_CORRECTION"
    ALLOW_CORRECTION = "ALLOW_CORRECTION"
    REFUSE_CORRECTION = "REFUSE_CORRECTION"
    UNDO = "UNDO"
    """Take back the last decision; it is not in `MOVES`, see `undone`."""


class ReviewPart(StrEnum):
    """The part that a person has in the review of one submission."""

    UNIT = "UNIT"
    FIRST_REVIEWER = "FIRST_REVIEWER"
    """Cluster head or collecting body, if the plan says so."""
    SECOND_REVIEWER = "SECOND_REVIEWER"
    """The standing body, if there is a first reviewer."""
    SOLE_REVIEWER = "SOLE_REVIEWER"
    """The standing body, if there is no first reviewer."""


@dataclass(frozen=True, slots=True)
class Move:
    to: State
    by: frozenset[ReviewPart]


_UNIT = frozenset({ReviewPart.UNIT})
_STANDING_BODY = frozenset({ReviewPart.SECOND_REVIEWER, ReviewPart.SOLE_REVIEWER})
_NEXT_IN_LINE = frozenset({ReviewPart.FIRST_REVIEWER, ReviewPart.SOLE_REVIEWER})
# The standing body may check instead of the first reviewer, so that nothing waits for ever for somebody on leave.
_FIRST_OR_INSTEAD = frozenset({ReviewPart.FIRST_REVIEWER, ReviewPart.SECOND_REVIEWER})

MOVES: Mapping[tuple[State, Action], Move] = MappingProxyType(
    {
        (State.DRAFT, Action.HAND_IN): Move(State.SUBMITTED, _UNIT),
        (State.DRAFT, Action.DISCARD): Move(State.DISCARDED, _UNIT),
        (State.SUBMITTED, Action.WITHDRAW): Move(State.DRAFT, _UNIT),
        (State.SUBMITTED, Action.CHECK): Move(State.CHECKED, _FIRST_OR_INSTEAD),
        (State.SUBMITTED, Action.ACCEPT): Move(State.ACCEPTED, frozenset({ReviewPart.SOLE_REVIEWER})),
        (State.SUBMITTED, Action.RETURN): Move(State.RETURNED, _NEXT_IN_LINE),
        (State.CHECKED, Action.WITHDRAW): Move(State.DRAFT, _UNIT),
        (State.CHECKED, Action.ACCEPT): Move(State.ACCEPTED, _STANDING_BODY),
        (State.CHECKED, Action.RETURN): Move(State.RETURNED, _STANDING_BODY),
        (State.RETURNED, Action.HAND_IN): Move(State.SUBMITTED, _UNIT),
        (State.RETURNED, Action.HAND_BACK): Move(State.CHECKED, _UNIT),
        (State.RETURNED, Action.DISCARD): Move(State.DISCARDED, _UNIT),
        (State.DISCARDED, Action.BEGIN_AGAIN): Move(State.DRAFT, _UNIT),
        (State.ACCEPTED, Action.ASK_CORRECTION): Move(State.CORRECTING, _UNIT),
        (State.CORRECTING, Action.ALLOW_CORRECTION): Move(State.RETURNED, _STANDING_BODY),
        (State.CORRECTING, Action.REFUSE_CORRECTION): Move(State.ACCEPTED, _STANDING_BODY),
    }
)
"""{(state, action): Move}: all moves that are allowed. Drawn in docs/duyet.md."""


def moved(state: State, action: Action, *, parts: Set[ReviewPart]) -> State | None:
    """Return the state after the action for a person with these parts, or None if they may not do it."""
    move = MOVES.get((state, action))
    return move.to if move is not None and move.by & parts else None


UNDOABLE = (Action.CHECK, Action.ACCEPT, Action.RETURN, Action.ALLOW_CORRECTION, Action.REFUSE_CORRECTION)
"""Decisions that can be undone."""

NEEDS_REASON = frozenset({Action.ACCEPT, Action.REFUSE_CORRECTION})
"""Decisions that the unit relies on: the unit is told why they are undone."""


def undone(state: State, decision: Action, *, parts: Set[ReviewPart], was: State | None = None) -> State | None:
    """Return the state before the decision, or None if the decision cannot be undone by a person with these parts.

    Only a person who may decide so may undo it. `was` is the state before the decision, if it was recorded.
    """
    before = (
        begun
        for (begun, action), move in MOVES.items()
        if action is decision and move.to is state and move.by & parts and was in (None, begun)
    )
    return next(before, None) if decision in UNDOABLE else None


ON_PAPER = -1
"""Slot of a submission that the standing body holds on paper; those made in chat have 0 and more."""

HANDED_IN = (State.SUBMITTED, State.CHECKED, State.ACCEPTED, State.CORRECTING)
EDITABLE = (State.DRAFT, State.RETURNED)
TAKEN_IN = (State.ACCEPTED, State.CORRECTING)
"""States of a submission that the standing body has accepted."""


def may_withdraw(state: State, *, is_over: bool) -> bool:
    """Whether a submission can be withdrawn: not accepted or returned yet, and its deadline is not over."""
    return (state, Action.WITHDRAW) in MOVES and not is_over
