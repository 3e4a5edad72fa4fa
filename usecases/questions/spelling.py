"""Small typing errors: words one slip away from a known word, run together, or typed in Telex without a keyboard."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from domain.questions.lexicon import WORDS

_SHORTEST, _LONG = 4, 8
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_TELEX = (("uw", "u"), ("ow", "o"), ("aw", "a"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("dd", "d"))
_TONE = re.compile(r"(?<=[a-z]{2})[sfrxj](?=[a-z]{0,3}$)")


@dataclass(frozen=True, slots=True)
class Spelled:
    words: tuple[str, ...]
    guessed_names: bool
    """Whether a word was corrected to one that only names have."""


def spell(words: Sequence[str], names: Set[str]) -> Spelled:
    """Return the words with small typing errors corrected; a word with two equally near corrections stays.

    `names` are the words of the names that the asker may use. Numbers are never corrected.
    """
    found: list[str] = []
    guessed = False
    for word in words:
        if word.isdigit() or word in WORDS or word in names or len(word) > 40:
            found.append(word)
            continue
        better = _telex(word, names) or _near(word, WORDS) or _parted(word, WORDS | names)
        if not better and (better := _near(word, names)):
            guessed = True
        found += better or [word]
    return Spelled(tuple(found), guessed)


def _near(word: str, known: Set[str]) -> list[str]:
    """Return the one known word that is a slip away, the likeliest slips first."""
    if len(word) < _SHORTEST:
        turned = [other for other in known if len(other) == len(word) > 2 and sorted(other) == sorted(word)]
        return turned if len(turned) == 1 else []
    most = 2 if len(word) >= _LONG else 1
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=20)
    ranked = sorted(
        (_unlikeliness(word, other, distance), other)
        for other, distance, _ in found
        if len(other) > 2 and _is_slip(word, other)
    )
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return []
    return [ranked[0][1]]


def _is_slip(word: str, other: str) -> bool:
    """Whether a finger slips so: in a short word a letter is replaced only by one beside it on the keyboard."""
    if len(word) != len(other) or len(word) >= _LONG - 2 or sorted(word) == sorted(other):
        return True
    return all(_are_neighbours(one, meant) for one, meant in zip(word, other, strict=True) if one != meant)


def _are_neighbours(one: str, other: str) -> bool:
    return any(
        abs(row.index(one) - below.index(other)) <= 1
        for row in _KEYS
        for below in _KEYS
        if one in row and other in below and abs(_KEYS.index(row) - _KEYS.index(below)) <= 1
    )


def _unlikeliness(word: str, other: str, distance: float) -> tuple[float, bool, bool, bool]:
    """Return the rank of a correction: letters swapped or doubled are likelier than letters replaced."""
    return distance, set(word) != set(other), sorted(word) != sorted(other), word[0] != other[0]


def _telex(word: str, names: Set[str]) -> list[str]:
    bare = word
    for typed, letter in _TELEX:
        bare = bare.replace(typed, letter)
    bare = _TONE.sub("", bare)
    return [bare] if bare != word and len(bare) > 1 and (bare in WORDS or bare in names) else []


def _parted(word: str, known: Set[str]) -> list[str]:
    """Return two to four known words that were run together: «baocao», «chuanop»; each has at least two letters."""
    return next((parts for count in (2, 3, 4) if (parts := _parts(word, known, count))), [])


def _parts(word: str, known: Set[str], count: int) -> list[str]:
    if count == 1:
        return [word] if len(word) > 1 and word in known else []
    for cut in range(len(word) - 2, 1, -1):
        if word[:cut] in known and (rest := _parts(word[cut:], known, count - 1)):
            return [word[:cut], *rest]
    return []
