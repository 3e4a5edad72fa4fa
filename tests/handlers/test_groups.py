"""The cluster's group chat: bound by who may, and never a person's name in it."""

from datetime import UTC, datetime

import pytest
from aiogram.types import Chat, Message, Update, User

from domain.duties.reachability import Loss
from domain.roles import Role
from tests.support.stage import Phone, Stage, StageGroup
from usecases.people.recognition import recognise
from usecases.reminders.reachability import lose_touch


async def head_of_cluster_1(stage: Stage) -> Phone:
    return await stage.phone("Cán bộ Phường 1", unit="phuong-1")


async def test_a_bot_that_was_added_says_what_to_do(stage: Stage) -> None:
    head = await head_of_cluster_1(stage)

    group = await stage.group("Cụm 1", head)

    assert "/ganketcum Cụm 1" in (await group.last(head))["text"]


@pytest.mark.parametrize("typed", ["/ganketcum", "/ganketcum Cụm 1", "/ganketcum cum 1", "/ganketcum 1"])
async def test_the_head_binds_the_group_to_the_cluster(stage: Stage, typed: str) -> None:
    head = await head_of_cluster_1(stage)
    group = await stage.group("Cụm 1", head)

    answer = await group.send(head, typed)

    assert answer["text"].startswith("✅ Nhóm này đã gắn với Cụm 1.")
    assert answer["reply_to"] is not None


async def test_the_standing_body_names_the_cluster(stage: Stage) -> None:
    body = await stage.phone("Thường trực", unit="tinh-mau", role=Role.STANDING_BODY)
    group = await stage.group("Cụm 2", body)

    unnamed = await group.send(body, "/ganketcum")
    named = await group.send(body, "/ganketcum Cụm 2")

    assert "Các cụm: Cụm 1, Cụm 2" in unnamed["text"]
    assert named["text"].startswith("✅ Nhóm này đã gắn với Cụm 2.")


