"""Reading yes and no that are typed instead of pressing a button."""

from domain.typed_input.words import clean_line, plain

_MANNERS = frozenset(["da", "thua", "a", "nhe", "nha", "em", "anh", "chi", "bot", "oi", "roi", "day", "the", "vay"])
_YES = frozenset(["dung", "vang", "u", "uh", "um", "ok", "oke", "okay", "co", "phai", "chuan", "y", "doi", "duoc"])
_NO = frozenset(["khong", "ko", "hong", "k", "nham", "sai", "chua", "giu"])
_DOUBLE = ("khong sai", "khong nham", "ko sai", "ko nham")


def read_reply(text: str) -> bool | None:
    """Return True for «dạ đúng ạ», False for «không, nhầm rồi», None for anything else, as a figure or a sentence."""
    said = clean_line(text).casefold()
    words = plain("".join(letter if letter.isalnum() else " " for letter in said)).replace("chinh xac", "dung")
    words = words.replace("dong y", "dung")
    if "dừng" in said or "đứng" in said or not words:
        return None
    answer = {word for word in words.split() if word not in _MANNERS}
    if not answer:
        return True if words.split()[0] == "da" else None
    if not answer <= _YES | _NO:
        return None
    if any(double in words for double in _DOUBLE):
        return True
    return not answer & _NO
