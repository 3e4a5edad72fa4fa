"""Lists of names that fit into a message however many names there are."""

from collections.abc import Iterable

LONGEST_NAME = 80
"""Letters of one name in a list; a longer one is cut at a word."""
ROOM = 300
"""Letters that a list takes at most before it says how many more there are."""


def listed(
    names: Iterable[str], *, room: int = ROOM, more: str = "đơn vị khác", separator: str = ", ", most: int | None = None
) -> str:
    """The first names in full, then «và 63 đơn vị khác»: at most `room` letters of names, but always one of them."""
    all_names = list(names)
    shown: list[str] = []
    length = 0
    for name in all_names[:most]:
        short = shortened(name)
        length += len(short) + (len(separator) if shown else 0)
        if shown and length > room:
            break
        shown.append(short)
    hidden = len(all_names) - len(shown)
    return separator.join(shown) + (f" và {hidden} {more}" if hidden else "")


def shortened(text: str, most: int = LONGEST_NAME) -> str:
    """At most this many letters: the first words and «…», no word cut unless it alone is longer."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    ends_a_word = text[most - 1] == " " or " " not in head
    at_word = head if ends_a_word else head.rsplit(" ", 1)[0]
    return f"{at_word.rstrip(' ,;.')}…"
