"""One pinned board in a cluster's group: that of the duty that is on."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import update

from domain.calendar import VIETNAM
from models.duties.duties import Duty
from tests.support.stage import TOKEN, Phone, Stage, staged
from tests.support.steps.clusters import arrive, more_duties, reports_of_cluster
from tests.support.steps.filling import acting, hand_in_pledge, hand_in_report, officer
from usecases.groups.binding import bind_cluster
from usecases.groups.following import move_group

CLUSTER_1 = ("phuong-2", "thpt-mau", "so-tai-chinh", "phuong-5", "phuong-6")
"""Without Phường 1, which heads it."""


def at(month: int, day: int, hour: int = 8) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


async def bound(stage: Stage) -> tuple[int, Phone]:
    head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    group = await group_where_the_bot_may_pin(stage, head)
    async with acting(stage, head.id) as ctx:
        await bind_cluster(ctx, channel="telegram", chat_id=group)
    await stage.service.tick()
    return group, head


async def group_where_the_bot_may_pin(stage: Stage, member: Phone) -> int:
    bot = int(TOKEN.partition(":")[0])
    chat = await stage.post("/sandbox/chats", title="Cụm 1", type="supergroup", members=[member.id, bot], admins=[bot])
    await stage.settle()
    return int(chat["id"])


async def scoreboards(group: int, reader: Phone) -> list[dict[str, Any]]:
    messages = await reader.stage.get(f"/sandbox/chats/{group}/messages?as={reader.id}")
    return [message for message in messages if "Cập nhật" in str(message["text"])]


async def test_the_live_board_is_pinned_and_the_one_before_is_taken_down(tmp_path: Path) -> None:
    async with staged(tmp_path, at=at(3, 27)) as stage:
        group, head = await bound(stage)
        await stage.speak_at(at(4, 1))
        await hand_in_pledge(stage, head.id)
        await stage.speak_at(at(4, 2))

        pledge, report = await scoreboards(group, head)

    assert "Giao ước thi đua 2026" in pledge["text"]
    assert "✅ 1/6: Phường 1" in pledge["text"], "told where it hangs"
    assert "Báo cáo 6 tháng 2026" in report["text"]
    assert (pledge["pinned"], report["pinned"]) == (False, True)


async def test_what_is_past_gets_no_board_of_its_own(stage: Stage) -> None:
    group, head = await bound(stage)

    await hand_in_pledge(stage, head.id)
    await stage.speak_at(at(5, 5, 9))

    (board,) = await scoreboards(group, head)
    assert "Báo cáo 6 tháng 2026" in board["text"]
    assert board["pinned"]


async def test_a_finished_board_is_unpinned(stage: Stage) -> None:
    group, head = await bound(stage)
    await hand_in_report(stage, head.id)
    for chat_id, unit in enumerate(CLUSTER_1, start=902):
        await hand_in_report(stage, await officer(stage, unit, chat_id=chat_id))

    await stage.speak_at(at(5, 5, 9))

    (board,) = await scoreboards(group, head)
    assert "✅ 6/6" in board["text"]
    assert not board["pinned"]


async def test_a_group_under_a_new_number_gets_one_board_there(stage: Stage) -> None:
    group, head = await bound(stage)
    new = await group_where_the_bot_may_pin(stage, head)

    async with stage.app.contexts.open() as ctx:
        await move_group(ctx, channel="telegram", chat_id=group, to=new)
    for hour in (at(5, 6), at(5, 7)):
        await stage.speak_at(hour)

    assert len(await scoreboards(group, head)) == 1
    (board,) = await scoreboards(new, head)
    assert board["pinned"]


async def test_of_two_plans_at_once_the_duty_due_first_is_pinned_and_both_are_edited(stage: Stage) -> None:
    group, head = await bound(stage)
    (code,) = await more_duties(stage, ["Báo cáo chuyên đề"], last_valid_day=date(2026, 5, 12))
    await stage.speak_at(at(5, 6))
    await stage.speak_at(at(5, 6, 9))

    for duty_code in ("bao-cao-6-thang", code):
        await arrive(stage, (await reports_of_cluster(stage, code=duty_code))[0])
    await stage.speak_at(at(5, 6, 10))
    later, first = await scoreboards(group, head)
    await stage.speak_at(at(5, 13, 9))
    next_day = await scoreboards(group, head)

    assert "Báo cáo 6 tháng 2026" in later["text"]
    assert "Báo cáo chuyên đề 2026" in first["text"]
    assert ["✅ 1/6: Phường 1" in board["text"] for board in (later, first)] == [True, True]
    assert [board["pinned"] for board in (later, first)] == [False, True]
    assert [board["pinned"] for board in next_day] == [True, False]


async def test_of_two_plans_due_on_one_day_the_older_duty_stays_pinned(tmp_path: Path) -> None:
    async with staged(tmp_path, at=at(5, 5)) as stage:
        group, head = await bound(stage)
        await more_duties(stage, ["Báo cáo chuyên đề"], last_valid_day=date(2026, 5, 14))
        await retire(stage, after=date(2026, 5, 14))

        for day in (6, 14, 15):
            await stage.speak_at(at(5, day, 9))
            await stage.speak_at(at(5, day, 10))

        (board,) = await scoreboards(group, head)
        assert "Báo cáo 6 tháng 2026" in board["text"]
        assert board["pinned"]


async def retire(stage: Stage, *, after: date) -> None:
    """Withdraw what falls due after this day, so that nothing follows."""
    async with stage.app.contexts.engine.begin() as connection:
        await connection.execute(update(Duty).where(Duty.last_valid_day > after).values(withdrawn_at=stage.clock.now()))