async def test_nobody_else_binds_a_group(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    group = await stage.group("Cụm 1", officer)

    answer = await group.send(officer, "/ganketcum Cụm 1")

    assert answer["text"] == "Chỉ cụm trưởng hoặc cơ quan thường trực gắn được nhóm này với cụm."


async def test_progress_shows_units_and_no_people(stage: Stage) -> None:
    head = await head_of_cluster_1(stage)
    group = await stage.group("Cụm 1", head)
    await group.send(head, "/ganketcum")

    answer = await group.send(head, "/tiendo")

    assert answer["text"].startswith("Cụm 1 · 3 việc đang mở")
    assert "Báo cáo 6 tháng 2026\n⏳ 0/6 · hết ngày 14/5 (thứ Năm), còn 9 ngày" in answer["text"]
    assert "Chưa nộp 6: Phường 1, Phường 2" in answer["text"]
    assert "Cán bộ" not in answer["text"]


async def test_progress_of_an_unbound_group_says_how_to_bind_it(stage: Stage) -> None:
    head = await head_of_cluster_1(stage)
    group = await stage.group("Cụm 1", head)

    answer = await group.send(head, "/tiendo")

    assert answer["text"] == "Nhóm này chưa gắn với cụm nào. Cụm trưởng gõ /ganketcum để gắn."


async def test_a_private_command_in_a_group_is_pointed_to_the_bot(stage: Stage) -> None:
    head = await head_of_cluster_1(stage)
    group = await stage.group("Cụm 1", head)

    answer = await group.send(head, "/viec")

    assert answer["text"].startswith("Lệnh này dùng khi nhắn riêng.")
    assert answer["buttons"][0][0]["url"].startswith("https://t.me/")


async def test_a_group_that_the_bot_has_left_is_bound_no_more(stage: Stage) -> None:
    head = await head_of_cluster_1(stage)
    group = await stage.group("Cụm 1", head)
    await group.send(head, "/ganketcum")
    me = await stage.telegram_bot.bot.me()

    await stage.post(f"/sandbox/chats/{group.id}/members", **{"as": head.id, "remove": [me.id]})
    await stage.settle()
    await stage.post(f"/sandbox/chats/{group.id}/members", **{"as": head.id, "add": [me.id]})
    await stage.settle()

    assert (await group.send(head, "/tiendo"))["text"].startswith("Nhóm này chưa gắn với cụm nào.")


async def test_who_blocks_the_bot_is_not_reachable_until_they_come_back(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    await stage.post("/sandbox/faults", blocked_users=[officer.id])
    await stage.settle()
    blocked = await is_reachable(stage, officer)
    await stage.post("/sandbox/faults", blocked_users=[])
    await stage.settle()

    assert (blocked, await is_reachable(stage, officer)) == (False, True)


async def test_who_writes_to_the_bot_can_be_written_to(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    async with stage.app.contexts.open() as ctx:
        await lose_touch(ctx, channel="telegram", chat_id=officer.id, loss=Loss.BLOCKED)
    lost = await is_reachable(stage, officer)

    await officer.send("/viec")

    assert (lost, await is_reachable(stage, officer)) == (False, True)


async def is_reachable(stage: Stage, phone: Phone) -> bool:
    async with stage.app.contexts.open() as ctx:
        actor = await recognise(ctx, channel="telegram", chat_id=phone.id)
        assert actor.person_id is not None
        account = await ctx.uow.officers.account("telegram", phone.id)
        assert account is not None
        return account.blocked_at is None


async def test_progress_comes_though_the_command_was_deleted(stage: Stage) -> None:
    head = await head_of_cluster_1(stage)
    group = await stage.group("Cụm 1", head)
    await group.send(head, "/ganketcum")
    asked = Message(
        message_id=9_999,
        date=stage.clock.now(),
        chat=Chat(id=group.id, type="supergroup", title="Cụm 1"),
        from_user=User(id=head.id, is_bot=False, first_name="Cán bộ"),
        text="/tiendo",
    )

    await stage.telegram_bot.dispatcher.feed_update(
        stage.telegram_bot.bot, Update(update_id=999_999_999, message=asked)
    )

    answer = await group.last(head)
    assert answer["text"].startswith("Cụm 1 · 3 việc đang mở")
    assert answer["reply_to"] is None


async def migrate(group: StageGroup, by: Phone, *, is_announced: bool) -> StageGroup:
    body = {"as": by.id, "is_announced": is_announced}
    made = await group.stage.post(f"/sandbox/chats/{group.id}/migrate", **body)
    await group.stage.settle()
    return StageGroup(group.stage, made["id"])


async def boards_in(group: StageGroup, member: Phone) -> list[str]:
    said = [m for m in await group.messages(member) if m["from"]["is_bot"]]
    return [m["text"] for m in said if m["text"].startswith("Cụm 1 · Báo cáo 6 tháng 2026")]


async def test_a_group_that_moved_in_silence_has_one_board_where_it_went(stage: Stage) -> None:
    head = await head_of_cluster_1(stage)
    group = await stage.group("Cụm 1", head)
    await group.send(head, "/ganketcum")
    await stage.service.tick()

    moved = await migrate(group, head, is_announced=False)
    for day in (6, 7):
        await stage.pass_time(datetime(2026, 5, day, 1, tzinfo=UTC))

    assert len(await boards_in(moved, head)) == 1
    assert (await moved.send(head, "/tiendo"))["text"].startswith("Cụm 1 · 3 việc đang mở")


@pytest.mark.parametrize("is_announced", [True, False])
async def test_an_answer_to_a_group_that_has_moved_comes_where_it_went(stage: Stage, is_announced: bool) -> None:
    head = await head_of_cluster_1(stage)
    group = await stage.group("Cụm 1", head)
    await group.send(head, "/ganketcum")

    moved = await migrate(group, head, is_announced=is_announced)
    asked = Message(
        message_id=9_999,
        date=stage.clock.now(),
        chat=Chat(id=group.id, type="supergroup", title="Cụm 1"),
        from_user=User(id=head.id, is_bot=False, first_name="Cán bộ"),
        text="/nhacten",
    )
    await stage.telegram_bot.dispatcher.feed_update(
        stage.telegram_bot.bot, Update(update_id=999_999_999, message=asked)
    )

    said = (await moved.last(head))["text"]
    assert said.startswith(
        "Nhắc tên trong nhóm này đang tắt." if not is_announced else "Nhóm này chưa gắn với cụm nào."
    )
    assert (await moved.send(head, "/tiendo"))["text"].startswith("Cụm 1 · 3 việc đang mở")


async def test_two_numbers_of_one_group_become_one_binding(stage: Stage) -> None:
    head = await head_of_cluster_1(stage)
    group = await stage.group("Cụm 1", head)
    await group.send(head, "/ganketcum")
    await stage.service.tick()
    moved = await migrate(group, head, is_announced=False)
    await moved.send(head, "/ganketcum")

    await stage.pass_time(datetime(2026, 5, 7, 1, tzinfo=UTC))

    assert len(await boards_in(moved, head)) == 1


async def test_the_named_cluster_is_heeded(stage: Stage) -> None:
    head = await head_of_cluster_1(stage)
    group = await stage.group("Cụm 2", head)

    answer = await group.send(head, "/ganketcum Cụm 2")

    assert answer["text"] == "Trong các cụm anh/chị gắn được không có «Cụm 2». Các cụm: Cụm 1."


async def test_a_bound_group_is_bound_anew_only_after_a_question(stage: Stage) -> None:
    head = await head_of_cluster_1(stage)
    body = await stage.phone("Thường trực", unit="tinh-mau", role=Role.STANDING_BODY)
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    group = await stage.group("Cụm 1", head, body, officer)
    await group.send(head, "/ganketcum")

    asked = await group.send(body, "/ganketcum Cụm 2")
    meddling = await group.press(officer, "Đổi sang Cụm 2")
    still = await group.send(head, "/tiendo")
    await group.press(body, "Đổi sang Cụm 2")
    changed = next(m for m in await group.messages(head) if m["message_id"] == asked["message_id"])

    assert asked["text"].startswith("Nhóm này đang gắn với Cụm 1. Đổi sang Cụm 2?")
    assert [b["text"] for row in asked["buttons"] for b in row] == ["Đổi sang Cụm 2", "Giữ Cụm 1"]
    assert meddling == "Chỉ cụm trưởng hoặc cơ quan thường trực gắn được nhóm này với cụm."
    assert still["text"].startswith("Cụm 1 · ")
    assert "✅ Nhóm này đã gắn với Cụm 2." in changed["text"]
    assert changed["buttons"] == []
    assert (await group.send(head, "/tiendo"))["text"].startswith("Cụm 2 · ")


async def test_a_bound_group_may_be_kept(stage: Stage) -> None:
    body = await stage.phone("Thường trực", unit="tinh-mau", role=Role.STANDING_BODY)
    group = await stage.group("Cụm 1", body)
    await group.send(body, "/ganketcum Cụm 1")
    await group.send(body, "/ganketcum Cụm 2")

    await group.press(body, "Giữ Cụm 1")

    assert "Nhóm này vẫn gắn với Cụm 1." in (await group.last(body))["text"]
    assert (await group.send(body, "/tiendo"))["text"].startswith("Cụm 1 · ")


async def test_an_anonymous_administrator_is_told_that_nobody_knows_who_writes(stage: Stage) -> None:
    head = await head_of_cluster_1(stage)
    group = await stage.group("Cụm 1", head)

    body = {"as": head.id, "text": "/ganketcum", "is_anonymous": True}
    await stage.post(f"/sandbox/chats/{group.id}/send", **body)
    await stage.settle()

    assert (await group.last(head))["text"].startswith("Tin này gửi dưới tên nhóm hoặc kênh nên bot không biết ai")


async def test_a_stranger_who_binds_is_told_to_join_first(stage: Stage) -> None:
    stranger = await stage.phone("Người lạ")
    group = await stage.group("Cụm 1", stranger)

    answer = await group.send(stranger, "/ganketcum")

    assert answer["text"].startswith("Bot chưa biết anh/chị.")
