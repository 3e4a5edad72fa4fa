"""Each of the five plans in a year of its own: units that submit are left alone, silent ones are reminded at every
step.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from domain.units import UnitKind
from tests.e2e.seasons import PlayedSeason, leader_of, season


@dataclass(frozen=True)
class Script:
    begins: date
    worked_on: tuple[date, ...]
    ends: date
    silent: dict[UnitKind, dict[str, str]]
    """{kind: {title: days on which a unit that never submits is reminded}}, written by hand: 30, 15, 7, 3 and 1 days
    before the last valid day, on it, and 1, 3 and 7 days after it. A step on a free day moves to the working day
    before it, after the deadline to the next one.
    """
    working: dict[UnitKind, dict[str, str]]
    """{kind: {title: days}} of units that submit, up to the day on which they do."""
    status: str
    """One line that the leader sees at the end."""


LATE_DECEMBER = "1/12 15/12 22/12 28/12 29/12 31/12 2/1 3/1 8/1"
HALF_YEAR, YEAR = "12/4 26/4 7/5 10/5 13/5 14/5 15/5 17/5 21/5", "15/10 30/10 7/11 11/11 13/11 14/11 15/11 18/11 21/11"
JANUARY = "16/1 24/1 26/1 30/1 31/1 1/2 5/2 7/2"
EXAMPLES = "Kế hoạch phát hiện, bồi dưỡng, tổng kết và nhân điển hình tiên tiến 2024"
MEETING = "Hội nghị tổng kết thi đua khen thưởng và phát động thi đua của đơn vị"

SCRIPTS = {
    "binh-tan-2023": Script(
        begins=date(2023, 1, 3),
        worked_on=(date(2023, 12, 18),),
        ends=date(2024, 1, 12),
        silent={
            UnitKind.COMMUNE: {
                "Kế hoạch triển khai Phong trào thi đua 2023": LATE_DECEMBER,
                "Đề nghị khen thưởng thường xuyên hằng năm 2023": LATE_DECEMBER,
            },
        },
        working={
            UnitKind.COMMUNE: {
                "Kế hoạch triển khai Phong trào thi đua 2023": "1/12 15/12",
                "Đề nghị khen thưởng thường xuyên hằng năm 2023": "1/12 15/12",
            },
        },
        status="⛔ Kế hoạch triển khai Phong trào thi đua 2023 · hạn hết 31/12: 2/4, thiếu 2",
    ),
    "quan-11-2024": Script(
        begins=date(2024, 1, 2),
        worked_on=(date(2024, 12, 2),),
        ends=date(2024, 12, 30),
        silent={
            UnitKind.COMMUNE: {
                "Hồ sơ đề nghị khen thưởng, biểu dương 2024": "19/11 4/12 12/12 16/12 18/12 19/12 20/12 23/12 26/12",
            },
        },
        working={UnitKind.COMMUNE: {"Hồ sơ đề nghị khen thưởng, biểu dương 2024": "19/11"}},
        status="⛔ Hồ sơ đề nghị khen thưởng, biểu dương 2024 · hạn hết 19/12: 1/2, thiếu 1",
    ),
    "binh-chanh-2024": Script(
        begins=date(2024, 1, 2),
        worked_on=(date(2024, 9, 6), date(2024, 10, 25)),
        ends=date(2024, 11, 15),
        silent={
            UnitKind.COMMUNE: {
                "Báo cáo kết quả thực hiện Đề án thi đua sáng tạo 2024": (
                    "1/10 16/10 24/10 28/10 30/10 31/10 1/11 4/11 7/11"
                ),
            },
        },
        working={
            UnitKind.COMMUNE: {"Báo cáo kết quả thực hiện Đề án thi đua sáng tạo 2024": "1/10 16/10 24/10"},
        },
        status="⛔ Báo cáo kết quả thực hiện Đề án thi đua sáng tạo 2024 · hạn hết 31/10: 1/2, thiếu 1",
    ),
    "ba-dinh-2021-2025": Script(
        begins=date(2024, 1, 2),
        worked_on=(date(2024, 1, 9), date(2024, 5, 6), date(2024, 6, 10), date(2024, 9, 9), date(2024, 11, 6)),
        ends=date(2025, 1, 8),
        silent={
            UnitKind.COMMUNE: {
                f"{MEETING} 2024": "5/1 11/1 12/1 14/1 15/1 17/1 22/1",
                EXAMPLES: "29/11 16/12 24/12 27/12 30/12 31/12 2/1 3/1 7/1",
                f"{MEETING} 2025": "13/12 30/12 7/1",
            },
            UnitKind.SCHOOL: {EXAMPLES: "29/11 16/12 24/12 27/12 30/12 31/12 2/1 3/1 7/1"},
        },
        # A duty that opens within the 30 days is first mentioned on the first working day after it opens.
        working={
            UnitKind.SCHOOL: {
                "Tổng kết, bình xét, đề nghị khen thưởng của Cụm trường học năm học 2023-2024": "2/5",
                "Hội nghị sơ kết học kỳ I của Cụm trường học năm học 2024-2025": "2/1",
            },
        },
        status="✅ Tổng kết, bình xét, đề nghị khen thưởng của Cụm 2024 · hạn hết 19/12: 1/1",
    ),
    "long-khanh-2024": Script(
        begins=date(2024, 1, 2),
        worked_on=(date(2024, 1, 8), date(2024, 5, 6), date(2024, 11, 1)),
        ends=date(2024, 11, 29),
        silent={
            UnitKind.COMMUNE: {
                "Kế hoạch thi đua, khen thưởng của đơn vị 2024": JANUARY,
                "Báo cáo 6 tháng 2024": HALF_YEAR,
                "Báo cáo năm 2024": YEAR,
            },
            UnitKind.SCHOOL: {
                "Kế hoạch thi đua, khen thưởng của trường 2024": JANUARY,
                "Báo cáo 6 tháng của trường 2024": HALF_YEAR,
                "Báo cáo năm của trường 2024": YEAR,
            },
        },
        working={
            UnitKind.COMMUNE: {"Báo cáo 6 tháng 2024": "12/4 26/4", "Báo cáo năm 2024": "15/10 30/10"},
        },
        status="⛔ Báo cáo năm của trường 2024 · hạn hết 14/11: 1/2, thiếu 1",
    ),
}


@pytest.mark.parametrize("code", SCRIPTS)
async def test_a_year_of_the_plan(code: str, tmp_path: Path) -> None:
    script = SCRIPTS[code]
    async with season(tmp_path, code, begins=script.begins) as year:
        for day in script.worked_on:
            await year.wind(day)
            await year.everybody_works()
        await year.wind(script.ends)

        assert {kind: await year.reminded(year.silent[kind]) for kind in script.silent} == script.silent
        assert {kind: await year.reminded(year.working[kind]) for kind in script.working} == script.working
        leader = await leader_of(year)
        assert script.status in (await leader.send("/tinhhinh")).splitlines()
        await groups_saw_units_only(year)


async def groups_saw_units_only(year: PlayedSeason) -> None:
    for group, head in zip(year.groups, year.working.values(), strict=True):
        told = [message["text"] or "" for message in await group.messages(head) if message["from"]["is_bot"]]
        assert any("số 2" in text for text in told)
        for text in told:
            assert "Cán bộ" not in text
            assert ".pdf" not in text
