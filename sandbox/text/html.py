"""HTML as the Bot API reads it: text with entities counted in UTF-16 units."""

import re
from dataclasses import dataclass, field

from aiogram.types import MessageEntity, User

from sandbox.errors import bad_request

TYPES = {
    "a": "text_link",
    "b": "bold",
    "blockquote": "blockquote",
    "code": "code",
    "del": "strikethrough",
    "em": "italic",
    "i": "italic",
    "ins": "underline",
    "pre": "pre",
    "s": "strikethrough",
    "span": "spoiler",
    "strike": "strikethrough",
    "strong": "bold",
    "tg-emoji": "custom_emoji",
    "tg-spoiler": "spoiler",
    "u": "underline",
}
ATTRIBUTE = r"""\s+[a-zA-Z-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+))?"""
TAG = re.compile(rf"<(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<attributes>(?:{ATTRIBUTE})*)\s*>")
PAIR = re.compile(r"""([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=]+)))?""")
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPECIAL = re.compile(r"[<&]")
USER_LINK = re.compile(r"tg://user\?id=(\d+)")
LANGUAGE = "language-"


def units(text: str) -> int:
    """Count UTF-16 units, as Telegram does: most emoji are two."""
    return len(text.encode("utf-16-le")) // 2


def parse(html: str) -> tuple[str, list[MessageEntity]]:
    """Return text and entities. Raises ApiError 400 «can't parse entities» with the byte offset, as Telegram does."""
    return _HtmlReader(html).read()


def cut(text: str, offset: int, length: int) -> str:
    """Return a part of a text; offset and length are in UTF-16 units."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def trim(text: str, entities: list[MessageEntity]) -> tuple[str, list[MessageEntity]]:
    """Remove the white space around a message, as Telegram does, and move its entities."""
    start = units(text) - units(text.lstrip())
    kept = text.strip()
    end = units(kept)
    moved = []
    for entity in entities:
        first = max(0, entity.offset - start)
        length = min(end, entity.offset - start + entity.length) - first
        if length > 0:
            moved.append(entity.model_copy(update={"offset": first, "length": length}))
    return kept, moved


@dataclass(slots=True)
class _Open:
    name: str
    offset: int
    position: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _HtmlReader:
    html: str
    text: list[str] = field(default_factory=list)
    offset: int = 0
    open: list[_Open] = field(default_factory=list)
    closed: list[tuple[int, MessageEntity]] = field(default_factory=list)
    opened: int = 0

    def read(self) -> tuple[str, list[MessageEntity]]:
        at = 0
        while special := SPECIAL.search(self.html, at):
            self._say(self.html[at : special.start()])
            at = self._tag(special.start()) if special.group() == "<" else self._reference(special.start())
        self._say(self.html[at:])
        if self.open:
            raise _broken(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return "".join(self.text), [entity for _, entity in sorted(self.closed, key=lambda pair: pair[0])]

    def _say(self, piece: str) -> None:
        self.text.append(piece)
        self.offset += units(piece)

    def _reference(self, at: int) -> int:
        match = REFERENCE.match(self.html, at)
        if match is None:
            self._say("&")
            return at + 1
        self._say(_character(match))
        return match.end()

    def _tag(self, at: int) -> int:
        match = TAG.match(self.html, at)
        if match is None:
            raise _broken(f'Unsupported start tag "" at byte offset {self._bytes(at)}')
        name = match["name"].lower()
        if match["slash"]:
            self._close(name, at)
        else:
            self._start(name, _attributes(match["attributes"]), at)
        return match.end()

    def _start(self, name: str, attributes: dict[str, str], at: int) -> None:
        if name not in TYPES:
            raise _broken(f'Unsupported start tag "{name}" at byte offset {self._bytes(at)}')
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _broken(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(at)}')
        self.open.append(_Open(name, self.offset, self.opened, attributes))
        self.opened += 1

    def _close(self, name: str, at: int) -> None:
        if not self.open:
            raise _broken(f"Unexpected end tag at byte offset {self._bytes(at)}")
        tag = self.open.pop()
        if tag.name != name:
            where = self._bytes(at)
            raise _broken(f'Unmatched end tag at byte offset {where}, expected "</{tag.name}>", found "</{name}>"')
        if self.offset > tag.offset and (entity := self._entity(tag)):
            self.closed.append((tag.position, entity))

    def _entity(self, tag: _Open) -> MessageEntity | None:
        length = self.offset - tag.offset
        kind = TYPES[tag.name]
        if kind == "text_link":
            return self._link(tag, length)
        if kind == "custom_emoji":
            emoji = tag.attributes.get("emoji-id", "")
            return MessageEntity(type=kind, offset=tag.offset, length=length, custom_emoji_id=emoji)
        if kind == "blockquote" and "expandable" in tag.attributes:
            kind = "expandable_blockquote"
        if kind == "code" and (language := self._language(tag)):
            return MessageEntity(type="pre", offset=tag.offset, length=length, language=language)
        if kind == "pre" and self._holds_language(tag, length):
            return None
        return MessageEntity(type=kind, offset=tag.offset, length=length)

    def _link(self, tag: _Open, length: int) -> MessageEntity | None:
        url = tag.attributes.get("href") or "".join(self.text).encode("utf-16-le")[2 * tag.offset :].decode("utf-16-le")
        if user := USER_LINK.fullmatch(url):
            mentioned = User(id=int(user[1]), is_bot=False, first_name="")
            return MessageEntity(type="text_mention", offset=tag.offset, length=length, user=mentioned)
        if not is_address(url):
            return None
        return MessageEntity(type="text_link", offset=tag.offset, length=length, url=url)

    def _language(self, tag: _Open) -> str | None:
        """Return the language of the `<pre>` around a `<code class="language-x">`, or None if there is none."""
        named = tag.attributes.get("class", "")
        inside_pre = bool(self.open) and self.open[-1].name == "pre" and self.open[-1].offset == tag.offset
        return named.removeprefix(LANGUAGE) if inside_pre and named.startswith(LANGUAGE) else None

    def _holds_language(self, tag: _Open, length: int) -> bool:
        return any(
            entity.type == "pre" and (entity.offset, entity.length) == (tag.offset, length)
            for position, entity in self.closed
            if position == tag.position + 1
        )

    def _bytes(self, at: int) -> int:
        return len(self.html[:at].encode())


def is_address(url: str) -> bool:
    """Whether Telegram makes a link of the URL; otherwise it stays plain text."""
    return re.fullmatch(r"(?:https?|tg|mailto|tel):[^\s]+|[\w-]+(?:\.[\w-]+)+(?:[/?#:][^\s]*)?", url) is not None


def _attributes(source: str) -> dict[str, str]:
    return {
        name.lower(): REFERENCE.sub(_character, double or single or bare)
        for name, double, single, bare in PAIR.findall(source)
    }


def _character(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    is_character = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else match.group()


def _broken(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")
