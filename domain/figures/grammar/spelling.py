"""Slips of the finger in names, mended only where no name was found and nothing else knows the word."""

from collections.abc import Sequence

from domain.figures.grammar.atoms import Atom, Kind
from domain.figures.grammar.names import UNTOLD, Name, NameBook
from domain.figures.grammar.phrases import KNOWN_WORDS, SINGLE_WORDS

_SHORTEST = 4
"""Fewest letters of a word in which a slip is mended: shorter words are one letter from too many others."""


def respelled(atoms: Sequence[Atom], names: Sequence[Name], book: NameBook) -> tuple[Atom, ...] | None:
    """Return the atoms with the slips in words outside of the names mended, or None if there is nothing to mend."""
    covered = {place for name in names for place in range(name.first, name.last + 1)}
    better = {
        place: mended
        for place, atom in enumerate(atoms)
        if atom.kind is Kind.WORD and place not in covered and (mended := _mended(atom, book))
    }
    return tuple(better.get(place, atom) for place, atom in enumerate(atoms)) if better else None


def _mended(atom: Atom, book: NameBook) -> Atom | None:
    """Return the word as a name has it: without a wrong accent, or without a slip of the finger."""
    if atom.folded in book.words:
        return atom._replace(marks="") if atom.marks not in UNTOLD and atom.folded not in SINGLE_WORDS else None
    word = _near(atom.folded, book)
    return atom._replace(folded=word, marks="") if word else None


def _near(word: str, book: NameBook) -> str | None:
    """Return the one word of the names that is a slip of the finger away."""
    if len(word) < _SHORTEST or word in KNOWN_WORDS:
        return None
    near = [other for other in book.words if len(other) >= _SHORTEST and _is_slip(word, other)]
    return near[0] if len(near) == 1 else None


def _is_slip(word: str, other: str) -> bool:
    """Whether one letter was left out, doubled, replaced, or two were swapped."""
    if abs(len(word) - len(other)) > 1 or word[0] != other[0]:
        return False
    start = next(
        (i for i, (one, two) in enumerate(zip(word, other, strict=False)) if one != two), min(len(word), len(other))
    )
    rest, others = word[start:], other[start:]
    if len(word) == len(other):
        return rest[1:] == others[1:] or (rest[:2] == others[:2][::-1] and rest[2:] == others[2:])
    return rest[1:] == others or rest == others[1:]
