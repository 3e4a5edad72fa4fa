"""What happens to a thing handed in, from first draft to acceptance: every state, and who may move it on."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    CHECKED = "CHECKED"
    """Passed by the first reviewer, where the plan names one; the standing body is next."""
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"
    CORRECTING = "CORRECTING"
    """Accepted, and the unit asks to correct it: it counts as before while the standing body decides."""
    DISCARDED = "DISCARDED"
    """Begun by mistake and dropped; the row stays for what points at it."""


class Action(StrEnum):
    HAND_IN = "HAND_IN"
    HAND_BACK = "HAND_BACK"
    """Hand in again what the second reviewer returned: past the first one, straight back to whoever asked."""
    WITHDRAW = "WITHDRAW"
    DISCARD = "DISCARD"
    BEGIN_AGAIN = "BEGIN_AGAIN"
    """In the place of what was dropped."""
    CHECK = "CHECK"
    ACCEPT = "ACCEPT"
    RETURN = "RETURN"
    ASK_CORRECTION = "ASK_CORRECTION"
    ALLOW_CORRECTION = "ALLOW_CORRECTION"
    REFUSE_CORRECTION = "REFUSE_CORRECTION"
    UNDO = "UNDO"
    """Take back the decision before; it has no line in `MOVES`, see `undone`."""


class ReviewPart(StrEnum):
    """The part that somebody plays in the review of one submission."""

    UNIT = "UNIT"
    FIRST_REVIEWER = "FIRST_REVIEWER"
    """Cluster head or gathering body, where the plan says so."""
    SECOND_REVIEWER = "SECOND_REVIEWER"
    """The standing body after a first reviewer."""
    SOLE_REVIEWER = "SOLE_REVIEWER"
    """The standing body where nobody comes before it."""


@dataclass(frozen=True, slots=True)
class Move:
    to: State
    by: frozenset[ReviewPart]


_UNIT = frozenset({ReviewPart.UNIT})
_STANDING_BODY = frozenset({ReviewPart.SECOND_REVIEWER, ReviewPart.SOLE_REVIEWER})
_NEXT_IN_LINE = frozenset({ReviewPart.FIRST_REVIEWER, ReviewPart.SOLE_REVIEWER})
# The standing body may check in the first reviewer's stead: nothing waits for ever for somebody on leave.
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
"""All that can happen; what is not here cannot. Drawn in docs/duyet.md."""


def moved(state: State, action: Action, *, parts: Set[ReviewPart]) -> State | None:
    """Where the action leads for somebody who plays these parts; None where they may not do it."""
    move = MOVES.get((state, action))
    return move.to if move is not None and move.by & parts else None


UNDOABLE = (Action.CHECK, Action.ACCEPT, Action.RETURN, Action.ALLOW_CORRECTION, Action.REFUSE_CORRECTION)
"""Decisions that can be undone."""

NEEDS_REASON = frozenset({Action.ACCEPT, Action.REFUSE_CORRECTION})
"""Decisions whose undoing changes what the unit relies on, so the unit is told why."""


def undone(state: State, decision: Action, *, parts: Set[ReviewPart], was: State | None = None) -> State | None:
    """The state before the decision, for somebody who may decide so themselves; None where it cannot be undone.

    `was` is the state before, where it was noted.
    """
    before = (
        begun
        for (begun, action), move in MOVES.items()
        if action is decision and move.to is state and move.by & parts and was in (None, begun)
    )
    return next(before, None) if decision in UNDOABLE else None


ON_PAPER = -1
"""The slot of what the standing body holds on paper; drafts in chat have 0 and more."""

HANDED_IN = (State.SUBMITTED, State.CHECKED, State.ACCEPTED, State.CORRECTING)
EDITABLE = (State.DRAFT, State.RETURNED)
TAKEN_IN = (State.ACCEPTED, State.CORRECTING)
"""By the standing body."""


def may_withdraw(state: State, *, days_left: int | None) -> bool:
    """What was handed in can be taken back through the last valid day, until it is accepted."""
    return (state, Action.WITHDRAW) in MOVES and (days_left is None or days_left >= 0)
