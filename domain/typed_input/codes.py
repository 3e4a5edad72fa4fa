"""Codes that people copy from paper; case, spaces, hyphens and the effects of a Vietnamese keyboard do not matter."""

import itertools
import re
import unicodedata

from domain.typed_input.words import clean_line

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Alphabet of new codes; characters that look like others are left out: 0 O, 1 I L, U."""
INVITE_LENGTH = 12
_MOST_READINGS = 64
_LONGEST = 40
_RECEIPT = re.compile(r"([A-Z]{2})([0-9OIL]{2})([A-Z0-9]{4})")
_LINK = re.compile(r"[?&]start=([\w-]+)", re.IGNORECASE)
_DIGITS = str.maketrans("OIL", "011")
_TYPED_AS = {"Ư": ("W", "UW", "U7"), "Ơ": ("OW", "O7", "O"), "Đ": ("D", "DD", "D9")}
_MARKS = {
    "\u0300": ("F", "2"),
    "\u0301": ("S",),
    "\u0309": ("R", "3"),
    "\u0303": ("X", "4"),
    "\u0323": ("J", "5"),
    "\u0306": ("W", "8"),
    "\u031b": ("W", "7"),
}
"""{combining mark: keys that produce it with Telex or VNI}; VNI's «1» is in no code."""
_CIRCUMFLEX = "\u0302"
_LOOKS_LIKE = {"0": ("Q", "D"), "O": ("Q", "D"), "U": ("V",), "1": ("7",), "I": ("7",), "L": ("7",)}
"""{character that no code has: characters that it may have been read from}."""


def read_invite_code(text: str) -> tuple[str, ...]:
    """Return the codes that the text can mean, likeliest first; a pasted link gives the code in it."""
    link = _LINK.search(clean_line(text))
    typed = _squeezed(link[1] if link else text)
    ways = itertools.product(*(_ways(letter) for letter in typed))
    readings = ("".join(way) for way in itertools.islice(ways, _MOST_READINGS))
    return tuple(dict.fromkeys(code for code in readings if len(code) == INVITE_LENGTH)) or (typed,)


def read_receipt_code(text: str) -> tuple[str, ...]:
    """Return the codes that the text can mean: «bc26 7k3q» is BC26-7K3Q; empty if it is none."""
    found = (_RECEIPT.fullmatch("".join(way)) for way in itertools.product(*map(_keys, _squeezed(text))))
    return tuple(
        dict.fromkeys(
            f"{match[1]}{match[2].translate(_DIGITS)}-{''.join(way)}"
            for match in itertools.islice(found, _MOST_READINGS)
            if match
            for way in itertools.product(*map(_ways, match[3]))
        )
    )


def _squeezed(text: str) -> str:
    return "".join(letter for letter in clean_line(text).upper() if letter.isalnum())[:_LONGEST]


def _ways(letter: str) -> tuple[str, ...]:
    """Return what a typed letter can mean, in characters of the codes' alphabet."""
    spelled = (itertools.product(*map(_alike, keys)) for keys in _keys(letter))
    return tuple(dict.fromkeys("".join(way) for ways in spelled for way in ways))


def _alike(key: str) -> tuple[str, ...]:
    return (key,) if key in LETTERS else _LOOKS_LIKE.get(key, (key,))


def _keys(letter: str) -> tuple[str, ...]:
    """Return the keys that may have been pressed for this letter: «Á» is A and S, or A alone."""
    if letter in _TYPED_AS:
        return _TYPED_AS[letter]
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if not marks:
        return (letter,)
    pressed = [(base, "6") if mark == _CIRCUMFLEX else _MARKS.get(mark, ("",)) for mark in marks]
    return (*(base + "".join(way) for way in itertools.product(*pressed)), base)
