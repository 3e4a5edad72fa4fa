"""Text with entities back to HTML: for a bot as it was written, for the page safe and with links."""

from html import escape

from aiogram.types import MessageEntity

from sandbox.text.html import LANGUAGE, cut, units


def render(text: str, entities: list[MessageEntity], *, page: bool = False) -> str:
    """Return a text as safe HTML; for a page plain URLs become links too."""
    if not entities:
        return escape(text)
    tags = [(entity, *tag) for entity in entities if (tag := _tags(text, entity, page=page))]
    tags.sort(key=lambda item: (item[0].offset, -item[0].length))
    edges = sorted({0, units(text), *(e.offset for e, _, _ in tags), *(e.offset + e.length for e, _, _ in tags)})
    pieces: list[str] = []
    active: list[tuple[MessageEntity, str, str]] = []
    for start, end in zip(edges, edges[1:] + edges[-1:], strict=True):
        _step(pieces, active, start, [tag for tag in tags if tag[0].offset == start])
        pieces.append(escape(cut(text, start, end - start)))
    return "".join(pieces)


def _step(
    pieces: list[str],
    active: list[tuple[MessageEntity, str, str]],
    at: int,
    starting: list[tuple[MessageEntity, str, str]],
) -> None:
    """Close the tags that end here; a tag that crosses them is closed and opened again, since HTML only nests."""
    ending = [index for index, (entity, _, _) in enumerate(active) if entity.offset + entity.length <= at]
    if ending:
        crossing = [tag for tag in active[ending[0] :] if tag[0].offset + tag[0].length > at]
        pieces.extend(closing for _, _, closing in reversed(active[ending[0] :]))
        del active[ending[0] :]
        active.extend(crossing)
        pieces.extend(opening for _, opening, _ in crossing)
    active.extend(starting)
    pieces.extend(opening for _, opening, _ in starting)


_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "code": ("<code>", "</code>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "spoiler": ('<span class="tg-spoiler">', "</span>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}


def _tags(text: str, entity: MessageEntity, *, page: bool) -> tuple[str, str] | None:
    if entity.type in _TAGS:
        return _TAGS[entity.type]
    if entity.type == "pre":
        return _pre(entity.language)
    url = cut(text, entity.offset, entity.length) if entity.type == "url" and page else entity.url
    if entity.type in ("url", "text_link") and url:
        return _anchor(url, page=page)
    return None if page else _bot_only_tags(entity)


def _pre(language: str | None) -> tuple[str, str]:
    if language:
        return f'<pre><code class="{LANGUAGE}{escape(language)}">', "</code></pre>"
    return "<pre>", "</pre>"


def _bot_only_tags(entity: MessageEntity) -> tuple[str, str] | None:
    if entity.type == "text_mention" and entity.user:
        return f'<a href="tg://user?id={entity.user.id}">', "</a>"
    if entity.type == "custom_emoji" and entity.custom_emoji_id:
        return f'<tg-emoji emoji-id="{escape(entity.custom_emoji_id)}">', "</tg-emoji>"
    return None


def _anchor(url: str, *, page: bool) -> tuple[str, str]:
    if not page:
        return f'<a href="{escape(url)}">', "</a>"
    address = url if ":" in url.split("/", maxsplit=1)[0] else f"https://{url}"
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">', "</a>"
