"""The levels of escalation from the unit's officers to the telephone, and when a unit counts as unreachable."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.duties.reachability import (
    JOIN_WITHIN,
    Contact,
    EscalationLevel,
    Loss,
    Reason,
    level_reached,
    unreachability_of,
)

NOW = datetime(2026, 5, 12, 1, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=90)


def days_ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("reached", "level"),
    [
        (set(EscalationLevel), EscalationLevel.OFFICER),
        (set(EscalationLevel) - {EscalationLevel.OFFICER}, EscalationLevel.DEPUTY),
        (
            {EscalationLevel.UNIT_HEAD, EscalationLevel.CLUSTER_HEAD, EscalationLevel.CALL_LIST},
            EscalationLevel.UNIT_HEAD,
        ),
        ({EscalationLevel.CLUSTER_HEAD, EscalationLevel.CALL_LIST}, EscalationLevel.CLUSTER_HEAD),
        ({EscalationLevel.OFFICER, EscalationLevel.CLUSTER_HEAD}, EscalationLevel.OFFICER),
        ({EscalationLevel.DEPUTY, EscalationLevel.CALL_LIST}, EscalationLevel.DEPUTY),
        ({EscalationLevel.CALL_LIST}, EscalationLevel.CALL_LIST),
        (set(), EscalationLevel.CALL_LIST),
    ],
)
def test_the_first_rung_where_somebody_can_be_reached_is_written_to(
    reached: set[EscalationLevel], level: EscalationLevel
) -> None:
    assert level_reached(reached) is level


def officer(lost: int | None = None, loss: Loss = Loss.BLOCKED) -> Contact:
    return Contact(1, LONG_AGO, *((days_ago(lost), loss) if lost is not None else ()))


@pytest.mark.parametrize(
    ("officers", "left", "asked", "reason", "since"),
    [
        ([officer()], None, 90, None, None),
        ([officer(3), officer()], None, 90, None, None),
        ([officer(3)], None, 90, Reason.BLOCKED, 3),
        ([officer(9), officer(3, Loss.GONE)], None, 90, Reason.GONE, 3),
        ([officer(3), officer(9, Loss.GONE)], None, 90, Reason.BLOCKED, 3),
        ([], 5, 90, Reason.LEFT, 5),
        ([officer(3)], 5, 90, Reason.BLOCKED, 3),
        ([], None, 7, Reason.NEVER_JOINED, 7),
        ([], None, 6, None, None),
        ([], None, None, None, None),
    ],
)
def test_a_unit_is_silent_since_its_last_officer_was_lost(
    officers: list[Contact], left: int | None, asked: int | None, reason: Reason | None, since: int | None
) -> None:
    silence = unreachability_of(
        officers,
        left_at=None if left is None else days_ago(left),
        asked_at=None if asked is None else days_ago(asked),
        now=NOW,
    )

    found = (silence.reason, silence.since) if silence else (None, None)
    assert found == (reason, None if since is None else days_ago(since))


def test_what_officers_were_not_told_is_owed_from_when_they_took_up_the_post() -> None:
    silence = unreachability_of([officer(3)], left_at=None, asked_at=LONG_AGO, now=NOW)

    assert silence is not None
    assert silence.owed_from == LONG_AGO


def test_a_unit_that_never_joined_is_not_told_what_came_while_it_had_time_to() -> None:
    silence = unreachability_of([], left_at=None, asked_at=days_ago(10), now=NOW)

    assert silence is not None
    assert silence.owed_from == days_ago(10) + JOIN_WITHIN


def test_a_unit_to_which_something_came_back_has_no_time_left_to_join() -> None:
    silence = unreachability_of([], left_at=None, asked_at=days_ago(2), returned_at=days_ago(1), now=NOW)

    assert silence is not None
    assert (silence.reason, silence.since, silence.owed_from) == (Reason.NEVER_JOINED, days_ago(2), days_ago(1))
