from datetime import date
from decimal import Decimal

import pytest

from domain.plans.deadlines import Boundary, DutyKind
from domain.plans.periods import DayOfYear
from domain.plans.plans import Better, Plan, SubjectKind
from domain.plans.recurrence import Recurrence
from domain.units import UnitKind
from plans.catalogue import PlanFaults, parse_plan, shipped_plan, shipped_plans
from tests.support.refusals import refused

SMALL = """\
code: nho-2026
number: 01/KH-UBND
issuer: UBND tỉnh Mẫu
title: Kế hoạch nhỏ
issued: 2026-01-02
first_year: 2026
deadlines:
  - code: bao-cao
    kind: REPORT
    title: Báo cáo năm
    applies_to: [COMMUNE, SCHOOL]
    wording: trước ngày 15/11
    boundary: EXCLUSIVE
    recurrence: YEARLY
    opens: 1/10
    due: 15/11
    source: S4 L144
indicators:
  - {code: bhyt, name: BHYT, uom: "%", better: HIGHER, low: 0, high: 100, whole: false, group: An sinh, source: mẫu}
awards:
  - code: giay-khen
    name: Giấy khen
    subjects: [COLLECTIVE, ENTERPRISE]
    source: S0 L174
    pieces:
      - {code: to-trinh, name: Tờ trình, source: S0 L176}
      - {code: thue, name: Xác nhận thuế, subjects: [ENTERPRISE], source: S0 L179}
"""


def sample() -> Plan:
    return parse_plan(shipped_plan("mau-2026"), file="mau-2026.yaml")


def line_of(text: str) -> int:
    return next(number for number, line in enumerate(SMALL.splitlines(), start=1) if text in line)


def test_a_plan_that_names_no_reminders_has_the_usual_ones() -> None:
    assert parse_plan(SMALL, file="nho.yaml").reminders == (30, 15, 7, 3, 1, 0, -1, -3, -7)


def test_a_plan_names_its_reminders_in_any_order() -> None:
    plan = parse_plan(SMALL + "reminders: [-2, 10, 0]\n", file="nho.yaml")

    assert plan.reminders == (10, 0, -2)


def test_a_rule_that_never_falls_due_is_refused_of_a_new_plan_and_read_of_a_kept_one() -> None:
    text = SMALL.replace("recurrence: YEARLY", "recurrence: ONCE\n    year: 1990", 1)

    with pytest.raises(PlanFaults, match="không bao giờ đến hạn"):
        parse_plan(text, file="nho.yaml")

    assert parse_plan(text, file="nho.yaml", is_kept=True).deadlines[0].year == 1990


@pytest.mark.parametrize("steps", ["[]", "[7, 7]", "[91]", "[-91, 0]", "[3.5]", "[mai]", "7", "[99999999999]"])
def test_a_ladder_of_reminders_that_makes_no_sense_is_refused(steps: str) -> None:
    with pytest.raises(PlanFaults) as found:
        parse_plan(SMALL + f"reminders: {steps}\n", file="nho.yaml")

    assert {fault.line for fault in found.value.faults} == {len(SMALL.splitlines()) + 1}


@pytest.mark.parametrize("code", shipped_plans())
def test_every_shipped_plan_reads_and_goes_by_its_file_name(code: str) -> None:
    plan = parse_plan(shipped_plan(code), file=f"{code}.yaml")

    assert plan.code == code


def test_sample_plan_asks_for_fifteen_indicators() -> None:
    indicators = sample().indicators

    assert len(indicators) == 15
    assert {"Tỷ lệ bao phủ bảo hiểm y tế", "Thu ngân sách", "Số hộ nghèo giảm"} <= {entry.name for entry in indicators}
    assert {entry.better for entry in indicators} == {Better.HIGHER, Better.LOWER}
    assert all(entry.low < entry.high for entry in indicators)


