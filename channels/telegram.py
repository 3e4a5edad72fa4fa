"""Sending to Telegram through python-telegram-bot, within our own rate limits."""

import ssl
from functools import cache
from types import TracebackType
from typing import Self

from channels.library import (
    BadRequest,
    ChatMigrated,
    ExtBot,
    Forbidden,
    HTTPXRequest,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InvalidToken,
    LinkPreviewOptions,
    NetworkError,
    ParseMode,
)
from channels.pacing import Pacer, TurnTooLate
from domain.typed_input.inert import inert
from usecases.ports import (
    AccountGone,
    ChatMoved,
    DocumentUnknown,
    MessageContent,
    MessageNotFound,
    OutgoingDocument,
    TopicClosed,
    Unreachable,
    WritingForbidden,
)

CONNECTIONS = 16
"""Size of the connection pool: more than there are delivery workers."""
CONNECT_WITHIN = 10.0
ANSWER_WITHIN = 20.0

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""No link preview: an address in a person's text must not show its page."""
_NOT_MODIFIED = "message is not modified"
_VANISHED = ("message to edit not found", "message can't be edited", "message_id_invalid")
_UNKNOWN_FILE = ("wrong file identifier", "wrong remote file")
_TOPIC_CLOSED = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
_MUTED = ("not enough rights to send", "no rights to send", "chat_write_forbidden", "chat_send_plain_forbidden")
_MAY_NOT_PIN = ("not enough rights", "chat_admin_required", "need administrator rights")
_DEACTIVATED = "deactivated"
_GONE = ("chat not found", "user not found", "peer_id_invalid", "group chat was deactivated")


class TokenRefused(Exception):  # noqa: N818 (what the server answers)
    """The messenger does not know this token."""


class ServerUnreachable(Exception):  # noqa: N818 (may pass by itself)
    """The messenger cannot be reached, or asks to wait."""


class TelegramChannel:
    """One bot that sends; `api` is the base URL of a Bot API server."""

    def __init__(self, token: str, *, api: str, pacer: Pacer | None = None) -> None:
        request = HTTPXRequest(
            connection_pool_size=CONNECTIONS,
            connect_timeout=CONNECT_WITHIN,
            pool_timeout=ANSWER_WITHIN,
            read_timeout=ANSWER_WITHIN,
            write_timeout=ANSWER_WITHIN,
            httpx_kwargs={"verify": _trusted()},
        )
        base = api.rstrip("/")
        self._request = request
        self._bot: ExtBot[None] = ExtBot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=request,
            # Updates are fetched by aiogram, so a second pool would only cost memory.
            get_updates_request=request,
            rate_limiter=pacer or Pacer(),
        )

    async def __aenter__(self) -> Self:
        # ExtBot.initialize asks Telegram for the bot's name, but a scheduler must start while Telegram is unreachable.
        await self._request.initialize()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._request.shutdown()

    async def check_token(self) -> None:
        """Ask the messenger who the bot is. Raises TokenRefused or ServerUnreachable."""
        try:
            await self._bot.get_me()
        except (InvalidToken, BadRequest) as error:
            raise TokenRefused(str(error)) from error
        except (NetworkError, TurnTooLate) as error:
            raise ServerUnreachable(str(error)) from error

    async def send(self, chat_id: int, content: MessageContent, *, thread_id: int | None = None) -> int:
        try:
            return await self._send(chat_id, content, thread_id)
        except ChatMigrated as moved:
            raise ChatMoved(moved.new_chat_id) from moved
        except Forbidden as error:
            raise _kept_out(error) from error
        except BadRequest as error:
            raise _meant(error) from error

    async def _send(self, chat_id: int, content: MessageContent, thread_id: int | None) -> int:
        message = await self._bot.send_message(
            chat_id,
            content.html,
            message_thread_id=thread_id,
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(content),
            disable_notification=content.is_quiet,
            link_preview_options=_NO_PREVIEW,
        )
        return message.message_id

    async def send_document(self, chat_id: int, document: OutgoingDocument) -> str | None:
        try:
            return await self._send_document(chat_id, document)
        except ChatMigrated as moved:
            raise ChatMoved(moved.new_chat_id) from moved
        except Forbidden as error:
            raise _kept_out(error) from error
        except BadRequest as error:
            if any(reason in error.message.lower() for reason in _UNKNOWN_FILE):
                raise DocumentUnknown(error.message) from error
            raise _meant(error) from error

    async def _send_document(self, chat_id: int, document: OutgoingDocument) -> str | None:
        file = document.known_as or document.content
        if file is None:
            raise ValueError(f"«{document.name}» has neither bytes nor an id")
        message = await self._bot.send_document(chat_id, file, filename=inert(document.name))
        return message.document.file_id if message.document else None

    async def edit(self, chat_id: int, message_id: int, content: MessageContent) -> None:
        try:
            await self._bot.edit_message_text(
                content.html,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=_keyboard(content),
                link_preview_options=_NO_PREVIEW,
            )
        except ChatMigrated as moved:
            raise ChatMoved(moved.new_chat_id) from moved
        except Forbidden as error:
            raise _kept_out(error) from error
        except BadRequest as error:
            if _NOT_MODIFIED not in error.message.lower():
                raise _meant(error) from error

    async def pin(self, chat_id: int, message_id: int) -> bool:
        try:
            await self._bot.pin_chat_message(chat_id, message_id, disable_notification=True)
        except (BadRequest, Forbidden, ChatMigrated) as error:
            # The bot may not pin, or the message was deleted; the scoreboard can be read without a pin too.
            return not any(reason in error.message.lower() for reason in _MAY_NOT_PIN)
        return True

    async def pinned(self, chat_id: int) -> int | None:
        try:
            chat = await self._bot.get_chat(chat_id)
        except (BadRequest, Forbidden, ChatMigrated):
            return None
        return chat.pinned_message.message_id if chat.pinned_message else None

    async def unpin(self, chat_id: int, message_id: int) -> None:
        try:
            await self._bot.unpin_chat_message(chat_id, message_id)
        except (BadRequest, ChatMigrated, Forbidden):
            # The bot may not unpin, the message was deleted, or its chat no longer exists.
            return


@cache
def _trusted() -> ssl.SSLContext:
    """Return the trusted certificates; loading them is slow, so each process does it once."""
    return ssl.create_default_context()


def _keyboard(content: MessageContent) -> InlineKeyboardMarkup | None:
    if not content.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(inert(button.text), callback_data=button.action) for button in row]
            for row in content.buttons
        ]
    )


def _kept_out(error: Forbidden) -> Exception:
    if any(reason in error.message.lower() for reason in _MUTED):
        return WritingForbidden(error.message)
    return AccountGone(error.message) if _DEACTIVATED in error.message.lower() else Unreachable(error.message)


def _meant(error: BadRequest) -> Exception:
    """Return the exception that the error means, or the error itself if it means none of ours."""
    words = error.message.lower()
    if any(reason in words for reason in _TOPIC_CLOSED):
        return TopicClosed(error.message)
    if any(reason in words for reason in _MUTED):
        return WritingForbidden(error.message)
    if any(reason in words for reason in _GONE):
        return AccountGone(error.message)
    if any(reason in words for reason in _VANISHED):
        return MessageNotFound(error.message)
    return error
