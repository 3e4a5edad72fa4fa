"""Group chats with topics, people who unpin, and groups in which the bot may not do everything."""

from datetime import datetime
from typing import Any

import pytest

from domain.calendar import VIETNAM
from tests.support.stage import TOKEN, Phone, Stage, StageGroup
from tests.support.steps.clusters import arrive, crowd, reports_of_cluster

BOT = int(TOKEN.partition(":")[0])


def at(month: int, day: int, hour: int = 8) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


async def group_of(stage: Stage, head: Phone, *, is_forum: bool = False, may_pin: bool = True) -> StageGroup:
    body = {"title": "Cụm 1", "type": "supergroup", "members": [head.id, BOT], "is_forum": is_forum}
    chat = await stage.post("/sandbox/chats", **body, admins=[head.id, BOT] if may_pin else [head.id])
    await stage.settle()
    return StageGroup(stage, int(chat["id"]))


async def bind(group: StageGroup, head: Phone, *, thread_id: int | None = None) -> None:
    body = {"as": head.id, "text": "/ganketcum", "thread_id": thread_id}
    await group.stage.post(f"/sandbox/chats/{group.id}/send", **body)
    await group.stage.settle()
    await group.stage.service.tick()


async def boards(group: StageGroup, head: Phone) -> list[dict[str, Any]]:
    return [message for message in await group.messages(head) if "Cập nhật" in str(message["text"])]


async def test_a_forum_is_served_in_the_topic_where_it_was_bound(stage: Stage) -> None:
    head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    group = await group_of(stage, head, is_forum=True)
    topic = (await stage.post(f"/sandbox/chats/{group.id}/topics", **{"as": head.id, "name": "Thi đua"}))["thread_id"]
    await bind(group, head, thread_id=topic)

    await stage.post(f"/sandbox/chats/{group.id}/send", **{"as": head.id, "text": "/tiendo", "thread_id": topic})
    await stage.settle()
    for hour in (at(5, 7), at(5, 11), at(5, 13)):
        await stage.speak_at(hour)

    said = [message for message in await group.messages(head) if message["from"]["is_bot"] and message["text"]]
    assert {message.get("thread_id") for message in said if "Nhắc hạn" in message["text"]} == {topic}
    assert {message.get("thread_id") for message in said if "Cập nhật" in message["text"]} == {topic}


@pytest.mark.parametrize("change", ["close", "delete"])
async def test_a_topic_that_ends_is_followed_by_the_general_one(stage: Stage, change: str) -> None:
    head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    group = await group_of(stage, head, is_forum=True)
    topic = (await stage.post(f"/sandbox/chats/{group.id}/topics", **{"as": head.id, "name": "Thi đua"}))["thread_id"]
    await bind(group, head, thread_id=topic)

    body = {"as": head.id, "thread_id": topic, "change": change}
    await stage.post(f"/sandbox/chats/{group.id}/topics/change", **body)
    await stage.settle()
    await stage.speak_at(at(5, 6))
    await stage.speak_at(at(5, 6, 9))

    board = (await boards(group, head))[-1]
    assert (board.get("thread_id"), board["pinned"]) == (None, True)
    assert "đã đóng hoặc bị xóa" in await head.screen()


async def test_a_board_that_somebody_unpinned_is_pinned_again_the_next_day_only(stage: Stage) -> None:
    head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    group = await group_of(stage, head)
    await bind(group, head)
    (board,) = await boards(group, head)
    body = {"as": head.id, "message_id": board["message_id"], "is_pinned": False}
    await stage.post(f"/sandbox/chats/{group.id}/pin", **body)

    await arrive(stage, (await reports_of_cluster(stage))[0])
    await stage.speak_at(at(5, 5, 14))
    same_day = (await boards(group, head))[0]["pinned"]
    await stage.speak_at(at(5, 6))

    assert (same_day, (await boards(group, head))[0]["pinned"]) == (False, True)


