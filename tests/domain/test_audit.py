"""Every change of the audit trail is found; an unchanged trail has no faults."""

import random
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.audit import (
    BEGINNING,
    AuditAction,
    AuditEntry,
    ChainFault,
    ChainFaultKind,
    ChainHead,
    PendingEntry,
    canonical,
    chain,
    fingerprint,
)
from tests.support.steps.audit import verify


def note(number: int) -> PendingEntry:
    return PendingEntry(
        at=f"2026-05-12T03:{number:02}:00.000000+00:00",
        person_id=number % 3 or None,
        posts="OFFICER@5",
        deed=AuditAction.HANDED_IN,
        about=f"BC26-{number:04}",
        unit_id=5,
        details=canonical({"sha256": str(number)}),
    )


def trail_of(count: int) -> tuple[list[AuditEntry], ChainHead]:
    entries, head = chain(map(note, range(count)), ChainHead(0, BEGINNING))
    return list(entries), head


NOTES = st.builds(
    PendingEntry,
    at=st.text(),
    person_id=st.none() | st.integers(),
    posts=st.text(),
    deed=st.text(),
    about=st.text(),
    unit_id=st.none() | st.integers(),
    details=st.text(),
)


@settings(deadline=None)
@given(st.lists(NOTES, max_size=20))
def test_untouched_trail_is_not_accused(notes: list[PendingEntry]) -> None:
    assert verify(*chain(notes, ChainHead(0, BEGINNING))) == ()


@settings(deadline=None)
@given(
    st.lists(NOTES, min_size=1, max_size=8),
    st.sampled_from([field.name for field in fields(AuditEntry)]),
    st.none() | st.integers() | st.text(),
    st.data(),
)
def test_altered_entry_is_accused(notes: list[PendingEntry], name: str, value: Any, data: st.DataObject) -> None:
    entries, head = chain(notes, ChainHead(0, BEGINNING))
    place = data.draw(st.integers(0, len(entries) - 1))
    assume(getattr(entries[place], name) != value and (name != "number" or isinstance(value, int)))

    altered = replace(entries[place], **{name: value})

    assert verify([*entries[:place], altered, *entries[place + 1 :]], head)


def test_chain_goes_on_from_the_head_it_left() -> None:
    entries, head = trail_of(3)

    more, end = chain([note(9)], head)

    assert verify([*entries, *more], end) == ()


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (
            lambda rows: [*rows[:2], replace(rows[2], about="HS26-0002"), *rows[3:]],
            ChainFault(ChainFaultKind.ALTERED, 3, 3),
        ),
        (lambda rows: [rows[0], *rows[3:]], ChainFault(ChainFaultKind.REMOVED, 2, 3)),
        (lambda rows: rows[1:], ChainFault(ChainFaultKind.REMOVED, 1, 1)),
        (lambda rows: rows[:-2], ChainFault(ChainFaultKind.REMOVED, 4, 5)),
        (lambda rows: [replace(rows[0], number=0), *rows], ChainFault(ChainFaultKind.INSERTED, 0, 0)),
        (lambda rows: [*rows[:3], rows[2], *rows[3:]], ChainFault(ChainFaultKind.INSERTED, 3, 3)),
        (
            lambda rows: [*rows, *chain([note(9)], ChainHead(5, rows[4].hash))[0]],
            ChainFault(ChainFaultKind.INSERTED, 6, 6),
        ),
        (lambda rows: [*rows[:2], forged(rows[2]), *rows[3:]], ChainFault(ChainFaultKind.BROKEN, 4, 4)),
        (lambda rows: [*rows[:4], forged(rows[4])], ChainFault(ChainFaultKind.HEAD, 5, 5)),
        (lambda rows: rows[:0], ChainFault(ChainFaultKind.REMOVED, 1, 5)),
    ],
)
def test_each_harm_is_named_with_its_number(
    harm: Callable[[list[AuditEntry]], list[AuditEntry]], found: ChainFault
) -> None:
    entries, head = trail_of(5)

    assert verify(harm(entries), head) == (found,)


def forged(entry: AuditEntry) -> AuditEntry:
    """Alter the entry as somebody does who knows how the hash is computed."""
    other = replace(entry, person_id=99)
    return replace(other, hash=fingerprint(other))


def test_trail_written_anew_is_accused_by_whoever_knows_an_older_end() -> None:
    entries, _ = trail_of(5)
    others, end = chain(map(note, range(9, 20)), ChainHead(0, BEGINNING))

    assert verify(others, end) == ()
    assert verify(entries, ChainHead(5, entries[4].hash), known=ChainHead(3, entries[2].hash)) == ()
    assert verify(others, end, known=ChainHead(3, entries[2].hash)) == (ChainFault(ChainFaultKind.REWRITTEN, 3, 3),)
    assert verify((), ChainHead(0, BEGINNING), known=end) == (ChainFault(ChainFaultKind.REWRITTEN, 11, 11),)


@pytest.mark.parametrize("end", [None, ChainHead(5, "f" * 64), ChainHead(4, BEGINNING), ChainHead(6, BEGINNING)])
def test_head_that_was_touched_is_accused(end: ChainHead | None) -> None:
    assert verify(trail_of(5)[0], end)


def test_two_entries_that_changed_places_are_accused() -> None:
    entries, head = trail_of(20)
    for seed in range(100):
        first, second = random.Random(seed).sample(range(20), 2)
        rows = list(entries)
        rows[first] = replace(entries[second], number=first + 1)
        rows[second] = replace(entries[first], number=second + 1)

        assert verify(rows, head)
