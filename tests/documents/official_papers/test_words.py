"""Figures as official papers write them."""

from decimal import Decimal

import pytest

from documents.official_papers.words import ended, half_up, signed


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [("95.525", 2, "95.53"), ("95.535", 2, "95.54"), ("101.25", 1, "101.3"), ("-0.25", 1, "-0.3"), ("12", 2, "12.00")],
)
def test_halves_are_rounded_away_from_zero(value: str, places: int, rounded: str) -> None:
    assert half_up(Decimal(value), places=places) == Decimal(rounded)


def test_a_rise_has_its_sign_and_a_list_its_full_stop() -> None:
    assert [signed(Decimal(value)) for value in ("1.5", "-1.5", "0")] == ["+1,5", "-1,5", "0"]
    assert ended(["một", "hai"]) == ["một;", "hai."]
    assert ended(["một", "một"]) == ["một;", "một."]
    assert ended([]) == []