async def test_a_board_that_was_deleted_is_sent_anew_and_pinned(stage: Stage) -> None:
    head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    group = await group_of(stage, head)
    await bind(group, head)
    (board,) = await boards(group, head)
    await stage.post(f"/sandbox/chats/{group.id}/delete", **{"as": head.id, "message_id": board["message_id"]})

    await stage.speak_at(at(5, 6))

    (anew,) = await boards(group, head)
    assert (anew["message_id"] != board["message_id"], anew["pinned"]) == (True, True)


async def test_who_bound_the_group_is_told_that_the_bot_may_not_pin(stage: Stage) -> None:
    head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    group = await group_of(stage, head, may_pin=False)
    await bind(group, head)

    told = await head.screen()
    await stage.post(f"/sandbox/chats/{group.id}/members", **{"as": head.id, "admins": [BOT]})
    await stage.settle()
    await stage.speak_at(at(5, 5, 9))

    assert told.startswith("Bot chưa ghim được bảng theo dõi trong nhóm của Cụm 1.")
    assert (await boards(group, head))[0]["pinned"]


async def test_who_bound_the_group_is_told_that_the_bot_may_not_write(stage: Stage) -> None:
    head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    group = await group_of(stage, head)
    await bind(group, head)

    await stage.post(f"/sandbox/chats/{group.id}/members", **{"as": head.id, "restrict": [BOT]})
    await stage.settle()
    await stage.speak_at(at(5, 6))

    assert (await head.screen()).startswith("Bot không gửi được tin vào nhóm của Cụm 1")


async def test_a_cluster_that_has_handed_in_is_cheered_once(stage: Stage) -> None:
    head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    await crowd(stage, 94)
    group = await group_of(stage, head)
    await bind(group, head)
    for duty_id in await reports_of_cluster(stage):
        await arrive(stage, duty_id)

    for hour in (9, 10, 11):
        await stage.speak_at(at(5, 5, hour))

    said = [str(message["text"]) for message in await group.messages(head)]
    assert said.count("✅ Cụm 1 đã nộp đủ 100/100: Báo cáo 6 tháng 2026") == 1
    (board,) = await boards(group, head)
    assert "✅ 100/100" in board["text"]
    assert not board["pinned"]


async def test_officers_are_mentioned_by_their_units_name_once_the_head_wants_it(stage: Stage) -> None:
    head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    officer = await stage.phone("Trần Văn Riêng", unit="phuong-5")
    group = await group_of(stage, head)
    await bind(group, head)
    asked = await group.send(head, "/nhacten")
    await group.press(head, "Bật nhắc tên")

    for hour in (at(5, 7), at(5, 11)):
        await stage.speak_at(hour)

    said = [message for message in await group.messages(head) if "Nhắc hạn" in str(message["text"])]
    mentions = [entity for entity in said[-1]["entities"] if entity["type"] == "text_mention"]
    assert asked["text"].startswith("Nhắc tên trong nhóm này đang tắt.")
    assert {entity["user"]["id"] for entity in mentions} == {head.id, officer.id}
    assert "Riêng" not in said[-1]["text"]


async def test_a_second_group_of_a_cluster_takes_the_place_of_the_first_or_stands_beside_it(stage: Stage) -> None:
    head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    first, second = await group_of(stage, head), await group_of(stage, head)
    await bind(first, head)
    await second.send(head, "/ganketcum")
    asked = (await second.last(head))["text"]

    await second.press(head, "Chuyển bảng sang nhóm này")
    await stage.speak_at(at(5, 5, 9))

    assert asked.startswith("Cụm 1 đang có bảng ở một nhóm khác.")
    assert [board["pinned"] for board in await boards(first, head)] == [False]
    assert [board["pinned"] for board in await boards(second, head)] == [True]


async def test_two_groups_of_one_cluster_each_show_what_arrives(stage: Stage) -> None:
    head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    groups = [await group_of(stage, head), await group_of(stage, head)]
    await bind(groups[0], head)
    await groups[1].send(head, "/ganketcum")
    await groups[1].press(head, "Dùng cả các nhóm")
    await stage.speak_at(at(5, 5, 9))

    await arrive(stage, (await reports_of_cluster(stage))[0])
    await stage.speak_at(at(5, 5, 10))

    for group in groups:
        (board,) = await boards(group, head)
        assert "✅ 1/6: Phường 1" in board["text"]
        assert board["pinned"]
