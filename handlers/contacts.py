"""Phone number shared by a person in the bot: whatever screen is open, the bot asks whether to store it."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import Message
from aiogram_dialog import DialogManager

from dialogs.links.personal import open_phone_change
from domain.errors import Refusal
from handlers.home import below
from usecases.context import Context
from usecases.people.phones import compare_phone


def router() -> Router:
    router = Router(name="contacts")
    router.message.register(take, F.chat.type == ChatType.PRIVATE, F.contact, has_joined)
    return router


def has_joined(_: Message, ctx: Context) -> bool:
    return not ctx.actor.is_guest


async def take(message: Message, ctx: Context, dialog_manager: DialogManager) -> None:
    contact, sender = message.contact, message.from_user
    if contact is None or sender is None or contact.user_id != sender.id:
        raise Refusal(
            "contact-of-another", "Đây là số của người khác. Anh/chị gõ /doiso rồi bấm nút để gửi số của mình."
        )
    change = await compare_phone(ctx, contact.phone_number)
    await open_phone_change(dialog_manager, change.given, show_mode=below(dialog_manager))
