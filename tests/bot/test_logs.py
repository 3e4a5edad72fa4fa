"""Lines of the log: the hour on the wall, the reference of the update, and no secrets."""

import json
import logging
import sys
from datetime import UTC, datetime

import pytest

from bot.logs import JsonFormatter, LineFormatter, redact
from domain.calendar import VIETNAM
from domain.references import current_reference, under_reference


def record(words: str, *, error: bool = False) -> logging.LogRecord:
    made = logging.LogRecord("bot", logging.WARNING, "", 0, words, None, sys.exc_info() if error else None)
    made.created = datetime(2026, 5, 5, 1, 0, tzinfo=UTC).timestamp()
    return made


def test_a_line_tells_the_hour_on_the_wall() -> None:
    line = LineFormatter(VIETNAM).format(record("Mất kết nối"))

    assert line == "2026-05-05 08:00:00.000+07:00 WARNING bot: Mất kết nối"


def test_every_line_of_an_update_carries_the_reference_that_is_told_to_the_person() -> None:
    with under_reference() as handling, under_reference() as within:
        line = LineFormatter(VIETNAM).format(record("Mất kết nối"))

    assert line.endswith(f" WARNING bot [{handling.reference}]: Mất kết nối")
    assert within is handling
    assert current_reference() is None


def test_a_line_for_programs_is_one_object_with_the_same_facts() -> None:
    try:
        raise ValueError("gọi\n0912345678")
    except ValueError:
        failed = record("Lỗi", error=True)

    with under_reference() as handling:
        line = JsonFormatter(VIETNAM).format(failed)

    told = json.loads(line)
    assert "\n" not in line
    assert told.pop("error").endswith("ValueError: gọi\n***")
    assert told == {
        "time": "2026-05-05 08:00:00.000+07:00",
        "level": "WARNING",
        "logger": "bot",
        "reference": handling.reference,
        "message": "Lỗi",
    }


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (
            "POST https://api.telegram.org/bot4242:sandbox/sendMessage",
            "POST https://api.telegram.org/bot***/sendMessage",
        ),
        ("token 123456789:AAHk-3vEXAMPLE_EXAMPLE_EXAMPLE_12345", "token ***"),
        ("gọi 0912345678 hoặc +84 912 345 678", "gọi *** hoặc ***"),
        ("'84912345678' và 091.234.5678", "'***' và ***"),
        ("https://tai.vidu.vn/t/q1w2e3r4t5y6u7i8o9p0aa/files", "https://tai.vidu.vn/t/***/files"),
        ("https://t.me/thidua_bot?start=AbC-123_x", "https://t.me/thidua_bot?start=***"),
        ("postgresql+asyncpg://ten:mat-khau@127.0.0.1/thidua", "postgresql+asyncpg://ten:***@127.0.0.1/thidua"),
    ],
)
def test_what_opens_a_door_is_not_written(words: str, written: str) -> None:
    assert redact(words) == written


@pytest.mark.parametrize(
    "words",
    ["update 912345678 is given up after 7 attempts", "2026-05-05 08:00:00.000+07:00", "12.345.678,9 triệu đồng"],
)
def test_other_numbers_stay(words: str) -> None:
    assert redact(words) == words