def test_sample_plan_has_one_duty_of_each_kind_and_two_reports() -> None:
    kinds = [rule.kind for rule in sample().deadlines]

    assert kinds == [DutyKind.PLAN, DutyKind.PLEDGE, DutyKind.REPORT, DutyKind.REPORT, DutyKind.DOSSIER]


@pytest.mark.parametrize(
    ("award", "subject", "requirements"),
    [
        ("bang-khen", SubjectKind.COLLECTIVE, ["to-trinh", "bien-ban", "bao-cao", "chung-minh"]),
        ("bang-khen", SubjectKind.HEAD, ["to-trinh", "bien-ban", "bao-cao", "chung-minh"]),
        ("bang-khen", SubjectKind.ENTERPRISE, ["to-trinh", "bien-ban", "bao-cao", "chung-minh", "xac-nhan-thue"]),
        ("giay-khen", SubjectKind.INDIVIDUAL, ["to-trinh", "bien-ban", "bao-cao"]),
        ("giay-khen", SubjectKind.ENTERPRISE, ["to-trinh", "bien-ban", "bao-cao", "xac-nhan-thue"]),
        ("thu-khen", SubjectKind.ENTERPRISE, ["de-nghi", "bien-ban", "bao-cao"]),
    ],
)
def test_checklist_depends_on_award_and_subject(award: str, subject: SubjectKind, requirements: list[str]) -> None:
    checklist = sample().award(award).checklist(subject)

    assert [requirement.code for requirement in checklist] == requirements


def test_values_are_read_into_the_plan() -> None:
    plan = parse_plan(SMALL, file="nho.yaml")

    rule, indicator = plan.deadlines[0], plan.indicator("bhyt")
    assert (plan.code, plan.issued, plan.first_year, plan.last_year) == ("nho-2026", date(2026, 1, 2), 2026, None)
    assert rule.applies_to == (UnitKind.COMMUNE, UnitKind.SCHOOL)
    assert (rule.boundary, rule.recurrence) == (Boundary.EXCLUSIVE, Recurrence.YEARLY)
    assert (rule.opens, rule.due, rule.via) == (DayOfYear(10, 1), DayOfYear(11, 15), None)
    assert (indicator.low, indicator.high, indicator.whole) == (Decimal(0), Decimal(100), False)
    assert plan.campaigns == ()


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("    due: 15/11", "    dui: 15/11", "khóa «dui» không có"),
        ("    due: 15/11", "    due: 31/11", "ngày «31/11» không có trong lịch"),
        ("    due: 15/11", "    due: 30/2", "ngày «30/2» không có trong lịch"),
        ("    due: 15/11", "    due: giữa tháng 11", "ngày «giữa tháng 11» không có trong lịch"),
        ("    due: 15/11", "    due: [15/11]", "«due» cần một giá trị"),
        ("    title: Báo cáo năm", "    kind: REPORT", "khóa «kind» ghi hai lần"),
        ("    title: Báo cáo năm", "    title:", "«title» cần một giá trị"),
        ("    kind: REPORT", "    kind: LETTER", "«kind» không có giá trị «LETTER»; dùng: PLEDGE, PLAN, REPORT"),
        ("applies_to: [COMMUNE, SCHOOL]", "applies_to: [COMMUNE, WARD]", "«applies_to» không có giá trị «WARD»"),
        ("applies_to: [COMMUNE, SCHOOL]", "applies_to: []", "«applies_to» cần ít nhất một giá trị"),
        ("applies_to: [COMMUNE, SCHOOL]", "applies_to: [SCHOOL, SCHOOL]", "«applies_to» cần ít nhất một giá trị"),
        ("applies_to: [COMMUNE, SCHOOL]", "applies_to: SCHOOL", "«applies_to» cần một danh sách"),
        ("  - code: bao-cao", "  - code: Báo cáo", "mã «Báo cáo» chưa đúng"),
        ("issued: 2026-01-02", "issued: 2026-02-30", "ngày «2026-02-30» không có trong lịch"),
        ("first_year: 2026", "first_year: năm nay", "«first_year» cần một năm"),
        ("low: 0, high: 100", "low: 100, high: 0", "mức cao nhất 0 phải lớn hơn mức thấp nhất 100"),
        ("low: 0, high: 100", "low: NaN, high: 100", "«low» cần một số"),
        ("low: 0, high: 100", "low: ít, high: 100", "«low» cần một số"),
        ("whole: false", "whole: không", "«whole» cần true hoặc false"),
        ("name: Tờ trình, ", "", "thiếu khóa «name»"),
        (", source: S0 L176", "", "thiếu khóa «source»"),
        ("code: thue", "code: to-trinh", "mã «to-trinh» đã dùng ở dòng 26"),
        ("subjects: [ENTERPRISE]", "subjects: [HEAD]", "đối tượng ngoài hình thức khen thưởng này"),
        ("{code: to-trinh, name: Tờ trình, source: S0 L176}", "Tờ trình", "cần các dòng «khóa: giá trị»"),
    ],
)
def test_fault_names_its_file_line_and_reason(right: str, wrong: str, reason: str) -> None:
    broken = SMALL.replace(right, wrong)
    assert broken != SMALL

    with pytest.raises(PlanFaults) as found:
        parse_plan(broken, file="nho.yaml")

    (fault,) = found.value.faults
    assert reason in fault.reason
    assert found.value.text == f"nho.yaml:{line_of(right)}: {fault.reason}"


