import pytest

from domain.duties.names import name_of


@pytest.mark.parametrize(
    ("title", "term", "name"),
    [
        ("Báo cáo 6 tháng", None, "Báo cáo 6 tháng 2026"),
        ("Báo cáo tổng kết", "năm học 2025-2026", "Báo cáo tổng kết năm học 2025-2026"),
        ("Báo cáo tổng kết năm học", "năm học 2025-2026", "Báo cáo tổng kết năm học 2025-2026"),
        ("Báo cáo năm", "năm học 2025-2026", "Báo cáo năm học 2025-2026"),
        ("Sơ kết của Cụm trường học", "học kỳ I năm học 2026-2027",
         "Sơ kết của Cụm trường học học kỳ I năm học 2026-2027"),
        ("Sơ kết học kỳ I của Cụm trường học", "học kỳ I năm học 2026-2027",
         "Sơ kết học kỳ I của Cụm trường học năm học 2026-2027"),
        ("Tổng kết năm học", "học kỳ I năm học 2026-2027", "Tổng kết học kỳ I năm học 2026-2027"),
        ("Báo cáo", "tháng 3/2026", "Báo cáo tháng 3/2026"),
        ("Báo cáo tháng", "tháng 12/2025", "Báo cáo tháng 12/2025"),
        ("Báo cáo 6 tháng", "tháng 6/2026", "Báo cáo 6 tháng tháng 6/2026"),
        ("Báo cáo quý", "Quý III/2026", "Báo cáo Quý III/2026"),
        ("Hồ sơ trao thưởng", "lần 2/2026", "Hồ sơ trao thưởng lần 2/2026"),
    ],
)  # fmt: skip
def test_duty_is_named_as_people_name_it(title: str, term: str | None, name: str) -> None:
    assert name_of(title, year=2026, term=term) == name
