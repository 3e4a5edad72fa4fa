"""The scheduler over the sandbox: what people and groups find on their phones."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.contexts import Contexts
from channels.pacing import Pacer
from channels.telegram import TelegramChannel
from domain.calendar import VIETNAM
from domain.roles import Role
from models.unit_of_work import make_engine
from scheduler.jobs import SchedulerService
from tests.support.stage import TOKEN, Phone, Stage, staged
from tests.support.steps.filling import acting, hand_in_report
from usecases.groups.binding import bind_cluster
from usecases.outbox.sending import count_waiting
from usecases.reminders.nudges import nudge
from usecases.status.status import list_status


def at(day: int, hour: int = 7, minute: int = 30) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=VIETNAM)


async def told(phone: Phone, *, chat_id: int | None = None, word: str = "Nhắc hạn") -> list[str]:
    """What the bot has said unasked, oldest first."""
    path = f"/sandbox/chats/{chat_id or phone.id}/messages?as={phone.id}"
    return [str(message["text"]) for message in await phone.stage.get(path) if word in str(message["text"])]


async def group_of(stage: Stage, head: Phone) -> int:
    bot = int(TOKEN.partition(":")[0])
    chat = await stage.post("/sandbox/chats", title="Cụm 1", type="supergroup", members=[head.id, bot], admins=[bot])
    await stage.settle()
    async with acting(stage, head.id) as ctx:
        await bind_cluster(ctx, channel="telegram", chat_id=chat["id"])
    return int(chat["id"])


async def test_an_officer_finds_a_reminder_with_the_door_to_the_duty(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    await stage.pass_time(at(7, 9))

    assert await officer.screen() == (
        "Nhắc hạn · Phường 5\n⏳ Báo cáo 6 tháng 2026: còn 7 ngày, hết ngày 14/5 (thứ Năm)."
    )
    assert await officer.buttons() == [
        "Nộp ngay",
        "Nhắc lại 14:00",
        "Giờ khác…",
        "Chuyển cho…",
        "Đã nộp bản giấy",
    ]


async def test_a_deadline_passes_with_one_reminder_a_step(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    await stage.pass_time(at(31))

    days = [text.partition("2026: ")[2].partition(",")[0].partition(" (")[0] for text in await told(officer)]
    assert days == [
        "còn 7 ngày",
        "còn 3 ngày",
        "còn 1 ngày",
        "hôm nay là ngày cuối",
        "quá hạn 1 ngày",
        "quá hạn 4 ngày",
        "quá hạn 7 ngày",
    ]


async def test_a_reminder_delayed_into_the_evening_comes_the_next_morning(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    stage.wind(at(7, 17, 29))
    await stage.service.look()

    stage.wind(at(7, 18))
    await stage.service.deliver()
    in_the_evening = await told(officer)
    stage.wind(at(8))
    await stage.service.deliver()

    assert in_the_evening == []
    assert ["còn 6 ngày" in text for text in await told(officer)] == [True]


async def test_handing_in_before_delivery_silences(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    stage.wind(at(7))
    await stage.service.look()
    await hand_in_report(stage, officer.id)

    settled = await stage.service.deliver()

    assert settled == 1
    assert await told(officer) == []


async def test_a_leader_has_units_reminded_at_any_hour(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    leader = await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)
    stage.wind(at(6, 20))
    async with acting(stage, leader.id) as ctx:
        report = next(status for status in await list_status(ctx) if "6 tháng" in status.title)
        await nudge(ctx, report.duty_id)

    await stage.service.deliver()

    assert len(await told(officer, word="nhắc")) == 1


async def test_a_leader_finds_the_exceptions_on_monday(stage: Stage) -> None:
    leader = await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)

    await stage.pass_time(at(11))

    lines = (await leader.screen()).splitlines()
    assert lines[0] == "Việc cần chú ý trong tuần"
    assert lines[1].startswith(
        "⏳ Báo cáo 6 tháng 2026: hết ngày 14/5 (thứ Năm), còn 3 ngày. Đã nộp 0/12 · chưa nộp 12: Phường 1, Phường 2, "
    )
    assert lines[1].endswith(" và 6 đơn vị khác")
    assert lines[-1] == "Lúc 07:30, 11/5"
    assert (await leader.buttons())[0] == "Xem Báo cáo 6 tháng 2026"


async def test_a_cluster_has_one_board_that_changes_where_it_hangs(stage: Stage) -> None:
    head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    group = await group_of(stage, head)
    await stage.service.tick()

    await hand_in_report(stage, head.id)
    await stage.pass_time(at(8))

    messages = await stage.get(f"/sandbox/chats/{group}/messages?as={head.id}")
    scoreboards = [message for message in messages if "Cập nhật" in str(message["text"])]
    assert [(board["pinned"], board["edited"]) for board in scoreboards] == [(True, True)]
    assert "còn 6 ngày\n✅ 1/6: Phường 1\n⏳ 5: Phường 2" in scoreboards[0]["text"]


async def test_a_cluster_reads_of_units_only(stage: Stage) -> None:
    head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    group = await group_of(stage, head)

    await stage.pass_time(at(11))

    reminders = await told(head, chat_id=group)
    assert [text.splitlines()[1].partition("2026: ")[2] for text in reminders] == [
        "còn 7 ngày, hết ngày 14/5 (thứ Năm)",
        "còn 3 ngày, hết ngày 14/5 (thứ Năm)",
    ]
    assert not any("Cán bộ" in text for text in reminders)


async def test_who_blocked_the_bot_does_not_hold_up_the_others(stage: Stage) -> None:
    gone = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    there = await stage.phone("Cán bộ Phường 6", unit="phuong-6")
    stage.wind(at(7))
    await stage.service.look()
    await stage.post("/sandbox/faults", blocked_users=[gone.id])

    await stage.service.deliver()

    assert len(await told(there)) == 1
    async with stage.app.contexts.open() as ctx:
        account = await ctx.uow.officers.account("telegram", gone.id)
        assert account is not None
        assert account.blocked_at is not None
        assert await count_waiting(ctx) == 0


async def test_what_the_network_loses_is_tried_again(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    stage.wind(at(7))
    await stage.service.look()
    await stage.post("/sandbox/faults", drop=1)
    lost = await stage.service.deliver()
    await stage.post("/sandbox/faults")

    stage.wind(at(7, 8))
    settled = await stage.service.deliver()

    assert (lost, settled) == (0, 1)
    assert len(await told(officer)) in (1, 2)


async def test_what_fails_for_days_is_given_up_with_its_reason(stage: Stage) -> None:
    await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    stage.wind(at(7))
    await stage.service.look()
    mute = SchedulerService(stage.app.contexts, {})

    for hours in range(0, 84, 2):
        stage.wind(at(7) + timedelta(hours=hours))
        await mute.deliver()

    async with stage.app.contexts.open() as ctx:
        message = await ctx.uow.outbox.keyed_for_update("remind:1")
    assert message is not None
    assert message.outcome is not None
    assert message.outcome.startswith("given up: ")


async def test_the_jobs_run_by_themselves_until_stopped(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    stage.wind(at(7))

    stage.service.start()
    for _ in range(60):
        await asyncio.sleep(0.05)
        if await told(officer):
            break
    await stage.service.stop()

    assert len(await told(officer)) == 1


async def test_a_stop_cuts_off_what_takes_too_long_and_the_next_start_says_it(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await stage.post("/sandbox/faults", rate_429=1, retry_after=60)
    stage.wind(at(7))
    stage.service.start()
    await asyncio.sleep(0.5)

    async with asyncio.timeout(2):
        await stage.service.stop(within=0.1)

    assert caplog.records == []
    await stage.post("/sandbox/faults")
    stage.wind(at(7, 8))
    async with second_speaker(stage) as service:
        await service.tick()
    assert len(await told(officer)) == 1


@asynccontextmanager
async def second_speaker(stage: Stage) -> AsyncIterator[SchedulerService]:
    """Another scheduler's process, as far as the database can tell."""
    engine = make_engine(stage.app.settings.database)
    contexts = Contexts(engine, stage.clock, VIETNAM)
    async with TelegramChannel(TOKEN, api=stage.sandbox.url, pacer=Pacer()) as telegram:
        yield SchedulerService(contexts, {"telegram": telegram})
    await engine.dispose()


async def test_two_schedulers_say_everything_once(database: str | None, tmp_path: Path) -> None:
    async with staged(tmp_path, database_url=database) as stage, second_speaker(stage) as second:
        head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
        others = [await stage.phone(f"Cán bộ {unit}", unit=unit) for unit in ("phuong-2", "phuong-5", "phuong-6")]
        group = await group_of(stage, head)

        for hour in (at(5, 9), at(7), at(7, 8), at(11)):
            stage.wind(hour)
            await asyncio.gather(stage.service.tick(), second.tick())

        assert [len(await told(phone)) for phone in (head, *others)] == [2, 2, 2, 2]
        assert len(await told(head, chat_id=group)) == 2
        assert len(await told(head, chat_id=group, word="Cập nhật")) == 1
        async with stage.app.contexts.open() as ctx:
            assert await ctx.uow.outbox.waiting(now=ctx.now) == 0
