"""Sentences in words of many provinces: their deadlines, and dates that are none."""

import unicodedata

import pytest

from domain.plan_texts.reading import read_plan
from tests.plan_texts.held_out import (
    FIRST_SET,
    FIRST_SET_WITHOUT,
    SECOND_SET,
    SECOND_SET_WITHOUT,
    THIRD_SET,
    THIRD_SET_WITHOUT,
)
from tests.plan_texts.phrasings import WITH_DEADLINES, WITHOUT_DEADLINES
from tests.plan_texts.rows import rows_of

WITH = (*WITH_DEADLINES, *FIRST_SET, *SECOND_SET, *THIRD_SET)
WITHOUT = (*WITHOUT_DEADLINES, *FIRST_SET_WITHOUT, *SECOND_SET_WITHOUT, *THIRD_SET_WITHOUT)
SENTENCES = [sentence for sentence, _ in (*WITH, *WITHOUT)]


def test_a_sentence_says_who_must_do_what_by_when() -> None:
    read = [(sentence, rows_of(read_plan(sentence).deadlines, expected), expected) for sentence, expected in WITH]

    assert [(sentence, rows) for sentence, rows, expected in read if rows != expected.splitlines()] == []


def test_a_date_that_nobody_must_keep_is_no_deadline() -> None:
    read = [(sentence, reason, read_plan(sentence)) for sentence, reason in WITHOUT]

    assert [sentence for sentence, _, reading in read if reading.deadlines] == []
    assert [
        (sentence, reason)
        for sentence, reason, reading in read
        if reason and reason not in {one.why.name for one in reading.not_deadlines}
    ] == []


def test_a_sentence_with_parted_accents_and_broken_lines_reads_the_same() -> None:
    assert [it for it in SENTENCES if read_plan(broken(it)).deadlines != read_plan(it).deadlines] == []


def broken(sentence: str) -> str:
    return unicodedata.normalize("NFD", sentence).replace(" ngày ", "\n  ngày\u00a0").replace(", ", ",\u200b ")


def test_a_sentence_over_a_page_is_read_without_the_page_number() -> None:
    sentence = "Các đơn vị gửi báo cáo về Sở Nội vụ trước\n\n12\n\nngày 15/11/2026."

    assert [found.quote for found in read_plan(sentence).deadlines] == [
        "Các đơn vị gửi báo cáo về Sở Nội vụ trước ngày 15/11/2026."
    ]


def test_a_day_without_its_year_lies_in_the_year_of_the_plan() -> None:
    text = (
        "KẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2026\n"
        "1. Các đơn vị gửi báo cáo trước ngày 15/11.\n2. Hồ sơ gửi trước ngày 15/01 năm sau."
    )

    assert [(found.year, found.year_shift) for found in read_plan(text).deadlines] == [(2026, 0), (2027, 1)]


def test_a_day_that_no_calendar_has_is_shown_and_not_taken() -> None:
    reading = read_plan("Các đơn vị gửi báo cáo trước ngày 31/4/2026.")

    assert reading.deadlines == ()
    assert [one.why.name for one in reading.not_deadlines] == ["NOT_IN_CALENDAR"]


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Các đơn vị gửi báo cáo tuần trước 15 giờ thứ Năm hằng tuần.", "WEEKLY"),
        ("Hồ sơ không hợp lệ phải trả lại cho đơn vị trình trước 03 ngày.", "LENGTH_OF_TIME"),
        ("Các xã gửi báo cáo vào đầu tháng 12/2026.", "TOO_VAGUE"),
        ("Các xã gửi báo cáo trước ngày 20.", "TOO_VAGUE"),
        ("Các xã gửi báo cáo vào ngày làm việc cuối cùng của quý.", "TOO_VAGUE"),
    ],
)
def test_a_time_that_gives_no_day_is_listed_and_not_lost(sentence: str, reason: str) -> None:
    reading = read_plan(sentence)

    assert reading.deadlines == ()
    assert [one.why.name for one in reading.not_deadlines] == [reason]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Các xã gửi báo cáo trước 5 giờ chiều ngày 15/11/2026.", "REPORT EXCLUSIVE ONCE 15/11 2026 at=17:00"),
        ("Các xã gửi báo cáo trước 24 giờ 00 ngày 15/11/2026.", "REPORT INCLUSIVE ONCE 15/11 2026"),
        ("Các xã gửi báo cáo trước 0 giờ ngày 15/11/2026.", "REPORT EXCLUSIVE ONCE 15/11 2026"),
        ("Các xã gửi báo cáo trước ngày 15/5 và 15/11/2026.", "REPORT EXCLUSIVE ONCE 15/5 2026"),
        ("Các xã gửi báo cáo trước ngày 15/11, 8 giờ họp rút kinh nghiệm.", "REPORT EXCLUSIVE YEARLY 15/11 -"),
        ("Các xã gửi báo cáo tổng kết năm 2025 trước ngày 15/01.", "REPORT EXCLUSIVE ONCE 15/1 -"),
        ("Các xã gửi báo cáo chậm nhất ngày mùng 5 hằng tháng.", "REPORT INCLUSIVE MONTHLY 5/- -"),
        ("Các xã gửi báo cáo trước 15/6 đối với 6 tháng đầu năm.", "REPORT EXCLUSIVE YEARLY 15/6 - who=Các xã"),
    ],
)
def test_what_could_be_taken_wrongly_is_not(sentence: str, expected: str) -> None:
    assert rows_of(read_plan(sentence).deadlines, expected)[0] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Các cụm gửi báo cáo chậm nhất sau ngày kết thúc hội nghị.",
        "Tổ chức kiểm tra trong Quý I và Quý III năm 2026.",
    ],
)
def test_a_number_that_is_not_there_is_not_made(sentence: str) -> None:
    assert read_plan(sentence).deadlines == ()


def test_a_review_of_last_year_in_the_plan_of_this_one_is_due_this_year() -> None:
    text = (
        "KẾ HOẠCH\nCông tác thi đua năm 2026\nBình Tân, ngày 05 tháng 01 năm 2026\n"
        "1. Gửi báo cáo tổng kết năm 2025 trước ngày 20/01.\n2. Gửi số liệu trước ngày 02/01."
    )

    assert [found.year for found in read_plan(text).deadlines] == [2026, None]
