"""A proposed duty is edited as people type: days with their boundary, months, quarters, years and phases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time

import pytest

from domain.errors import Refusal
from domain.plan_texts.drafting.drafts import DutyMark, ProposedDuty
from domain.plan_texts.drafting.editing import (
    marked,
    with_bearer,
    with_body,
    with_boundary,
    with_day,
    with_opening,
    with_receiver,
    with_recurrence,
    with_title,
    with_unit_kind,
    with_years,
)
from domain.plan_texts.drafting.periods import PERIODS, period_words
from domain.plan_texts.drafting.proposing import propose
from domain.plan_texts.drafting.titles import title_of_task
from domain.plan_texts.readings import FoundDeadline, PlanHeader, RelativeDay
from domain.plans.deadlines import Bearer, Boundary, DutyKind
from domain.plans.periods import CalendarKind, DayOfYear, OwedPeriod, PeriodKind
from domain.plans.recurrence import Phase, Recurrence
from domain.units import UnitKind
from tests.support.refusals import refused

FOUND = FoundDeadline(
    quote="Các xã báo cáo năm trước ngày 15/5",
    wording="trước ngày 15/5",
    line=3,
    kind=DutyKind.REPORT,
    what="báo cáo năm 2026",
    who="các xã",
    to="UBND tỉnh",
    boundary=Boundary.EXCLUSIVE,
    recurrence=Recurrence.YEARLY,
    due=DayOfYear(5, 15),
    applies_to=(UnitKind.COMMUNE,),
)
DUTY = propose(FOUND, 1, PlanHeader())
BY_EVENT = propose(
    replace(FOUND, due=None, relative=RelativeDay("ngày trao thưởng", 7, is_before=True)), 1, PlanHeader()
)


@pytest.mark.parametrize(
    ("typed", "boundary", "due"),
    [
        ("20/6", Boundary.EXCLUSIVE, DayOfYear(6, 20)),
        ("trước ngày 20/6", Boundary.EXCLUSIVE, DayOfYear(6, 20)),
        ("Trước 20 tháng 6", Boundary.EXCLUSIVE, DayOfYear(6, 20)),
        ("đến hết ngày 31/12", Boundary.INCLUSIVE, DayOfYear(12, 31)),
        ("den het 31-12", Boundary.INCLUSIVE, DayOfYear(12, 31)),
        ("chậm nhất ngày 29/2", Boundary.INCLUSIVE, DayOfYear(2, 29)),
        ("ngày 01 tháng 11", Boundary.EXCLUSIVE, DayOfYear(11, 1)),
        ("trong tháng 01", Boundary.WINDOW, DayOfYear(1, 31)),
        ("tháng 2", Boundary.WINDOW, DayOfYear(2, 29)),
        ("Quý III", Boundary.WINDOW, DayOfYear(9, 30)),
        ("quý 4", Boundary.WINDOW, DayOfYear(12, 31)),
        ("không có ngày", Boundary.NONE, None),
    ],
)
def test_a_day_is_typed_as_the_text_says_it(typed: str, boundary: Boundary, due: DayOfYear | None) -> None:
    rule = with_day(DUTY, typed).rule

    assert (rule.boundary, rule.due, rule.recurrence) == (boundary, due, Recurrence.YEARLY)


@pytest.mark.parametrize(
    ("typed", "opens"),
    [
        ("trước ngày 20/6", DayOfYear(5, 1)),
        ("trước ngày 15/1", DayOfYear(12, 1)),
        ("tháng 3", DayOfYear(3, 1)),
        ("quý II", DayOfYear(4, 1)),
        ("không có", DayOfYear(1, 1)),
    ],
)
def test_the_opening_day_follows_the_new_day(typed: str, opens: DayOfYear) -> None:
    assert with_day(DUTY, typed).rule.opens == opens


@pytest.mark.parametrize("typed", ["20/6/2027", "trước ngày 20 tháng 6 năm 2027", "đến hết 20.6.27"])
def test_a_day_with_its_year_is_once(typed: str) -> None:
    rule = with_day(DUTY, typed).rule

    assert (rule.recurrence, rule.year, rule.due) == (Recurrence.ONCE, 2027, DayOfYear(6, 20))


@pytest.mark.parametrize("typed", ["", "sớm", "31/6", "tháng 13", "15-20/5"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        with_day(DUTY, typed)


def test_a_day_takes_the_place_of_an_event() -> None:
    rule = with_day(BY_EVENT, "trước ngày 20/6").rule

    assert BY_EVENT.rule.recurrence is Recurrence.EVENT
    assert (rule.event, rule.recurrence, rule.due) == (None, Recurrence.YEARLY, DayOfYear(6, 20))


def test_a_duty_without_a_day_has_neither_boundary_nor_quarter() -> None:
    undated = with_boundary(DUTY, Boundary.NONE)

    assert undated.rule.due is None
    with refused("proposed-day-missing"):
        with_boundary(undated, Boundary.EXCLUSIVE)
    with refused("proposed-day-missing"):
        with_recurrence(undated, Recurrence.QUARTERLY)
    with refused("proposed-day-missing"):
        with_years(undated, "2026-2030")


def test_a_quarterly_or_monthly_duty_covers_the_one_before() -> None:
    quarterly, monthly = (with_recurrence(DUTY, one).rule for one in (Recurrence.QUARTERLY, Recurrence.MONTHLY))

    assert quarterly.owes == OwedPeriod(PeriodKind.QUARTER, shift=-1)
    assert monthly.owes == OwedPeriod(PeriodKind.MONTH, shift=-1)


@pytest.mark.parametrize(
    ("typed", "recurrence", "year", "phases"),
    [
        ("2026", Recurrence.ONCE, 2026, ()),
        ("2026-2030", Recurrence.PHASE, None, (Phase(2026, 2030),)),
        ("giai đoạn 2026 - 2030", Recurrence.PHASE, None, (Phase(2026, 2030),)),
        ("giai đoạn 2026 đến 2030", Recurrence.PHASE, None, (Phase(2026, 2030),)),
    ],
)
def test_a_year_or_a_phase_is_typed(
    typed: str, recurrence: Recurrence, year: int | None, phases: tuple[Phase, ...]
) -> None:
    rule = with_years(DUTY, typed).rule

    assert (rule.recurrence, rule.year, rule.phases) == (recurrence, year, phases)


def test_unit_kinds_are_added_and_taken_out() -> None:
    both = with_unit_kind(DUTY, UnitKind.SCHOOL)

    assert both.rule.applies_to == (UnitKind.COMMUNE, UnitKind.SCHOOL)
    assert with_unit_kind(both, UnitKind.COMMUNE).rule.applies_to == (UnitKind.SCHOOL,)


def test_the_standing_body_acts_alone() -> None:
    own = with_bearer(DUTY, Bearer.STANDING_BODY)

    assert (own.rule.bearer, own.rule.applies_to) == (Bearer.STANDING_BODY, (UnitKind.AUTHORITY,))
    assert with_unit_kind(own, UnitKind.SCHOOL).rule.applies_to == (UnitKind.SCHOOL,)
    assert with_unit_kind(own, UnitKind.SCHOOL).rule.bearer is Bearer.UNIT
    assert with_bearer(own, Bearer.UNIT).lacks


def test_a_body_is_named_in_words() -> None:
    assert with_body(DUTY, "Sở Tài chính").rule.body == "Sở Tài chính"
    assert with_receiver(DUTY, "Phòng Nội vụ").rule.via == "Phòng Nội vụ"
    assert with_receiver(with_receiver(DUTY, "Phòng Nội vụ"), "không").rule.via is None


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("báo cáo năm 2026", "Báo cáo năm"),
        ("kế hoạch thi đua năm  2026;", "Kế hoạch thi đua năm"),
        ("Hội nghị 20 năm", "Hội nghị 20 năm"),
        ("nhiệm vụ thực hiện trong Quý I/2024", "Nhiệm vụ thực hiện trong Quý I"),
        ("kế hoạch thi đua năm 2024 để triển khai thực hiện, đảm bảo phù hợp", "Kế hoạch thi đua năm"),
        ("báo cáo để tổng hợp", "Báo cáo để tổng hợp"),
    ],
)
def test_the_year_stands_behind_a_title_and_not_in_it(typed: str, title: str) -> None:
    assert with_title(DUTY, typed).rule.title == title


def test_a_duty_is_kept_only_when_nothing_lacks() -> None:
    nobody = with_unit_kind(DUTY, UnitKind.COMMUNE)

    with refused("proposed-duty-lacks"):
        marked(nobody, DutyMark.KEPT)
    assert marked(nobody, DutyMark.DROPPED).mark is DutyMark.DROPPED
    assert marked(DUTY, DutyMark.KEPT).mark is DutyMark.KEPT


@pytest.mark.parametrize(
    "edit",
    [
        lambda duty: with_unit_kind(duty, UnitKind.COMMUNE),
        lambda duty: with_recurrence(duty, Recurrence.ONCE),
    ],
)
def test_an_edit_after_which_something_lacks_opens_a_kept_duty_again(
    edit: Callable[[ProposedDuty], ProposedDuty],
) -> None:
    assert edit(marked(DUTY, DutyMark.KEPT)).mark is DutyMark.OPEN


def test_an_opening_day_is_typed() -> None:
    assert with_opening(DUTY, "1/4").rule.opens == DayOfYear(4, 1)


@pytest.mark.parametrize("period", PERIODS.values())
def test_every_period_that_is_offered_has_a_name_of_its_own(period: OwedPeriod) -> None:
    assert [other for other in PERIODS.values() if period_words(other) == period_words(period)] == [period]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (OwedPeriod(shift=-1), "năm trước"),
        (OwedPeriod(calendar=CalendarKind.SCHOOL_YEAR, shift=-1), "năm học trước"),
        (OwedPeriod(PeriodKind.FIRST_HALF, shift=-1), "6 tháng đầu năm, lùi 1 năm"),
        (OwedPeriod(PeriodKind.QUARTER, shift=-2), "quý có ngày hạn, lùi 2 quý"),
    ],
)
def test_a_period_is_named_from_the_day_of_the_duty(period: OwedPeriod, words: str) -> None:
    assert period_words(period) == words


def test_only_schools_go_by_the_school_year() -> None:
    school = OwedPeriod(calendar=CalendarKind.SCHOOL_YEAR)
    mixed, alone = (
        propose(replace(FOUND, owes=school, applies_to=kinds), 1, PlanHeader()).rule.owes
        for kinds in ((UnitKind.COMMUNE, UnitKind.SCHOOL), (UnitKind.SCHOOL,))
    )

    assert (mixed.calendar, alone.calendar) == (CalendarKind.YEAR, CalendarKind.SCHOOL_YEAR)


def test_what_was_not_understood_is_quoted_as_it_was_typed() -> None:
    with refused("day-unread") as caught:
        with_day(DUTY, "trước ngày sớm nhé")

    assert "«sớm nhé»" in caught.value.text


@pytest.mark.parametrize(
    ("what", "due_year", "title"),
    [
        ("báo cáo tổng kết năm 2025", 2026, "Báo cáo tổng kết năm trước"),
        ("kế hoạch năm 2027", 2026, "Kế hoạch năm sau"),
        ("kế hoạch năm 2026", 2026, "Kế hoạch năm"),
        ("báo cáo năm 2019", 2026, "Báo cáo năm 2019"),
        ("nhiệm vụ Quý I/2026", 2026, "Nhiệm vụ Quý I"),
        ("nhiệm vụ Quý IV/2025", 2026, "Nhiệm vụ Quý IV/2025"),
        ("đăng ký thi đua năm học 2026-2027", 2026, "Đăng ký thi đua năm học 2026-2027"),
        ("", 2026, "Báo cáo"),
    ],
)
def test_a_year_that_is_not_the_one_of_the_day_is_not_lost(what: str, due_year: int, title: str) -> None:
    assert title_of_task(what, DutyKind.REPORT, due_year=due_year) == title


@pytest.mark.parametrize(
    ("who", "issuer", "read", "kinds"),
    [
        ("Ủy ban nhân dân quận", "UBND quận Bình Tân", (UnitKind.DEPARTMENT,), (UnitKind.AUTHORITY,)),
        ("UBND tỉnh", "ỦY BAN NHÂN DÂN TỈNH MẪU", (), (UnitKind.AUTHORITY,)),
        ("Ủy ban nhân dân quận", "UBND tỉnh Mẫu", (UnitKind.DEPARTMENT,), ()),
        ("UBND các xã, phường", "UBND tỉnh Mẫu", (UnitKind.COMMUNE,), (UnitKind.COMMUNE,)),
        ("UBND xã, phường", "UBND xã Mẫu", (UnitKind.COMMUNE,), (UnitKind.COMMUNE,)),
        ("các phòng, ban", "UBND xã Mẫu", (UnitKind.DEPARTMENT,), (UnitKind.DEPARTMENT,)),
    ],
)
def test_the_committee_that_issues_a_plan_is_no_department_of_its_own(
    who: str, issuer: str, read: tuple[UnitKind, ...], kinds: tuple[UnitKind, ...]
) -> None:
    rule = propose(replace(FOUND, who=who, applies_to=read), 1, PlanHeader(issuer=issuer)).rule

    assert rule.applies_to == kinds
    assert (rule.bearer is Bearer.STANDING_BODY) == (kinds == (UnitKind.AUTHORITY,))


@pytest.mark.parametrize(
    ("typed", "boundary", "hour"),
    [
        ("trước 16 giờ 00 ngày 15/11", Boundary.EXCLUSIVE, time(16)),
        ("trước 16h30 ngày 15/11", Boundary.EXCLUSIVE, time(16, 30)),
        ("đến hết 17:00 ngày 15/11", Boundary.INCLUSIVE, time(17)),
        ("trước 0 giờ ngày 15/11", Boundary.EXCLUSIVE, None),
        ("trước ngày 15/11", Boundary.EXCLUSIVE, None),
    ],
)
def test_an_hour_is_typed_with_its_day_and_goes_with_it(typed: str, boundary: Boundary, hour: time | None) -> None:
    with_hour = with_day(DUTY, "trước 8 giờ 15 ngày 1/2")

    rule = with_day(with_hour, typed).rule

    assert with_hour.rule.time_of_day == time(8, 15)
    assert (rule.boundary, rule.time_of_day, rule.due) == (boundary, hour, DayOfYear(11, 15))


def test_a_year_that_the_text_leaves_open_is_asked() -> None:
    found = replace(FOUND, recurrence=Recurrence.ONCE, year=None, what="báo cáo tổng kết năm 2025")
    header = PlanHeader(first_year=2026)

    duty = propose(found, 1, header)

    assert duty.lacks
    assert duty.rule.title == "Báo cáo tổng kết năm 2025"
    assert with_years(duty, "2026").rule.title == "Báo cáo tổng kết năm trước"
    assert not with_years(duty, "2026").lacks
