from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.duties.duties import Standing
from domain.duties.extensions import Punctuality
from domain.duties.tallies import HANDED_IN_PARTS, TallyPart, part_of, percent, tally


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(8, 12, 67), (1, 8, 13), (1, 200, 1), (1, 1000, 1), (199, 200, 99), (999, 1000, 99), (12, 12, 100), (0, 12, 0)],
)
def test_a_percentage_is_rounded_half_up_and_never_calls_a_part_all_or_nothing(
    part: int, whole: int, shown: int
) -> None:
    assert percent(part, of=whole) == shown


def test_of_nothing_no_percentage_is_asked() -> None:
    assert percent(0, of=0) == 0


@given(st.integers(1, 500), st.data())
def test_only_the_whole_is_a_hundred_and_only_nothing_is_none(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))

    shown = percent(part, of=whole)

    assert (shown == 100) == (part == whole)
    assert (shown == 0) == (part == 0)
    assert abs(shown - 100 * part / whole) <= 1


@given(st.lists(st.sampled_from(TallyPart)))
def test_the_parts_sum_to_the_whole(parts: list[TallyPart]) -> None:
    found = tally(enumerate(parts), lambda unit: unit[1])

    assert found.total == len(parts)
    assert len(found.done) + len(found.mending) + len(found.claimed) + len(found.extended) + len(found.missing) == len(
        parts
    )
    assert {part: len(units) for part, units in found.parts.items()} == dict(Counter(parts))


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("punctuality", Punctuality)
def test_who_is_done_is_counted_by_punctuality_whatever_else_holds(
    standing: Standing, punctuality: Punctuality
) -> None:
    part = part_of(standing, punctuality, is_claimed=True, is_spared=True, is_overdue=True)

    is_done = standing in (Standing.HANDED_IN, Standing.ACCEPTED)
    assert (part in HANDED_IN_PARTS) is is_done
    assert is_done or part is TallyPart.PAPER_CLAIMED
