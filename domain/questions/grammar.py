"""The grammar of questions: which intent the labels of a question express, and what they leave open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.questions.labels import Label
from domain.questions.lexicon import Concept
from domain.questions.readings import Intent

Intents = tuple[Intent, ...]
"""One intent if the words are clear, several if they are to be chosen from, none if they express none."""

_DENIED = frozenset({Concept.SUBMIT, Concept.PLEDGING, Concept.DUTY, Concept.DUTY_KIND, Concept.JOIN, Concept.ALL_DONE})
"""What «chưa» denies when it stands right before it."""
_NEGATIONS = frozenset({Concept.NOT, Concept.NO})
_ACTS = frozenset({Concept.SUBMIT, Concept.PLEDGING, Concept.ALL_DONE, Concept.NUDGE})
_LISTED = frozenset({Concept.WHO, Concept.LIST, Concept.COUNT})
_SCOPES = frozenset({Concept.UNIT, Concept.CLUSTER, Concept.KIND, Concept.EVERY, Concept.OWN_CLUSTER, Concept.OWN})
_THINGS = frozenset({Concept.DUTY, Concept.DUTY_KIND})
_DATED = frozenset({Concept.WHEN, Concept.DEADLINE})
_LATE = frozenset({Concept.OVERDUE, Concept.LATE, Concept.LATENESS})


@dataclass(frozen=True, slots=True)
class _Said:
    """The concepts of a question in their order, without filling words."""

    concepts: tuple[Concept, ...]

    def has(self, *concepts: Concept) -> bool:
        return any(concept in self.concepts for concept in concepts)

    def has_any(self, concepts: frozenset[Concept]) -> bool:
        return not concepts.isdisjoint(self.concepts)

    @property
    def denies(self) -> bool:
        """Whether «chưa» or «không» stands before a verb: «ai chưa nộp», and not «nộp chưa»."""
        return any(one in _NEGATIONS and after in _DENIED for one, after in pairwise(self.concepts))

    @property
    def asks(self) -> bool:
        """Whether «chưa» makes a question: «nộp chưa», «nộp rồi chưa»."""
        last = len(self.concepts) - 1
        return any(
            concept in _NEGATIONS and place > 0 and (place == last or self.concepts[place + 1] not in _DENIED)
            for place, concept in enumerate(self.concepts)
        )


def hear(labels: Sequence[Label]) -> Intents:
    """Return the intents that the words can express."""
    said = _Said(tuple(one.concept for one in labels if one.concept is not Concept.FILLER))
    return next((found for applies, found in _settled(said) if applies), ())


def _settled(said: _Said) -> list[tuple[bool, Intents]]:
    """Return (whether it applies, intents) of every rule, in the order in which they are asked."""
    return [(applies(said), settle(said)) for applies, settle in _RULES]


def _asks_day(said: _Said) -> bool:
    return said.has_any(_DATED) and not said.has_any(_LATE)


def _of_day(said: _Said) -> Intents:
    if said.has(Concept.EXTENDED):
        return Intent.EXTENDED, Intent.DEADLINE
    # «Khi nào Phường 5 nộp» may ask for the day that is set, or whether it has handed in.
    is_unclear = said.has(Concept.UNIT) and said.has(Concept.SUBMIT) and not said.has(Concept.DEADLINE)
    return (Intent.DEADLINE, Intent.STATUS) if is_unclear else (Intent.DEADLINE,)


def _of_lateness(said: _Said) -> Intents:
    late = _LATE & set(said.concepts)
    if any(one in _NEGATIONS and after in late for one, after in pairwise(said.concepts)):
        return Intent.STATUS, Intent.OVERDUE
    if Concept.LATENESS in late or len(late) > 1:
        return Intent.OVERDUE, Intent.LATE
    return (Intent.LATE,) if Concept.LATE in late else (Intent.OVERDUE,)


def _of_punctuality(said: _Said) -> Intents:
    return (Intent.MISSING, Intent.LATE) if said.has_any(_NEGATIONS) else (Intent.ON_TIME,)


def _asks_figures(said: _Said) -> bool:
    if said.has(Concept.SUBMIT, Concept.NOT, Concept.WHO):
        return False
    return said.has(Concept.INDICATOR) or (said.has(Concept.FIGURES) and not said.has(Concept.NO))


def _is_missing(said: _Said) -> bool:
    is_named = said.has(Concept.NOT) and said.has_any(_LISTED) and not (said.has_any(_ACTS) and said.asks)
    return said.denies or said.has(Concept.SHORT, Concept.NUDGE) or is_named


def _of_missing(said: _Said) -> Intents:
    is_both = said.has(Concept.DONE) and said.has_any(_ACTS) and not said.asks
    return (Intent.STATUS,) if is_both else (Intent.MISSING,)


def _is_handed_in(said: _Said) -> bool:
    is_done = said.has(Concept.DONE, Concept.ALL_DONE) and (said.has_any(_ACTS) or said.has_any(_THINGS))
    return is_done or (said.has_any(_ACTS) and said.has(Concept.COUNT))


_RULES: tuple[tuple[Callable[[_Said], bool], Callable[[_Said], Intents]], ...] = (
    (lambda said: said.has(Concept.JOIN) and not said.has(Concept.SUBMIT), lambda _: (Intent.NOT_JOINED,)),
    (lambda said: said.has(Concept.FORM), lambda _: (Intent.FORM,)),
    (lambda said: said.has(Concept.COMPARE), lambda _: (Intent.AGAINST_PLEDGE,)),
    (lambda said: said.has(Concept.MEMBERS) and not said.has_any(_ACTS | _LATE), lambda _: (Intent.MEMBERS,)),
    (_asks_day, _of_day),
    (
        lambda said: said.has(Concept.EXTENDED, Concept.ASK_EXTENSION) and said.has_any(_LISTED | _SCOPES),
        lambda _: (Intent.EXTENDED,),
    ),
    (lambda said: said.has(Concept.RETURNED), lambda _: (Intent.RETURNED,)),
    (lambda said: said.has_any(_LATE), _of_lateness),
    (lambda said: said.has(Concept.ON_TIME), _of_punctuality),
    (_asks_figures, lambda _: (Intent.FIGURES,)),
    (
        lambda said: said.has(Concept.OWE, Concept.STATUS) or (said.has(Concept.ALL_DONE) and said.asks),
        lambda _: (Intent.STATUS,),
    ),
    (_is_missing, _of_missing),
    (lambda said: said.asks and said.has_any(_ACTS | _THINGS | _SCOPES), lambda _: (Intent.STATUS,)),
    (_is_handed_in, lambda _: (Intent.HANDED_IN,)),
    (
        lambda said: said.has_any(_ACTS) and said.has_any(_LISTED | _SCOPES | _THINGS),
        lambda _: (Intent.STATUS, Intent.MISSING, Intent.HANDED_IN),
    ),
)
"""(whether the rule applies, what it settles): the first that applies does."""
