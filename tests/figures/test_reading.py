from datetime import date
from decimal import Decimal

from domain.figures.reading import read_text
from domain.figures.readings import Wanted
from domain.plans.periods import Period
from domain.typed_input.figures import FigureFormat

HALF = Period(date(2026, 1, 1), date(2026, 6, 30), "6 tháng đầu năm 2026")
BUDGET = Wanted("thu", "Thu ngân sách", FigureFormat("tỷ đồng", whole=False, low=Decimal(0), high=Decimal(20000)))
POOR = Wanted("ngheo", "Số hộ nghèo giảm", FigureFormat("hộ", whole=True, low=Decimal(0), high=Decimal(10000)))
WANTED = (BUDGET, POOR)


def test_each_piece_of_a_sentence_goes_to_the_indicator_that_it_names() -> None:
    reading = read_text("thu NS 12,5 tỷ; giảm 12 hộ nghèo; tiếp dân 93 lượt", WANTED, period=HALF)

    assert [(one.indicator, one.value) for one in reading.read] == [("thu", Decimal("12.5")), ("ngheo", Decimal(12))]
    assert reading.unread == ("tiếp dân 93 lượt",)
