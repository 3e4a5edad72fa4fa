"""Buttons under messages and under the chat: pressed once, answered once."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove, Update

from tests.sandbox.conftest import Hand
from tests.sandbox.keyboards import keyboard


async def answer_next(bot: Bot, text: str | None = None, *, alert: bool = False) -> str:
    """Wait for a pressed button, answer it, and tell its data."""
    while True:
        for update in await bot.get_updates(timeout=5):
            await bot.get_updates(offset=update.update_id + 1)
            if query := update.callback_query:
                await bot.answer_callback_query(query.id, text=text, show_alert=alert)
                return str(query.data)


async def test_a_press_waits_for_the_answer_and_tells_it(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    await aiogram_bot.send_message(person, "Nộp?", reply_markup=keyboard(Nộp="submit:1"))
    answering = asyncio.create_task(answer_next(aiogram_bot, "Đã ghi nhận", alert=True))

    pressed = await hand.press(person, person, "Nộp")

    assert pressed == {"alert": "Đã ghi nhận"}
    assert await answering == "submit:1"


async def test_a_press_answered_without_words_tells_nothing(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    await aiogram_bot.send_message(person, "Nộp?", reply_markup=keyboard(Nộp="submit:1"))
    answering = asyncio.create_task(answer_next(aiogram_bot))

    pressed = await hand.press(person, person, "Nộp")

    await answering
    assert pressed == {}


async def test_the_newest_button_so_labelled_is_pressed_unless_a_message_is_named(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    older = await aiogram_bot.send_message(person, "Cũ", reply_markup=keyboard(Mở="old"))
    await aiogram_bot.send_message(person, "Mới", reply_markup=keyboard(Mở="new"))

    newest = asyncio.create_task(answer_next(aiogram_bot))
    await hand.press(person, person, "Mở")
    named = asyncio.create_task(answer_next(aiogram_bot)) if await newest == "new" else newest
    await hand.press(person, person, "Mở", message_id=older.message_id)

    assert await named == "old"


async def test_a_query_is_answered_once(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    await aiogram_bot.send_message(person, "Nộp?", reply_markup=keyboard(Nộp="1"))
    pressing = asyncio.create_task(hand.press(person, person, "Nộp"))
    query = next(update.callback_query for update in await wait_for_query(aiogram_bot) if update.callback_query)
    await aiogram_bot.answer_callback_query(query.id)

    with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired"):
        await aiogram_bot.answer_callback_query(query.id)

    await pressing


async def wait_for_query(bot: Bot) -> list[Update]:
    while True:
        updates = await bot.get_updates(offset=-1, timeout=5)
        if updates and updates[-1].callback_query:
            return list(updates)


async def test_a_contact_button_shares_the_number_and_goes_away(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started(phone="0901234567")
    ask = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Gửi số", request_contact=True)]])
    await aiogram_bot.send_message(person, "Số điện thoại?", reply_markup=ask)

    await hand.press(person, person, "Gửi số")
    await aiogram_bot.send_message(person, "Cảm ơn", reply_markup=ReplyKeyboardRemove())

    contact = next(u.message.contact for u in await aiogram_bot.get_updates() if u.message and u.message.contact)
    assert (contact.phone_number, contact.user_id) == ("0901234567", person)
    assert not any("reply_keyboard" in message for message in await hand.read(person, person))


async def test_an_ordinary_reply_button_sends_its_text(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    ask = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Bỏ qua")]])
    await aiogram_bot.send_message(person, "Chức vụ?", reply_markup=ask)

    await hand.press(person, person, "Bỏ qua")

    shown = await hand.read(person, person)
    assert shown[1]["reply_keyboard"] == [[{"text": "Bỏ qua"}]]
    assert shown[-1]["text"] == "Bỏ qua"
