"""A last bound for every text: what a messenger would refuse as too long is cut between two lines."""

import re
from html import unescape

from markupsafe import escape

from domain.typed_input.listing import shortened

LONGEST_MESSAGE = 4096
"""Letters that a messenger takes, counted without markup."""
LONGEST_CAPTION = 1024
_ROOM_FOR_THE_END = 40
_TAG = re.compile(r"<[^>]*>")


def bounded(html: str, *, most: int = LONGEST_MESSAGE) -> str:
    """The text with at most `most` visible letters: whole lines from the top, then how many lines are left out.

    Every tag of our templates opens and closes within one line.
    """
    if len(html) <= most or visible_length(html) <= most:
        return html
    room = most - _ROOM_FOR_THE_END
    lines = html.splitlines()
    kept: list[str] = []
    for line in lines:
        # A line is followed by its end.
        length = visible_length(line) + 1
        if length > room:
            break
        room -= length
        kept.append(line)
    if not kept:
        return str(escape(shortened(_plain(html).splitlines()[0], most - 1)))
    return "\n".join([*kept, f"… và {len(lines) - len(kept)} dòng nữa"])


def visible_length(html: str) -> int:
    """Letters that a reader sees, as messengers count them."""
    return len(_plain(html))


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html))
