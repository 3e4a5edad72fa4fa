"""Whole documents: their headings, bases and recipients, broken lines and pages, tables with a column of times."""

from pathlib import Path

import pytest

from domain.plan_texts.reading import read_plan
from domain.plan_texts.readings import PlanReading
from tests.plan_texts.rows import row_of

DOCUMENTS = Path(__file__).parent / "documents"

EXPECTED = {
    "xa-2026": """
        23 PLEDGE EXCLUSIVE ONCE 10/2 2026
        27 PLEDGE INCLUSIVE ONCE 15/10 2026
        29 PLEDGE WINDOW ONCE 31/3 2026
        29 TASK INCLUSIVE EVENT - - after=5w ngày ký kết
        36 DOSSIER EXCLUSIVE ONCE 5/12 2026
        36 DOSSIER EXCLUSIVE ONCE 5/6 2026
        38 DOSSIER INCLUSIVE EVENT - - after=3w ngày lập được thành tích
        40 DOSSIER INCLUSIVE EVENT - - before=15 ngày tổ chức hội nghị tổng kết
        45 REPORT EXCLUSIVE MONTHLY 20/- -
        45 REPORT EXCLUSIVE QUARTERLY 15/3 -
        45 REPORT EXCLUSIVE ONCE 10/6 2026
        45 REPORT EXCLUSIVE ONCE 10/11 2026 at=16:30
        52 TASK EXCLUSIVE ONCE 31/1 2026
        54 TASK WINDOW ONCE 30/9 2026
        55 TASK EXCLUSIVE ONCE 20/12 2026
        57 REPORT EXCLUSIVE MONTHLY 20/- -
        57 REPORT EXCLUSIVE QUARTERLY 15/3 -
        57 REPORT EXCLUSIVE ONCE 10/6 2026
        57 REPORT EXCLUSIVE ONCE 10/11 2026 at=16:30
    """,
    "huong-dan-tinh": """
        10 DOSSIER INCLUSIVE YEARLY 15/3 - shift=1
        10 DOSSIER EXCLUSIVE YEARLY 10/8 -
        11 DOSSIER EXCLUSIVE YEARLY 28/2 - shift=1
        11 DOSSIER EXCLUSIVE YEARLY 10/7 -
        13 DOSSIER INCLUSIVE YEARLY 30/1 - shift=1
        14 DOSSIER EXCLUSIVE YEARLY 15/6 -
        15 DOSSIER EXCLUSIVE YEARLY 31/3 -
        15 DOSSIER EXCLUSIVE YEARLY 30/9 -
        16 DOSSIER INCLUSIVE EVENT - - before=7 ngày trao thưởng
        16 DOSSIER INCLUSIVE EVENT - - before=3 ngày trao thưởng
        18 TASK INCLUSIVE EVENT - - after=20w ngày nhận đủ hồ sơ hợp lệ
        19 TASK INCLUSIVE EVENT - - after=5w ngày nhận hồ sơ
        23 REPORT EXCLUSIVE YEARLY 15/6 -
        24 REPORT EXCLUSIVE YEARLY 15/12 -
        25 REPORT INCLUSIVE YEARLY 31/7 -
        26 REPORT INCLUSIVE QUARTERLY 20/3 -
        27 REPORT NONE YEARLY - -
        28 PLEDGE WINDOW YEARLY 29/2 -
        29 TASK WINDOW YEARLY 30/9 -
    """,
    "lich-cong-tac": """
        13 TASK WINDOW ONCE 28/2 2026
        17 TASK WINDOW ONCE 30/6 2026
        20 REPORT EXCLUSIVE ONCE 5/6 2026
        21 REPORT INCLUSIVE ONCE 10/11 2026
        28 TASK WINDOW ONCE 14/10 2026
        29 TASK INCLUSIVE ONCE 25/11 2026
        30 DOSSIER INCLUSIVE EVENT - - after=5w hội nghị tổng kết
        33 TASK EXCLUSIVE ONCE 15/12 2026
    """,
    "kiem-tra-2026": """
        14 TASK INCLUSIVE EVENT - - after=15w ngày kết thúc kiểm tra
        17 TASK WINDOW ONCE 30/9 2026
        20 TASK EXCLUSIVE ONCE 28/2 2026
        21 TASK WINDOW ONCE 31/3 2026
        22 REPORT WINDOW ONCE 30/6 2026
        22 REPORT EXCLUSIVE ONCE 30/6 2026
        23 TASK WINDOW ONCE 31/12 2026
        26 TASK INCLUSIVE EVENT - - before=7 ngày kiểm tra
        27 REPORT WINDOW QUARTERLY 31/3 -
        29 TASK EXCLUSIVE ONCE 10/2 2026
        30 REPORT INCLUSIVE EVENT - - after=30 ngày nhận được kết luận
        32 TASK WINDOW ONCE 20/7 2026
        33 TASK INCLUSIVE ONCE 6/8 2026
        34 TASK WINDOW ONCE 21/8 2026
        35 TASK WINDOW ONCE 31/10 2026
        36 TASK EXCLUSIVE ONCE 30/11 2026
    """,
}
"""Line of the text, then as in `phrasings`."""


