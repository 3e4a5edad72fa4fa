"""A stored paper as a file in the chat, or as a link to the web page if the messenger does not carry it."""

from collections.abc import Awaitable

from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, User
from aiogram_dialog import DialogManager, ShowMode

from dialogs.shared.file_sending import send_document
from dialogs.shared.replies import send_text
from dialogs.shared.screen import ctx_of
from dialogs.upload_links.offering import page_of
from domain.upload_links import TooLargeToSend
from templates import render
from usecases.dossiers.attachments import StoredAttachment
from usecases.upload_links.downloads import issue_download


async def send_paper_file(manager: DialogManager, reading: Awaitable[StoredAttachment]) -> None:
    """Send the paper that is read. Raises TooLargeToSend if it is too large, and there is no web page."""
    try:
        paper = await reading
    except TooLargeToSend as large:
        if page_of(manager) is None:
            raise
        await _send_link(manager, large.attachment_id)
    else:
        await send_document(manager, paper.content, file_name=paper.file_name, caption=paper.requirement_name)


async def _send_link(manager: DialogManager, attachment_id: int) -> None:
    issued = await issue_download(ctx_of(manager), attachment_id)
    bot: Bot = manager.middleware_data["bot"]
    user: User = manager.middleware_data["event_from_user"]
    url = f"{page_of(manager)}/o/{issued.token}"
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Mở trang tải về", url=url)]])
    await send_text(bot, user.id, render("upload_links/download", issued=issued, url=url), keyboard=keyboard)
    manager.show_mode = ShowMode.SEND
