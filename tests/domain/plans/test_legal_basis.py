from datetime import date

import pytest

from domain.plans.legal_basis import LegalMatter, in_force, is_whole
from domain.units import UnitKind
from plans.legal_texts import legal_texts
from usecases.submissions.legal_basis import cited, view_basis


def codes(day: date, matter: LegalMatter = LegalMatter.AWARDS, unit: UnitKind = UnitKind.COMMUNE) -> list[str]:
    return [text.code for text in in_force(legal_texts(), day=day, matter=matter, unit=unit)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 12, 31), []),
        (date(2024, 1, 1), ["L06-2022", "ND98-2023", "TT01-2024-BNV"]),
        (date(2025, 6, 30), ["L06-2022", "ND98-2023", "TT01-2024-BNV"]),
        (date(2025, 7, 1), ["L06-2022", "ND152-2025", "TT01-2024-BNV"]),
        (date(2025, 8, 4), ["L06-2022", "ND152-2025", "TT01-2024-BNV"]),
        (date(2025, 8, 5), ["L06-2022", "ND152-2025", "TT15-2025-BNV"]),
        (date(2026, 9, 30), ["L06-2022", "ND152-2025", "TT15-2025-BNV"]),
        (date(2026, 10, 1), ["L06-2022", "L06-2026", "ND152-2025", "TT15-2025-BNV"]),
        (date(2027, 2, 28), ["L06-2022", "L06-2026", "ND152-2025", "TT15-2025-BNV"]),
        (date(2027, 3, 1), ["L06-2022", "L06-2026"]),
    ],
)
def test_texts_in_force_on_the_day_and_the_day_before(day: date, expected: list[str]) -> None:
    assert codes(day) == expected


@pytest.mark.parametrize(
    ("day", "unit", "follows"),
    [
        (date(2026, 4, 1), UnitKind.SCHOOL, False),
        (date(2026, 4, 2), UnitKind.SCHOOL, True),
        (date(2026, 4, 2), UnitKind.COMMUNE, False),
    ],
)
def test_schools_follow_their_own_circular(day: date, unit: UnitKind, follows: bool) -> None:
    assert ("TT07-2026-BGDDT" in codes(day, unit=unit)) is follows


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2025, 12, 31), ["ND13-2023"]), (date(2026, 1, 1), ["L91-2025", "ND356-2025"])],
)
def test_personal_data_changed_its_law_at_new_year(day: date, expected: list[str]) -> None:
    assert codes(day, LegalMatter.PERSONAL_DATA) == expected


def test_a_day_without_a_decree_asks_to_look_again() -> None:
    assert not is_whole(in_force(legal_texts(), day=date(2027, 3, 1), matter=LegalMatter.AWARDS))
    stamped = view_basis("L06-2022 L06-2026")
    assert stamped is not None
    assert stamped.to_check


def test_codes_are_told_apart_and_every_text_begins_before_it_ends() -> None:
    texts = legal_texts()

    assert len({text.code for text in texts}) == len(texts)
    assert all(text.until is None or text.since <= text.until for text in texts)
    assert all(" " not in text.code for text in texts)


def test_a_text_is_cited_by_its_name() -> None:
    assert cited(LegalMatter.ARCHIVES, day=date(2026, 5, 5)) == "Luật Lưu trữ 2024"
