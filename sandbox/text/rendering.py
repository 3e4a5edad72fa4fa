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


def _tags(text: str, entity: MessageEntity, *, page: bool) -> tuple[str, str] | None:
    simple = {
        "bold": "b",
        "italic": "i",
        "underline": "u",
        "strikethrough": "s",
        "code": "code",
        "blockquote": "blockquote",
    }
    if tag := simple.get(entity.type):
        return f"<{tag}>", f"</{tag}>"
    match entity.type:
        case "spoiler":
            return '<span class="tg-spoiler">', "</span>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case "pre" if entity.language:
            return f'<pre><code class="{LANGUAGE}{escape(entity.language)}">', "</code></pre>"
        case "pre":
            return "<pre>", "</pre>"
        case "text_link" if entity.url:
            return _anchor(entity.url, page=page)
        case "text_mention" if entity.user and not page:
            return f'<a href="tg://user?id={entity.user.id}">', "</a>"
        case "custom_emoji" if entity.custom_emoji_id and not page:
            return f'<tg-emoji emoji-id="{escape(entity.custom_emoji_id)}">', "</tg-emoji>"
        case "url" if page:
            return _anchor(cut(text, entity.offset, entity.length), page=page)
    return None


def _anchor(url: str, *, page: bool) -> tuple[str, str]:
    if not page:
        return f'<a href="{escape(url)}">', "</a>"
    address = url if ":" in url.split("/", maxsplit=1)[0] else f"https://{url}"
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">', "</a>"
