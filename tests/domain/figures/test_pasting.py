"""Which texts may be a table, which ask something, and what a name beside a figure is worth remembering."""

import pytest

from domain.figures.pasting import ALMOST_CUT, asks_something, certain_part, may_be_pasted, name_beside


@pytest.mark.parametrize("text", ["12,5", "12,5 tỷ", "46,2%", "không có", "93", "1tr2", "-5", "12.500.000 đồng"])
def test_one_figure_is_no_table(text: str) -> None:
    assert not may_be_pasted(text)


@pytest.mark.parametrize(
    "text",
    [
        "NS 12,5 tỷ",
        "thu NS 12,5 tỷ; giảm 12 hộ nghèo; BHYT 93,4",
        "1\tThu ngân sách\t12,5",
        "12,5\n46,2",
        "BHYT: ９３,４",
    ],
)
def test_names_lines_and_cells_may_be_a_table(text: str) -> None:
    assert may_be_pasted(text)


@pytest.mark.parametrize("text", ["bhyt phường 5 bao nhiêu", "hạn 14/5 à?", "ai chưa nộp 6 tháng", "phường 5 nộp chưa"])
def test_a_question_is_no_table(text: str) -> None:
    assert asks_something(text)


@pytest.mark.parametrize("text", ["BHYT 93,4", "số vụ chưa giải quyết: 3", "Bao nhiêu việc:\nBHYT 93,4"])
def test_figures_ask_nothing(text: str) -> None:
    assert not asks_something(text)


@pytest.mark.parametrize(
    ("quote", "name"),
    [
        ("NSNN: 12,5 tỷ", "nsnn"),
        ("1. Tổng thu cân đối 12,5 tỷ đồng", "tong thu can doi"),
        ("- BHYT hộ gia đình = 93,4%", "bhyt ho gia dinh"),
        ("3 | NSNN | tỷ đồng | 15 | 12,5", "nsnn"),
        ("giảm 12 hộ nghèo", ""),
        ("giảm 12 hộ", ""),
        ("kết quả đạt 12 %", ""),
        ("345/350", ""),
        ("12,5 tỷ", ""),
    ],
)
def test_only_a_clear_name_before_the_figure_is_remembered(quote: str, name: str) -> None:
    assert name_beside(quote) == name


def test_neither_half_of_a_line_at_the_messengers_limit_is_read() -> None:
    lines = ["BHYT 93,4"] * (ALMOST_CUT // 10)
    cut = "\n".join([*lines, "Số hộ nghèo giảm 1"])

    assert certain_part(cut) == ("\n".join(lines), ("Số hộ nghèo giảm 1",))
    assert certain_part("2 hộ\nThu ngân sách 12", continues=True) == ("Thu ngân sách 12", ("2 hộ",))
    assert certain_part("BHYT 93,4\nThu ngân sách 12") == ("BHYT 93,4\nThu ngân sách 12", ())
