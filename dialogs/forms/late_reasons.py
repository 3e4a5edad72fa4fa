"""The window in which a unit explains why a report or a pledge is late."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Keyboard, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.forms.answer_data import duty_of, forget_sheet
from dialogs.forms.interview import Interview
from dialogs.shared.screen import Screen, ctx_of
from domain.errors import Refusal
from usecases.submissions.late_reasons import state_late_reason


def late_buttons(interview: Interview) -> tuple[Keyboard, ...]:
    if interview.late is None:
        return ()
    return (SwitchTo(Const("Ghi giải trình nộp trễ"), id="late", state=interview.late, when="may_explain"),)


def late_window(interview: Interview, *, preview: dict[str, Any]) -> Window:
    assert interview.late is not None  # noqa: S101 (a form that is never late has no such window)

    async def take(message: Message, _: MessageInput, manager: DialogManager) -> None:
        forget_sheet(manager)
        await state_late_reason(ctx_of(manager), duty_of(manager), message.text or "")
        await manager.switch_to(interview.summary)

    return Window(
        Screen("submissions/form/late"),
        MessageInput(take, content_types=ContentType.TEXT),
        MessageInput(expect_reason),
        SwitchTo(Const("‹ Quay lại"), id="back", state=interview.summary),
        state=interview.late,
        getter=interview.read_sheet,
        preview_data=preview,
    )


async def expect_reason(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("reason-awaited", "Bot đang chờ giải trình bằng chữ. Anh/chị gõ lý do nộp trễ, hoặc quay lại.")
