from decimal import Decimal

import pytest

from domain.indicators import Comparator, Target


@pytest.mark.parametrize(
    ("comparator", "below", "at", "above"),
    [
        (Comparator.AT_LEAST, False, True, True),  # «từ 95% trở lên», S1 L71
        (Comparator.MORE_THAN, False, False, True),  # «trên 100%», S1 L73
        (Comparator.AT_MOST, True, True, False),
        (Comparator.EQUAL, False, True, False),  # «50 nhân vật», S2 L73
    ],
)
def test_target_is_met_by_its_comparator(comparator: Comparator, below: bool, at: bool, above: bool) -> None:
    target = Target(comparator, Decimal(100))

    assert [target.is_met(Decimal(figure)) for figure in ("99.9", "100.0", "100.1")] == [below, at, above]


def test_target_in_words_is_left_to_people() -> None:
    assert Target(Comparator.TEXT, None, words="giữ vững thứ hạng").is_met(Decimal(1)) is None
