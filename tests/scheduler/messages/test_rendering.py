from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.calendar import VIETNAM
from domain.duties.duties import Standing
from domain.plans.deadlines import DutyKind
from scheduler.messages.reminders import write_digest
from templates import render
from tests.support.counting import board_of
from usecases.duties.views import DutyView
from usecases.ports import Button
from usecases.reminders.digest import DigestLine, DigestView
from usecases.reminders.snoozes import AgainView

HOUR = datetime(2026, 5, 11, 0, 30, tzinfo=UTC)
TWO = AgainView(datetime(2026, 5, 11, 14, 0, tzinfo=VIETNAM), is_today=True)
REPORT = DutyView(
    id=7,
    kind=DutyKind.REPORT,
    title="Báo cáo 6 tháng 2026",
    unit_id=5,
    unit_name="Phường 5",
    last_valid_day=date(2026, 5, 14),
    days_left=3,
    standing=Standing.DRAFTED,
    on_time=True,
    filled=9,
    total=15,
)
PLEDGE = replace(
    REPORT,
    id=8,
    title="Giao ước thi đua 2026",
    last_valid_day=date(2026, 3, 29),
    days_left=-43,
    standing=Standing.OWED,
    filled=0,
)


def digest(*duties: DutyView, last_working_day: date | None = None) -> DigestView:
    return DigestView(tuple(DigestLine(duty, last_working_day, TWO) for duty in duties), hour=HOUR)


def test_one_duty_is_said_as_on_the_screens() -> None:
    content = write_digest(digest(REPORT))

    assert content.html == (
        "<b>Nhắc hạn · Phường 5</b>\n⏳ Báo cáo 6 tháng 2026: còn 3 ngày, hết ngày 14/5 (thứ Năm). Đã điền 9/15."
    )
    assert content.buttons == (
        (Button("Điền tiếp (9/15)", "duty:7"),),
        (Button("Nhắc lại 14:00", "again:7:1778482800"), Button("Giờ khác…", "hours:7")),
        (Button("Chuyển cho…", "handover:7"), Button("Đã nộp bản giấy", "paper:7")),
    )


@pytest.mark.parametrize(("days_left", "offered"), [(2, False), (1, True), (0, True), (-1, True)])
def test_near_its_end_a_duty_can_be_asked_more_time_for(days_left: int, offered: bool) -> None:
    content = write_digest(digest(replace(REPORT, days_left=days_left)))

    assert (content.buttons[-1] == (Button("Xin gia hạn", "extend:7"),)) is offered


def test_the_hour_offered_on_another_day_is_said_with_its_day() -> None:
    tomorrow = AgainView(datetime(2026, 5, 12, 7, 30, tzinfo=VIETNAM), is_today=False)
    content = write_digest(DigestView((DigestLine(REPORT, None, tomorrow),), hour=HOUR))

    assert content.buttons[1][0].text == "Nhắc lại 07:30 thứ Ba, 12/5"


def test_nothing_filled_in_yet_is_handed_in_at_once() -> None:
    content = write_digest(digest(replace(REPORT, filled=0)))

    assert content.buttons[0] == (Button("Nộp ngay", "duty:7"),)


def test_several_duties_are_named_on_their_buttons() -> None:
    content = write_digest(digest(PLEDGE, REPORT))

    assert content.html.splitlines()[1] == ("⛔ Giao ước thi đua 2026: quá hạn 43 ngày (hạn hết 29/3). Vẫn nộp được.")
    assert [row[0].text for row in content.buttons] == [
        "Nộp ngay: Giao ước thi đua 2026",
        "Điền tiếp (9/15): Báo cáo 6 tháng 2026",
        "Khác…",
    ]
    assert content.buttons[-1][0].action == "others:8,7"


def test_several_units_are_named_in_every_line() -> None:
    content = write_digest(digest(REPORT, replace(REPORT, id=9, unit_name="Phường 6", filled=0)))

    assert content.html.splitlines()[0] == "<b>Nhắc hạn</b>"
    assert "Báo cáo 6 tháng 2026 · Phường 6: còn 3 ngày" in content.html
    assert content.buttons[1] == (Button("Nộp ngay: Báo cáo 6 tháng 2026 · Phường 6", "duty:9"),)


def test_the_last_working_day_is_told_where_the_last_valid_day_is_free() -> None:
    annual = replace(REPORT, last_valid_day=date(2026, 11, 14), filled=0)

    content = write_digest(digest(annual, last_working_day=date(2026, 11, 13)))

    assert "hết ngày 14/11 (thứ Bảy), ngày làm việc cuối: thứ Sáu, 13/11." in content.html


def test_the_last_day_is_called_so() -> None:
    content = write_digest(digest(replace(REPORT, days_left=0)))

    assert "hôm nay là ngày cuối, hết ngày 14/5 (thứ Năm)" in content.html


def test_a_long_digest_fits_a_small_phone() -> None:
    content = write_digest(digest(*(replace(REPORT, id=number) for number in range(12))))

    assert len(content.buttons) == 8
    assert content.html.endswith("Và 5 việc khác: /viec")


def test_the_button_about_all_duties_never_outgrows_the_messenger() -> None:
    content = write_digest(digest(*(replace(REPORT, id=123_456_780 + number) for number in range(7))))

    (others,) = content.buttons[-1]
    assert others.action == "others:" + ",".join(str(123_456_780 + number) for number in range(5))
    assert len(others.action) <= 64


def test_a_group_reads_of_units_only() -> None:
    board = board_of(ON_TIME=["Phường 1"], OWED=["Phường 5"], days_left=3)

    assert render("reminders/cluster", board=board, officers={}) == (
        "<b>Nhắc hạn · Cụm 1</b>\n"
        "⏳ Báo cáo 6 tháng 2026: còn 3 ngày, hết ngày 14/5 (thứ Năm)\n"
        "Đã nộp 1/2 · chưa nộp 1: Phường 5"
    )


def test_a_board_reads_as_on_the_screens() -> None:
    board = board_of(ON_TIME=["Phường 1"], OWED=["Phường 5"])

    assert render("groups/scoreboards/board", board=board) == (
        "<b>Cụm 1 · Báo cáo 6 tháng 2026</b>\n"
        "Hạn: hết ngày 14/5 (thứ Năm), còn 2 ngày\n"
        "✅ 1/2: Phường 1\n"
        "⏳ 1: Phường 5\n"
        "Cập nhật 10:42, 12/5"
    )


def test_a_group_reads_every_part_and_they_sum_to_the_whole() -> None:
    board = board_of(
        ON_TIME=["Phường 1", "Phường 2", "Phường 3"],
        MENDING=["Phường 4"],
        PAPER_CLAIMED=["Phường 5"],
        OWED=["Phường 6"],
    )

    reminder, shown = (
        render("reminders/cluster", board=board, officers={}),
        render("groups/scoreboards/board", board=board),
    )

    assert "Đã nộp 3/6 · đang sửa 1 · chờ bản giấy 1 · chưa nộp 1: Phường 6" in reminder
    assert "✅ 3/6: Phường 1, Phường 2, Phường 3" in shown
    assert "⏳ 1: Phường 6" in shown
    assert "↩ 1 đang sửa: Phường 4" in shown
    assert "⏳ 1 báo bản giấy, chờ xác nhận: Phường 5" in shown
