from decimal import Decimal

import pytest

from domain.plans.indicators import Better, Comparator, Indicator, Target
from domain.units import UnitKind


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


def indicator(*, applies_to: tuple[UnitKind, ...] = (), body: str = "") -> Indicator:
    return Indicator(
        "a", "A", "%", Better.HIGHER, Decimal(0), Decimal(100), False, "", "", applies_to=applies_to, body=body
    )


@pytest.mark.parametrize(
    ("asked", "kind", "name", "expected"),
    [
        (indicator(), UnitKind.SCHOOL, "Trường THCS Mẫu", True),
        (indicator(applies_to=(UnitKind.COMMUNE,)), UnitKind.COMMUNE, "Phường 5", True),
        (indicator(applies_to=(UnitKind.COMMUNE,)), UnitKind.SCHOOL, "Trường THCS Mẫu", False),
        (indicator(body="Phòng Nội vụ"), UnitKind.DEPARTMENT, "phòng  Nội vụ", True),
        (indicator(body="Phòng Nội vụ"), UnitKind.DEPARTMENT, "Phòng Kinh tế", False),
    ],
)
def test_what_only_some_units_have_is_asked_of_no_others(
    asked: Indicator, kind: UnitKind, name: str, expected: bool
) -> None:
    assert asked.is_asked_of(kind, name) is expected
