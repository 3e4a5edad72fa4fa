"""Table of Bot API methods and the functions that answer them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import methods
from aiogram.methods import TelegramMethod
from aiogram.types import TelegramObject

from sandbox.api import chats, commands, files, messages, pins, polling
from sandbox.api.callbacks import Callbacks
from sandbox.api.calls import Call, Form, M, parse
from sandbox.errors import ApiError
from sandbox.world.world import World

Result = TelegramObject | bool | int | list[str] | list[Any]
Answered = Result | Awaitable[Result]


@dataclass(frozen=True, slots=True)
class Method:
    """Shape of a method's arguments and the function that answers it."""

    shape: type[TelegramMethod[Any]]
    answer: Callable[[World, Form], Answered]


class Methods:
    """Table of methods, looked up by name in any case, as Telegram does."""

    def __init__(self, callbacks: Callbacks) -> None:
        self._methods: dict[str, Method] = {}
        self._add_messages()
        self._add_chats()
        self._add(methods.AnswerCallbackQuery, callbacks.answer)
        self._add(methods.GetUpdates, polling.get_updates)
        self._add(methods.SetWebhook, polling.set_webhook)
        self._add(methods.DeleteWebhook, polling.delete_webhook)
        self._add(methods.GetWebhookInfo, polling.get_webhook_info)

    def find(self, name: str) -> Method:
        """Return a method. Raises ApiError 404 if Telegram or the sandbox does not know it."""
        method = self._methods.get(name.lower())
        if method is None:
            raise ApiError(404, "Not Found")
        return method

    def _add(self, shape: type[M], handler: Callable[[World, Call[M]], Answered]) -> None:
        name = shape.__api_method__
        self._methods[name.lower()] = Method(shape, lambda world, form: handler(world, parse(shape, form)))

    def _add_messages(self) -> None:
        self._add(methods.SendMessage, messages.send_message)
        self._add(methods.EditMessageText, messages.edit_message_text)
        self._add(methods.EditMessageCaption, messages.edit_message_caption)
        self._add(methods.EditMessageReplyMarkup, messages.edit_message_reply_markup)
        self._add(methods.DeleteMessage, messages.delete_message)
        self._add(methods.DeleteMessages, messages.delete_messages)
        self._add(methods.SendChatAction, messages.send_chat_action)
        self._add(methods.SetMessageReaction, messages.set_message_reaction)
        self._add(methods.SendDocument, files.send_document)
        self._add(methods.SendPhoto, files.send_photo)
        self._add(methods.EditMessageMedia, files.edit_message_media)
        self._add(methods.GetFile, files.get_file)
        self._add(methods.PinChatMessage, pins.pin_chat_message)
        self._add(methods.UnpinChatMessage, pins.unpin_chat_message)
        self._add(methods.UnpinAllChatMessages, pins.unpin_all_chat_messages)

    def _add_chats(self) -> None:
        self._add(methods.GetMe, chats.get_me)
        self._add(methods.GetChat, chats.get_chat)
        self._add(methods.GetChatMember, chats.get_chat_member)
        self._add(methods.GetChatAdministrators, chats.get_chat_administrators)
        self._add(methods.GetChatMemberCount, chats.get_chat_member_count)
        self._add(methods.LeaveChat, chats.leave_chat)
        self._add(methods.LogOut, chats.end_session)
        self._add(methods.Close, chats.end_session)
        self._add(methods.SetMyDescription, chats.set_my_description)
        self._add(methods.GetMyDescription, chats.get_my_description)
        self._add(methods.SetMyShortDescription, chats.set_my_short_description)
        self._add(methods.GetMyShortDescription, chats.get_my_short_description)
        self._add(methods.SetMyCommands, commands.set_my_commands)
        self._add(methods.GetMyCommands, commands.get_my_commands)
        self._add(methods.DeleteMyCommands, commands.delete_my_commands)
