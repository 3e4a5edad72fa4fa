"""«Đã đọc» under an announcement."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, MaybeInaccessibleMessageUnion, Message

from dialogs.shared.replies import answer_press, close_push
from handlers.push_buttons.data import SeenButton, is_push
from handlers.push_buttons.pushes import leave_pushed_message_alone
from templates.filters import moment
from usecases.announcements.reading import mark_read
from usecases.context import Context

_PRIVATE = F.message.chat.type == ChatType.PRIVATE


def router() -> Router:
    router = Router(name="announcement_pushes")
    router.callback_query.outer_middleware(leave_pushed_message_alone)
    router.callback_query.filter(is_push)
    router.callback_query.register(note_read, _PRIVATE, SeenButton.filter())
    return router


async def note_read(
    callback: CallbackQuery, callback_data: SeenButton, ctx: Context, pushed: MaybeInaccessibleMessageUnion | None
) -> None:
    """Note that the person has read it; the open dialog stays as it is."""
    mark = await mark_read(ctx, callback_data.announcement_id)
    told = f"✅ Đã đọc lúc {moment(mark.read_at)}."
    await answer_press(callback, told)
    # Whoever presses on an old copy of the screen must not get the same line twice.
    if not (isinstance(pushed, Message) and told in (pushed.text or "")):
        await close_push(pushed, told)
