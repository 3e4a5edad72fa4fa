"""The weekly list says what has changed, and is silent where nothing has."""

from datetime import datetime

from domain.calendar import VIETNAM
from domain.roles import Role
from tests.support.refusals import refused
from tests.support.stage import Phone, Stage
from tests.support.steps.filling import acting, hand_in_pledge, officer
from usecases.reminders.weekly_mutes import mute_duty
from usecases.status.status import list_status


def monday(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 7, 30, tzinfo=VIETNAM)


async def lists(reader: Phone) -> list[str]:
    return [str(message["text"]) for message in await reader.messages() if "trong tuần" in str(message["text"])]


async def test_the_same_list_is_not_said_twice(stage: Stage) -> None:
    leader = await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)

    for week in (monday(6, 1), monday(6, 8), monday(6, 15), monday(6, 22)):
        await stage.speak_at(week)

    assert len(await lists(leader)) == 1


async def test_only_what_has_changed_is_said(stage: Stage) -> None:
    leader = await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)
    clerk = (await stage.phone("Cán bộ Phường 5", unit="phuong-5")).id
    await stage.speak_at(monday(6, 1))
    await hand_in_pledge(stage, clerk)

    for week in (monday(6, 8), monday(6, 15)):
        await stage.speak_at(week)

    first, second = await lists(leader)
    assert first.count("⛔") == 3
    assert "Giao ước thi đua 2026" in second
    assert second.count("⛔") == 1
    assert "2 việc khác chưa có gì mới so với lần trước: /tinhhinh" in second


async def test_a_list_that_could_not_be_sent_is_sent_as_it_was(stage: Stage) -> None:
    leader = await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)
    await stage.post("/sandbox/faults", drop=1.0)
    await stage.speak_at(monday(6, 1))
    await stage.post("/sandbox/faults", drop=0.0)

    await stage.speak_at(datetime(2026, 6, 1, 10, tzinfo=VIETNAM))

    # Delivered at least once; but for the hour on its last line it says the same each time.
    said = {text.rpartition("\n")[0] for text in await lists(leader)}
    assert len(said) == 1


async def test_a_duty_that_was_seen_is_listed_no_more_until_it_is_asked_for(stage: Stage) -> None:
    leader = await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)
    clerk = (await stage.phone("Cán bộ Phường 5", unit="phuong-5")).id
    await stage.speak_at(monday(6, 1))
    await leader.press("Đã xem, thôi nhắc…")
    await leader.press("Giao ước thi đua 2026")
    await hand_in_pledge(stage, clerk)

    await stage.speak_at(monday(6, 8))
    silent = len(await lists(leader))
    await leader.press("Nhắc lại việc này")
    await stage.speak_at(monday(6, 15))

    said = await lists(leader)
    assert (silent, len(said)) == (1, 2), said
    assert "Giao ước thi đua 2026" in said[-1]
    assert (await leader.buttons())[:2] == ["Xem Giao ước thi đua 2026", "Đã xem, thôi nhắc việc này"]


async def test_who_sees_no_status_mutes_nothing(stage: Stage) -> None:
    leader = await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)
    clerk = await officer(stage, "phuong-5", chat_id=905)
    async with acting(stage, leader.id) as ctx:
        status = (await list_status(ctx))[0]

    async with acting(stage, clerk) as ctx:
        with refused("status-hidden"):
            await mute_duty(ctx, status.duty_id)
