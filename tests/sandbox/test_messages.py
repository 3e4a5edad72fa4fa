"""Sending, editing, pressing: the everyday of a bot, with both libraries."""

from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot

from tests.sandbox.conftest import Hand


def keyboard(**buttons: str) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(text=text, callback_data=data) for text, data in buttons.items()]
    return InlineKeyboardMarkup(inline_keyboard=[row])


async def test_aiogram_sends_edits_and_hears_a_press(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    sent = await aiogram_bot.send_message(
        person, "<b>Việc</b> của tôi", parse_mode="HTML", reply_markup=keyboard(Mở="1")
    )
    updates = await aiogram_bot.get_updates()
    await aiogram_bot.edit_message_text("Đã mở", chat_id=person, message_id=sent.message_id)

    shown = await hand.read(person, person)

    assert updates[0].message
    assert updates[0].message.text == "/start"
    assert sent.entities
    assert sent.entities[0].type == "bold"
    assert [(message["text"], message["edited"]) for message in shown] == [("/start", False), ("Đã mở", True)]


async def test_ptb_sends_a_message(ptb_bot: ExtBot[None], hand: Hand) -> None:
    person = await hand.started()

    sent = await ptb_bot.send_message(person, "Nhắc hạn: <i>Báo cáo</i>", parse_mode="HTML")

    assert (sent.text, sent.entities[0].type, sent.chat.id) == ("Nhắc hạn: Báo cáo", "italic", person)
