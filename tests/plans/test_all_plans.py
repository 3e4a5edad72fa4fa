import re
from typing import Protocol

import pytest

from domain.plans.plans import Plan
from domain.units import UnitKind
from plans.catalogue import shipped_plans
from tests.plans.tables import YEARS, listed, plan_of

FIVE = ["ba-dinh-2021-2025", "binh-chanh-2024", "binh-tan-2023", "long-khanh-2024", "quan-11-2024"]
SOURCE = re.compile(r"00[0-4]_[0-9a-f]{16}\.txt L[0-9]+")


class Sourced(Protocol):
    @property
    def source(self) -> str: ...


@pytest.fixture(params=FIVE)
def plan(request: pytest.FixtureRequest) -> Plan:
    return plan_of(str(request.param))


def test_five_plans_are_shipped_beside_the_sample_and_a_decree() -> None:
    assert set(shipped_plans()) == {*FIVE, "mau-2026", "nd-86-2023"}


def test_every_numbered_rule_stands_in_some_plan() -> None:
    numbered = {rule.rule for code in FIVE for rule in plan_of(code).deadlines}

    split = {"D11", "D12", "D14"}
    dated = {f"D{number:02}" for number in range(1, 18)} - split | {f"{rule}{kind}" for rule in split for kind in "ab"}
    assert numbered == dated | {f"W{number:02}" for number in range(1, 17)}


def test_every_entry_names_its_line(plan: Plan) -> None:
    entries: tuple[Sourced, ...] = (
        *plan.deadlines, *plan.indicators, *plan.aims, *plan.campaigns, *plan.titles, *plan.awards, *plan.rules,
        *plan.lead_proposers, *plan.field_bodies, *plan.units,
        *(requirement for award in plan.awards for requirement in award.requirements),
        *(line for award in plan.awards for criteria in award.criteria for line in criteria.all_of + criteria.any_of),
        *(part for rule in plan.deadlines for part in rule.parts),
    )  # fmt: skip

    assert all(SOURCE.match(entry.source) for entry in entries)


@pytest.mark.parametrize(
    ("code", "kind", "name", "asked"),
    [
        ("quan-11-2024", UnitKind.COMMUNE, "Phường 5", ["giai-ngan", "thu-ngan-sach", "cong-trinh"]),  # L71-L75
        ("quan-11-2024", UnitKind.SCHOOL, "Trường THCS Mẫu", ["cong-trinh"]),
        ("quan-11-2024", UnitKind.DEPARTMENT, "Phòng Nội vụ", [  # L51, L99
            "giai-ngan", "thu-ngan-sach", "cong-trinh", "par-index", "pci", "papi",
        ]),
        ("ba-dinh-2021-2025", UnitKind.COMMUNE, "Phường Mẫu", ["tai-ngheo", "can-ngheo", "papi", "sipas"]),
        ("ba-dinh-2021-2025", UnitKind.DEPARTMENT, "Phòng Nội vụ", ["ke-hoach-don-vi", "papi", "sipas"]),  # L33
        ("ba-dinh-2021-2025", UnitKind.SCHOOL, "Trường Mẫu", []),
        ("binh-chanh-2024", UnitKind.COMMUNE, "Xã Mẫu", []),
        ("binh-chanh-2024", UnitKind.DEPARTMENT, "Phòng Nội vụ", ["nhan-vat"]),  # L73
        ("binh-tan-2023", UnitKind.SCHOOL, "Trường Mẫu", ["thi-diem"]),  # L41, L45
        ("long-khanh-2024", UnitKind.COMMUNE, "Phường Mẫu", ["par-index"]),  # L128
        ("long-khanh-2024", UnitKind.SCHOOL, "Trường Mẫu", []),
    ],
)  # fmt: skip
def test_what_only_one_body_has_is_not_asked_of_the_others(
    code: str, kind: UnitKind, name: str, asked: list[str]
) -> None:
    assert [indicator.code for indicator in plan_of(code).indicators_of(kind, name)] == asked


def test_plan_notes_what_it_corrects(plan: Plan) -> None:
    assert plan.corrections
    assert all(correction.lines for correction in plan.corrections)


def test_plan_names_its_standing_body_and_its_days(plan: Plan) -> None:
    assert plan.standing_body is not None
    assert plan.standing_body.name.startswith("Phòng Nội vụ")
    assert plan.span is not None
    assert plan.span.first <= plan.span.last


@pytest.mark.parametrize("year", YEARS)
def test_nothing_is_rolled_forward(plan: Plan, year: int) -> None:
    for view in listed(plan, year):
        assert view.opens <= view.last_valid_day
        assert view.last_working_day <= view.last_valid_day
        assert view.last_valid_day.year == year
