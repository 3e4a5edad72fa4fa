"""Making people's text safe to show to others: without marks that reverse, hide or split the text around it."""

import re

_HIDDEN = re.compile(
    "["
    "\u0000-\u0008\u000b-\u001f\u007f-\u009f"  # control characters but tab and line break
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f"  # zero width and direction; the joiner inside emoji stays
    "\u2800\u3164\ufeff\uffa0\ufff9-\ufffc\ud800-\udfff"
    "\U000e0000-\U000e007f"
    "]"
)


def inert(text: str) -> str:
    """Return the text without control, direction and zero-width marks and lone surrogates."""
    return text if text.isascii() and text.isprintable() else _HIDDEN.sub("", text)
