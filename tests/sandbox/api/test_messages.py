"""Sending, editing, pressing: the everyday of a bot, with both libraries; and what Telegram refuses of it."""

import pytest
import telegram
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import Message, ReplyParameters
from telegram.error import BadRequest, Forbidden
from telegram.ext import ExtBot

from tests.sandbox.conftest import Hand
from tests.sandbox.keyboards import keyboard


async def test_html_becomes_text_with_entities_in_utf16_units(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()

    sent = await aiogram_bot.send_message(person, "👍 <b>Việc</b> của tôi", parse_mode="HTML")

    assert sent.text == "👍 Việc của tôi"
    assert sent.entities
    assert [(entity.type, entity.offset, entity.length) for entity in sent.entities] == [("bold", 3, 4)]


async def test_ptb_reads_what_it_sent(ptb_bot: ExtBot[None], hand: Hand) -> None:
    person = await hand.started()

    sent = await ptb_bot.send_message(person, "Nhắc hạn: <i>Báo cáo</i>", parse_mode="HTML")

    assert (sent.text, sent.entities[0].type, sent.chat.id) == ("Nhắc hạn: Báo cáo", "italic", person)


async def test_an_edit_without_a_keyboard_drops_the_keyboard(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    sent = await aiogram_bot.send_message(person, "Bắt đầu?", reply_markup=keyboard(Đồng_ý="yes"))

    await aiogram_bot.edit_message_text("Đã bắt đầu", chat_id=person, message_id=sent.message_id)

    shown = (await hand.read(person, person))[-1]
    assert (shown["text"], shown["buttons"], shown["edited"]) == ("Đã bắt đầu", [], True)


async def test_a_changed_keyboard_alone_is_not_shown_as_edited(ptb_bot: ExtBot[None], hand: Hand) -> None:
    person = await hand.started()
    next_page = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("Sau", callback_data="2"))
    sent = await ptb_bot.send_message(person, "Trang 1/2", reply_markup=next_page)

    await ptb_bot.edit_message_reply_markup(chat_id=person, message_id=sent.message_id)

    shown = (await hand.read(person, person))[-1]
    assert (shown["buttons"], shown["edited"]) == ([], False)


async def test_a_reply_carries_the_message_replied_to(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    first = (await hand.read(person, person))[0]["message_id"]

    sent = await aiogram_bot.send_message(person, "Chào", reply_parameters=ReplyParameters(message_id=first))

    assert isinstance(sent.reply_to_message, Message)
    assert sent.reply_to_message.text == "/start"


async def test_deleted_messages_are_gone(ptb_bot: ExtBot[None], hand: Hand) -> None:
    person = await hand.started()
    sent = await ptb_bot.send_message(person, "Nhầm")

    await ptb_bot.delete_message(person, sent.message_id)

    assert [message["text"] for message in await hand.read(person, person)] == ["/start"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<b>Việc", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("Số < 5", 'can\'t parse entities: Unsupported start tag "" at byte offset 5'),
        ("<h1>Việc</h1>", 'can\'t parse entities: Unsupported start tag "h1" at byte offset 0'),
        ("<b><i>Việc</b></i>", 'at byte offset 12, expected "</i>", found "</b>"'),
        ("Việc</b>", "can't parse entities: Unexpected end tag at byte offset 6"),
        ("a" * 4097, "message is too long"),
        ("  \n", "message text is empty"),
    ],
)
async def test_a_text_that_telegram_refuses_is_refused(aiogram_bot: Bot, hand: Hand, text: str, reason: str) -> None:
    person = await hand.started()

    with pytest.raises(TelegramBadRequest) as refusal:
        await aiogram_bot.send_message(person, text, parse_mode="HTML")

    assert reason in refusal.value.message


async def test_an_edit_that_changes_nothing_is_refused(aiogram_bot: Bot, ptb_bot: ExtBot[None], hand: Hand) -> None:
    person = await hand.started()
    sent = await aiogram_bot.send_message(person, "<b>Như cũ</b>", parse_mode="HTML", reply_markup=keyboard(Mở="1"))

    same = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("Mở", callback_data="1"))
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await ptb_bot.edit_message_text("<b>Như cũ</b>", person, sent.message_id, parse_mode="HTML", reply_markup=same)


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "Mở", "callback_data": "ạ" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "Mở"}, "Text buttons are unallowed in the inline keyboard"),
        ({"callback_data": "1"}, "can't parse reply keyboard markup"),
        ({"text": "Mở", "url": "không phải địa chỉ"}, "Wrong HTTP URL"),
    ],
)
async def test_a_button_that_telegram_refuses_is_refused(hand: Hand, button: dict[str, str], reason: str) -> None:
    person = await hand.started()

    answer = await hand.call("sendMessage", chat_id=person, text="Việc", reply_markup={"inline_keyboard": [[button]]})

    assert answer["error_code"] == 400
    assert reason in answer["description"]


async def test_callback_data_of_64_bytes_passes(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()

    sent = await aiogram_bot.send_message(person, "Việc", reply_markup=keyboard(Mở="a" * 64))

    assert sent.reply_markup
    assert sent.reply_markup.inline_keyboard[0][0].callback_data == "a" * 64


async def test_unknown_chats_and_messages_are_refused(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    await aiogram_bot.send_message(person, "Việc")

    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await aiogram_bot.send_message(999, "Ai đó")
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await aiogram_bot.edit_message_text("Mới", chat_id=person, message_id=999)
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await aiogram_bot.edit_message_text("Mới", chat_id=person, message_id=1)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await aiogram_bot.delete_message(person, 999)


async def test_messages_older_than_two_days_cannot_be_deleted(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    sent = await aiogram_bot.send_message(person, "Cũ rồi")
    await hand.post("clock", advance=49 * 3600)

    with pytest.raises(TelegramBadRequest, match="message can't be deleted for everyone"):
        await aiogram_bot.delete_message(person, sent.message_id)

    assert await aiogram_bot.edit_message_text("Sửa được", chat_id=person, message_id=sent.message_id)


async def test_a_bot_may_not_write_first(aiogram_bot: Bot, ptb_bot: ExtBot[None], hand: Hand) -> None:
    stranger = await hand.person()

    with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a user"):
        await aiogram_bot.send_message(stranger, "Chào")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await ptb_bot.send_message(stranger, "Chào")
