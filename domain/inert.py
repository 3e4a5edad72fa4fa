"""Words of people made harmless where others read them: no marks that turn, hide or split what stands around them."""

import unicodedata

_KEPT = frozenset("\n\t\u200d")
"""Line breaks, and the joiner inside emoji."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co"})
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters that show nothing."""


def inert(text: str) -> str:
    """The same text without control, direction and zero-width marks; a lone surrogate becomes «?»."""
    if text.isascii() and text.isprintable():
        return text
    shown = (letter for letter in text if letter in _KEPT or unicodedata.category(letter) not in _HIDDEN)
    return "".join("" if letter in _BLANK else letter for letter in shown)
