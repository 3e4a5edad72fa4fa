"""Texts as Telegram accepts them: parsed, trimmed, measured, with URLs and commands found automatically."""

import re

from aiogram.client.default import Default
from aiogram.types import MessageEntity

from sandbox.errors import bad_request
from sandbox.text.html import parse, trim, units

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
FOUND = (
    ("url", re.compile(r"(?<![\w@])(?:https?://|www\.|t\.me/)[^\s<>«»\"]*[^\s<>«»\".,;:!?)'…]")),
    ("email", re.compile(r"(?<![\w.@+-])[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    ("mention", re.compile(r"(?<![\w@.])@[A-Za-z0-9_]{4,32}(?!\w)")),
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{4,32})?(?![\w/@])")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
)
OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})

Formatted = tuple[str, list[MessageEntity]]


def read_text(text: str, parse_mode: str | Default | None, entities: list[MessageEntity] | None) -> Formatted:
    """Return a message's text and entities. Raises ApiError 400 if it is empty or too long."""
    found = _formatted(text, parse_mode, entities)
    if not found[0]:
        raise bad_request("message text is empty")
    if units(found[0]) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return found


def read_caption(text: str | None, parse_mode: str | Default | None, entities: list[MessageEntity] | None) -> Formatted:
    found = _formatted(text or "", parse_mode, entities)
    if units(found[0]) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return found


def _formatted(text: str, parse_mode: str | Default | None, entities: list[MessageEntity] | None) -> Formatted:
    if isinstance(parse_mode, str) and parse_mode and not entities:
        if parse_mode.lower() != "html":
            raise bad_request("unsupported parse_mode: the sandbox reads HTML only")
        text, entities = parse(text)
    trimmed, kept = trim(text, entities or [])
    return trimmed, _with_found(trimmed, kept)


def _with_found(text: str, given: list[MessageEntity]) -> list[MessageEntity]:
    taken = [(entity.offset, entity.offset + entity.length) for entity in given if entity.type in OPAQUE]
    found = list(given)
    for kind, pattern in FOUND:
        for match in pattern.finditer(text):
            start = units(text[: match.start()])
            end = start + units(match.group())
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
                found.append(MessageEntity(type=kind, offset=start, length=end - start))
    return sorted(found, key=lambda entity: (entity.offset, -entity.length))
