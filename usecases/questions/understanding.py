"""Understanding of a typed question: answered if every word is accounted for, else asked back or not understood."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from domain.questions.doors import Door, door_of
from domain.questions.grammar import hear
from domain.questions.labels import Label, NameIndex, label
from domain.questions.lexicon import KIND_NAMES, Concept
from domain.questions.readings import MEASURED, Intent, Named, QuestionReading
from domain.questions.words import LONGEST_QUESTION, words_of
from usecases.context import Context, query
from usecases.questions.candidates import names_labelled, readings_of
from usecases.questions.counts import is_of_kind
from usecases.questions.examples import examples_for
from usecases.questions.horizon import Horizon, read_horizon
from usecases.questions.spelling import spell

MOST_CHOICES = 6
_ASKS_OF_UNITS = frozenset({Concept.SUBMIT, Concept.COMPARE, Concept.STATUS})
_SILENT = frozenset({Concept.NOT, Concept.NO, Concept.FILLER, Concept.UNKNOWN})


class Outcome(StrEnum):
    ANSWER = "ANSWER"
    DOOR = "DOOR"
    CHOICE = "CHOICE"
    REFUSED = "REFUSED"
    NOT_UNDERSTOOD = "NOT_UNDERSTOOD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    outcome: Outcome
    reading: QuestionReading | None = None
    choices: tuple[QuestionReading, ...] = ()
    """Readings to choose from, likeliest first."""
    hidden: int = 0
    """Number of readings beyond those listed."""
    examples: tuple[str, ...] = ()
    """Three questions that fit the asker, if the text is not understood."""
    seen: tuple[str, ...] = ()
    """What the asker may ask about, if the question is about something else."""
    is_long: bool = False


@query
async def understand(ctx: Context, text: str) -> Understanding:
    """Return what the text asks. Nothing is guessed: a word that is not accounted for is asked back."""
    if ctx.actor.is_guest:
        return Understanding(outcome=Outcome.REFUSED)
    horizon = await read_horizon(ctx)
    if (door := door_of(text)) is not None:
        return Understanding(
            outcome=Outcome.DOOR, reading=QuestionReading(intent=Intent.OPEN, door=door_for(door, horizon))
        )
    if len(text) > LONGEST_QUESTION:
        return _not_understood(horizon, is_long=True)
    index = await horizon.index()
    spelled = spell(words_of(text), index.words)
    return _read(label(spelled.words, index), horizon, asks_back=spelled.guessed_names and not horizon.sees_status)


def may_ask(text: str) -> bool:
    """Whether the text may be a clear question or a door word; false for «không rõ», whatever names there are.

    Nothing is read for it: a single unknown word without a word that asks is no clear question, not even as a name.
    """
    if door_of(text) is not None:
        return True
    labels = label(spell(words_of(text), frozenset()).words, NameIndex())
    unknown = sum(one.concept is Concept.UNKNOWN for one in labels)
    return unknown > 1 or any(one.concept not in _SILENT for one in labels)


def door_for(door: Door, horizon: Horizon) -> Door:
    """Return the door that leads the asker on: who hands in nothing sees how others stand instead."""
    submits = bool(horizon.own)
    if not submits and door in (Door.DUTIES, Door.REPORTS, Door.PLEDGES, Door.DOSSIERS, Door.CALENDAR):
        return Door.STATUS if horizon.sees_status else Door.MENU
    if door in (Door.STATUS, Door.COMPILATION) and not horizon.sees_status:
        return Door.DUTIES
    return door


def _read(labels: Sequence[Label], horizon: Horizon, *, asks_back: bool) -> Understanding:
    if names_hidden(labels) or _has_none_of_kind(labels, horizon):
        return _unfound(labels, horizon)
    if horizon.own and asks_extension(labels):
        return Understanding(outcome=Outcome.DOOR, reading=QuestionReading(intent=Intent.OPEN, door=Door.EXTENSION))
    intents = hear(labels)
    unknown = sum(len(one.words) for one in labels if one.concept is Concept.UNKNOWN)
    known = sum(len(one.words) for one in labels if one.concept not in (Concept.UNKNOWN, Concept.FILLER))
    drafts = readings_of(labels, intents, horizon)
    is_of_another = bool(drafts and intents) and _may_name_another(labels)
    if not is_of_another and (not drafts or unknown >= max(known, 1) or unknown > 2):
        return _not_understood(horizon)
    allowed = [draft for draft in drafts if _is_allowed(draft, labels, horizon)]
    if is_of_another or not allowed:
        return _refused(horizon)
    if len(drafts) == 1 and not unknown and not asks_back and _is_whole(drafts[0], labels):
        return Understanding(outcome=Outcome.ANSWER, reading=allowed[0])
    return _choice(allowed)


def names_hidden(labels: Sequence[Label]) -> bool:
    """Whether a name of a unit or a cluster was typed that the asker does not have: «phường 99», «cụm 9»."""
    places = (Concept.KIND, Concept.CLUSTER_WORD)
    return any(
        one.concept in places and after.concept in (Concept.UNKNOWN, Concept.YEAR) for one, after in pairwise(labels)
    )


def asks_extension(labels: Sequence[Label]) -> bool:
    """Whether an officer asks for more time, and not who was given it."""
    said = {one.concept for one in labels}
    return Concept.ASK_EXTENSION in said and said.isdisjoint({Concept.WHO, Concept.LIST, Concept.COUNT})


def _is_whole(draft: QuestionReading, labels: Sequence[Label]) -> bool:
    """Whether the answer to the reading says all that the words ask for."""
    said = {one.concept for one in labels}
    shows_past = draft.unit is not None and draft.indicator is not None
    return (draft.indicator is not None or Concept.INDICATOR not in said) and (Concept.PAST not in said or shows_past)


def _has_none_of_kind(labels: Sequence[Label], horizon: Horizon) -> bool:
    kinds = [named.key for named in names_labelled(labels, Concept.KIND)]
    return any(not any(is_of_kind(unit, kind) for unit in horizon.units.values()) for kind in kinds)


def _may_name_another(labels: Sequence[Label]) -> bool:
    """Whether two unknown words in a row may be a unit's name that the asker does not have."""
    said = [one.concept for one in labels]
    places = [place for place, concept in enumerate(said) if concept is Concept.UNKNOWN]
    in_a_row = len(places) == 2 and places[1] == places[0] + 1
    of_duty = bool(places and places[0]) and said[places[0] - 1] in (Concept.DUTY, Concept.DUTY_KIND)
    return in_a_row and not of_duty and Concept.UNIT not in said and bool(_ASKS_OF_UNITS & {*said})


