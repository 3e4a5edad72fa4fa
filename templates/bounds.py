"""Last limit for every text: what a messenger would refuse as too long is cut between two lines."""

import re
from html import unescape

from markupsafe import escape

from domain.typed_input.listing import shortened

LONGEST_MESSAGE = 4096
"""Characters that a messenger accepts, without markup."""
LONGEST_CAPTION = 1024
_ROOM_FOR_THE_END = 40
_TAG = re.compile(r"<[^>]*>")


def bounded(html: str, *, most: int = LONGEST_MESSAGE) -> str:
    """Return the text with at most `most` visible characters: whole lines from the top, then how many lines are left
    out.

    Every tag of our templates opens and closes within one line.
    """
    if len(html) <= most or visible_length(html) <= most:
        return html
    room = most - _ROOM_FOR_THE_END
    lines = html.splitlines()
    kept: list[str] = []
    for line in lines:
        # A line break counts as a character.
        length = visible_length(line) + 1
        if length > room:
            break
        room -= length
        kept.append(line)
    if not kept:
        return str(escape(shortened(without_markup(html).splitlines()[0], most - 1)))
    return "\n".join([*kept, f"… và {len(lines) - len(kept)} dòng nữa"])


def visible_length(html: str) -> int:
    """Count the characters that a reader sees, as messengers do."""
    return len(without_markup(html))


def without_markup(html: str) -> str:
    """Return the text as people read it."""
    return unescape(_TAG.sub("", html))