def reading_of(document: str) -> PlanReading:
    return read_plan((DOCUMENTS / f"{document}.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("document", EXPECTED)
def test_every_deadline_of_a_document_is_read_and_nothing_else(document: str) -> None:
    expected = [line.strip() for line in EXPECTED[document].strip().splitlines()]

    assert [f"{found.line} {row_of(found, '')}" for found in reading_of(document).deadlines] == expected


def test_a_row_without_a_column_of_its_own_words_takes_those_who_lead() -> None:
    rows = {found.line: found for found in reading_of("lich-cong-tac").deadlines}

    assert {line: (rows[line].who, rows[line].is_for_heads) for line in (28, 29, 30)} == {
        28: ("Cụm trưởng", True),
        29: ("Cụm trưởng", True),
        30: ("Cụm trưởng", True),
    }


def test_points_under_a_month_are_one_duty_with_parts() -> None:
    month = reading_of("lich-cong-tac").deadlines[0]

    assert (month.what, len(month.parts)) == ("Nhiệm vụ tháng 02/2026", 2)


def test_the_heads_of_documents_are_read() -> None:
    heads = [reading_of(document).header for document in EXPECTED]

    assert [(head.number, head.issuer, str(head.issued), head.first_year) for head in heads] == [
        ("12/KH-UBND", "ỦY BAN NHÂN DÂN XÃ MẪU", "2026-01-15", 2026),
        ("77/HD-SNV", "SỞ NỘI VỤ", "2025-08-20", None),
        ("03/KH-HĐTĐKT", "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG PHƯỜNG MẪU", "2026-02-06", 2026),
        ("08/KH-HĐTĐKT", "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG", "2026-01-12", 2026),
    ]


def test_recipients_and_signature_name_no_deadline() -> None:
    assert all("01/02" not in found.quote for found in reading_of("xa-2026").deadlines)


def test_a_row_over_a_page_is_one() -> None:
    text = (
        "TT\tNội dung\tChủ trì\tThời gian\n"
        "6.\tTổ chức tổng kết, bình\tCụm trưởng\t- Trước ngày\n\f\n\txét khen thưởng\t\t20/12 hằng năm\n"
        "7.\tKiểm tra\tSở Nội vụ\tQuý III"
    )

    found = read_plan(text).deadlines

    assert [(one.what, one.who, row_of(one, "")) for one in found] == [
        ("Tổ chức tổng kết, bình xét khen thưởng", "Cụm trưởng", "TASK EXCLUSIVE YEARLY 20/12 -"),
        ("Kiểm tra", "Sở Nội vụ", "TASK WINDOW YEARLY 30/9 -"),
    ]


def test_a_review_of_the_past_names_no_deadline() -> None:
    text = (
        "KẾ HOẠCH\nCông tác thi đua năm 2026\nMẫu, ngày 05 tháng 01 năm 2026\n"
        "I. KẾT QUẢ NĂM 2025\n"
        "1. Trong tháng 5/2025, xã đã tổ chức Hội nghị điển hình tiên tiến với 120 đại biểu.\n"
        "2. Đến ngày 30/11/2025, toàn xã có 12/12 thôn đăng ký.\n"
        "3. Từ ngày 01/8 đến ngày 30/8/2025, xã tổ chức đợt thi đua cao điểm.\n"
        "4. Trước ngày 01/7/2025, việc khen thưởng do huyện thực hiện.\n"
        "II. NHIỆM VỤ\n1. Các thôn gửi báo cáo trước ngày 15/11/2026."
    )

    reading = read_plan(text)

    assert [row_of(found, "") for found in reading.deadlines] == ["REPORT EXCLUSIVE ONCE 15/11 2026"]
    assert {one.why.name for one in reading.not_deadlines} == {"ISSUE_DATE", "PAST", "FIGURES_AS_OF"}