def _is_allowed(draft: QuestionReading, labels: Sequence[Label], horizon: Horizon) -> bool:
    if horizon.sees_status:
        return True
    if any(one.concept is Concept.EVERY for one in labels) or draft.intent is Intent.NOT_JOINED:
        return False
    if draft.intent in MEASURED:
        return draft.unit is not None and draft.unit.id in horizon.own and draft.kind is None
    return draft.intent in (Intent.DEADLINE, Intent.FORM) or draft.unit is not None or draft.cluster is not None


def _choice(readings: Sequence[QuestionReading]) -> Understanding:
    return Understanding(
        outcome=Outcome.CHOICE,
        choices=tuple(readings[:MOST_CHOICES]),
        hidden=max(0, len(readings) - MOST_CHOICES),
    )


def _unfound(labels: Sequence[Label], horizon: Horizon) -> Understanding:
    """Return the clusters to choose from in place of one that is not there; a unit that is not there is refused."""
    is_cluster = any(one.concept is Concept.CLUSTER_WORD for one in labels)
    intents = hear(labels)
    if not is_cluster or not intents or not horizon.sees_status:
        return _refused(horizon)
    kept = [one for one in labels if one.concept not in (Concept.UNKNOWN, Concept.YEAR)]
    return _choice(readings_of(kept, intents, horizon))


def _refused(horizon: Horizon) -> Understanding:
    return Understanding(outcome=Outcome.REFUSED, seen=_seen(horizon))


def _seen(horizon: Horizon) -> tuple[str, ...]:
    """Return what the asker may ask about, in words; the same whatever was asked."""
    clusters = tuple(cluster.name for cluster in horizon.clusters.values())
    if horizon.sees_status:
        return (f"{len(horizon.units)} đơn vị trong phạm vi của anh/chị", *clusters)
    own = tuple(unit.name for unit in horizon.own_units)
    return (*own, *(f"việc nộp của {name}" for name in clusters))


def _not_understood(horizon: Horizon, *, is_long: bool = False) -> Understanding:
    return Understanding(outcome=Outcome.NOT_UNDERSTOOD, examples=examples_for(horizon), is_long=is_long)


def kind_name(kind: Named) -> str:
    return KIND_NAMES.get(kind.key, kind.name)
