"""Text in the form in which it is searched: as long as the original, so that places in one are places in the other."""

import re
import unicodedata
from functools import lru_cache

_DIGITS = str.maketrans({"l": "1", "i": "1", "|": "1", "o": "0"})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("“”«»„", '"') | {"đ": "d", "…": "."})
_NUMBER = r"[0-9lio|]"
_MISREAD = re.compile(
    rf"(?<![a-z0-9])(?={_NUMBER}*[0-9]){_NUMBER}{{1,4}}(?![a-z0-9])"
    rf"|(?<=ngay ){_NUMBER}{{1,2}}(?=(?: ?[/.-] ?| thang ){_NUMBER})"
    rf"|(?<=[0-9][/.-]){_NUMBER}{{1,2}}(?![a-z0-9/])"
    rf"|(?<=[0-9] thang ){_NUMBER}{{1,2}}(?![a-z0-9])"
)


def fold(text: str) -> str:
    """Return the text in lower case without accents, letter for letter; its misread digits are digits.

    `text` is composed (NFC). «Trước ngày l5/1O» gives «truoc ngay 15/10».
    """
    folded = "".join(map(_letter, text)).translate(_DASHES)
    return _MISREAD.sub(lambda found: found[0].translate(_DIGITS), folded)


@lru_cache(maxsize=2048)
def _letter(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def one_of(phrases: str) -> str:
    """Return a pattern of one of the phrases, which stand with accents and are parted by commas and line breaks.

    A phrase may hold parts of patterns: «hoàn thành(?: xong)?».
    """
    found = (" ".join(phrase.split()) for line in phrases.splitlines() for phrase in line.split(","))
    return "(?:" + "|".join(fold(phrase) for phrase in found if phrase) + ")"
