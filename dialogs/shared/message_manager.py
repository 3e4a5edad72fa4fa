"""How aiogram_dialog shows screens: a message that was deleted or cannot be edited never blocks the next screen."""

import logging

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.types import CallbackQuery, Message
from aiogram_dialog.api.entities import NewMessage, OldMessage
from aiogram_dialog.api.protocols import MessageNotModified
from aiogram_dialog.manager.message_manager import MessageManager

_UNCHANGED = "message is not modified"

logger = logging.getLogger(__name__)


class ResilientMessageManager(MessageManager):
    """Message manager that sends what cannot be edited, and leaves buttons and messages that cannot be removed."""

    async def answer_callback(self, bot: Bot, callback_query: CallbackQuery) -> None:
        try:
            await bot.answer_callback_query(callback_query_id=callback_query.id)
        except TelegramAPIError as error:
            logger.info("the wheel on a button could not be stopped: %s", error)

    async def edit_message_safe(self, bot: Bot, new_message: NewMessage, old_message: OldMessage) -> Message:
        try:
            return await self.edit_message(bot, new_message, old_message)
        except TelegramBadRequest as error:
            if _UNCHANGED in error.message:
                raise MessageNotModified from error
            logger.info("a screen could not be edited and is sent: %s", error)
            # The old message may still be there, with the buttons of a screen that is no longer open.
            await self.remove_inline_kbd(bot, old_message)
            return await self.send_message(bot, new_message)

    async def remove_inline_kbd(self, bot: Bot, old_message: OldMessage | None) -> Message | None:
        try:
            return await super().remove_inline_kbd(bot, old_message)
        except TelegramBadRequest as error:
            logger.info("buttons could not be removed: %s", error)
            return None

    async def remove_message_safe(self, bot: Bot, old_message: OldMessage, new_message: NewMessage | None) -> None:
        try:
            await bot.delete_message(chat_id=old_message.chat.id, message_id=old_message.message_id)
        except TelegramBadRequest as error:
            logger.info("a message could not be deleted: %s", error)
            await self._remove_kbd(bot, old_message, new_message)
