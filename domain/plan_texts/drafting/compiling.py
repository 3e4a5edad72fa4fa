"""The plan that a draft becomes, and what is still missing for it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.plan_texts.drafting.drafts import DutyMark, PlanDraft, ProposedDuty
from domain.plan_texts.readings import PlanHeader
from domain.plans.deadlines import WITH_FIGURES, DeadlineRule, DutyKind
from domain.plans.plans import Plan, RuleKind, UnitGroup
from domain.plans.rule_years import PlanYears
from domain.typed_input.words import plain, slug
from domain.units import UNIT_KIND_NAMES, UnitKind

LONGEST_CODE = 40
_YEARS_AHEAD = 10
_RANKS = re.compile(
    r"^(?:ubnd|uy ban nhan dan)? *(?:tinh|thanh pho|tp|quan|huyen|thi xa|thi tran|xa|phuong|dac khu)? +"
)


class Missing(StrEnum):
    """What keeps a draft from being loaded, in the order in which it is asked."""

    UNDECIDED = "UNDECIDED"
    """Some proposed duties are neither kept nor dropped."""
    NOTHING_KEPT = "NOTHING_KEPT"
    NUMBER = "NUMBER"
    TITLE = "TITLE"
    ISSUED = "ISSUED"
    INDICATORS = "INDICATORS"
    AWARDS = "AWARDS"


@dataclass(frozen=True, slots=True)
class Basis:
    """The plans from which a draft takes what its text does not say; None for nothing."""

    indicators: Plan | None = None
    awards: Plan | None = None


def missing_of(draft: PlanDraft) -> tuple[Missing, ...]:
    return tuple(_missing(draft))


def _missing(draft: PlanDraft) -> Iterator[Missing]:
    kept = draft.marked(DutyMark.KEPT)
    if draft.marked(DutyMark.OPEN):
        yield Missing.UNDECIDED
    elif not kept:
        yield Missing.NOTHING_KEPT
    if not draft.header.number:
        yield Missing.NUMBER
    if not draft.header.title:
        yield Missing.TITLE
    if draft.header.issued is None:
        yield Missing.ISSUED
    if asks_indicators(draft) and draft.indicators_from is None:
        yield Missing.INDICATORS
    if asks_awards(draft) and draft.awards_from is None:
        yield Missing.AWARDS


def asks_indicators(draft: PlanDraft) -> bool:
    return any(duty.rule.kind in WITH_FIGURES for duty in draft.marked(DutyMark.KEPT))


def asks_awards(draft: PlanDraft) -> bool:
    return any(duty.rule.kind is DutyKind.DOSSIER for duty in draft.marked(DutyMark.KEPT))


def fault_of(duty: ProposedDuty, header: PlanHeader) -> str:
    """Return why the duty would never fall due in the plan; empty if it does, or if that cannot be said yet."""
    if header.issued is None or header.first_year is None or duty.lacks:
        return ""
    fault = PlanYears(header.issued, header.first_year, header.last_year).fault_of(duty.rule)
    return fault.reason if fault else ""


def next_day_of(duty: ProposedDuty, header: PlanHeader, *, today: date) -> date | None:
    """Return the first last valid day from today on in the plan's years, or the last one if all are past, or None."""
    rule = duty.rule
    years = (rule.year,) if rule.year is not None else _years_ahead(header, today=today)
    days = [found.last_valid_day for year in years for found in rule.deadlines_in(year) if found.last_valid_day]
    return next((day for day in days if day >= today), max(days, default=None))


def _years_ahead(header: PlanHeader, *, today: date) -> Iterable[int]:
    last = header.last_year or today.year + _YEARS_AHEAD
    first = min(max(header.first_year or today.year, today.year), last)
    return range(first, min(last, first + _YEARS_AHEAD) + 1)


def proposed_code(header: PlanHeader) -> str:
    """Return a code for the plan: «ke-hoach-2026-binh-tan»."""
    place = slug(_RANKS.sub("", plain(header.issuer))) or slug(header.issuer)
    return _cut("-".join(part for part in ("ke-hoach", str(header.first_year or ""), place) if part))


