"""A cluster in which all have handed in: its group is told once, whatever is returned, small or merged."""

from datetime import date

import pytest

from domain.plans.deadlines import DutyKind
from tests.support.stage import TOKEN, Phone, Stage, StageGroup
from tests.support.steps.clusters import arrive, leave_cluster, reports_of_cluster
from tests.support.steps.filling import duty
from tests.support.steps.hours import at
from tests.support.steps.reviewing import BUDGET, UNIT, enter, hand_back, handed_in, put_back
from tests.support.steps.successions import come, merge

BOT = int(TOKEN.partition(":")[0])


async def bound_group(stage: Stage) -> tuple[StageGroup, Phone]:
    head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    chat = await stage.post("/sandbox/chats", title="Cụm 1", type="supergroup", members=[head.id, BOT], admins=[BOT])
    group = StageGroup(stage, int(chat["id"]))
    await group.send(head, "/ganketcum")
    await stage.service.tick()
    return group, head


async def cheers(group: StageGroup, reader: Phone) -> list[str]:
    said = [str(message["text"]) for message in await group.messages(reader)]
    return [text for text in said if "đã nộp đủ" in text]


async def board(group: StageGroup, reader: Phone) -> tuple[str, bool]:
    """Return the text of the one scoreboard in the group, and whether it is pinned."""
    (found,) = [message for message in await group.messages(reader) if "Cập nhật" in str(message["text"])]
    return str(found["text"]), found["pinned"]


async def test_a_return_after_completion_brings_the_pin_back_and_no_second_cheer(stage: Stage) -> None:
    group, head = await bound_group(stage)
    submission = await handed_in(stage)
    of_unit = await duty(stage, UNIT, DutyKind.REPORT)
    for duty_id in await reports_of_cluster(stage):
        if duty_id != of_unit.id:
            await arrive(stage, duty_id)
    await stage.speak_at(at(5, 9))
    await stage.speak_at(at(5, 10))
    complete = await board(group, head)

    await put_back(stage, submission, BUDGET)
    await stage.speak_at(at(5, 11))
    returned = await board(group, head)
    await enter(stage, "12.5")
    await hand_back(stage)
    await stage.speak_at(at(5, 14))
    await stage.speak_at(at(5, 15))

    assert ("✅ 6/6" in complete[0], complete[1]) == (True, False)
    assert ("↩ 1 đang sửa: Phường 5" in returned[0], returned[1]) == (True, True)
    assert "✅ 6/6" in (await board(group, head))[0]
    assert await cheers(group, head) == ["✅ Cụm 1 đã nộp đủ 6/6: Báo cáo 6 tháng 2026"]


async def test_a_cluster_of_one_is_complete_with_its_one_unit(stage: Stage) -> None:
    for unit in ("phuong-2", "thpt-mau", "so-tai-chinh", "phuong-5", "phuong-6"):
        await leave_cluster(stage, unit, last_day=date(2026, 5, 4))
    group, head = await bound_group(stage)
    (only,) = await reports_of_cluster(stage)
    before = await board(group, head)

    await arrive(stage, only)
    await stage.speak_at(at(5, 9))
    await stage.speak_at(at(5, 10))

    assert ("⏳ 1: Phường 1" in before[0], before[1]) == (True, True)
    assert "✅ 1/1: Phường 1" in (await board(group, head))[0]
    assert await cheers(group, head) == ["✅ Cụm 1 đã nộp đủ 1/1: Báo cáo 6 tháng 2026"]


@pytest.mark.parametrize("is_last", [True, False])
async def test_a_merged_unit_is_counted_once_and_no_more_waited_for(stage: Stage, is_last: bool) -> None:
    """Phường 6 goes into Phường 5, before the other units have handed in or as the last one that owes."""
    group, head = await bound_group(stage)
    *rest, _ = await reports_of_cluster(stage)
    for duty_id in rest if is_last else rest[:-1]:
        await arrive(stage, duty_id)
    await merge(stage, "phuong-6", into="phuong-5")

    await come(stage, 5, 6)
    await stage.speak_at(at(6, 9))
    await stage.speak_at(at(6, 10))
    merged, cheered = await board(group, head), await cheers(group, head)
    if not is_last:
        await arrive(stage, rest[-1])
        await stage.speak_at(at(6, 11))
        await stage.speak_at(at(6, 14))

    assert ("✅ 5/5" if is_last else "✅ 4/5") in merged[0]
    assert "Phường 6" not in merged[0]
    assert len(cheered) == is_last
    assert await cheers(group, head) == ["✅ Cụm 1 đã nộp đủ 5/5: Báo cáo 6 tháng 2026"]
