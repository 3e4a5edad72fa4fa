"""Reviewer's answer to a unit's question about a return."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.text import Const

from dialogs.links.reviews import open_reviews
from dialogs.reviews.samples import QUESTION
from dialogs.shared.screen import Screen, ctx_of, open_with_notice, start_id
from dialogs.states import ReviewAnswersSG
from domain.errors import Refusal
from templates import render
from usecases.context import Context
from usecases.reviews.returns import answer_unit, read_question

SAMPLE = {"asked": QUESTION}


def _question(manager: DialogManager) -> int:
    return start_id(manager, "question_id")


async def read_asked(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"asked": await read_question(ctx, _question(dialog_manager))}


async def answer(message: Message, _: MessageInput, manager: DialogManager) -> None:
    asked = await answer_unit(ctx_of(manager), _question(manager), text=message.text or "")
    done = f"✅ Đã gửi câu trả lời cho {asked.back.duty.unit_name}."
    await open_with_notice(manager, open_reviews, render("reachability/unit_notices/done", done=done, told=asked.told))


async def expect_words(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("words-awaited", "Bot đang chờ câu trả lời. Anh/chị ghi bằng chữ, hoặc bấm «‹ Quay lại».")


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_reviews(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("reviews/answer"),
            MessageInput(answer, content_types=[ContentType.TEXT]),
            MessageInput(expect_words),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            state=ReviewAnswersSG.answer,
            getter=read_asked,
            preview_data=SAMPLE,
        ),
    )
