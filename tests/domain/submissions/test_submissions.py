"""The table of moves: who may do what in which state."""

import itertools
from pathlib import Path

import pytest

from domain.submissions.submissions import (
    EDITABLE,
    HANDED_IN,
    MOVES,
    TAKEN_IN,
    Action,
    ReviewPart,
    State,
    may_withdraw,
    moved,
    undone,
)

ALLOWED = """
DRAFT       HAND_IN             UNIT             SUBMITTED
DRAFT       DISCARD             UNIT             DISCARDED
SUBMITTED   WITHDRAW            UNIT             DRAFT
SUBMITTED   CHECK               FIRST_REVIEWER   CHECKED
SUBMITTED   CHECK               SECOND_REVIEWER  CHECKED
SUBMITTED   ACCEPT              SOLE_REVIEWER    ACCEPTED
SUBMITTED   RETURN              FIRST_REVIEWER   RETURNED
SUBMITTED   RETURN              SOLE_REVIEWER    RETURNED
CHECKED     WITHDRAW            UNIT             DRAFT
CHECKED     ACCEPT              SECOND_REVIEWER  ACCEPTED
CHECKED     ACCEPT              SOLE_REVIEWER    ACCEPTED
CHECKED     RETURN              SECOND_REVIEWER  RETURNED
CHECKED     RETURN              SOLE_REVIEWER    RETURNED
RETURNED    HAND_IN             UNIT             SUBMITTED
RETURNED    HAND_BACK           UNIT             CHECKED
RETURNED    DISCARD             UNIT             DISCARDED
DISCARDED   BEGIN_AGAIN         UNIT             DRAFT
ACCEPTED    ASK_CORRECTION      UNIT             CORRECTING
CORRECTING  ALLOW_CORRECTION    SECOND_REVIEWER  RETURNED
CORRECTING  ALLOW_CORRECTION    SOLE_REVIEWER    RETURNED
CORRECTING  REFUSE_CORRECTION   SECOND_REVIEWER  ACCEPTED
CORRECTING  REFUSE_CORRECTION   SOLE_REVIEWER    ACCEPTED
"""
"""Everything else is refused."""

EXPECTED = {tuple(line.split()[:3]): line.split()[3] for line in ALLOWED.strip().splitlines()}


def test_every_part_in_every_state_may_do_just_what_is_written() -> None:
    every = itertools.product(State, Action, ReviewPart)

    led_to = {(state, action, part): moved(state, action, parts={part}) for state, action, part in every}

    assert {move: state for move, state in led_to.items() if state is not None} == EXPECTED


def test_who_plays_no_part_may_do_nothing() -> None:
    assert {moved(state, action, parts=frozenset()) for state, action in itertools.product(State, Action)} == {None}


def test_who_plays_several_parts_may_do_what_any_of_them_may() -> None:
    assert moved(State.SUBMITTED, Action.ACCEPT, parts={ReviewPart.UNIT, ReviewPart.SOLE_REVIEWER}) is State.ACCEPTED


def test_every_state_is_open_or_handed_in_or_dropped() -> None:
    assert {*EDITABLE, *HANDED_IN, State.DISCARDED} == set(State)
    assert set(TAKEN_IN) < set(HANDED_IN)


def test_every_state_can_be_reached_and_no_review_ends_in_one_that_cannot_be_left() -> None:
    reached = {State.DRAFT, *(move.to for move in MOVES.values())}
    left = {state for state, _ in MOVES}

    assert reached == left == set(State)


@pytest.mark.parametrize("state", State)
def test_what_is_accepted_cannot_be_withdrawn(state: State) -> None:
    assert may_withdraw(state, is_over=False) == (state in (State.SUBMITTED, State.CHECKED))
    assert not may_withdraw(state, is_over=True)


def test_the_drawing_shows_just_the_moves_of_the_table() -> None:
    drawing = Path("docs/duyet.md").read_text()

    drawn = [line.strip() for line in drawing.splitlines() if " --> " in line and "[*]" not in line]

    moves = {
        f"{state} --> {move.to}: {action} ({', '.join(sorted(move.by))})" for (state, action), move in MOVES.items()
    }
    assert set(drawn) == moves
    assert len(drawn) == len(moves)


UNDONE = """
CHECKED     CHECK               FIRST_REVIEWER   SUBMITTED
CHECKED     CHECK               SECOND_REVIEWER  SUBMITTED
ACCEPTED    ACCEPT              SOLE_REVIEWER    SUBMITTED
ACCEPTED    ACCEPT              SECOND_REVIEWER  CHECKED
RETURNED    RETURN              FIRST_REVIEWER   SUBMITTED
RETURNED    RETURN              SOLE_REVIEWER    SUBMITTED
RETURNED    RETURN              SECOND_REVIEWER  CHECKED
RETURNED    ALLOW_CORRECTION    SECOND_REVIEWER  CORRECTING
RETURNED    ALLOW_CORRECTION    SOLE_REVIEWER    CORRECTING
ACCEPTED    REFUSE_CORRECTION   SECOND_REVIEWER  CORRECTING
ACCEPTED    REFUSE_CORRECTION   SOLE_REVIEWER    CORRECTING
"""
"""Nothing else is undone."""

EXPECTED_UNDONE = {tuple(line.split()[:3]): line.split()[3] for line in UNDONE.strip().splitlines()}


def test_every_part_may_undo_just_what_it_may_decide() -> None:
    every = itertools.product(State, Action, ReviewPart)

    led_to = {(state, decision, part): undone(state, decision, parts={part}) for state, decision, part in every}

    assert {decision: state for decision, state in led_to.items() if state is not None} == EXPECTED_UNDONE


def test_what_was_noted_before_a_decision_is_where_undoing_it_leads() -> None:
    assert undone(State.RETURNED, Action.RETURN, parts={ReviewPart.SOLE_REVIEWER}, was=State.CHECKED) is State.CHECKED
