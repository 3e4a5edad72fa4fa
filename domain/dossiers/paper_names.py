"""Recognising which paper of a dossier a file is, by its file name and caption, with or without accents."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_SPELLINGS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("to trinh",), ("to trinh", "ttr", "ttrinh", "totr")),
    (("bien ban",), ("bien ban", "bb", "bbh", "bbhop", "bbhd")),
    (("bao cao", "thanh tich"), ("bao cao", "thanh tich", "bc", "bctt", "bcthanhtich")),
    (("van ban de nghi", "cong van de nghi"), ("van ban de nghi", "cong van", "vb de nghi", "vbdn", "cv")),
    (("thue", "nop ngan sach"), ("thue", "nghia vu", "nop ngan sach", "xnt")),
    (("chung minh", "minh chung"), ("chung minh", "minh chung", "sang kien", "giai phap", "mc", "sk", "cnsk")),
    (("du thi",), ("du thi",)),
    (("ke hoach",), ("ke hoach", "kh")),
    (("danh sach",), ("danh sach", "ds")),
    (("quyet dinh",), ("quyet dinh", "qd")),
)
"""(words in the plans' names of a paper, spellings that officers use for it) (GLOSSARY.md 54-66)."""
_SHORTEST_JOINED = 6
"""Fewest letters of a spelling that is also looked for inside a longer word: «bienbanhop»."""


@dataclass(frozen=True, slots=True)
class Place:
    """One paper that a dossier asks for."""

    key: str
    name: str
    is_open: bool
    """True if a file is expected there: there is none yet, or the one there was returned."""


@dataclass(frozen=True, slots=True)
class Placing:
    """The place (`key`) of a file; if `key` is None, the places (`options`) between which the sender must choose."""

    key: str | None
    options: tuple[str, ...] = ()
    is_by_name: bool = False
    """True if the name decided, against the place where the next file was expected."""


def place_file(words: Sequence[str], places: Sequence[Place], *, awaited: str, is_chosen: bool) -> Placing:
    """Decide by a file's name and caption to which place of the dossier it belongs.

    `is_chosen` means that the sender picked the place `awaited` for it. A name that clearly means one other open place
    wins, unless the sender chose. If names, choice or an existing file contradict each other, the sender is asked.
    """
    named = named_places(words, places)
    kinds = {_kind(place) for place in places if place.key in named}
    if not named or (awaited in named and len(kinds) == 1):
        return Placing(awaited)
    open_places = [place.key for place in places if place.key in named and place.is_open]
    if len(named) == 1 and open_places and not is_chosen:
        return Placing(named[0], is_by_name=True)
    options = (*(open_places if len(open_places) > 1 else named), awaited)
    return Placing(None, tuple(dict.fromkeys(options)))


def named_places(words: Sequence[str], places: Sequence[Place]) -> tuple[str, ...]:
    """Return the keys of the places that the words name.

    If several places differ only by nominee and a nominee is named too, only the places of that nominee.
    """
    texts = [_tokens(text) for text in words]
    by_kind = [place for place in places if any(_says(text, spelling) for text in texts for spelling in _kind(place))]
    nominees = {place.key: _nominee(place) for place in places}
    by_nominee = [
        place for place in places if nominees[place.key] and any(_says(text, nominees[place.key]) for text in texts)
    ]
    both = [place for place in by_kind if place in by_nominee]
    if both and len({_kind(place) for place in by_kind}) == 1:
        return tuple(place.key for place in both)
    return tuple(place.key for place in by_kind or by_nominee)


def _kind(place: Place) -> tuple[str, ...]:
    name = " ".join(_tokens(place.name.partition(":")[0]))
    own = place.key.partition("#")[0].replace("-", " ")
    spellings = next((known for marks, known in _SPELLINGS if any(mark in name for mark in marks)), (name,))
    return tuple(dict.fromkeys((*spellings, own)))


def _nominee(place: Place) -> str:
    return " ".join(_tokens(place.name.partition(":")[2])) if "#" in place.key else ""


def _tokens(text: str) -> list[str]:
    """Return the words of a file name without its ending: «BBHop_Phường5.pdf» gives «bb», «hop», «phuong», «5»."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", text.strip())
    bare = unicodedata.normalize("NFD", stem.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    parted = re.sub(r"([a-z])([A-Z])|([A-Z])([A-Z][a-z]{2,})", r"\1\3 \2\4", letters)
    return re.findall(r"[^\W\d_]+|\d+", parted.casefold())


def _says(tokens: list[str], spelling: str) -> bool:
    """Whether the tokens contain the words of `spelling`, one after the other or written together."""
    words = spelling.split()
    if any(tokens[start : start + len(words)] == words for start in range(len(tokens))):
        return True
    joined = "".join(words)
    return any(token == joined or (len(joined) >= _SHORTEST_JOINED and joined in token) for token in tokens)