def plan_of(draft: PlanDraft, basis: Basis) -> Plan:
    """Return the plan of the kept duties. The draft misses nothing (see `missing_of`)."""
    header, kept = draft.header, draft.marked(DutyMark.KEPT)
    issued, first_year = header.issued, header.first_year
    assert issued is not None  # noqa: S101 (see above)
    indicators = basis.indicators.indicators if basis.indicators else draft.typed_indicators
    awards = basis.awards.awards if basis.awards else ()
    codes = _codes(kept)
    plan = Plan(
        code=draft.code or proposed_code(header),
        number=header.number,
        issuer=header.issuer,
        title=header.title,
        issued=issued,
        first_year=first_year or issued.year,
        last_year=header.last_year,
        deadlines=tuple(_coded(duty, codes[duty.number], draft.file) for duty in kept),
        indicators=indicators,
        campaigns=basis.indicators.campaigns if basis.indicators else (),
        titles=basis.indicators.titles if basis.indicators else (),
        awards=awards,
        papers=(),
        rules=tuple(rule for rule in basis.awards.rules if rule.kind is RuleKind.FALLBACK) if basis.awards else (),
    )
    return replace(_measured(plan), units=_units(plan, draft))


def comments_of(draft: PlanDraft) -> dict[str, str]:
    """Return {code of a deadline: the sentence it was read from, with its line}."""
    kept = draft.marked(DutyMark.KEPT)
    codes = _codes(kept)
    return {codes[duty.number]: f"L{duty.line}: «{duty.quote}»" for duty in kept}


def _measured(plan: Plan) -> Plan:
    """Return the plan without the figures of criteria that name an indicator which it does not have."""
    known = {indicator.code for indicator in plan.indicators}
    awards = tuple(
        replace(
            award,
            criteria=tuple(
                replace(
                    one,
                    all_of=tuple(
                        line if line.indicator in known else replace(line, indicator=None, target=None)
                        for line in one.all_of
                    ),
                    any_of=tuple(
                        line if line.indicator in known else replace(line, indicator=None, target=None)
                        for line in one.any_of
                    ),
                )
                for one in award.criteria
            ),
        )
        for award in plan.awards
    )
    return replace(plan, awards=awards)


def _coded(duty: ProposedDuty, code: str, file: str) -> DeadlineRule:
    source = f"{file} L{duty.line}"
    parts = tuple(replace(part, source=source) for part in duty.rule.parts)
    return replace(duty.rule, code=code, source=source, parts=parts)


def _codes(duties: tuple[ProposedDuty, ...]) -> dict[int, str]:
    """Return {number of a duty: code made of its title}; equal titles are numbered."""
    codes: dict[int, str] = {}
    for duty in duties:
        code, turn = _cut(slug(duty.rule.title)) or "viec", 1
        while code in codes.values():
            turn += 1
            code = f"{_cut(slug(duty.rule.title), LONGEST_CODE - 3) or 'viec'}-{turn}"
        codes[duty.number] = code
    return codes


def _cut(code: str, most: int = LONGEST_CODE) -> str:
    """Return the code's first words with at most `most` letters."""
    ascii_only = "".join(letter for letter in code if letter.isascii()).strip("-")
    ascii_only = re.sub("-{2,}", "-", ascii_only)
    return ascii_only if len(ascii_only) <= most else ascii_only[: most + 1].rpartition("-")[0] or ascii_only[:most]


def _units(plan: Plan, draft: PlanDraft) -> tuple[UnitGroup, ...]:
    """Return the kinds of unit that the plan names, in the order of `UnitKind`."""
    named = {kind for rule in plan.deadlines for kind in rule.applies_to}
    named |= {kind for indicator in plan.indicators for kind in indicator.applies_to}
    return tuple(
        UnitGroup(kind, UNIT_KIND_NAMES[kind], draft.file)
        for kind in UnitKind
        if kind in named and kind is not UnitKind.AUTHORITY
    )
