from decimal import Decimal

import pytest

from domain.plans.deadlines import Bearer, Boundary
from domain.units import UnitKind
from tests.plans.tables import YEARS, listed, plan_of, rows_expected, rows_listed

PLAN = plan_of("binh-chanh-2024")

TABLE = """
rule  code                opens   last   2024   2025   2026   2027   2028   2029   2030
D08   bao-cao-de-an       1/10    31/10  31/10  -      -      -      -      -      -
W16   tong-hop-de-an      1/11    31/12  -      -      -      -      -      -      -
W16   ho-so-du-thi        21/8    31/12  -      -      -      -      -      -      -
W16   gui-ho-so-thanh-pho 21/8    31/12  -      -      -      -      -      -      -
"""


@pytest.mark.parametrize("year", YEARS)
def test_every_rule_of_binh_chanh_falls_on_its_day(year: int) -> None:
    assert rows_listed(PLAN, year) == rows_expected(TABLE, year)


def test_report_goes_through_the_home_affairs_office_and_enterprises_owe_none() -> None:
    (view,) = listed(PLAN, 2024)

    assert view.via == "Phòng Nội vụ"
    assert UnitKind.ENTERPRISE not in view.applies_to


def test_what_is_due_by_rules_elsewhere_has_no_date() -> None:
    undated = {rule.code: rule.bearer for rule in PLAN.deadlines if rule.boundary is Boundary.NONE}

    assert undated == {
        "tong-hop-de-an": Bearer.STANDING_BODY,
        "ho-so-du-thi": Bearer.UNIT,
        "gui-ho-so-thanh-pho": Bearer.BODY,
    }


def test_creativity_awards_have_seven_field_bodies() -> None:
    assert len(PLAN.field_bodies) == 7
    assert "Bộ Tư lệnh Thành phố" in {body.name for body in PLAN.field_bodies}


def test_fifty_people_are_to_be_chosen() -> None:
    target = PLAN.indicator("nhan-vat").target

    assert target is not None
    assert (target.comparator.value, target.value) == ("=", Decimal(50))
