"""What a clause says: its numbers with their roles, and what else was heard in it."""

from dataclasses import dataclass, field
from enum import StrEnum, auto

from domain.figures.grammar.atoms import Atom, Kind
from domain.figures.grammar.lexicon import Cue


class NumberRole(StrEnum):
    VALUE = auto()
    ABOUT = auto()
    """Not exact, or not surely this one."""
    LEVEL = auto()
    """What a change led to: «giảm còn 5 vụ»."""
    LEFT = auto()
    """What is left: «còn 5 vụ»."""
    OTHER = auto()
    """No figure of this period."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A number of the text with its role."""

    atom: Atom
    text: str
    """As it was written."""
    role: NumberRole
    noun: tuple[str, ...] = ()
    """What is counted, if the word after the number says it."""
    of_plan: bool = False
    """«98,6 % kế hoạch»"""

    @property
    def is_bare(self) -> bool:
        """Whether it is a number without unit that counts nothing."""
        return self.atom.kind is Kind.AMOUNT and not self.noun and self.atom.folded[-1:].isdigit()


@dataclass(slots=True)
class Judgement:
    judged: list[Judged] = field(default_factory=list)
    unknown: int = 0
    """Number of words that are neither a name's nor of the lexicon."""
    said_none: bool = False
    """«không phát sinh», without a number."""
    is_part: bool = False
    lasting: frozenset[Cue] = frozenset()
    carried: frozenset[Cue] = frozenset()
    """Cues without a number yet."""
    says_done: bool = False
    is_doubted: bool = False
    """Whether, without a number of its own, it says that the one before is no final one: «tạm tính»."""


def is_year(folded: str) -> bool:
    return len(folded) == 4 and folded.isdigit() and 1950 <= int(folded) <= 2049
