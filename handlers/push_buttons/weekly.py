"""Buttons of the weekly list: a duty that was seen is left out of it, and put back."""

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup

from dialogs.shared.replies import answer_press, send_text
from handlers.push_buttons.data import MuteButton, MutesButton, ResumeButton, UnmuteButton
from templates import render
from usecases.context import Context
from usecases.reminders.weekly_mutes import list_watched, mute_duty, unmute_duty

_PRIVATE = F.message.chat.type == ChatType.PRIVATE
_BACK = InlineKeyboardButton(text="‹ Quay lại", callback_data=ResumeButton(turn=1).pack())


def register(router: Router) -> None:
    router.callback_query.register(choose, _PRIVATE, MutesButton.filter())
    router.callback_query.register(mute, _PRIVATE, MuteButton.filter())
    router.callback_query.register(unmute, _PRIVATE, UnmuteButton.filter())


async def choose(callback: CallbackQuery, callback_data: MutesButton, ctx: Context, bot: Bot) -> None:
    """Ask which duty of the list is to be left out."""
    watched = await list_watched(ctx, tuple(int(duty_id) for duty_id in callback_data.duty_ids.split(",")))
    await answer_press(callback)
    rows = [
        [InlineKeyboardButton(text=duty.title, callback_data=MuteButton(duty_id=duty.id).pack())] for duty in watched
    ]
    keyboard = InlineKeyboardMarkup(inline_keyboard=[*rows, [_BACK]])
    await send_text(bot, callback.from_user.id, "Anh/chị đã xem và muốn thôi nhắc việc nào?", keyboard=keyboard)


async def mute(callback: CallbackQuery, callback_data: MuteButton, ctx: Context, bot: Bot) -> None:
    duty = await mute_duty(ctx, callback_data.duty_id)
    await answer_press(callback)
    again = InlineKeyboardButton(text="Nhắc lại việc này", callback_data=UnmuteButton(duty_id=duty.id).pack())
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[again], [_BACK]])
    await send_text(bot, callback.from_user.id, render("reminders/muted", title=duty.title), keyboard=keyboard)


async def unmute(callback: CallbackQuery, callback_data: UnmuteButton, ctx: Context, bot: Bot) -> None:
    duty = await unmute_duty(ctx, callback_data.duty_id)
    await answer_press(callback)
    text = render("reminders/unmuted", title=duty.title)
    await send_text(bot, callback.from_user.id, text, keyboard=InlineKeyboardMarkup(inline_keyboard=[[_BACK]]))
