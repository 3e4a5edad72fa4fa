"""Lists of names that fit into a message, however many there are."""

from collections.abc import Iterable

LONGEST_NAME = 80
"""Most letters of one name in a list; a longer name is cut at a word."""
ROOM = 300
"""Most letters of a list before it only says how many more names there are."""


def listed(
    names: Iterable[str], *, room: int = ROOM, more: str = "đơn vị khác", separator: str = ", ", most: int | None = None
) -> str:
    """Return the first names, then «và 63 đơn vị khác»: at most `room` letters and `most` names, but at least one."""
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
    """Return at most `most` letters of the text: its first words and «…»; only a word longer than that is cut."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    ends_a_word = text[most - 1] == " " or " " not in head
    at_word = head if ends_a_word else head.rsplit(" ", 1)[0]
    return f"{at_word.rstrip(' ,;.')}…"
