"""Boundary, bearer, collecting body and source lines of each rule, taken by hand from PLANS.md."""

import pytest

from domain.units import UnitKind
from tests.plans.tables import YEARS, listed, plan_of

LETTERS = {
    "A": UnitKind.AUTHORITY,
    "D": UnitKind.DEPARTMENT,
    "P": UnitKind.PUBLIC_SERVICE,
    "C": UnitKind.COMMUNE,
    "S": UnitKind.SCHOOL,
    "M": UnitKind.MASS_ORGANISATION,
    "E": UnitKind.ENTERPRISE,
}

TABLE = """
plan              rule code                    boundary  kinds  via lines
long-khanh-2024   D01  bao-cao-6-thang         EXCLUSIVE DPCM   NV  L144
long-khanh-2024   D02  bao-cao-nam             EXCLUSIVE DPCM   NV  L144
long-khanh-2024   D03  bao-cao-6-thang-truong  EXCLUSIVE S      GD  L144, L146
long-khanh-2024   D03  bao-cao-nam-truong      EXCLUSIVE S      GD  L144, L146
long-khanh-2024   D03  ke-hoach-truong         WINDOW    S      GD  L142, L146
long-khanh-2024   D04  ke-hoach                WINDOW    DPCM   NV  L142
long-khanh-2024   W01  quy-1                   WINDOW    A      -   L38-L54
long-khanh-2024   W02  quy-2                   WINDOW    A      -   L56-L72
long-khanh-2024   W03  quy-3                   WINDOW    A      -   L74-L82
long-khanh-2024   W04  quy-4                   WINDOW    A      -   L84-L94
quan-11-2024      D05  ho-so                   EXCLUSIVE DPCSME NV  L109
quan-11-2024      D06  dot-thi-dua             INCLUSIVE DPCSME -   L39
binh-chanh-2024   D08  bao-cao-de-an           EXCLUSIVE DPCSM  NV  L121
ba-dinh-2021-2025 D09  ke-hoach-quan           EXCLUSIVE A      -   L194
ba-dinh-2021-2025 D10  hoi-nghi-quan           EXCLUSIVE A      -   L195
ba-dinh-2021-2025 D11a giao-uoc                EXCLUSIVE DPCM   -   L196
ba-dinh-2021-2025 D11b giao-uoc-truong         EXCLUSIVE S      -   L196
ba-dinh-2021-2025 D12a so-ket-cum              EXCLUSIVE DPCM   -   L197
ba-dinh-2021-2025 D12b so-ket-cum-truong       EXCLUSIVE S      -   L197
ba-dinh-2021-2025 D13  bieu-duong              EXCLUSIVE A      -   L198
ba-dinh-2021-2025 D14a binh-xet-cum            EXCLUSIVE DPCM   -   L157, L199
ba-dinh-2021-2025 D14b binh-xet-cum-truong     EXCLUSIVE S      -   L157, L199
ba-dinh-2021-2025 D15  hoi-nghi-don-vi         EXCLUSIVE DCM    -   L200
ba-dinh-2021-2025 D17  ke-hoach-dien-hinh-2025 EXCLUSIVE A      -   L226
ba-dinh-2021-2025 W05  tap-huan                WINDOW    A      -   L239
ba-dinh-2021-2025 W06  dien-hinh               WINDOW    A      -   L228, L232-L233, L236, L238, L240
ba-dinh-2021-2025 W06  ke-hoach-dien-hinh      WINDOW    DPCSM  -   L231
ba-dinh-2021-2025 W06  quan-ly-don-vi          WINDOW    DPCSM  -   L235-L237
ba-dinh-2021-2025 W07  lam-viec-voi-cum        WINDOW    A      -   L125
ba-dinh-2021-2025 W10  phong-trao              WINDOW    D      -   L211-L225
binh-tan-2023     W12  bao-cao-so-ket          WINDOW    DPCSME NV  L193-L195
binh-tan-2023     W12  de-nghi-khen-so-ket     WINDOW    DPCSME NV  L193-L195
binh-tan-2023     W12  xet-khen-so-ket         WINDOW    A      -   L193, L197
binh-tan-2023     W13  tiep-tuc-trien-khai     WINDOW    A      -   L199
binh-tan-2023     W14  ho-so                   WINDOW    DPCSME NV  L162, L164
binh-tan-2023     W14  xet-khen-hang-nam       WINDOW    A      -   L162, L166
"""
VIA = {"NV": "Phòng Nội vụ", "GD": "Phòng Giáo dục và Đào tạo", "-": None}
ROWS = [line.split(maxsplit=6) for line in TABLE.strip().splitlines()[1:]]
PLANS = sorted({row[0] for row in ROWS})


@pytest.mark.parametrize("code", PLANS)
def test_each_rule_with_a_date_says_for_whom_through_whom_and_where_it_is_written(code: str) -> None:
    plan = plan_of(code)

    said = {
        (
            view.code,
            view.boundary.value,
            view.applies_to,
            view.via,
            view.source.partition(" ")[2],
        )
        for year in YEARS
        for view in listed(plan, year)
    }

    assert said == {
        (name, boundary, tuple(LETTERS[letter] for letter in kinds), VIA[via], f"{lines} (PLANS.md {rule})")
        for of, rule, name, boundary, kinds, via, lines in ROWS
        if of == code
    }


def test_all_five_plans_have_rules_with_dates() -> None:
    assert len(PLANS) == 5
