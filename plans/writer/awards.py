"""Writing indicators, award forms and the papers of a dossier."""

from collections.abc import Iterable

import yaml

from domain.plans.awards import AwardForm, Criteria, Criterion, Posting, Requirement, Share, SubjectKind
from domain.plans.events import DayCount
from domain.plans.indicators import Comparator, Indicator, Target
from plans.writer.nodes import Pairs, Value, block, flow, inline, lines
from plans.writer.sources import Sources


def indicator_node(indicator: Indicator, sources: Sources) -> yaml.MappingNode:
    return flow(
        (
            ("code", indicator.code),
            ("name", indicator.name),
            ("synonyms", inline(indicator.synonyms) if indicator.synonyms else None),
            ("uom", indicator.uom),
            ("better", indicator.better),
            ("low", indicator.low),
            ("high", indicator.high),
            ("whole", indicator.whole),
            ("group", indicator.group),
            *_target(indicator.target),
            ("applies_to", inline(indicator.applies_to) if indicator.applies_to else None),
            ("body", indicator.body or None),
            ("aggregate", indicator.aggregate_wording),
            ("source", sources.line(indicator.source)),
        )
    )


def _target(target: Target | None) -> Pairs:
    if target is None:
        return ()
    value: Value | None = target.words if target.comparator is Comparator.TEXT else target.value
    return (("comparator", target.comparator), ("target", value), ("excludes", target.excludes or None))


def award_node(award: AwardForm, sources: Sources) -> yaml.MappingNode:
    return block(
        (
            ("code", award.code),
            ("name", award.name),
            ("subjects", inline(award.subjects)),
            ("source", sources.line(award.source)),
            ("copies", award.copies),
            ("sent_through", award.sent_through or None),
            ("via", award.via),
            ("original_to", award.original_to or None),
            ("posting", _posting(award.posting, sources)),
            ("pieces", _pieces(award.requirements, award.subjects, sources)),
            ("shares", lines(_share(one, award.subjects, sources) for one in award.shares)),
            ("criteria", lines(_criteria(one, sources) for one in award.criteria)),
        )
    )


def _pieces(pieces: Iterable[Requirement], everyone: tuple[SubjectKind, ...], sources: Sources) -> yaml.SequenceNode:
    nodes = lines(requirement_node(piece, everyone, sources) for piece in pieces)
    return nodes if nodes is not None else inline(())


def requirement_node(paper: Requirement, everyone: tuple[SubjectKind, ...], sources: Sources) -> yaml.MappingNode:
    """Return a paper; its subjects are left out if they are `everyone`."""
    return flow(
        (
            ("code", paper.code),
            ("name", paper.name),
            ("subjects", inline(paper.subjects) if paper.subjects != everyone else None),
            ("per_nominee", paper.per_nominee or None),
            ("source", sources.line(paper.source)),
        )
    )


def _posting(posting: Posting | None, sources: Sources) -> yaml.MappingNode | None:
    if posting is None:
        return None
    counts = None if posting.counts is DayCount.CALENDAR else posting.counts
    said = (("text", posting.text), ("source", sources.line(posting.source)))
    return flow((("days", posting.days), ("counts", counts), *said))


def _share(share: Share, everyone: tuple[SubjectKind, ...], sources: Sources) -> yaml.MappingNode:
    return flow(
        (
            ("code", share.code),
            ("text", share.text),
            ("comparator", share.comparator),
            ("percent", share.percent),
            ("whole", share.whole),
            ("part", share.part or None),
            ("subjects", inline(share.subjects) if share.subjects != everyone else None),
            ("source", sources.line(share.source)),
        )
    )


def _criteria(criteria: Criteria, sources: Sources) -> yaml.MappingNode:
    return block(
        (
            ("subjects", inline(criteria.subjects)),
            ("all_of", lines(_criterion(one, sources) for one in criteria.all_of) or inline(())),
            ("any_of", lines(_criterion(one, sources) for one in criteria.any_of)),
        )
    )


def _criterion(criterion: Criterion, sources: Sources) -> yaml.MappingNode:
    return flow(
        (
            ("text", criterion.text),
            ("indicator", criterion.indicator),
            *_target(criterion.target),
            ("source", sources.line(criterion.source)),
        )
    )
