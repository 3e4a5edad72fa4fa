"""Updates as the messenger sends them: one that the library cannot read never holds up those behind it."""

import json
import logging
import re
from typing import Any

from aiogram import Bot
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.types import Update
from pydantic import ValidationError

_LARGEST = 2**63 - 1
"""Largest number that the database keeps; the messenger promises 52 bits."""

_HALF = re.compile(r"\\u[dD][89a-fA-F]")

logger = logging.getLogger(__name__)


def read_json(content: str) -> Any:
    """Return the value of the JSON; halves of letters, which no file and no database takes, become «?»."""
    value = json.loads(content)
    if _HALF.search(content):
        # Emoji come as two halves as well; those are whole letters by now.
        value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    return value


def read_update(given: object, bot: Bot | None = None) -> Update | None:
    """Return the update, or None for what is no update.

    Of an update that cannot be read, the number alone is returned, so that it is answered like one of a kind that
    nobody handles, and is not delivered for ever.
    """
    number = given.get("update_id") if isinstance(given, dict) else None
    if not isinstance(number, int) or not 0 <= number <= _LARGEST:
        return None
    try:
        return _validated(given, bot)
    except ValidationError as error:
        logger.error("update %s cannot be read: %s", number, _where(error))
    except OverflowError:
        logger.error("update %s has numbers that are too large", number)
    return Update(update_id=number)


def _validated(given: object, bot: Bot | None) -> Update:
    """Return the update.

    Raises ValidationError, or OverflowError if the chat or the sender has a number that no database keeps.
    """
    update = Update.model_validate(given, context={"bot": bot})
    found = UserContextMiddleware.resolve_event_context(update)
    if any(abs(who.id) > _LARGEST for who in (found.chat, found.user) if who is not None):
        raise OverflowError
    return update


def _where(error: ValidationError) -> str:
    """Return which fields are wrong and how, without what people wrote in them."""
    return "; ".join(f"{'.'.join(map(str, found['loc']))}: {found['type']}" for found in error.errors()[:3])
