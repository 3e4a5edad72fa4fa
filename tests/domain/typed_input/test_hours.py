from datetime import datetime, time

import pytest

from domain.calendar import VIETNAM
from domain.errors import Refusal
from domain.typed_input.hours import read_hour


def read(text: str) -> str:
    """On the morning of Thursday, 26 November."""
    now = datetime(2026, 11, 26, 10, 20, tzinfo=VIETNAM)
    return f"{read_hour(text, now=now, zone=VIETNAM, opens=time(7, 30), closes=time(17, 30)):%d/%m %H:%M}"


@pytest.mark.parametrize(
    "text",
    [
        "15h",
        "15 giờ",
        "15g",
        "15:00",
        "15h00",
        "15",
        "3 giờ chiều",
        "3 chiều",
        "3h",
        "chiều nay 3 giờ",
        "3 giờ chiều nay",
        "lúc 15h ạ",
        "15h\u200e",
        "１５ｈ",
    ],
)
def test_an_hour_is_read_as_people_type_it(text: str) -> None:
    assert read(text) == "26/11 15:00"


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("15h30", "26/11 15:30"),
        ("3 giờ rưỡi chiều", "26/11 15:30"),
        ("3 rưỡi chiều", "26/11 15:30"),
        ("15 giờ 30 phút", "26/11 15:30"),
        ("14:00", "26/11 14:00"),
        ("8h", "27/11 08:00"),
        ("8 giờ sáng mai", "27/11 08:00"),
        ("mai 8h", "27/11 08:00"),
        ("sáng mai", "27/11 07:30"),
        ("chiều mai 2h", "27/11 14:00"),
        ("8h thứ hai", "30/11 08:00"),
        ("14:00 ngày 1/12", "01/12 14:00"),
        ("2 tiếng nữa", "26/11 12:20"),
        ("30 phút nữa", "26/11 10:50"),
        ("nửa tiếng nữa", "26/11 10:50"),
        ("tối nay 8h", "26/11 20:00"),
        ("12h trưa", "26/11 12:00"),
    ],
)
def test_hours_of_today_and_other_days(text: str, hour: str) -> None:
    assert read(text) == hour


@pytest.mark.parametrize("text", ["", "25h", "8h75", "abc", "chiều", "15h 32/5", "12,5"])
def test_what_is_no_hour_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refusal, match=r"ví dụ|Không có ngày"):
        read(text)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("ba giờ chiều", "26/11 15:00"),
        ("hai giờ rưỡi chiều", "26/11 14:30"),
        ("4h kém 15", "26/11 15:45"),
        ("3pm", "26/11 15:00"),
        ("tầm 3h chiều", "26/11 15:00"),
        ("đầu giờ sáng mai", "27/11 07:30"),
        ("8h 15/12", "15/12 08:00"),
        ("12h đêm", "27/11 00:00"),
        ("0h", "27/11 00:00"),
    ],
)
def test_an_hour_is_read_in_words_and_around_the_clock(text: str, hour: str) -> None:
    assert read(text) == hour
