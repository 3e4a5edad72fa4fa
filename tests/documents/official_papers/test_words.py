"""Figures as official papers write them."""

from decimal import Decimal

from documents.official_papers.words import ended, signed


def test_a_rise_has_its_sign_and_a_list_its_full_stop() -> None:
    assert [signed(Decimal(value)) for value in ("1.5", "-1.5", "0")] == ["+1,5", "-1,5", "0"]
    assert ended(["một", "hai"]) == ["một;", "hai."]
    assert ended(["một", "một"]) == ["một;", "một."]
    assert ended([]) == []
