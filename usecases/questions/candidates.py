"""Readings that a typed question can have: combinations of what its words name."""

from collections.abc import Iterable, Sequence

from domain.plans.deadlines import WITH_FIGURES, DutyKind
from domain.questions.labels import Label
from domain.questions.lexicon import MANY, Concept
from domain.questions.readings import COUNTED, MEASURED, Intent, Named, QuestionReading
from usecases.questions.counts import is_of_kind
from usecases.questions.horizon import Horizon, KnownDuty

_WITHOUT_DUTY = frozenset({Intent.NOT_JOINED, Intent.MEMBERS})


def readings_of(labels: Sequence[Label], intents: Iterable[Intent], horizon: Horizon) -> list[QuestionReading]:
    """Return every reading that the labels allow."""
    units = names_labelled(labels, Concept.UNIT) or _only_of_kind(labels, horizon)
    clusters = names_labelled(labels, Concept.CLUSTER) or _named_clusters(labels, horizon)
    found = list(intents) or _for_names_alone(labels)
    # A unit and a cluster together are two questions.
    places: list[tuple[Named | None, Named | None]] = [(unit, None) for unit in units]
    places += [(None, cluster) for cluster in clusters]
    drafts = [
        QuestionReading(intent=intent, unit=unit, cluster=cluster, kind=kind, duty=duty, indicator=indicator)
        for intent in found
        for unit, cluster in places or [(None, None)]
        for kind in _or_none([] if units else names_labelled(labels, Concept.KIND)[:1])
        for duty in _duties(labels, intent, horizon)
        for indicator in _or_none(names_labelled(labels, Concept.INDICATOR) if intent in MEASURED else [])
    ]
    scoped = [scoped for draft in drafts for scoped in _scoped(draft, labels, horizon)]
    return list(dict.fromkeys(scoped))


def _or_none(names: Sequence[Named]) -> Sequence[Named | None]:
    return names or (None,)


def _only_of_kind(labels: Sequence[Label], horizon: Horizon) -> list[Named]:
    """Return the one unit of a kind that is named without «các»: «bệnh viện nộp chưa»."""
    kinds = [one for one in labels if one.concept is Concept.KIND and one.words[0] not in MANY]
    found = [unit for one in kinds for unit in horizon.units.values() if is_of_kind(unit, one.names[0].key)]
    return [found[0].named] if len(found) == 1 else []


def names_labelled(labels: Sequence[Label], concept: Concept) -> list[Named]:
    return list(dict.fromkeys(named for one in labels if one.concept is concept for named in one.names))


def _named_clusters(labels: Sequence[Label], horizon: Horizon) -> list[Named]:
    said = {one.concept for one in labels}
    if Concept.OWN_CLUSTER in said:
        return [_cluster(horizon, cluster_id) for cluster_id in horizon.own_clusters]
    if Concept.CLUSTER_WORD in said and Concept.MEMBERS not in said:
        return [_cluster(horizon, cluster_id) for cluster_id in horizon.own_clusters or horizon.clusters]
    return []


def _cluster(horizon: Horizon, cluster_id: int) -> Named:
    return horizon.clusters[cluster_id].named


def _for_names_alone(labels: Sequence[Label]) -> list[Intent]:
    """Return what a name without a verb may ask: it is asked back."""
    said = {one.concept for one in labels}
    if Concept.UNIT in said:
        return [Intent.STATUS, Intent.AGAINST_PLEDGE]
    if said & {Concept.CLUSTER, Concept.CLUSTER_WORD, Concept.OWN_CLUSTER}:
        return [Intent.STATUS, Intent.MISSING, Intent.MEMBERS]
    if said & {Concept.DUTY, Concept.DUTY_KIND}:
        return [Intent.STATUS, Intent.MISSING, Intent.DEADLINE]
    if Concept.KIND in said and said & {Concept.WHO, Concept.COUNT, Concept.LIST}:
        return [Intent.STATUS, Intent.MISSING]
    return []


def _duties(labels: Sequence[Label], intent: Intent, horizon: Horizon) -> list[Named | None]:
    """Return the duties that the labels name; [None] if they name none, [] if none of them is open to the intent."""
    if intent in _WITHOUT_DUTY:
        return [None]
    if intent in MEASURED:
        return _reports(labels, horizon)
    named = [{named.key for named in one.names} for one in labels if one.concept is Concept.DUTY]
    kinds = {named.key for named in names_labelled(labels, Concept.DUTY_KIND)}
    if any(one.concept is Concept.PLEDGING for one in labels):
        kinds |= {DutyKind.PLEDGE.value}
    years = {int(one.words[-1]) for one in labels if one.concept is Concept.YEAR}
    if not named and not kinds and not years:
        with_lines = [duty for duty in _open(horizon) if duty.kind in WITH_FIGURES]
        return _named(with_lines) if intent is Intent.FORM else [None]
    found = [
        duty
        for duty in horizon.duties
        if (all if _agree(named) else any)(duty.key in keys for keys in named or [{duty.key}])
        and (not kinds or bool(named) or duty.kind in kinds)
        and (not years or duty.year in years)
    ]
    is_open = [duty for duty in found if duty.opens is None]
    if intent is Intent.DEADLINE or not is_open:
        return _named(found)
    if not named and not kinds and len(is_open) == len(_open(horizon)):
        return [None]
    return _named(is_open)


def _agree(named: Sequence[set[str]]) -> bool:
    """Whether the words can name one duty together: «giao ước» and «báo cáo» name two."""
    return not named or bool(set.intersection(*named))


def _reports(labels: Sequence[Label], horizon: Horizon) -> list[Named | None]:
    """Return the open reports whose figures can be meant."""
    named = [{named.key for named in one.names} for one in labels if one.concept is Concept.DUTY]
    years = {int(one.words[-1]) for one in labels if one.concept is Concept.YEAR}
    found = [duty for duty in _open(horizon) if duty.kind is DutyKind.REPORT and (not years or duty.year in years)]
    fitting = [duty for duty in found if all(duty.key in keys for keys in named)]
    return _named(fitting) or ([] if years else [None])


def _open(horizon: Horizon) -> list[KnownDuty]:
    return [duty for duty in horizon.duties if duty.opens is None]


def _named(duties: Iterable[KnownDuty]) -> list[Named | None]:
    return [duty.named for duty in duties]


def _scoped(draft: QuestionReading, labels: Sequence[Label], horizon: Horizon) -> list[QuestionReading]:
    """Return the reading with the units that it is about: without any named, those that the asker's role suggests."""
    said = {one.concept for one in labels}
    if draft.unit or draft.cluster or Concept.EVERY in said:
        return [draft]
    is_own = Concept.OWN in said or Concept.OWE in said
    listing = {Concept.WHO, Concept.LIST, Concept.NUDGE} | (set() if draft.intent in MEASURED else {Concept.COUNT})
    lists = bool(said & listing) or draft.kind is not None
    if horizon.sees_status and not is_own:
        return [draft]
    if is_own or (draft.intent in MEASURED | {Intent.STATUS} and not lists):
        return [draft.about(unit=unit) for unit in horizon.own_units] or [draft]
    if draft.intent in COUNTED | {Intent.MEMBERS}:
        return [draft.about(cluster=_cluster(horizon, cluster_id)) for cluster_id in horizon.own_clusters] or [draft]
    return [draft]
