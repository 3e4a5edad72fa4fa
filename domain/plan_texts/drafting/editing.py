"""Edits of a proposed duty: each returns the duty with one thing changed, or raises Refusal."""

import re
from dataclasses import replace
from datetime import date, time

from domain.errors import Refusal
from domain.plan_texts.drafting.drafts import DutyMark, ProposedDuty
from domain.plan_texts.drafting.proposing import opening_day
from domain.plan_texts.drafting.titles import title_of_task
from domain.plans.deadlines import Bearer, Boundary, DeadlineRule, DutyKind
from domain.plans.periods import DayOfYear, OwedPeriod, PeriodKind
from domain.plans.recurrence import Phase, Recurrence
from domain.typed_input.days import read_day
from domain.typed_input.words import clean_line, plain, read_sentence
from domain.units import UnitKind

_LEAP_YEAR = date(2024, 1, 1), date(2024, 12, 31)
"""Days are read in a leap year, so that 29/2 can be typed."""
_EXCLUSIVE = re.compile(r"^(?:han |nop )?truoc (?:ngay )?")
_INCLUSIVE = re.compile(r"^(?:den het|den|het|cham nhat(?: la)?) (?:ngay )?")
_HOUR = re.compile(r"([01]?\d|2[0-3]) ?(?:gio|h|:) ?([0-5]\d)?(?: ?phut)?,? (?:ngay )?")
_MONTH = re.compile(r"(?:trong )?thang (\d{1,2})")
_QUARTER = re.compile(r"(?:trong )?quy (iv|i{1,3}|[1-4])")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEARS = re.compile(r"(?:giai doan )?(\d{4})(?: ?(?:-|den) ?(\d{4}))?")
_WITH_YEAR = re.compile(r"\b\d{4}\b|\d{1,2}([/.-])\d{1,2}\1\d{2}\b")
_EXAMPLE = "15/5"
_LONGEST_BODY = 120


def marked(duty: ProposedDuty, mark: DutyMark) -> ProposedDuty:
    """Return the duty with this mark. Raises Refusal if it is to be kept and lacks something."""
    if mark is DutyMark.KEPT and duty.lacks:
        raise Refusal("proposed-duty-lacks", "Việc này còn thiếu chỗ có dấu ⚠. Anh/chị sửa để bổ sung, rồi xác nhận.")
    return replace(duty, mark=mark)


def with_title(duty: ProposedDuty, text: str) -> ProposedDuty:
    title = read_sentence(text, example="Báo cáo 6 tháng", longest=120)
    return _changed(duty, replace(duty.rule, title=title_of_task(title, duty.rule.kind, due_year=duty.rule.year)))


def with_kind(duty: ProposedDuty, kind: DutyKind) -> ProposedDuty:
    return _changed(duty, replace(duty.rule, kind=kind))


def with_unit_kind(duty: ProposedDuty, kind: UnitKind) -> ProposedDuty:
    """Return the duty with this kind of unit added, or taken out if it was among them."""
    is_own = duty.rule.bearer is Bearer.STANDING_BODY
    chosen = {kind} if is_own else {*duty.rule.applies_to} ^ {kind}
    bearer = Bearer.UNIT if is_own else duty.rule.bearer
    kinds = tuple(one for one in UnitKind if one in chosen)
    return _changed(duty, replace(duty.rule, applies_to=kinds, bearer=bearer))


def with_bearer(duty: ProposedDuty, bearer: Bearer) -> ProposedDuty:
    """Return the duty with this party acting; the standing body acts for the authority."""
    is_own = UnitKind.AUTHORITY in duty.rule.applies_to and bearer is not Bearer.STANDING_BODY
    named = () if is_own else duty.rule.applies_to
    kinds = (UnitKind.AUTHORITY,) if bearer is Bearer.STANDING_BODY else named
    return _changed(duty, replace(duty.rule, bearer=bearer, body=None, applies_to=kinds))


def with_body(duty: ProposedDuty, text: str) -> ProposedDuty:
    """Return the duty with a named body acting: «Sở Tài chính». Raises Refusal if the name is too short or long."""
    body = read_sentence(text, example="Sở Tài chính", longest=_LONGEST_BODY)
    kinds = duty.rule.applies_to or (UnitKind.AUTHORITY,)
    return _changed(duty, replace(duty.rule, bearer=Bearer.BODY, body=body, applies_to=kinds))


