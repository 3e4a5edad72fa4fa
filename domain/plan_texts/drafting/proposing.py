"""From a reading to a draft: what each deadline would be as a rule, with plain defaults where the text says nothing."""

import re
from dataclasses import replace
from datetime import time

from domain.plan_texts.drafting.drafts import PlanDraft, ProposedDuty
from domain.plan_texts.drafting.titles import LONGEST_TITLE, issuer_name, title_of_task
from domain.plan_texts.readings import FoundDeadline, PlanHeader, PlanReading, RelativeDay
from domain.plans.deadlines import Bearer, Boundary, DeadlineRule, DutyKind, TaskPart
from domain.plans.events import DayCount, Event, Side
from domain.plans.periods import THE_YEAR, CalendarKind, DayOfYear, OwedPeriod, PeriodKind
from domain.plans.recurrence import Phase, Recurrence
from domain.typed_input.listing import shortened
from domain.typed_input.words import plain
from domain.units import UnitKind

LONGEST_NAME = 120
LONGEST_QUOTE = 1500
_NEW_YEAR = DayOfYear(1, 1)
_MIDDLE = 15
_NO_YEAR = 0
"""A year that no title names: whatever year a title has stays in it."""
_COMMITTEE = re.compile(r"^(?:ubnd|uy ban nhan dan) +")


def draft_of(reading: PlanReading, *, file: str, issuer: str, first_revision: int = 0) -> PlanDraft:
    """Return the draft of a reading; `issuer` is the authority's name, taken if the text's head names none.

    `first_revision` tells the buttons of this draft from those of the one before.
    """
    read = reading.header
    first_year = read.first_year or (read.issued.year if read.issued else None)
    # A plan of one year goes on until there is another one (decision 0007).
    last_year = read.last_year if read.last_year != first_year else None
    # A line «ỦY BAN NHÂN DÂN» alone, of a head in two columns, names nobody.
    is_named = plain(read.issuer) not in ("", "uy ban nhan dan", "ubnd")
    header = replace(
        read, issuer=issuer_name(read.issuer) if is_named else issuer, first_year=first_year, last_year=last_year
    )
    proposed = (
        replace(propose(found, number, header), revision=first_revision)
        for number, found in enumerate(reading.deadlines, start=1)
    )
    others = tuple(replace(one, quote=_quoted(one.quote)) for one in reading.not_deadlines)
    return PlanDraft(file, header, tuple(proposed), others, first_revision=first_revision)


def propose(found: FoundDeadline, number: int, header: PlanHeader) -> ProposedDuty:
    """Return the duty that the deadline would become in a plan with this head."""
    return ProposedDuty(
        number=number,
        quote=_quoted(found.quote),
        line=found.line,
        who=shortened(found.who, LONGEST_NAME),
        to=shortened(found.to, LONGEST_NAME),
        rule=_rule(found, header),
    )


def with_sentence(draft: PlanDraft, place: int) -> PlanDraft:
    """Return the draft with the sentence at this place of `others` as one more duty, without a day."""
    sentence = draft.others[place]
    number = max((duty.number for duty in draft.duties), default=0) + 1
    found = FoundDeadline(
        quote=sentence.quote,
        wording=shortened(sentence.quote, 100),
        line=sentence.line,
        kind=DutyKind.TASK,
        what=shortened(sentence.quote, 60),
        who="",
        to="",
        boundary=Boundary.NONE,
        recurrence=Recurrence.YEARLY,
    )
    others = draft.others[:place] + draft.others[place + 1 :]
    duty = replace(propose(found, number, draft.header), revision=draft.first_revision)
    return replace(draft, others=others, duties=(*draft.duties, duty))


def _quoted(quote: str) -> str:
    """Return the quote with bars between the cells of a row, which tabs would not part on a phone."""
    cells = (cell.strip() for cell in quote.split("\t"))
    return shortened(" | ".join(cell for cell in cells if cell), LONGEST_QUOTE)


def _rule(found: FoundDeadline, header: PlanHeader) -> DeadlineRule:
    event = _event(found.relative) if found.relative else None
    due = None if event else _due(found)
    recurrence = Recurrence.EVENT if event else _recurrence(found, is_dated=due is not None)
    kinds = _kinds(found, header)
    return DeadlineRule(
        code="",
        kind=found.kind,
        title=title_of_task(found.what, found.kind, due_year=_year_of_title(found, recurrence, header)),
        applies_to=kinds,
        wording=shortened(found.wording, LONGEST_TITLE),
        boundary=_boundary(found, is_dated=due is not None, is_by_event=event is not None),
        recurrence=recurrence,
        opens=_opens(found, due, recurrence),
        due=due,
        source="",
        year=found.year if recurrence is Recurrence.ONCE else None,
        via=shortened(found.via, LONGEST_NAME) if found.via else None,
        bearer=_bearer(found, kinds),
        owes=_owes(found, recurrence),
        phases=(Phase(*found.phase),) if found.phase and recurrence is Recurrence.PHASE else (),
        has_internal_day=found.has_internal_day and found.via is not None,
        parts=tuple(TaskPart(part, "") for part in found.parts),
        is_handed_in=found.is_handed_in,
        months=found.months if recurrence is Recurrence.MONTHLY else (),
        time_of_day=_hour(found) if due is not None else None,
        event=event,
    )


