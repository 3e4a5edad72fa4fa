"""Labels on the words of a question: each run of words is a phrase of the vocabulary, a name, or unknown."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from domain.questions.lexicon import DUTY_KINDS, KINDS, LONGEST_PHRASE, MANY, PHRASES, Concept
from domain.questions.readings import Named
from domain.questions.words import BODY, split

_YEAR = re.compile(r"20\d\d")
_COMMON = frozenset(
    [
        "so",
        "ty",
        "le",
        "nguoi",
        "luot",
        "vu",
        "muc",
        "cua",
        "va",
        "cac",
        "trong",
        "thi",
        "dua",
        "don",
        "vi",
        "nam",
        "tinh",
        "mau",
        "khong",
        "co",
        "duoc",
        "tai",
        "dung",
        "han",
    ]
)
"""Words that alone, or only together with each other, name nothing."""
_VOWELS = frozenset("aeiouy")
_ORDER = (Concept.UNIT, Concept.CLUSTER, Concept.DUTY, Concept.INDICATOR)


@dataclass(frozen=True, slots=True)
class Label:
    concept: Concept
    words: tuple[str, ...]
    names: tuple[Named, ...] = ()
    """What the words can name; several if they are ambiguous."""


@dataclass(frozen=True, slots=True)
class NameEntry:
    concept: Concept
    named: Named
    words: tuple[str, ...]


@dataclass(slots=True)
class NameIndex:
    """Names that the asker may use, found by words of them."""

    words: set[str] = field(default_factory=set)
    _alone: dict[str, list[NameEntry]] = field(default_factory=dict)
    """{word that names something by itself: what it can name}."""
    _by_pair: dict[tuple[str, str], list[NameEntry]] = field(default_factory=dict)
    """{the first two words of a run: the names that can begin so}; with it thousands of names take no time."""

    @classmethod
    def of(cls, names: Mapping[Concept, Iterable[Named]]) -> "NameIndex":
        index = cls()
        for concept, found in names.items():
            for named in found:
                words = tuple(split(named.name))
                index.add(NameEntry(concept, named, words))
                if BODY in words:
                    # The same name typed without accents.
                    index.add(NameEntry(concept, named, tuple("so" if word == BODY else word for word in words)))
        return index

    def add(self, entry: NameEntry) -> None:
        self.words |= {*entry.words}
        for word in {*entry.words}:
            if entry.words == (word,) or _is_abbreviation(word):
                self._alone.setdefault(word, []).append(entry)
        follow = {*pairwise(entry.words), *((entry.words[0], word) for word in entry.words[1:])}
        for pair in follow:
            self._by_pair.setdefault(pair, []).append(entry)

    def longest(self, words: Sequence[str]) -> dict[Concept, Label]:
        """Return for each kind of name the label of the longest run from the first of the words."""
        found = _labels(tuple(words[:1]), self._alone.get(words[0], []))
        alive = self._by_pair.get((words[0], words[1]), []) if len(words) > 1 else []
        for length in range(2, len(words) + 1):
            run = tuple(words[:length])
            alive = [entry for entry in alive if _is_part(run, entry.words)]
            if not alive:
                break
            if any(entry.words == run for entry in alive) or not all(_is_common(word) for word in run):
                found |= _labels(run, alive)
        return found


def _labels(run: tuple[str, ...], entries: Sequence[NameEntry]) -> dict[Concept, Label]:
    """Return {kind of name: label of the run}; names that are the run as a whole go before others."""
    found: dict[Concept, Label] = {}
    for concept in {entry.concept for entry in entries}:
        names = [entry for entry in entries if entry.concept is concept]
        whole = [entry for entry in names if entry.words == run]
        found[concept] = Label(concept, run, tuple(entry.named for entry in whole or names))
    return found


def _is_abbreviation(word: str) -> bool:
    """Whether the word is one such as «thpt», and no syllable, which would stand in many names."""
    return len(word) > 2 and not word.isdigit() and not set(word) & _VOWELS


def _is_common(word: str) -> bool:
    return word.isdigit() or word in _COMMON


def _is_part(run: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether the run stands in the name as it is, or begins like it and leaves words out."""
    length = len(run)
    if any(name[start : start + length] == run for start in range(len(name) - length + 1)):
        return True
    if run[0] != name[0]:
        return False
    rest = iter(name)
    return all(word in rest for word in run)


def label(words: Sequence[str], index: NameIndex) -> tuple[Label, ...]:
    """Return the labels of all words: at each place the longest run, phrases before names of the same length."""
    found: list[Label] = []
    place = 0
    while place < len(words):
        best = _best(words[place:], index, before=words[place - 1] if place else "")
        found.append(best)
        place += len(best.words)
    return tuple(found)


def _best(words: Sequence[str], index: NameIndex, *, before: str) -> Label:
    names = index.longest(words)
    # A word such as «phường» alone is a kind of unit, and not each unit whose name begins so.
    kind, duty_kind = _kind(words, before), _duty_kind(words)
    offered = [_phrase(words), kind, *(names[concept] for concept in _ORDER if concept in names), duty_kind]
    offered += [Label(Concept.YEAR, tuple(words[:size])) for size in [_year(words)] if size]
    known = [one for one in offered if one is not None]
    return max(known, key=lambda one: len(one.words)) if known else Label(Concept.UNKNOWN, (words[0],))


def _phrase(words: Sequence[str]) -> Label | None:
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        if concept := PHRASES.get(tuple(words[:length])):
            return Label(concept, tuple(words[:length]))
    return None


def _kind(words: Sequence[str], before: str) -> Label | None:
    many = words[0] in MANY
    rest = words[1:] if many else words
    for length in range(min(LONGEST_PHRASE, len(rest)), 0, -1):
        run = tuple(rest[:length])
        # «Sở» and «số» are one word without accents: alone it is a figure.
        is_body = run != ("so",) or many or before in MANY
        if (kind := KINDS.get(run)) and is_body:
            return Label(Concept.KIND, tuple(words[: length + many]), (Named(kind, " ".join(run)),))
    return None


def _duty_kind(words: Sequence[str]) -> Label | None:
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        run = tuple(words[:length])
        if kind := DUTY_KINDS.get(run):
            return Label(Concept.DUTY_KIND, run, (Named(kind, kind),))
    return None


def _year(words: Sequence[str]) -> int:
    """Return how many words name a year: «năm 2026», «2026»."""
    if words[0] == "nam" and len(words) > 1 and _YEAR.fullmatch(words[1]):
        return 2
    return int(bool(_YEAR.fullmatch(words[0])))
