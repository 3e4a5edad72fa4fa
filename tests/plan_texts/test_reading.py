"""Sentences of plans, with the deadlines that they name."""

import unicodedata
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.plan_texts.reading import read_plan
from domain.plans.deadlines import Boundary, DutyKind
from domain.plans.periods import DayOfYear
from domain.plans.recurrence import Recurrence
from domain.typed_input.words import clean

LONG_KHANH = (
    "Định kỳ báo cáo kết quả công tác thi đua, khen thưởng 6 tháng (trước ngày 15/5) và báo cáo năm (trước ngày 15/11) "
    "về UBND thành phố (qua Phòng Nội vụ) để tổng hợp."
)


def test_one_sentence_with_two_days_is_two_duties() -> None:
    found = read_plan(LONG_KHANH).deadlines

    assert [(one.kind, one.what, one.boundary, one.recurrence, one.due, one.to, one.via) for one in found] == [
        (
            DutyKind.REPORT,
            what,
            Boundary.EXCLUSIVE,
            Recurrence.YEARLY,
            DayOfYear(month, 15),
            "UBND thành phố",
            "Phòng Nội vụ",
        )
        for what, month in (("báo cáo kết quả công tác thi đua, khen thưởng 6 tháng", 5), ("báo cáo năm", 11))
    ]


def test_a_text_with_parted_accents_reads_the_same() -> None:
    assert read_plan(unicodedata.normalize("NFD", LONG_KHANH)) == read_plan(LONG_KHANH)


def test_an_attached_document_behind_the_signature_is_read() -> None:
    text = (
        "QUYẾT ĐỊNH\nBan hành Hướng dẫn\nNơi nhận:\n- Như Điều 3;\n- Lưu: VT (trước ngày 15/3).\nCHỦ TỊCH\n\n"
        "HƯỚNG DẪN\nCông tác thi đua, khen thưởng\n1. Các đơn vị gửi báo cáo trước ngày 15/11 hằng năm."
    )

    assert [found.due for found in read_plan(text).deadlines] == [DayOfYear(11, 15)]


HOSTILE = {
    "de nghi": "đề nghị " * 2000,
    "brackets": "(" * 20_000,
    "digits": "1" * 20_000,
    "dates": "15/5, " * 4000,
    "ranges": "từ ngày 1 " * 3000,
    "quarters": "quý I và " * 5000,
    "events": "trước khi a b c 10 ngày " * 1000,
    "units": "các phòng, ban " * 4000,
    "cells": "a\t" * 8000,
    "headings": "1. Quý I/2026\n" * 3000,
}


@pytest.mark.long
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_four_times_the_same_takes_about_four_times_as_long(text: str) -> None:
    few, many = _seconds(text[: len(text) // 4]), _seconds(text)

    assert many < 4 * few * 3 + 0.5


@pytest.mark.long
def test_eight_times_the_pages_take_about_eight_times_as_long() -> None:
    page = "\n".join(f"{number}. {LONG_KHANH}" for number in range(1, 11)) + "\n"
    page = (page * 2)[:3000]

    few, many = (_seconds(page * pages) for pages in (5, 40))

    assert many < 8 * few * 3 + 0.5


def _seconds(text: str) -> float:
    begun = process_time()
    read_plan(text)
    return process_time() - begun


@given(st.text(alphabet="trướcngày15/4 thánghạnđếnbáo cáo.,;:()-\n\t", max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_without_a_fault_and_quotes_only_its_own_words(text: str) -> None:
    reading = read_plan(text)

    words = set(clean(text).replace("-", " ").split())
    assert all(set(found.quote.replace("-", " ").split()) <= words for found in reading.deadlines)


def test_a_deadline_is_not_taken_for_the_day_of_issue() -> None:
    assert read_plan("Các xã báo cáo trước ngày 01 tháng 4 năm 2026.").header.issued is None
