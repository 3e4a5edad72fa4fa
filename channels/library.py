"""python-telegram-bot, imported without what it and httpx load for parts that are not used here.

That is `cryptography` for passports and httpx's own command line with `rich`: half of the import's CPU and of its
25 MB. Both libraries do without where they are not installed.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _without(*modules: str) -> Iterator[None]:
    """Within, importing one of these modules fails as if it were not installed, unless it is loaded already."""
    absent = [name for name in modules if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type] # None is Python's word for it
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


with _without("cryptography", "httpx._main"):
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
    from telegram.constants import ParseMode
    from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter
    from telegram.ext import BaseRateLimiter, ExtBot
    from telegram.request import HTTPXRequest

__all__ = [
    "BadRequest",
    "BaseRateLimiter",
    "ChatMigrated",
    "ExtBot",
    "Forbidden",
    "HTTPXRequest",
    "InlineKeyboardButton",
    "InlineKeyboardMarkup",
    "InvalidToken",
    "LinkPreviewOptions",
    "NetworkError",
    "ParseMode",
    "RetryAfter",
]
