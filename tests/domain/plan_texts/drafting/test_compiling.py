"""A draft becomes a plan that the reader of plans accepts, and says before that what it misses."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from domain.errors import Refusal
from domain.plan_texts.drafting.compiling import (
    Basis,
    Missing,
    comments_of,
    fault_of,
    missing_of,
    next_day_of,
    plan_of,
    proposed_code,
)
from domain.plan_texts.drafting.drafts import DutyMark, PlanDraft
from domain.plan_texts.drafting.headings import HeadLine, with_line, with_typed_indicators
from domain.plan_texts.drafting.proposing import draft_of, with_sentence
from domain.plan_texts.readings import FoundDeadline, NotDeadline, PlanHeader, PlanReading, RelativeDay, WhyNot
from domain.plans.deadlines import Boundary, DutyKind
from domain.plans.events import DayCount, Event, Side
from domain.plans.indicators import Better
from domain.plans.periods import DayOfYear
from domain.plans.recurrence import Recurrence
from domain.units import UnitKind
from plans.catalogue import parse_plan
from plans.writer.plans import write_plan
from tests.plans.tables import plan_of as shipped

TODAY = date(2026, 5, 5)
REPORT = FoundDeadline(
    quote="Các xã báo cáo năm trước ngày 15/11 hằng năm",
    wording="trước ngày 15/11 hằng năm",
    line=12,
    kind=DutyKind.REPORT,
    what="báo cáo năm",
    who="các xã",
    to="UBND tỉnh",
    boundary=Boundary.EXCLUSIVE,
    recurrence=Recurrence.YEARLY,
    due=DayOfYear(11, 15),
    applies_to=(UnitKind.COMMUNE,),
)
HEADER = PlanHeader("15/KH-UBND", "UBND tỉnh Mẫu", "Công tác thi đua năm 2026", date(2026, 1, 20), 2026, 2026)


def drafted(*found: FoundDeadline, header: PlanHeader = HEADER) -> PlanDraft:
    return draft_of(PlanReading(found, (), header), file="ke-hoach.docx", issuer="UBND tỉnh Mẫu")


def kept(*found: FoundDeadline, header: PlanHeader = HEADER) -> PlanDraft:
    draft = drafted(*found, header=header)
    duties = tuple(replace(duty, mark=DutyMark.KEPT) for duty in draft.duties)
    return replace(draft, duties=duties, indicators_from="", awards_from="")


@pytest.mark.parametrize(
    "found",
    [
        REPORT,
        replace(REPORT, boundary=Boundary.NONE, due=None, recurrence=Recurrence.QUARTERLY),
        replace(REPORT, boundary=Boundary.WINDOW, due=DayOfYear(3, 31), wording="trong Quý I"),
        replace(REPORT, recurrence=Recurrence.ONCE),
        replace(REPORT, recurrence=Recurrence.QUARTERLY, due=DayOfYear(3, 15)),
        replace(REPORT, recurrence=Recurrence.MONTHLY, due=DayOfYear(1, 20), months=(3, 6, 9)),
        replace(REPORT, recurrence=Recurrence.MONTHLY, due=DayOfYear(1, 5)),
        replace(REPORT, recurrence=Recurrence.PHASE, phase=(2026, 2030), due=DayOfYear(12, 31)),
        replace(REPORT, recurrence=Recurrence.PHASE, phase=None),
        replace(REPORT, due=None, relative=RelativeDay("ngày trao thưởng", 7, is_before=True)),
        replace(REPORT, time_of_day=time(16)),
        replace(REPORT, time_of_day=time(0)),
        replace(REPORT, due=DayOfYear(1, 15), year_shift=1),
        replace(REPORT, is_for_heads=True),
        replace(REPORT, applies_to=(UnitKind.AUTHORITY,)),
        replace(REPORT, via="Phòng Nội vụ", has_internal_day=True),
        replace(REPORT, is_handed_in=False, kind=DutyKind.TASK, opens=DayOfYear(11, 1), due=DayOfYear(12, 31)),
        replace(REPORT, parts=("Sơ kết", "Khen thưởng"), kind=DutyKind.TASK),
        replace(REPORT, what="", kind=DutyKind.DOSSIER),
        replace(REPORT, what="báo cáo: «quý», #1 [a] {b}"),
    ],
    ids=lambda found: f"{found.recurrence}-{found.boundary}-{found.what[:8]}",
)
def test_every_kind_of_deadline_becomes_a_rule_that_reads_back(found: FoundDeadline) -> None:
    draft = kept(found, header=replace(HEADER, last_year=2030))

    # A plan of several years leaves the year of a duty open; people say it.
    duties = tuple(replace(one, rule=replace(one.rule, year=2026)) if one.lacks else one for one in draft.duties)
    plan = plan_of(replace(draft, duties=duties), Basis())

    assert parse_plan(write_plan(plan), file="x") == plan


def test_an_event_is_kept_with_its_distance() -> None:
    found = replace(
        REPORT, due=None, relative=RelativeDay("ngày trao thưởng", 10, is_before=False, in_working_days=True)
    )

    [rule] = plan_of(kept(found), Basis()).deadlines

    assert rule.event == Event("ngày trao thưởng", Side.AFTER, 10, DayCount.WORKING)


def test_the_source_and_the_quote_stay_with_the_rule() -> None:
    draft = kept(REPORT)

    [rule] = plan_of(draft, Basis()).deadlines
    assert (rule.source, rule.wording) == ("ke-hoach.docx L12", "trước ngày 15/11 hằng năm")
    assert comments_of(draft) == {"bao-cao-nam": "L12: «Các xã báo cáo năm trước ngày 15/11 hằng năm»"}


def test_equal_titles_have_different_codes() -> None:
    codes = [rule.code for rule in plan_of(kept(REPORT, REPORT, REPORT), Basis()).deadlines]

    assert codes == ["bao-cao-nam", "bao-cao-nam-2", "bao-cao-nam-3"]


def test_a_plan_of_one_year_goes_on_and_one_of_several_ends() -> None:
    assert plan_of(kept(REPORT), Basis()).last_year is None
    assert plan_of(kept(REPORT, header=replace(HEADER, last_year=2030)), Basis()).last_year == 2030


def test_indicators_and_awards_come_from_another_plan() -> None:
    other = shipped("mau-2026")

    plan = plan_of(kept(REPORT), Basis(other, other))

    assert plan.indicators == other.indicators
    assert plan.awards == other.awards
    assert parse_plan(write_plan(plan), file="x") == plan


def test_awards_of_a_plan_without_its_indicators_keep_their_words() -> None:
    plan = plan_of(kept(REPORT), Basis(None, shipped("mau-2026")))

    assert parse_plan(write_plan(plan), file="x") == plan


@pytest.mark.parametrize(
    ("draft", "missing"),
    [
        (kept(REPORT), ()),
        (drafted(REPORT), (Missing.UNDECIDED,)),
        (drafted(), (Missing.NOTHING_KEPT,)),
        (replace(kept(REPORT), indicators_from=None), (Missing.INDICATORS,)),
        (replace(kept(replace(REPORT, kind=DutyKind.DOSSIER)), awards_from=None), (Missing.AWARDS,)),
        (kept(REPORT, header=PlanHeader()), (Missing.NUMBER, Missing.TITLE, Missing.ISSUED)),
    ],
)
def test_a_draft_says_what_it_misses(draft: PlanDraft, missing: tuple[Missing, ...]) -> None:
    assert missing_of(draft) == missing


def test_a_duty_that_never_falls_due_says_why() -> None:
    [duty] = drafted(
        replace(REPORT, recurrence=Recurrence.ONCE, year=2031), header=replace(HEADER, last_year=2030)
    ).duties

    assert "năm 2031 ngoài các năm của kế hoạch" in fault_of(duty, replace(HEADER, last_year=2030))


@pytest.mark.parametrize(
    ("found", "first_year", "last_year", "day"),
    [
        (REPORT, 2026, None, date(2026, 11, 14)),
        (replace(REPORT, due=DayOfYear(3, 15)), 2026, None, date(2027, 3, 14)),
        (REPORT, 2027, 2030, date(2027, 11, 14)),
        (REPORT, 2021, 2025, date(2025, 11, 14)),
        (replace(REPORT, recurrence=Recurrence.ONCE, year=2024), 2021, 2025, date(2024, 11, 14)),
        (replace(REPORT, recurrence=Recurrence.QUARTERLY, due=DayOfYear(3, 15)), 2026, None, date(2026, 6, 14)),
        (replace(REPORT, boundary=Boundary.NONE, due=None), 2026, None, None),
    ],
)
def test_the_next_day_lies_in_the_plans_years(
    found: FoundDeadline, first_year: int, last_year: int | None, day: date | None
) -> None:
    header = replace(HEADER, first_year=first_year, last_year=last_year)
    [duty] = drafted(found, header=header).duties

    assert next_day_of(duty, header, today=TODAY) == day


@pytest.mark.parametrize(
    ("issuer", "code"),
    [
        ("UBND quận Bình Tân", "ke-hoach-2026-binh-tan"),
        ("ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG", "ke-hoach-2026-lam-dong"),
        ("UBND đặc khu Côn Đảo", "ke-hoach-2026-con-dao"),
        ("Sở Nội vụ", "ke-hoach-2026-so-noi-vu"),
        ("UBND thành phố Mẫu", "ke-hoach-2026-mau"),
    ],
)
def test_the_code_is_proposed_from_year_and_place(issuer: str, code: str) -> None:
    assert proposed_code(replace(HEADER, issuer=issuer)) == code


@pytest.mark.parametrize(
    ("issuer", "name"),
    [
        ("ỦY BAN NHÂN DÂN QUẬN BA ĐÌNH", "UBND quận Ba Đình"),
        ("UỶ BAN NHÂN DÂN XÃ CỜ ĐỎ", "UBND xã Cờ Đỏ"),
        ("UBND thành phố Mẫu", "UBND thành phố Mẫu"),
        ("SỞ NỘI VỤ TỈNH MẪU", "Sở Nội Vụ tỉnh Mẫu"),
    ],
)
def test_a_name_in_capitals_is_written_as_people_write_it(issuer: str, name: str) -> None:
    assert drafted(REPORT, header=replace(HEADER, issuer=issuer)).header.issuer == name


def test_a_head_that_names_nobody_takes_the_authority() -> None:
    assert drafted(REPORT, header=replace(HEADER, issuer="ỦY BAN NHÂN DÂN")).header.issuer == "UBND tỉnh Mẫu"


def test_a_sentence_becomes_a_duty_that_lacks_everything() -> None:
    sentence = NotDeadline("Các đơn vị kịp thời báo cáo.", WhyNot.NO_TASK, 30)
    draft = replace(drafted(REPORT), others=(sentence,))

    with_it = with_sentence(draft, 0)

    assert with_it.others == ()
    assert (with_it.duties[-1].number, with_it.duties[-1].line) == (2, 30)
    assert with_it.duties[-1].lacks
    assert with_it.duties[-1].rule.boundary is Boundary.NONE


def test_lines_of_the_head_are_typed() -> None:
    draft = drafted(REPORT, header=PlanHeader())
    typed = {
        HeadLine.NUMBER: "152/KH-UBND",
        HeadLine.TITLE: "Công tác thi đua năm 2026",
        HeadLine.ISSUED: "29/1/2026",
        HeadLine.YEARS: "2026 - 2030",
        HeadLine.ISSUER: "UBND xã Mẫu",
        HeadLine.CODE: "Ke-hoach-2026",
    }

    for line, text in typed.items():
        draft = with_line(draft, line, text, today=TODAY)

    header = PlanHeader("152/KH-UBND", "UBND xã Mẫu", "Công tác thi đua năm 2026", date(2026, 1, 29), 2026, 2030)
    assert (draft.header, draft.code) == (header, "ke-hoach-2026")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (HeadLine.NUMBER, "152 KH UBND"),
        (HeadLine.TITLE, "12"),
        (HeadLine.ISSUED, "hôm nào đó"),
        (HeadLine.ISSUED, "20/12"),
        (HeadLine.YEARS, "năm ngoái"),
        (HeadLine.YEARS, "2030-2026"),
        (HeadLine.CODE, "Kế hoạch 2026"),
        (HeadLine.CODE, "a" * 41),
    ],
)
def test_what_cannot_be_a_line_is_refused(line: HeadLine, text: str) -> None:
    with pytest.raises(Refusal):
        with_line(drafted(REPORT), line, text, today=TODAY)


def test_indicators_are_typed_one_in_a_line() -> None:
    draft = with_typed_indicators(kept(REPORT), "Thu ngân sách; tỷ đồng\n- Tỷ lệ hộ nghèo; %; thấp\nHộ thoát nghèo; hộ")

    money, poor, homes = draft.typed_indicators
    assert (money.code, money.uom, money.whole, money.better) == ("thu-ngan-sach", "tỷ đồng", False, Better.HIGHER)
    assert (poor.uom, poor.high, poor.better) == ("%", Decimal(100), Better.LOWER)
    assert homes.whole
    plan = plan_of(draft, Basis())
    assert parse_plan(write_plan(plan), file="x") == plan


@pytest.mark.parametrize("text", ["Thu ngân sách", "; tỷ", "BHYT; %\nBHYT; %", "a; b; c; d", "\n".join(["a; b"] * 61)])
def test_lines_that_are_no_indicators_are_refused(text: str) -> None:
    with pytest.raises(Refusal):
        with_typed_indicators(kept(REPORT), text)