def with_receiver(duty: ProposedDuty, text: str) -> ProposedDuty:
    """Return the duty handed in through the named body first; «không» for none."""
    is_direct = plain(clean_line(text)).strip(" .") in ("khong", "khong qua", "0")
    via = None if is_direct else read_sentence(text, example="Phòng Nội vụ", longest=_LONGEST_BODY)
    return _changed(duty, replace(duty.rule, via=via, has_internal_day=duty.rule.has_internal_day and via is not None))


def with_day(duty: ProposedDuty, text: str) -> ProposedDuty:
    """Return the duty with the typed day: 15/5, trước ngày 15/5, đến hết 31/12, tháng 1, quý II, không có ngày.

    A day with its year, 15/5/2026, makes it a duty that is done once; «trước 16 giờ 00 ngày 15/5» has its hour. Raises
    Refusal if it is no day.
    """
    typed = clean_line(text).strip(" .")
    said = plain(typed)
    if said in ("khong", "khong co", "khong co ngay", "khong co han"):
        return with_boundary(duty, Boundary.NONE)
    window = _window(said)
    if window is not None:
        opens, due = window
        rule = replace(_without_event(duty.rule), boundary=Boundary.WINDOW, opens=opens, due=due)
        return _changed(duty, replace(rule, months=(), time_of_day=None))
    boundary, length = _boundary_of(said, duty.rule.boundary)
    hour, length = _hour_of(said, length)
    # Both have as many letters, so the words that are quoted back keep their accents.
    bare = typed[length:] if len(typed) == len(said) else said[length:]
    day = read_day(bare, today=_LEAP_YEAR[0], since=_LEAP_YEAR[0], until=_LEAP_YEAR[1], example=_EXAMPLE)
    due = DayOfYear(day.month, day.day)
    months = duty.rule.months if due.month in duty.rule.months else ()
    is_midnight = boundary is Boundary.EXCLUSIVE and hour == time()
    rule = replace(_without_event(duty.rule), due=due, boundary=boundary, months=months)
    rule = replace(rule, time_of_day=None if is_midnight else hour)
    if _WITH_YEAR.search(bare):
        rule = _in_year(replace(rule, phases=(), months=()), day.year)
    return _changed(duty, _reopened(rule))


def with_opening(duty: ProposedDuty, text: str) -> ProposedDuty:
    day = read_day(text, today=_LEAP_YEAR[0], since=_LEAP_YEAR[0], until=_LEAP_YEAR[1], example="1/4")
    return _changed(duty, replace(duty.rule, opens=DayOfYear(day.month, day.day)))


def with_boundary(duty: ProposedDuty, boundary: Boundary) -> ProposedDuty:
    """Return the duty with another boundary. Raises Refusal if it has no day and needs one."""
    if boundary is Boundary.NONE:
        recurrence = duty.rule.recurrence if duty.rule.recurrence is Recurrence.ONCE else Recurrence.YEARLY
        bare = replace(duty.rule, event=None, phases=(), months=(), time_of_day=None, opens=DayOfYear(1, 1))
        return _changed(duty, replace(bare, boundary=boundary, due=None, recurrence=recurrence))
    if duty.rule.due is None:
        raise Refusal("proposed-day-missing", "Việc này chưa có ngày. Anh/chị ghi ngày trước, ví dụ: 15/5")
    return _changed(duty, replace(duty.rule, boundary=boundary))


def with_recurrence(duty: ProposedDuty, recurrence: Recurrence) -> ProposedDuty:
    """Return the duty with another recurrence; one that is done once needs its year after that.

    Raises Refusal if it has no day and is to recur within the year.
    """
    if duty.rule.due is None and recurrence in (Recurrence.QUARTERLY, Recurrence.MONTHLY):
        raise Refusal("proposed-day-missing", "Việc này chưa có ngày. Anh/chị ghi ngày trước, ví dụ: 15/3")
    bare = _without_event(duty.rule)
    year = bare.year if recurrence is Recurrence.ONCE else None
    owes = OwedPeriod(_TURNS[recurrence], shift=-1) if recurrence in _TURNS else bare.owes
    rule = replace(bare, recurrence=recurrence, year=year, phases=(), months=(), owes=owes)
    return _changed(duty, _reopened(rule))


