"""A link to the web page, sent as a message of its own: it stays in the chat, for the phone and for the computer."""

from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, User
from aiogram_dialog import DialogManager, ShowMode

from dialogs.shared.replies import send_text
from dialogs.shared.screen import ctx_of
from templates import render
from usecases.upload_links.links import issue_link


def page_of(manager: DialogManager) -> str | None:
    """Return the public address of the web page, or None if this installation has none."""
    page: str | None = manager.middleware_data.get("upload_page")
    return page


async def offer_link(
    manager: DialogManager, submission_id: int, requirement: str, *, size: int | None = None, photos: int | None = None
) -> None:
    """Send a new link for this paper; the screen follows below.

    `size` (bytes) or `photos` say why it is offered. Raises Refusal if the paper may not be changed.
    """
    link = await issue_link(ctx_of(manager), submission_id, requirement=requirement)
    bot: Bot = manager.middleware_data["bot"]
    user: User = manager.middleware_data["event_from_user"]
    url = f"{page_of(manager)}/t/{link.token}"
    button = InlineKeyboardButton(text="Mở trang tải tệp", url=url)
    text = render("upload_links/offered", link=link, url=url, size=size, photos=photos)
    await send_text(bot, user.id, text, keyboard=InlineKeyboardMarkup(inline_keyboard=[[button]]))
    manager.show_mode = ShowMode.SEND
