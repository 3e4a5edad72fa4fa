"""Clauses of a line: the runs of atoms between commas, brackets, and the names that begin something new."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from domain.figures.grammar.atoms import AMOUNTS, Atom, Kind, atoms_of, fold
from domain.figures.grammar.lexicon import Cue
from domain.figures.grammar.names import Name, NameBook, names_in
from domain.figures.grammar.phrases import cue_at, filler_at
from domain.figures.grammar.spelling import respelled
from domain.figures.grammar.units import unit_in

_WORDINGS_KEPT = 1000
"""Lines whose words are remembered: many units report the same lines with other numbers."""
_ENDS = frozenset({Kind.STOP, Kind.COMMA, Kind.OPEN, Kind.CLOSE})


@dataclass(frozen=True, slots=True)
class LineWords:
    """What the words of a line say, whatever its numbers are."""

    names: tuple[Name, ...]
    mended: tuple[tuple[int, str], ...]
    """(place, word) of the misspelt words that belong to names."""
    cues: Mapping[int, tuple[Cue, int]]
    """{place: (cue that begins there, its number of words)}"""
    fillers: Mapping[int, int]
    """{place: number of words that say nothing about a number}"""


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    """As it was written, in one spelling."""
    atoms: tuple[Atom, ...]
    words: LineWords

    @classmethod
    def of(cls, text: str, book: NameBook) -> "Line":
        atoms = atoms_of(text)
        words = _words(tuple(map(_wording, atoms)), book)
        return cls(text, _respelled(atoms, words.mended), words)

    @property
    def names(self) -> tuple[Name, ...]:
        return self.words.names

    def cue(self, place: int) -> tuple[Cue | None, int]:
        """Return the cue that begins here, and its number of words."""
        return self.words.cues.get(place, (None, 0))

    def filler(self, place: int) -> int:
        """Return the number of words from here that say nothing about a number."""
        return self.words.fillers.get(place, 0)

    def quote(self, first: int, last: int) -> str:
        """Return the words from one atom to another, both included."""
        is_open = any(atom.kind is Kind.OPEN for atom in self.atoms[first : last + 1])
        closes = is_open and last + 1 < len(self.atoms) and self.atoms[last + 1].kind is Kind.CLOSE
        return self.text[self.atoms[first].start : self.atoms[last + closes].end]


def _wording(atom: Atom) -> tuple[Kind, str, str]:
    """Return what its names are found by: two reports that differ in their numbers alone have the same."""
    return atom.kind, atom.folded if atom.kind is Kind.WORD else "", atom.marks


@lru_cache(_WORDINGS_KEPT)
def _words(wording: tuple[tuple[Kind, str, str], ...], book: NameBook) -> LineWords:
    atoms = tuple(Atom(kind, folded, 0, 0, marks) for kind, folded, marks in wording)
    names, mended = _named(atoms, book)
    atoms = _respelled(atoms, mended)
    cues = ((place, cue_at(atoms, place)) for place in range(len(atoms)))
    fillers = ((place, filler_at(atoms, place)) for place in range(len(atoms)))
    return LineWords(
        names,
        mended,
        {place: (cue, length) for place, (cue, length) in cues if cue is not None},
        {place: length for place, length in fillers if length},
    )


def _named(atoms: tuple[Atom, ...], book: NameBook) -> tuple[tuple[Name, ...], tuple[tuple[int, str], ...]]:
    """Return the names in a line, and (place, word) of the misspelt words that belong to them."""
    names = names_in(atoms, book)
    better = respelled(atoms, names, book)
    if better is None:
        return names, ()
    names = names_in(better, book)
    # A word that was mended and then belongs to no name is the word that was typed.
    own = sorted({place for name in names for place in name.own})
    return names, tuple((place, better[place].folded) for place in own if better[place] != atoms[place])


def _respelled(atoms: tuple[Atom, ...], mended: tuple[tuple[int, str], ...]) -> tuple[Atom, ...]:
    for place, word in mended:
        atoms = (*atoms[:place], atoms[place]._replace(folded=word, marks=""), *atoms[place + 1 :])
    return atoms


@dataclass(frozen=True, slots=True)
class Clause:
    first: int
    last: int
    names: tuple[Name, ...]
    amounts: tuple[int, ...]
    """Places of its numbers that may be figures."""
    in_brackets: bool

    @property
    def places(self) -> range:
        return range(self.first, self.last + 1)


def clauses_of(line: Line) -> tuple[Clause, ...]:
    return tuple(_clause(line, first, last, in_brackets=bracketed) for first, last, bracketed in _runs(line))


def _clause(line: Line, first: int, last: int, *, in_brackets: bool) -> Clause:
    names = tuple(name for name in line.names if first <= name.first <= last)
    amounts = tuple(place for place in range(first, last + 1) if line.atoms[place].kind in AMOUNTS)
    return Clause(first, last, names, amounts, in_brackets)


def _runs(line: Line) -> Iterator[tuple[int, int, bool]]:
    """Yield (first place, last place, whether it is in brackets) of each clause."""
    first, depth, has_amount = 0, 0, False
    covered = {place for name in line.names for place in range(name.first + 1, name.last + 1)}
    for place, atom in enumerate(line.atoms):
        if place not in covered and not (atom.kind is Kind.COMMA and _lists_names(line, first, place)):
            is_end = atom.kind in _ENDS or (atom.kind is Kind.COLON and _is_unit(line, first, place))
            if is_end or _begins_clause(line, first, place, has_amount=has_amount):
                if first < place:
                    yield first, place - 1, depth > 0
                first, has_amount = (place + 1 if is_end else place), False
                depth = max(0, depth + (atom.kind is Kind.OPEN) - (atom.kind is Kind.CLOSE))
        has_amount |= atom.kind in AMOUNTS
    if first < len(line.atoms):
        yield first, len(line.atoms) - 1, depth > 0


def _begins_clause(line: Line, first: int, place: int, *, has_amount: bool) -> bool:
    """Whether a new clause begins here without a mark: «12,5 tỷ và giảm 12 hộ», «12,5 tỷ BHYT 93,4», «trong đó»."""
    if place == first:
        return False
    atom = line.atoms[place]
    if atom.kind is Kind.DASH:
        return has_amount and place + 1 < len(line.atoms) and line.atoms[place + 1].kind is Kind.WORD
    if atom.kind is not Kind.WORD:
        return False
    if atom.folded == "va" and has_amount:
        return True
    if has_amount and any(name.first == place for name in line.names):
        return any(first <= name.first < place for name in line.names)
    return line.cue(place)[0] is Cue.PART


def _lists_names(line: Line, first: int, comma: int) -> bool:
    """Whether the comma stands between two names: in «việc làm, dạy nghề: 140» the number may be of either."""
    has_amount = any(atom.kind in AMOUNTS for atom in line.atoms[first:comma])
    ends = any(name.last == comma - 1 for name in line.names if name.first >= first)
    return not has_amount and ends and any(name.first == comma + 1 for name in line.names)


def _is_unit(line: Line, first: int, place: int) -> bool:
    """Whether the words before a colon are a unit of measure: «ĐVT tỷ đồng: 12,5»."""
    return first < place and unit_in(fold(line.text[line.atoms[first].start : line.atoms[place].start])) is not None


def holds_digits(line: Line, clause: Clause) -> bool:
    return any(letter.isdigit() for letter in line.quote(clause.first, clause.last))