@pytest.mark.parametrize(
    ("right", "wrong", "line", "reason"),
    [
        ("    due: 15/11\n", "", 8, "«due» ghi ngày hạn"),
        ("EXCLUSIVE", "NONE", 16, "phải bỏ trống, khi boundary là NONE"),
        ("YEARLY", "ONCE", 8, "«year» ghi năm của việc chỉ làm một lần"),
        ("    wording: trước ngày 15/11\n", "", 8, "thiếu khóa «wording»"),
        ("first_year: 2026", "first_year: 2026\nlast_year: 2025", 7, "năm cuối 2025 trước năm đầu 2026"),
        ("number: 01/KH-UBND\n", "", 1, "thiếu khóa «number»"),
        (SMALL, "", 1, "tệp trống"),
        (SMALL, "- a\n", 1, "cần các dòng «khóa: giá trị»"),
        ("nho-2026", "nho-\x00", 1, "có ký tự không đọc được"),
        ("EXCLUSIVE", "[", 15, "không đọc được YAML"),
        (SMALL, SMALL + "---\n" + SMALL, 28, "không đọc được YAML"),
    ],
)
def test_fault_of_the_whole_names_where_it_begins(right: str, wrong: str, line: int, reason: str) -> None:
    with pytest.raises(PlanFaults) as found:
        parse_plan(SMALL.replace(right, wrong, 1), file="nho.yaml")

    (fault,) = found.value.faults
    assert reason in fault.reason
    assert fault.line == line


def test_duty_done_once_names_its_year() -> None:
    plan = parse_plan(SMALL.replace("recurrence: YEARLY", "recurrence: ONCE\n    year: 2026"), file="nho.yaml")

    assert (plan.deadlines[0].recurrence, plan.deadlines[0].year) == (Recurrence.ONCE, 2026)


def test_two_duties_with_one_code_are_refused() -> None:
    start, end = SMALL.index("  - code: bao-cao"), SMALL.index("indicators:")
    twice = SMALL[:end] + SMALL[start:end] + SMALL[end:]

    with pytest.raises(PlanFaults, match=r"nho.yaml:18: mã «bao-cao» đã dùng ở dòng 8"):
        parse_plan(twice, file="nho.yaml")


def test_plan_that_is_not_shipped_is_refused_with_those_that_are() -> None:
    with refused("plan-unknown"):
        shipped_plan("../pyproject")
