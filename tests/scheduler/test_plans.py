"""Reminders follow the dates of plans that change."""

from datetime import date, datetime

from demo.sample import AUTHORITY, PLAN
from domain.calendar import VIETNAM
from plans.catalogue import shipped_plan
from tests.support.stage import Phone, Stage
from usecases.plans.loading import load_plan
from usecases.plans.set_dates import DateTarget, set_date

REPORT = "bao-cao-6-thang"


def at(day: int) -> datetime:
    return datetime(2026, 5, day, 12, tzinfo=VIETNAM)


async def load(stage: Stage, before: str, after: str) -> None:
    async with stage.app.contexts.as_caretaker() as ctx:
        await load_plan(ctx, shipped_plan(PLAN).replace(before, after), authority=AUTHORITY, file=PLAN)


async def days_told(phone: Phone) -> list[str]:
    said = [str(message["text"]) for message in await phone.messages()]
    return [text.partition("2026: ")[2].partition(",")[0] for text in said if "Nhắc hạn" in text]


async def test_steps_that_the_new_date_has_ahead_are_said_again(stage: Stage) -> None:
    phone = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await stage.pass_time(at(12))
    await load(stage, "due: 15/5", "due: 21/5")

    await stage.pass_time(at(20))

    # The new schedule: 7 days before is Wednesday 13/5, 3 days before a Sunday gives way to Friday 15/5.
    assert await days_told(phone) == [
        "còn 7 ngày",
        "còn 3 ngày",
        "còn 7 ngày",
        "còn 5 ngày",
        "còn 1 ngày",
        "hôm nay là ngày cuối",
    ]


async def test_units_are_reminded_of_a_date_that_was_set(stage: Stage) -> None:
    phone = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    async with stage.app.contexts.as_caretaker() as ctx:
        await set_date(ctx, DateTarget(PLAN, REPORT, year=2026), day=date(2026, 5, 8))

    await stage.pass_time(at(8))

    assert (await days_told(phone))[-2:] == ["còn 1 ngày", "hôm nay là ngày cuối"]


async def test_officers_find_on_their_phone_what_changed(stage: Stage) -> None:
    phone = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    await load(stage, "due: 15/5", "due: 21/5")
    await stage.service.deliver()

    assert "hạn mới hết ngày 20/5 (thứ Tư), trước là 14/5." in await phone.screen()
