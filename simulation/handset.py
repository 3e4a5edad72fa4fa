"""Phones of officers without a network: updates go straight into the dispatcher, and calls are answered at once."""

from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.methods import AnswerCallbackQuery, EditMessageReplyMarkup, EditMessageText, GetMe, SendMessage
from aiogram.methods.base import TelegramMethod
from aiogram.types import CallbackQuery, Chat, InlineKeyboardMarkup, Message, Update, User

from bot.telegram.update_inbox import UpdateInbox
from usecases.ports import Clock

_BOT_ID = 4242


@dataclass(slots=True)
class Exchange:
    """Takes the place of the network: it numbers updates and messages, and remembers each chat's newest screen."""

    clock: Clock
    screens: dict[int, Message] = field(default_factory=dict)
    _number: int = 0

    def next_number(self) -> int:
        self._number += 1
        return self._number

    async def answer(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ARG002, ASYNC109 (the library's)
        """Return what the messenger would."""
        match method:
            case SendMessage() | EditMessageText() | EditMessageReplyMarkup():
                return self._screen(bot, method)
            case GetMe():
                return User(id=_BOT_ID, is_bot=True, first_name="Bot thi đua", username="thidua_bot")
            case AnswerCallbackQuery() | _:
                return True

    def _screen(self, bot: Bot, method: SendMessage | EditMessageText | EditMessageReplyMarkup) -> Message:
        chat_id = int(method.chat_id or 0)
        before = self.screens.get(chat_id)
        markup = method.reply_markup if isinstance(method.reply_markup, InlineKeyboardMarkup) else None
        screen = Message(
            message_id=self.next_number() if isinstance(method, SendMessage) or before is None else before.message_id,
            date=self.clock.now(),
            chat=Chat(id=chat_id, type="private"),
            from_user=User(id=_BOT_ID, is_bot=True, first_name="Bot thi đua"),
            text=getattr(method, "text", None) or (before.text if before else ""),
            reply_markup=markup,
        ).as_(bot)
        self.screens[chat_id] = screen
        return screen


@dataclass(slots=True)
class Handset:
    """One officer's phone."""

    chat_id: int
    exchange: Exchange
    bot: Bot
    dispatcher: Dispatcher
    inbox: UpdateInbox | None = None
    """None for a bare echo, which keeps no updates."""

    @property
    def screen(self) -> str:
        return self.exchange.screens[self.chat_id].text or ""

    async def send(self, text: str) -> str:
        await self._deliver(Update(update_id=self.exchange.next_number(), message=self._message(text)))
        return self.screen

    async def press(self, label: str) -> str:
        """Press the button whose label begins so. Raises LookupError if there is none."""
        screen = self.exchange.screens[self.chat_id]
        buttons = (
            [button for row in screen.reply_markup.inline_keyboard for button in row] if screen.reply_markup else []
        )
        found = next((button for button in buttons if button.text.startswith(label)), None)
        if found is None:
            raise LookupError(f"no «{label}» below «{screen.text}»: {[button.text for button in buttons]}")
        number = self.exchange.next_number()
        pressed = CallbackQuery(
            id=str(number), from_user=self._user, chat_instance="1", message=screen, data=found.callback_data
        )
        await self._deliver(Update(update_id=number, callback_query=pressed))
        return self.screen

    async def _deliver(self, update: Update) -> None:
        if self.inbox is not None:
            await self.inbox.keep([update])
        await self.dispatcher.feed_update(self.bot, update)

    def _message(self, text: str) -> Message:
        return Message(
            message_id=self.exchange.next_number(),
            date=self.exchange.clock.now(),
            chat=Chat(id=self.chat_id, type="private"),
            from_user=self._user,
            text=text,
        )

    @property
    def _user(self) -> User:
        return User(id=self.chat_id, is_bot=False, first_name="Cán bộ")
