"""Phrases of the lexicon in the words of a line, with accents or without."""

from collections.abc import Sequence

from domain.figures.grammar.atoms import ANY_MARKS, BARE, Atom, Kind, fold, marks_of
from domain.figures.grammar.lexicon import COUNTING_WORDS, CUES, FILLERS, Cue

Marks = tuple[str, ...]


def _by_words(phrases: Sequence[str]) -> dict[tuple[str, ...], list[Marks]]:
    """Return {words without accents: their accents, once for each phrase}."""
    found: dict[tuple[str, ...], list[Marks]] = {}
    for phrase in phrases:
        found.setdefault(tuple(fold(phrase).split()), []).append(tuple(map(marks_of, phrase.split())))
    return found


_CUES = _by_words(tuple(CUES))
_CUE_OF = {tuple(fold(phrase).split()): cue for phrase, cue in CUES.items()}
_FILLERS = _by_words(FILLERS)
_CUE_BEGINNINGS = frozenset(words[0] for words in _CUES)
_FILLER_BEGINNINGS = frozenset(words[0] for words in _FILLERS)
_COUNTING_BEGINNINGS = frozenset(words[0] for words in COUNTING_WORDS)
_LONGEST = max(map(len, [*_CUES, *_FILLERS]))
KNOWN_WORDS = frozenset(word for words in [*_CUES, *_FILLERS] for word in words)
SINGLE_WORDS = frozenset(words[0] for words in [*_CUES, *_FILLERS] if len(words) == 1)
"""Words that alone are a cue or say nothing: they are no misspelt words of names."""


def _run(atoms: Sequence[Atom], place: int) -> list[Atom]:
    run: list[Atom] = []
    for atom in atoms[place : place + _LONGEST]:
        if atom.kind is not Kind.WORD:
            break
        run.append(atom)
    return run


def _begins(atoms: Sequence[Atom], place: int, beginnings: frozenset[str]) -> bool:
    return place < len(atoms) and atoms[place].folded in beginnings


def _longest(run: Sequence[Atom], phrases: dict[tuple[str, ...], list[Marks]], *, strict: bool = False) -> int:
    """Return the number of words of the longest phrase that the run begins with; 0 if there is none."""
    words = tuple(atom.folded for atom in run)
    marks = tuple(atom.marks if strict or atom.marks != BARE else "" for atom in run)
    for length in range(len(run), 0, -1):
        if any(_agree(marks, said) for said in phrases.get(words[:length], ())):
            return length
    return 0


def _agree(typed: Marks, said: Marks) -> bool:
    """Whether the accents are those of the phrase, or were not typed: «đất» is not «đạt»."""
    return all(one in ("", ANY_MARKS, other or BARE) for one, other in zip(typed, said, strict=False))


def filler_at(atoms: Sequence[Atom], place: int) -> int:
    """Return the number of words of the longest phrase from here that says nothing about a number."""
    return _longest(_run(atoms, place), _FILLERS, strict=True) if _begins(atoms, place, _FILLER_BEGINNINGS) else 0


def cue_at(atoms: Sequence[Atom], place: int) -> tuple[Cue | None, int]:
    """Return the cue that begins here and its number of words; a longer filler hides it («tăng cường»)."""
    if not _begins(atoms, place, _CUE_BEGINNINGS):
        return None, 0
    run = _run(atoms, place)
    length = _longest(run, _CUES)
    if not length or length < _longest(run, _FILLERS, strict=True):
        return None, 0
    return _CUE_OF[tuple(atom.folded for atom in run[:length])], length


def counting_at(atoms: Sequence[Atom], place: int) -> int:
    """Return the number of words of what is counted, from here: «hộ», «mô hình»; 0 if it is none."""
    if not _begins(atoms, place, _COUNTING_BEGINNINGS):
        return 0
    words = tuple(atom.folded for atom in _run(atoms, place))
    return next((length for length in range(len(words), 0, -1) if words[:length] in COUNTING_WORDS), 0)
