"""Groups: who is in, what a bot sees there, and what it pins."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from telegram import ChatMemberAdministrator
from telegram.ext import ExtBot

from tests.sandbox.conftest import Hand

BOT = "@thidua_bot"


async def heard(bot: Bot) -> list[str | None]:
    return [update.message.text for update in await bot.get_updates() if update.message and update.message.text]


async def test_a_bot_hears_that_it_was_added(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.person()

    group = await hand.group(person, BOT)

    updates = await aiogram_bot.get_updates()
    added = updates[0].my_chat_member
    assert added
    assert (added.chat.id, added.chat.type, added.from_user.id) == (group, "supergroup", person)
    assert (added.old_chat_member.status, added.new_chat_member.status) == ("left", "member")
    assert updates[1].message
    assert updates[1].message.new_chat_members


async def test_a_bot_that_is_no_administrator_hears_only_what_concerns_it(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.person()
    group = await hand.group(person, BOT)
    board = await aiogram_bot.send_message(group, "Bảng theo dõi")

    await hand.say(group, person, "Chào cả cụm")
    await hand.say(group, person, "/tiendo")
    await hand.say(group, person, "/tiendo@thidua_bot")
    await hand.say(group, person, "/tiendo@bot_khac")
    await hand.say(group, person, "Nhờ @thidua_bot xem giúp")
    await hand.post(f"chats/{group}/send", **{"as": person, "text": "Trả lời bảng", "reply_to": board.message_id})

    assert await heard(aiogram_bot) == ["/tiendo", "/tiendo@thidua_bot", "Nhờ @thidua_bot xem giúp", "Trả lời bảng"]


async def test_an_administrator_bot_hears_everything(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.person()
    group = await hand.group(person, admins=[BOT])

    await hand.say(group, person, "Chào cả cụm")

    assert await heard(aiogram_bot) == ["Chào cả cụm"]


async def test_members_and_administrators_are_told(aiogram_bot: Bot, ptb_bot: ExtBot[None], hand: Hand) -> None:
    head, officer, stranger = await hand.person("Cụm trưởng"), await hand.person(), await hand.person("Người ngoài")
    group = await hand.group(officer, head, admins=[head, BOT])

    statuses = [(await aiogram_bot.get_chat_member(group, person)).status for person in (head, officer, stranger)]
    administrators = await ptb_bot.get_chat_administrators(group)

    assert statuses == ["creator", "member", "left"]
    assert {member.user.id for member in administrators} == {head, 4242}
    assert any(isinstance(member, ChatMemberAdministrator) for member in administrators)
    assert await ptb_bot.get_chat_member_count(group) == 3
    with pytest.raises(TelegramBadRequest, match="user not found"):
        await aiogram_bot.get_chat_member(group, 999)


async def test_coming_and_going_is_shown_and_heard(aiogram_bot: Bot, hand: Hand) -> None:
    owner, officer = await hand.person("Cụm trưởng"), await hand.person()
    group = await hand.group(owner, BOT)

    joined = await hand.post(f"chats/{group}/members", **{"as": officer, "add": [officer]})
    left = await hand.post(f"chats/{group}/members", **{"as": officer, "remove": [officer]})

    shown = [message["service"] for message in await hand.read(group, owner)]
    assert (joined["members"], left["members"]) == ([owner, 4242, officer], [owner, 4242])
    assert shown == [
        "Cụm trưởng đã thêm Bot thi đua vào nhóm",
        "Cán bộ Phường 5 đã vào nhóm",
        "Cán bộ Phường 5 đã rời nhóm",
    ]
    services = [update.message for update in await aiogram_bot.get_updates() if update.message]
    assert [bool(message.left_chat_member) for message in services] == [False, False, True]


async def test_a_removed_bot_is_forbidden(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.person()
    group = await hand.group(person, BOT)

    await hand.post(f"chats/{group}/members", remove=[BOT])

    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the supergroup chat"):
        await aiogram_bot.send_message(group, "Chào")
    removed = (await aiogram_bot.get_updates())[-1].my_chat_member
    assert removed
    assert removed.new_chat_member.status == "kicked"


async def test_a_bot_that_left_is_no_member(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.person()
    group = await hand.group(person, BOT)

    await aiogram_bot.leave_chat(group)

    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the supergroup chat"):
        await aiogram_bot.send_message(group, "Chào")


async def test_a_pin_is_shown_told_and_announced(aiogram_bot: Bot, ptb_bot: ExtBot[None], hand: Hand) -> None:
    person = await hand.person()
    group = await hand.group(person, admins=[BOT])
    first = await aiogram_bot.send_message(group, "Bảng cũ")
    second = await aiogram_bot.send_message(group, "Bảng mới")

    await aiogram_bot.pin_chat_message(group, first.message_id)
    await ptb_bot.pin_chat_message(group, second.message_id)

    pinned = (await aiogram_bot.get_chat(group)).pinned_message
    assert pinned
    assert pinned.message_id == second.message_id
    shown = await hand.read(group, person)
    assert [message["text"] for message in shown if message["pinned"]] == ["Bảng cũ", "Bảng mới"]
    assert shown[-1]["service"] == "Bot thi đua đã ghim một tin nhắn"
    announced = (await aiogram_bot.get_updates())[-1].message
    assert announced
    assert announced.pinned_message


async def test_pins_are_taken_away(ptb_bot: ExtBot[None], hand: Hand) -> None:
    person = await hand.started()
    sent = [await ptb_bot.send_message(person, text) for text in ("một", "hai", "ba")]
    for message in sent:
        await ptb_bot.pin_chat_message(person, message.message_id)

    await ptb_bot.unpin_chat_message(person)
    after_one = [message["text"] for message in await hand.read(person, person) if message["pinned"]]
    await ptb_bot.unpin_all_chat_messages(person)

    assert after_one == ["một", "hai"]
    assert not any(message["pinned"] for message in await hand.read(person, person))


async def test_only_an_administrator_pins(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.person()
    group = await hand.group(person, BOT)
    board = await aiogram_bot.send_message(group, "Bảng")

    with pytest.raises(TelegramBadRequest, match="not enough rights to manage pinned messages in the chat"):
        await aiogram_bot.pin_chat_message(group, board.message_id)


async def test_each_supergroup_counts_its_own_messages(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.person()
    groups = [await hand.group(person, BOT, title=title) for title in ("Cụm 1", "Cụm 2")]

    sent = [(await aiogram_bot.send_message(group, "Bảng")).message_id for group in groups]

    assert sent == [2, 2]


async def test_a_group_message_is_pressed_by_its_members_only(hand: Hand) -> None:
    person, stranger = await hand.person(), await hand.person("Người ngoài")
    group = await hand.group(person, BOT)

    refused = await hand.press(group, stranger, "Mở")

    assert hand.status == 404
    assert refused == {"error": f"Người số {stranger} không ở trong cuộc trò chuyện {group}"}
