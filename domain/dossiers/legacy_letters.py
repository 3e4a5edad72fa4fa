"""Secrecy stamps in legacy encodings: VNI, TCVN3 (ABC), VIQR, VISCII, and UTF-8 read as another encoding.

Each of these writes an accented letter as one or more other letters: «MAÄT» in a VNI font shows MẬT.
"""

import re

_LETTER = r"[^\W\d_]"
_GAP = r"[ ._\-]{0,3}"


def _any(*spellings: str) -> str:
    return "(?:" + "|".join(re.escape(spelling) for spelling in spellings) + ")"


# The order is VNI, TCVN3, VIQR, VISCII, UTF-8 read as Windows-1252, and the keys of Telex and VNI.
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
# TCVN3's capital fonts (.VnTimeH) show small letters as capitals, so a line of only these small letters may be a stamp.
_LOWER_STAMP = re.compile(r"[\W_]*(?:(?P<how>t ?è ?i|t ?u ?y ?Ö ?t)\s*)?m ?Ë ?t[\W_]*")


def modern(text: str) -> str:
    """Return the text with these words in Unicode; a line that `is_lower_stamp` would recognise stays as it is."""
    lines = (line if _LOWER_STAMP.fullmatch(line) else _modern_line(line) for line in text.split("\n"))
    return "\n".join(lines)


def _modern_line(line: str) -> str:
    for pattern, word in _WORDS:
        line = pattern.sub(word, line)
    return line


def is_lower_stamp(cell: str) -> str | None:
    """Return the mark that a TCVN3 capital font would show in a cell without other words, or None if there is none."""
    found = _LOWER_STAMP.fullmatch(cell)
    if found is None:
        return None
    return "MẬT" if found["how"] is None else "TUYỆT MẬT" if "Ö" in found["how"] else "TỐI MẬT"
