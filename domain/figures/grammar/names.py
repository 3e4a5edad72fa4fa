"""Names of indicators in the words of a line, in any order of their words, with accents or without."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby, pairwise

from domain.figures.grammar.atoms import AMOUNTS, ANY_MARKS, BARE, Atom, Kind, atoms_of
from domain.figures.grammar.phrases import cue_at, filler_at
from domain.figures.readings import Wanted
from domain.typed_input.words import clean_line

_HEADS = ("ty le", "ti le", "so luong", "tong so", "tong", "so", "muc", "chi so")
"""Words at the beginning of a name that may be left out."""
_LINKS = frozenset({"duoc", "cac", "cua", "va", "cho"})
"""Words anywhere in a name that may be left out."""
_COUNTED = frozenset(["nguoi", "ho", "vu", "luot", "diem"])
"""Words of what is counted: left out if the unit of measure says them."""
_LONGEST_GAP = 5
UNTOLD = frozenset({"", ANY_MARKS, BARE})
"""Accents that say nothing against a name: a few words without accents are no other words."""
_BETWEEN = AMOUNTS | {Kind.PERIOD, Kind.OWN_PLACE, Kind.COLON, Kind.DASH}
"""Atoms that may stand between the words of a name: «giảm 12 hộ nghèo», «Hộ nghèo: giảm»."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say the name of an indicator."""

    code: str
    core: tuple[tuple[str, str], ...]
    """(word without accents, its accents) of the words that must be said."""
    own: frozenset[str]
    """All words of all names of the indicator."""
    has_accents: bool
    marks: frozenset[Kind]
    """Commas and brackets that stand in the name."""

    words: frozenset[str]
    """The words that must be said, without accents."""
    unsaid: tuple[str, ...] = ()
    """Pairs of words that a name with several things has besides: «sáng kiến», where this says «mô hình CCHC»."""

    def takes(self, atom: Atom) -> bool:
        """Whether the accents of a typed word are not those of another word: «đạt» is not «đất»."""
        if atom.marks in UNTOLD or not self.has_accents:
            return True
        return (atom.folded, atom.marks) in self.core or (atom.folded, ANY_MARKS) in self.core


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in the atoms."""

    codes: tuple[str, ...]
    """Codes of the indicators that the words name; several if they are ambiguous."""
    first: int
    last: int
    """Places of its first and last atom."""
    own: frozenset[int]
    """Places of its own words."""
    words: frozenset[str]
    """All words of the name, also those left out."""
    unsaid: tuple[str, ...] = ()
    """As in `Phrase`."""


@dataclass(frozen=True, slots=True, eq=False)
class NameBook:
    """All names of the wanted indicators, found by their words; `name_book` makes one of equal indicators."""

    by_word: dict[str, tuple[Phrase, ...]]
    words: frozenset[str]


@lru_cache(maxsize=64)
def name_book(wanted: tuple[tuple[str, str, str, tuple[str, ...]], ...]) -> NameBook:
    """Return the book of (code, name, unit of measure, synonyms) of each indicator."""
    by_word: dict[str, list[Phrase]] = {}
    for code, name, uom, synonyms in wanted:
        units = frozenset(word.folded for word in _words(uom))
        own = units | {word.folded for said in (name, *synonyms) for word in _words(said)}
        whole = _phrase(code, name, units, own)
        for said in dict.fromkeys((name, *synonyms)):
            phrase = _phrase(code, said, units, own)
            phrase = replace(phrase, unsaid=_unsaid(whole, phrase))
            for word in {word for word, _ in phrase.core}:
                by_word.setdefault(word, []).append(phrase)
    words = frozenset(word for phrases in by_word.values() for phrase in phrases for word in phrase.own)
    return NameBook({word: tuple(phrases) for word, phrases in by_word.items()}, words)


def book_of(wanted: Sequence[Wanted]) -> NameBook:
    return name_book(tuple((one.code, one.name, one.form.uom, one.synonyms) for one in wanted))


def _words(text: str) -> list[Atom]:
    return [atom for atom in atoms_of(clean_line(text)) if atom.kind is Kind.WORD]


def _phrase(code: str, said: str, uom: frozenset[str], own: frozenset[str]) -> Phrase:
    words = _words(said)
    head = next((head for head in _HEADS if " ".join(atom.folded for atom in words).startswith(f"{head} ")), "")
    rest = [atom for atom in words[len(head.split()) :] if atom.folded not in _LINKS] or words
    core = [atom for atom in rest if atom.folded not in uom & _COUNTED]
    if len(core) < 2:
        core = rest
    return Phrase(
        code=code,
        core=tuple((atom.folded, "" if atom.marks == BARE else atom.marks) for atom in core),
        words=frozenset(atom.folded for atom in core),
        own=own,
        has_accents=any(atom.marks not in UNTOLD for atom in words),
        marks=frozenset(atom.kind for atom in atoms_of(clean_line(said))) & {Kind.COMMA, Kind.OPEN, Kind.CLOSE},
    )


def _unsaid(whole: Phrase, phrase: Phrase) -> tuple[str, ...]:
    if Kind.COMMA not in whole.marks:
        return ()
    runs = groupby((word for word, _ in whole.core), key=lambda word: word in phrase.words)
    missing = (tuple(words) for is_said, words in runs if not is_said)
    return tuple(" ".join(pair) for words in missing for pair in pairwise(words))


def names_in(atoms: Sequence[Atom], book: NameBook) -> tuple[Name, ...]:
    """Return the names in the atoms, none over another: those with the most words first."""
    finder = _Finder(atoms, frozenset(atom.folded for atom in atoms if atom.kind is Kind.WORD))
    found = [window for place in range(len(atoms)) for window in finder.windows(place, book)]
    found.sort(key=lambda pair: (-len(pair[0].core), pair[1].last - pair[1].first, pair[1].first))
    taken: set[int] = set()
    names: list[Name] = []
    for phrase, name in found:
        same = next((other for other in names if other.own == name.own and phrase.code not in other.codes), None)
        if same is not None and len(same.own) == len(phrase.core):
            names[names.index(same)] = _joined(same, name)
        elif taken.isdisjoint(range(name.first, name.last + 1)):
            names.append(name)
            taken |= {*range(name.first, name.last + 1)}
    return tuple(sorted(names, key=lambda name: name.first))


def _joined(name: Name, other: Name) -> Name:
    return Name(name.codes + other.codes, name.first, name.last, name.own, name.words | other.words)


@dataclass(frozen=True, slots=True)
class _Finder:
    """Looks for names in the atoms of one line."""

    atoms: Sequence[Atom]
    said: frozenset[str]
    """All words of the line, without accents."""
    skips: dict[int, int] = field(default_factory=dict)
    """{place: number of atoms from there that say nothing}, as far as it was asked."""

    def windows(self, place: int, book: NameBook) -> Iterator[tuple[Phrase, Name]]:
        """Yield the names that begin with this atom."""
        first = self.atoms[place]
        if first.kind is not Kind.WORD:
            return
        for phrase in book.by_word.get(first.folded, ()):
            if phrase.words <= self.said and phrase.takes(first) and (own := self._window(place, phrase)):
                yield phrase, Name((phrase.code,), place, max(own), frozenset(own), phrase.own, phrase.unsaid)

    def _window(self, place: int, phrase: Phrase) -> list[int] | None:
        """Return the places of the name's words from this one on.

        None if one is missing, or if other words or more than one number stand between.
        """
        needs, own, gap, amounts = [word for word, _ in phrase.core], list[int](), 0, 0
        while place < len(self.atoms) and gap <= _LONGEST_GAP and amounts < 2:
            atom = self.atoms[place]
            length = 1
            if atom.kind is Kind.WORD and atom.folded in needs and phrase.takes(atom):
                needs.remove(atom.folded)
                own.append(place)
                gap = 0
                if not needs:
                    return own
            elif length := self._passed(place, phrase):
                amounts += atom.kind in AMOUNTS
                gap += 1
            else:
                return None
            place += length
        return None

    def _passed(self, place: int, phrase: Phrase) -> int:
        """Return how many atoms from this one on may stand between the words of a name; 0 if it ends the name."""
        atom = self.atoms[place]
        if atom.kind is Kind.WORD:
            return 1 if atom.folded in phrase.own else self._skipped(place)
        return int(atom.kind in _BETWEEN or atom.kind in phrase.marks)

    def _skipped(self, place: int) -> int:
        if place not in self.skips:
            self.skips[place] = 0 if cue_at(self.atoms, place)[0] else filler_at(self.atoms, place)
        return self.skips[place]
