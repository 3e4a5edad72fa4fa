"""The words of a stamp of secrecy as older files spell them: VNI, TCVN3 (ABC), VIQR, VISCII, and UTF-8 read wrongly.

Each of these keeps an accented letter as one or several others: «MAÄT» in a font of VNI shows MẬT.
"""

import re

_LETTER = r"[^\W\d_]"
_GAP = r"[ ._\-]{0,3}"


def _any(*spellings: str) -> str:
    return "(?:" + "|".join(re.escape(spelling) for spelling in spellings) + ")"


# In this order: VNI, TCVN3, VIQR, VISCII, UTF-8 read as Windows-1252, keys of Telex and of VNI.
_A = _any("Ậ", "AÄ", "Ë", "A^.", "A.^", "\x87", "áº¬", "A65")
_E = _any("Ệ", "EÄ", "Ö", "E^.", "E.^", "\x8e", "á»†", "á»\x86", "E65")
_O = _any("Ố", "OÁ", "è", "È", "O^'", "O'^", "\x8f", "á»\x90", "O61")
_LOWER_A = _any("ậ", "aä", "Ë", "a^.", "a.^", "§", "áº\xad", "a65")
_LOWER_E = _any("ệ", "eä", "Ö", "e^.", "e.^", "®", "á»‡", "e65")
_LOWER_O = _any("ố", "oá", "è", "o^'", "o'^", "¯", "á»‘", "o61")


def _word(*letters: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!{_LETTER}){_GAP.join(letters)}(?!{_LETTER})")


_WORDS = (
    (_word("M", _A, "T"), "MẬT"),
    (_word("T", "U", "Y", _E, "T"), "TUYỆT"),
    (_word("T", _O, "I"), "TỐI"),
    (_word("MAATJ"), "MẬT"),
    (_word("TUYEETJ"), "TUYỆT"),
    (_word("TOOIS"), "TỐI"),
    (_word("m", _LOWER_A, "t"), "mật"),
    (_word("t", "u", "y", _LOWER_E, "t"), "tuyệt"),
    (_word("t", _LOWER_O, "i"), "tối"),
)
# A font of capitals of TCVN3 (.VnTimeH) shows small letters as large ones: they may be a stamp where they stand alone.
_LOWER_STAMP = re.compile(r"[\W_]*(?:(?P<how>t ?è ?i|t ?u ?y ?Ö ?t)\s*)?m ?Ë ?t[\W_]*")


def modern(text: str) -> str:
    """The same text with these words in today's letters; small letters that stand alone stay as they are."""
    lines = (line if _LOWER_STAMP.fullmatch(line) else _modern_line(line) for line in text.split("\n"))
    return "\n".join(lines)


def _modern_line(line: str) -> str:
    for pattern, word in _WORDS:
        line = pattern.sub(word, line)
    return line


def is_lower_stamp(cell: str) -> str | None:
    """The mark that a font of capitals would show there, where nothing else stands beside it."""
    found = _LOWER_STAMP.fullmatch(cell)
    if found is None:
        return None
    return "MẬT" if found["how"] is None else "TUYỆT MẬT" if "Ö" in found["how"] else "TỐI MẬT"
