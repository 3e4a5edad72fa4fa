"""Sentences of plans, with the deadlines that they name."""

import unicodedata

from domain.plan_texts.reading import read_plan
from domain.plans.deadlines import Boundary, DutyKind
from domain.plans.periods import DayOfYear
from domain.plans.recurrence import Recurrence

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
