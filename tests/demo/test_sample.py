"""The sample organisation is one that can exist, and its plan asks of each unit what it can have."""

import pytest

from demo.sample import AUTHORITY, CLUSTERS, LAST_YEAR, PLAN, UNITS
from domain.units import UnitKind
from plans.catalogue import parse_plan, shipped_plan

SAMPLE = parse_plan(shipped_plan(PLAN), file=f"{PLAN}.yaml")


def test_wards_and_communes_stand_under_a_province_whose_standing_body_is_so_noi_vu() -> None:
    authority = UNITS[0]

    assert (authority.code, authority.name, authority.office) == (AUTHORITY, "UBND tỉnh Mẫu", "Sở Nội vụ")
    assert {unit.name.split()[0] for unit in UNITS if unit.kind is UnitKind.COMMUNE} == {"Phường", "Xã"}
    assert [len(cluster.members) for cluster in CLUSTERS] == [6, 6]


@pytest.mark.parametrize("kind", [kind for kind in UnitKind if kind is not UnitKind.AUTHORITY])
def test_each_kind_of_unit_is_asked_for_at_least_three_figures(kind: UnitKind) -> None:
    assert len(SAMPLE.indicators_of(kind, "")) >= 3


def test_a_ward_is_asked_for_everything_and_a_school_for_no_income_of_the_budget() -> None:
    ward = [one.code for one in SAMPLE.indicators_of(UnitKind.COMMUNE, "Phường 5")]
    school = [one.code for one in SAMPLE.indicators_of(UnitKind.SCHOOL, "Trường THPT Mẫu")]

    assert ward == list(LAST_YEAR)
    assert not {"thu-ngan-sach", "giai-ngan", "dat-dai", "khong-ma-tuy"} & {*school}
