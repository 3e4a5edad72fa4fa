"""Findings about papers: other units and years by the words of a text, pages that move, reasons."""

import unicodedata

import pytest

from domain.dossiers.paper_checks import (
    Finding,
    FindingKind,
    find_other_unit,
    find_other_year,
    join_findings,
    read_reason,
    runs_of,
    states_unit_and_year,
)
from tests.support.refusals import refused

OTHERS = ("Phường 6", "Phường 50", "Xã Tân An", "Xã Tân An Đông", "UBND xã Hòa Bình")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ỦY BAN NHÂN DÂN\nPHƯỜNG 5\nSố: 12/TTr-UBND", None),
        ("UBND PHUONG 5", None),
        ("Phường 5 phối hợp với Phường 6", None),
        ("Xã Cũ nay là phường 5", None),
        ("xã cũ báo cáo, phường 6 dự", None),
        ("ỦY BAN NHÂN DÂN PHƯỜNG 6", "Phường 6"),
        ("PHƯỜNG 50", "Phường 50"),
        ("xã Tân An Đông đề nghị", "Xã Tân An Đông"),
        ("xã Tân\nAn đề nghị", "Xã Tân An"),
        ("Ủy ban nhân dân xã Hòa Bình", "UBND xã Hòa Bình"),
        ("Kính gửi: Ban Thi đua - Khen thưởng tỉnh", None),
        ("Kính gửi:\n- Phường 6;\n- Xã Tân An.\nUBND P.5 trình", None),
        ("", None),
    ],
)
def test_other_unit_is_found_only_without_the_own_one(text: str, named: str | None) -> None:
    expected = Finding(FindingKind.OTHER_UNIT, says=named) if named else None
    own = ("Phường 5", "Xã Cũ")

    assert find_other_unit(text, own=own, others=OTHERS) == expected
    assert find_other_unit(unicodedata.normalize("NFD", text), own=own, others=OTHERS) == expected


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("TỜ TRÌNH năm 2026", None),
        ("Phường 5, ngày 12 tháng 6 năm 2025", "2025"),
        ("BÁO CÁO NĂM 2024\nngày 3/2/2025", "2025"),
        ("BÁO CÁO NĂM 2025\nngày 3/2/2026", None),
        ("Năm học 2025-2026", None),
        ("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022", None),
        ("Nghị định số 152/2025/NĐ-CP", None),
        ("Căn cứ Kế hoạch năm 2025\nTỜ TRÌNH\nngày 2 tháng 5 năm 2024", "2024"),
        ("Tổng thu 2.025 tỷ đồng, 2025,5 triệu", None),
        ("Nhiệm kỳ 2020-2025, hướng tới 2030", None),
        ("Kế hoạch 2027", None),
        ("", None),
    ],
)
def test_other_year_is_found_only_without_the_own_one(text: str, year: str | None) -> None:
    expected = Finding(FindingKind.OTHER_YEAR, says=year) if year else None

    assert find_other_year(text, years={2026}) == expected


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("Tờ trình", True),
        ("Báo cáo thành tích, có xác nhận: Tổ 5", True),
        ("Biên bản họp Hội đồng", True),
        ("Tài liệu chứng minh sáng kiến", False),
        ("Quyết định công nhận danh hiệu", False),
        ("Xác nhận nghĩa vụ nộp thuế", False),
    ],
)
def test_only_papers_that_the_unit_writes_itself_state_it(name: str, states: bool) -> None:
    assert states_unit_and_year(name) is states


def test_findings_move_with_their_pages() -> None:
    blurred, blank = FindingKind.BLURRED, FindingKind.BLANK
    before, page = (Finding(blurred, (1, 3)), Finding(blank, (2,))), (Finding(blurred, (1,)),)

    assert join_findings(before, page, place=0) == (Finding(blurred, (1, 2, 4)), Finding(blank, (3,)))
    assert join_findings(before, page, place=3) == (Finding(blurred, (1, 3, 4)), Finding(blank, (2,)))
    assert join_findings((), page, place=4) == (Finding(blurred, (5,)),)


def test_finding_is_read_back_as_it_was_stored() -> None:
    found = Finding(FindingKind.BLURRED, (1, 3), "x")

    assert Finding.of(found.kept()) == found


@pytest.mark.parametrize(("pages", "words"), [((1,), "1"), ((1, 2, 3, 7), "1-3, 7"), ((2, 4), "2, 4"), ((), "")])
def test_pages_are_named_in_runs(pages: tuple[int, ...], words: str) -> None:
    assert runs_of(pages) == words


def test_reason_is_a_few_words() -> None:
    assert read_reason("  Bản gốc   chỉ có vậy ") == "Bản gốc chỉ có vậy"
    for text in ("", "..", "ok", "x" * 301):
        with refused("keeping-reason-unusable"):
            read_reason(text)
