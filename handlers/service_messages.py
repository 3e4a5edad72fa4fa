"""Service messages of a private chat (a pin, a timer, a new picture): nobody waits for an answer to them."""

from aiogram import F, Router
from aiogram.enums import ChatType, ContentType
from aiogram.types import Message

SAID = frozenset(
    {
        ContentType.UNKNOWN,
        ContentType.ANY,
        ContentType.TEXT,
        ContentType.ANIMATION,
        ContentType.AUDIO,
        ContentType.CHECKLIST,
        ContentType.CONTACT,
        ContentType.DICE,
        ContentType.DOCUMENT,
        ContentType.GAME,
        ContentType.INVOICE,
        ContentType.LIVE_PHOTO,
        ContentType.LOCATION,
        ContentType.PAID_MEDIA,
        ContentType.PHOTO,
        ContentType.POLL,
        ContentType.RICH_MESSAGE,
        ContentType.STICKER,
        ContentType.STORY,
        ContentType.VENUE,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
        ContentType.VOICE,
    }
)
"""Kinds of messages that people send; a kind unknown to the library counts as sent by a person."""


def router() -> Router:
    router = Router(name="service_messages")
    router.message.register(pass_over, F.chat.type == ChatType.PRIVATE, is_notice)
    return router


async def is_notice(message: Message) -> bool:
    return message.content_type not in SAID


async def pass_over(_: Message) -> None:
    """Leave the open question open."""
