"""How well a plan was read, against a key: the deadlines that the text has, written by people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.plan_texts.grammar.folding import fold
from domain.plan_texts.readings import FoundDeadline, RelativeDay
from domain.plans.deadlines import Boundary, DutyKind
from domain.typed_input.words import clean

_ENOUGH = 0.5
"""Share of the shorter quote's words that must stand in the longer one."""


@dataclass(frozen=True, slots=True)
class KeyDeadline:
    """A deadline of the key; what is None is not compared."""

    quote: str
    kind: DutyKind | None = None
    boundary: Boundary | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    relative: RelativeDay | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The deadlines of a reading beside those of the key."""

    right: int
    missed: tuple[KeyDeadline, ...]
    """Those of the key that were not read."""
    wrong: tuple[FoundDeadline, ...]
    """Those read that are not in the key."""

    @property
    def precision(self) -> float:
        """Share of what was read that is in the key; 1 if nothing was read."""
        return self.right / (self.right + len(self.wrong)) if self.right + len(self.wrong) else 1.0

    @property
    def recall(self) -> float:
        """Share of the key that was read; 1 for an empty key."""
        return self.right / (self.right + len(self.missed)) if self.right + len(self.missed) else 1.0


def score(found: Sequence[FoundDeadline], answers: Sequence[KeyDeadline]) -> Score:
    """Compare a reading with its key; each deadline counts once, the nearest quotes first."""
    pairs = sorted(_pairs(found, answers), reverse=True)
    left_found, left_answers = set(range(len(found))), set(range(len(answers)))
    for _, one, other in pairs:
        if one in left_found and other in left_answers:
            left_found.remove(one)
            left_answers.remove(other)
    return Score(
        right=len(found) - len(left_found),
        missed=tuple(answers[place] for place in sorted(left_answers)),
        wrong=tuple(found[place] for place in sorted(left_found)),
    )


def _pairs(found: Sequence[FoundDeadline], answers: Sequence[KeyDeadline]) -> Iterator[tuple[float, int, int]]:
    words_found = [_words(one.quote) for one in found]
    for other, answer in enumerate(answers):
        words = _words(answer.quote)
        for one, deadline in enumerate(found):
            overlap = _overlap(words, words_found[one])
            if overlap >= _ENOUGH and _fits(deadline, answer):
                yield overlap, one, other


def _fits(found: FoundDeadline, answer: KeyDeadline) -> bool:
    day = found.due.day if found.due else None
    compared = (
        (answer.kind, found.kind),
        (answer.boundary, found.boundary),
        (answer.day, day),
        (answer.month, found.month),
        (answer.year, found.year),
        (answer.relative and answer.relative.days, found.relative and found.relative.days),
        (answer.relative and answer.relative.is_before, found.relative and found.relative.is_before),
    )
    return all(wanted is None or wanted == read for wanted, read in compared)


def _words(quote: str) -> frozenset[str]:
    folded = "".join(letter if letter.isalnum() else " " for letter in fold(clean(quote)))
    return frozenset(folded.split())


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0
