"""What is looked for in a text: the same for all its lines and tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.figures.grammar.atoms import fold
from domain.figures.grammar.lexicon import Cue
from domain.figures.grammar.mentions import Reported
from domain.figures.grammar.names import NameBook, book_of
from domain.figures.readings import Wanted
from domain.plans.periods import Period
from domain.typed_input.words import clean

_WORD = re.compile(r"[^\W\d_]+")

Lasting = frozenset[Cue]
"""Cues of a heading, which hold for the lines below it: «Kế hoạch năm 2026:»."""
NOTHING_LASTS: Lasting = frozenset()


@dataclass(frozen=True, slots=True)
class Frame:
    book: NameBook
    wanted: dict[str, Wanted]
    """{code: indicator}."""
    reported: Reported
    pledging: bool
    """Whether a pledge is read: then plans are looked for, and not results."""
    said: str = ""
    """All words of the text, without accents."""

    @classmethod
    def of(cls, text: str, wanted: Sequence[Wanted], *, period: Period | None, pledging: bool) -> "Frame":
        by_code = {one.code: one for one in wanted}
        cleaned = clean(text)
        said = " ".join(_WORD.findall(fold(cleaned)))
        return cls(book_of(wanted), by_code, Reported.of(period, cleaned), pledging, said)
