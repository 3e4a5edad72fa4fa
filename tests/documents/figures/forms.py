"""The form of a duty, made from its plan alone."""

from datetime import date

from domain.plans.plans import Plan
from plans.catalogue import parse_plan, shipped_plan
from usecases.figures.forms import FigureForm, FormKey, blank_lines


def plan_of(code: str) -> Plan:
    return parse_plan(shipped_plan(code), file=code)


def form_of(plan: Plan, duty: str, *, is_pledge: bool = False) -> FigureForm:
    year = max(plan.first_year, 2026) if plan.last_year is None else plan.last_year
    return FigureForm(
        title=f"Báo cáo 6 tháng {year}",
        unit_name="Phường 5",
        last_valid_day=date(year, 5, 14),
        lines=blank_lines(plan.indicators),
        key=FormKey(plan.code, duty, year, 0, "phuong-5"),
        is_pledge=is_pledge,
        period=plan.period_of(duty, year=year),
        previous_period=f"6 tháng {year - 1}",
    )


SAMPLE = form_of(plan_of("mau-2026"), "bao-cao-6-thang")