_TURNS = {Recurrence.QUARTERLY: PeriodKind.QUARTER, Recurrence.MONTHLY: PeriodKind.MONTH}
"""Periods that duties of these recurrences usually cover: the one before."""


def with_years(duty: ProposedDuty, text: str) -> ProposedDuty:
    """Return the duty done once in the typed year, or once in the typed phase «2026-2030».

    Raises Refusal if it is neither, or if a duty for a phase has no day.
    """
    found = _YEARS.fullmatch(plain(clean_line(text)))
    if found is None or (found[2] and found[2] <= found[1]):
        raise Refusal("years-unread", "Bot chưa đọc được năm. Anh/chị gõ một năm, hoặc giai đoạn: 2026-2030")
    if found[2] is None:
        return _changed(duty, _in_year(replace(duty.rule, phases=()), int(found[1])))
    if duty.rule.due is None:
        raise Refusal("proposed-day-missing", "Việc theo giai đoạn cần ngày cuối. Anh/chị ghi ngày trước, ví dụ: 31/12")
    phases = (Phase(int(found[1]), int(found[2])),)
    return _changed(
        duty, replace(duty.rule, recurrence=Recurrence.PHASE, year=None, phases=phases, opens=DayOfYear(1, 1))
    )


def with_period(duty: ProposedDuty, owes: OwedPeriod) -> ProposedDuty:
    return _changed(duty, replace(duty.rule, owes=owes))


def _changed(duty: ProposedDuty, rule: DeadlineRule) -> ProposedDuty:
    changed = replace(duty, rule=rule)
    return replace(changed, mark=DutyMark.OPEN) if changed.lacks and changed.mark is DutyMark.KEPT else changed


def _in_year(rule: DeadlineRule, year: int) -> DeadlineRule:
    title = title_of_task(rule.title, rule.kind, due_year=year)
    return replace(rule, recurrence=Recurrence.ONCE, year=year, title=title)


def _without_event(rule: DeadlineRule) -> DeadlineRule:
    if rule.event is None:
        return rule
    boundary = rule.boundary if rule.due is not None else Boundary.NONE
    return replace(rule, event=None, recurrence=Recurrence.YEARLY, boundary=boundary)


def _reopened(rule: DeadlineRule) -> DeadlineRule:
    return replace(rule, opens=opening_day(rule.due, rule.boundary, rule.recurrence, wording=rule.wording))


def _boundary_of(said: str, known: Boundary) -> tuple[Boundary, int]:
    """Return the boundary that the plain words name, and the number of letters that name it."""
    for boundary, form in ((Boundary.EXCLUSIVE, _EXCLUSIVE), (Boundary.INCLUSIVE, _INCLUSIVE)):
        if found := form.match(said):
            return boundary, found.end()
    return (Boundary.INCLUSIVE if known in (Boundary.NONE, Boundary.WINDOW) else known), 0


def _hour_of(said: str, start: int) -> tuple[time | None, int]:
    """Return the hour that the plain words name from `start` on, or None, and the place after it."""
    found = _HOUR.match(said, start)
    if found is None:
        return None, start
    return time(int(found[1]), int(found[2] or 0)), found.end()


def _window(said: str) -> tuple[DayOfYear, DayOfYear] | None:
    """Return the first and last day of a typed month or quarter, or None if it is neither."""
    if found := _MONTH.fullmatch(said):
        first, months = int(found[1]), 1
    elif found := _QUARTER.fullmatch(said):
        first, months = (_QUARTERS.get(found[1]) or int(found[1])) * 3 - 2, 3
    else:
        return None
    last = first + months - 1
    if not 1 <= last <= 12:
        raise Refusal("day-not-in-calendar", "Không có tháng này. Anh/chị gõ lại, ví dụ: tháng 1")
    return DayOfYear(first, 1), DayOfYear(last, _LAST_DAYS[last - 1])


_LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""The 29th of February means the month's last day."""