def _opens(found: FoundDeadline, due: DayOfYear | None, recurrence: Recurrence) -> DayOfYear:
    # «trước tháng 11» is over when November begins.
    is_over = found.boundary is Boundary.EXCLUSIVE and found.opens == due
    if found.opens is not None and not is_over:
        return found.opens
    return opening_day(due, found.boundary, recurrence, wording=found.wording)


def _hour(found: FoundDeadline) -> time | None:
    # «trước 0 giờ ngày 15/5» is the whole of 14 May, as is «trước ngày 15/5».
    return None if found.boundary is Boundary.EXCLUSIVE and found.time_of_day == time() else found.time_of_day


def _event(relative: RelativeDay) -> Event:
    side = Side.BEFORE if relative.is_before else Side.AFTER
    return Event(
        shortened(relative.event, LONGEST_NAME),
        side,
        relative.days,
        DayCount.WORKING if relative.in_working_days else DayCount.CALENDAR,
    )


def _boundary(found: FoundDeadline, *, is_dated: bool, is_by_event: bool) -> Boundary:
    if is_by_event:
        # A rule by an event counts a number of days, which leaves no window and no open end.
        return found.boundary if found.boundary is Boundary.EXCLUSIVE else Boundary.INCLUSIVE
    return found.boundary if is_dated else Boundary.NONE


def _due(found: FoundDeadline) -> DayOfYear | None:
    if found.due is None or not found.months or found.due.month in found.months:
        return found.due
    return DayOfYear(found.months[0], found.due.day)


def _recurrence(found: FoundDeadline, *, is_dated: bool) -> Recurrence:
    if not is_dated and found.recurrence is not Recurrence.ONCE:
        return Recurrence.YEARLY
    if found.recurrence is Recurrence.PHASE and found.phase is None:
        return Recurrence.ONCE
    return found.recurrence


def _owes(found: FoundDeadline, recurrence: Recurrence) -> OwedPeriod:
    is_of_schools = set(found.applies_to) == {UnitKind.SCHOOL}
    owes = found.owes if is_of_schools else replace(found.owes, calendar=CalendarKind.YEAR)
    if recurrence is not Recurrence.MONTHLY or owes != THE_YEAR or found.due is None:
        return owes
    # In the first half of a month people report on the month before.
    return OwedPeriod(PeriodKind.MONTH, shift=-1 if found.due.day <= _MIDDLE else 0)


def _year_of_title(found: FoundDeadline, recurrence: Recurrence, header: PlanHeader) -> int | None:
    """Return the year of the first day, or None if it is any; `_NO_YEAR` if the text leaves it open."""
    if recurrence is Recurrence.ONCE:
        return found.year or _NO_YEAR
    return header.first_year + found.year_shift if header.first_year and header.last_year is None else None


def _kinds(found: FoundDeadline, header: PlanHeader) -> tuple[UnitKind, ...]:
    """Return the kinds of unit that must act, in the order of `UnitKind`; empty if people must say it.

    «Ủy ban nhân dân quận» of a plan by that very committee is the authority, and no department of it.
    """
    who, issuer = (_COMMITTEE.sub("", plain(name)) for name in (found.who, header.issuer))
    if who != plain(found.who) and found.applies_to in ((UnitKind.DEPARTMENT,), ()):
        return (UnitKind.AUTHORITY,) if who and f"{issuer} ".startswith(f"{who} ") else ()
    return tuple(kind for kind in UnitKind if kind in found.applies_to)


def _bearer(found: FoundDeadline, kinds: tuple[UnitKind, ...]) -> Bearer:
    if found.is_for_heads:
        return Bearer.CLUSTER_HEAD
    return Bearer.STANDING_BODY if kinds == (UnitKind.AUTHORITY,) else Bearer.UNIT


def opening_day(due: DayOfYear | None, boundary: Boundary, recurrence: Recurrence, *, wording: str) -> DayOfYear:
    """Return the usual day from which a duty can be handed in, if the text names none.

    A window opens with its month, quarter or year, everything else on the first day of the month before. A duty without
    a day, or for a phase of years, opens with the year.
    """
    if due is None or recurrence is Recurrence.PHASE:
        return _NEW_YEAR
    if boundary is Boundary.WINDOW:
        return _first_of_window(due, plain(wording))
    is_same_month = recurrence in (Recurrence.QUARTERLY, Recurrence.MONTHLY) and due.day > 1
    return DayOfYear(due.month if is_same_month else (due.month - 2) % 12 + 1, 1)


def _first_of_window(due: DayOfYear, wording: str) -> DayOfYear:
    if "quy" in wording.split():
        return DayOfYear((due.month - 1) // 3 * 3 + 1, 1)
    return DayOfYear(due.month, 1) if "thang" in wording.split() else _NEW_YEAR
