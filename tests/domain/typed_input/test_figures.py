from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.plans.plans import Better
from domain.typed_input.figures import (
    FigureFormat,
    asks_reason,
    change_in_percent,
    completion,
    example_figure,
    is_off_trend,
    is_within,
    read_figure,
    rounded,
    write_figure,
)
from templates.refusals import word_refusal
from tests.support.refusals import refused

VAST = Decimal(10) ** 12


def read(text: str, *, uom: str = "tỷ đồng", whole: bool = False, low: str = "0", high: str = "10000000") -> list[str]:
    values = read_figure(text, FigureFormat(uom, whole, Decimal(low), Decimal(high)))
    return [write_figure(value) for value in values]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,5", "1.234,5"),
        ("1,234.5", "1.234,5"),
        ("1.234.567", "1.234.567"),
        ("1,234,567", "1.234.567"),
        ("1 234,5", "1.234,5"),
        ("1\u00a0234\u00a0567", "1.234.567"),
        ("1\u202f234.5", "1.234,5"),
        ("1.234,567", "1.234,567"),
        ("1,234.567", "1.234,567"),
        ("1234,567", "1.234,567"),
        ("1234.5", "1.234,5"),
        ("12.5", "12,5"),
        ("1.25", "1,25"),
        ("12.5 tỷ", "12,5"),
        ("12.3456", "12,3456"),
        ("12,5", "12,5"),
        ("12,50", "12,5"),
        ("0.5", "0,5"),
        ("0,234", "0,234"),
        ("0.234", "0,234"),
        ("05", "5"),
        ("  7 ", "7"),
        ("95.", "95"),
        ("+7", "7"),
        ("-0", "0"),
        ("\uff11\uff12", "12"),
        ("12\u200b,5", "12,5"),
    ],
)
def test_clear_figure_has_one_reading(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "likelier", "other"),
    [
        ("1,234", "1,234", "1.234"),
        ("12,500", "12,5", "12.500"),
        ("1.250", "1.250", "1,25"),
        ("1.500 tỷ", "1.500", "1,5"),
        ("1234.567", "1.234,567", "1.234.567"),
        ("12 tỷ 50", "12,5", "12,05"),
    ],
)
def test_figure_that_reads_two_ways_gives_both(text: str, likelier: str, other: str) -> None:
    assert read(text) == [likelier, other]


@pytest.mark.parametrize(
    ("text", "near", "expected"),
    [
        ("12,500", "12.1", ["12,5"]),
        ("12,500", "11000", ["12.500"]),
        ("1.250", "1.3", ["1,25"]),
        ("1.250", "1100", ["1.250"]),
        ("1.250", "40", ["1.250", "1,25"]),
        ("1.250", "0", ["1.250", "1,25"]),
    ],
)
def test_the_last_period_settles_which_reading_is_meant(text: str, near: str, expected: list[str]) -> None:
    form = FigureFormat("tỷ đồng", whole=False, low=Decimal(0), high=Decimal(10) ** 7)

    values = read_figure(text, form, near=Decimal(near))

    assert [write_figure(value) for value in values] == expected


@pytest.mark.parametrize(
    ("text", "uom", "expected"),
    [
        ("12,5 tỷ", "tỷ đồng", "12,5"),
        ("12,5 ty", "tỷ đồng", "12,5"),
        ("12,5tỉ đồng", "tỷ đồng", "12,5"),
        ("12500 triệu", "tỷ đồng", "12,5"),
        ("12.500 tr", "tỷ đồng", "12,5"),
        ("12.500 TRĐ", "tỷ đồng", "12,5"),
        ("12.345.678.900 đồng", "tỷ đồng", "12,3456789"),
        ("12.345.678.900đ", "tỷ đồng", "12,3456789"),
        ("12,5 tỷ", "triệu đồng", "12.500"),
        ("12 tỷ 500 triệu", "tỷ đồng", "12,5"),
        ("12 tỉ, 345 tr đồng", "tỷ đồng", "12,345"),
        ("1.012 tỷ 5 triệu", "tỷ đồng", "1.012,005"),
        ("12tỷ500triệu", "triệu đồng", "12.500"),
        ("68 triệu 500 nghìn/người", "triệu đồng/người/năm", "68,5"),
        ("500 nghìn", "triệu đồng", "0,5"),
        ("12 tỷ rưỡi", "tỷ đồng", "12,5"),
        ("12 tỷ rưỡi đồng", "tỷ đồng", "12,5"),
        ("1tr2", "triệu đồng", "1,2"),
        ("1tr2", "tỷ đồng", "0,0012"),
        ("1tr25", "triệu đồng", "1,25"),
        ("1tr2/người", "triệu đồng/người/năm", "1,2"),
        ("12 tỷ 500", "tỷ đồng", "12,5"),
        ("12 tỷ 5", "tỷ đồng", "12,5"),
        ("12 tỷ 500 nghìn", "tỷ đồng", "12,0005"),
        ("12 tỷ 500 triệu 300 nghìn", "tỷ đồng", "12,5003"),
        ("2 nghìn tỷ", "tỷ đồng", "2.000"),
        ("2 nghìn", "triệu đồng", "0,002"),
        ("500k", "triệu đồng", "0,5"),
        ("2 nghìn", "người", "2.000"),
        ("2 nghìn người", "người", "2.000"),
        ("500 ngan dong", "triệu đồng", "0,5"),
        ("68,5 triệu", "triệu đồng/người/năm", "68,5"),
        ("68,5 triệu đồng/người", "triệu đồng/người/năm", "68,5"),
        ("68,5 trieu dong/nguoi/nam", "triệu đồng/người/năm", "68,5"),
        ("95%", "%", "95"),
        ("95 phần trăm", "%", "95"),
        ("92,8 %", "%", "92,8"),
        ("7 hộ", "hộ", "7"),
        ("7 HO", "hộ", "7"),
        ("7 hộ.", "hộ", "7"),
        ("5 m²", "m²", "5"),
    ],
)
def test_unit_after_the_figure_is_turned_into_the_indicators_own(text: str, uom: str, expected: str) -> None:
    assert read(text, uom=uom) == [expected]


@pytest.mark.parametrize(
    ("text", "uom"),
    [
        ("95%", "hộ"),
        ("12 tỷ", "hộ"),
        ("12 tỷ", "%"),
        ("7 hộ", "%"),
        ("12 tỷ 500 triệu", "hộ"),
        ("12 tỷ 500 tỷ", "tỷ đồng"),
        ("12 triệu 500 tỷ", "tỷ đồng"),
        ("12,5 tỷ rưỡi", "tỷ đồng"),
        ("2 nghìn", "%"),
        ("68,5 triệu/tháng", "triệu đồng/người/năm"),
        ("12 tỷ/năm", "tỷ đồng"),
        ("1e3", "tỷ đồng"),
    ],
)
def test_another_unit_is_refused_with_the_right_one(text: str, uom: str) -> None:
    with refused("figure-of-other-unit") as refusal:
        read(text, uom=uom)

    assert refusal.value.text.startswith(f"Chỉ tiêu này tính bằng {uom}. Anh/chị nhập theo {uom}, ví dụ: ")


@pytest.mark.parametrize("text", ["12\n13", "1. Thu ngân sách: 12,5\n2. Giải ngân: 46,2", "12,5\n\n46,2\n68,4"])
def test_several_lines_are_asked_for_one_at_a_time(text: str) -> None:
    with refused("figures-several") as refusal:
        read(text)

    assert refusal.value.text == "Bot nhận mỗi tin một số. Anh/chị gửi riêng số của chỉ tiêu này, ví dụ: 12,5"


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "khoảng", "nhiều", "👍", "5️⃣", "12/13", "12..", "12…",
        ",5", "12,", "12 5", "1.23.4", "1.234.5", "1,2,3", "1 234 56", "5²", "½", "٣", "Ⅻ", "1'234", "--5",
        "NaN", "0" * 41,
    ],
)  # fmt: skip
def test_anything_but_one_exact_figure_is_refused_with_an_example(text: str) -> None:
    with refused("figure-unread") as refusal:
        read(text)

    assert refusal.value.text == "Bot chưa đọc được số này. Anh/chị nhập một con số chính xác, ví dụ: 12,5"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        *((text, "Anh/chị ghi số chính xác, ví dụ 12,5; chưa có thì bấm «Không có số liệu».") for text in (
            "khoảng 12", "khoảng 12,5 tỷ", "gần 12 tỷ", "12-13", "12–13", "từ 12 đến 13", "~12", ">12", "12?",
        )),
        *((text, "Anh/chị ghi bằng số, ví dụ 12,5.") for text in ("mười hai", "mười hai tỷ", "Nửa tỷ", "hai phẩy năm")),
        *((text, "Anh/chị bấm «Không có số liệu», còn bằng không thì gõ 0.") for text in (
            "không có", "chưa có số liệu", "chưa rõ",
        )),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_missing(text: str, hint: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read(text)

    assert word_refusal(refusal.value) == f"Bot chưa đọc được số này. {hint}"


@pytest.mark.parametrize(
    ("text", "is_so"), [("12,5 đồng", "0,0000000125"), ("2 nghìn", "0,000002"), ("500k", "0,0005")]
)
def test_a_unit_far_too_small_is_asked_back_as_what_it_is(text: str, is_so: str) -> None:
    with refused("figure-too-small") as refusal:
        read(text)

    assert refusal.value.text == (
        f"Số này là {is_so} tỷ đồng, có đúng không? "
        "Chỉ tiêu này tính bằng tỷ đồng. Anh/chị nhập theo tỷ đồng, ví dụ: 12,5"
    )


@pytest.mark.parametrize(
    ("text", "whole", "low", "high", "expected"),
    [
        ("1,234", True, "0", "5000", "1.234"),
        ("1,234", False, "0", "100", "1,234"),
        ("1.234", False, "0", "100", "1,234"),
        ("95.5", False, "0", "100", "95,5"),
        ("1234.5", False, "0", "2000", "1.234,5"),
        ("1.234", True, "0", "5000", "1.234"),
        ("-2,5", False, "-10", "10", "-2,5"),
        ("\u22122,5", False, "-10", "10", "-2,5"),
    ],
)
def test_impossible_readings_drop_out(text: str, whole: bool, low: str, high: str, expected: str) -> None:
    assert read(text, uom="%", whole=whole, low=low, high=high) == [expected]


@pytest.mark.parametrize("text", ["101", "-1", "100,1", "1.234.567", "100.5"])
def test_figure_out_of_bounds_is_refused_with_the_bounds(text: str) -> None:
    with refused("figure-out-of-bounds") as refusal:
        read(text, uom="%", high="100")

    assert refusal.value.text == "Số này phải từ 0 đến 100 (%). Anh/chị kiểm tra lại giúp."


@pytest.mark.parametrize("text", ["1,5", "1.5", "1234.5", "1.234,5"])
def test_part_of_a_household_is_refused_and_never_taken_for_ten_times_as_many(text: str) -> None:
    with refused("figure-not-whole") as refusal:
        read(text, uom="hộ", whole=True)

    assert refusal.value.text == "Chỉ tiêu này là số nguyên (hộ). Anh/chị nhập lại giúp, ví dụ: 12"


@pytest.mark.parametrize(
    ("uom", "whole", "low", "high", "expected"),
    [
        ("%", False, "0", "100", "93,4"),
        ("tỷ đồng", False, "0", "20000", "12,5"),
        ("hộ", True, "0", "10000", "12"),
        ("hộ", True, "0", "5", "0"),
        ("%", False, "-10", "10", "-10"),
    ],
)
def test_example_suits_the_indicator(uom: str, whole: bool, low: str, high: str, expected: str) -> None:
    example = example_figure(FigureFormat(uom, whole, Decimal(low), Decimal(high)))

    assert example == expected


@pytest.mark.parametrize("text", ["7 hộ nghèo", "7 hộ", "7 Hộ thoát nghèo"])
def test_more_words_after_the_unit_do_no_harm(text: str) -> None:
    assert read(text, uom="hộ", whole=True) == ["7"]


def test_a_word_that_begins_like_the_unit_is_another_unit() -> None:
    with refused("figure-of-other-unit"):
        read("7 học sinh", uom="hộ", whole=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1234.50", "1.234,5"),
        ("1234567", "1.234.567"),
        ("1E+3", "1.000"),
        ("0.000", "0"),
        ("-0", "0"),
        ("-1234.5", "-1.234,5"),
        ("999", "999"),
    ],
)
def test_figure_is_written_as_in_vietnam(value: str, expected: str) -> None:
    assert write_figure(Decimal(value)) == expected


@pytest.mark.parametrize(
    ("actual", "target", "better", "expected"),
    [
        ("93.4", "95", Better.HIGHER, "98.3"),
        ("13", "12.5", Better.HIGHER, "104.0"),
        ("0", "12", Better.HIGHER, "0.0"),
        ("5", "4", Better.LOWER, "80.0"),
        ("4", "5", Better.LOWER, "125.0"),
        ("0", "5", Better.LOWER, "100"),
        ("3", "0", Better.HIGHER, None),
        ("3", "0", Better.LOWER, None),
        ("3", "-1", Better.HIGHER, None),
    ],
)
def test_completion_is_a_percentage_of_the_target(
    actual: str, target: str, better: Better, expected: str | None
) -> None:
    achieved = completion(Decimal(actual), Decimal(target), better)

    assert achieved == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("value", "previous", "change", "is_off"),
    [
        ("7.4", "12.5", "-40.8", True),
        ("7.5", "12.5", "-40.0", False),
        ("17.5", "12.5", "40.0", False),
        ("17.6", "12.5", "40.8", True),
        ("-3", "-2", "-50.0", True),
        ("5", "0", None, False),
        ("5", None, None, False),
    ],
)
def test_change_beyond_two_fifths_is_off_the_trend(
    value: str, previous: str | None, change: str | None, is_off: bool
) -> None:
    before = None if previous is None else Decimal(previous)

    percent = change_in_percent(Decimal(value), before)

    assert percent == (None if change is None else Decimal(change))
    assert is_off_trend(Decimal(value), before) is is_off


@pytest.mark.parametrize(
    ("value", "previous", "pledged", "better", "whole", "asks"),
    [
        ("7.4", "12.5", None, Better.HIGHER, False, True),
        ("12.5", "7.4", None, Better.HIGHER, False, True),
        ("12.5", "7.4", "15", Better.HIGHER, False, False),
        ("16", "7.4", "15", Better.HIGHER, False, True),
        ("12", "7", None, Better.HIGHER, True, False),
        ("7", "12", None, Better.HIGHER, True, False),
        ("7", "40", None, Better.HIGHER, True, True),
        ("70", "120", None, Better.LOWER, True, False),
        ("0", "40", "0", Better.LOWER, True, False),
        ("60", "40", "80", Better.LOWER, True, False),
        ("60", "40", "50", Better.LOWER, True, True),
        ("60", None, None, Better.LOWER, True, False),
    ],
)
def test_small_counts_and_good_news_need_no_reason(
    value: str, previous: str | None, pledged: str | None, better: Better, whole: bool, asks: bool
) -> None:
    before = None if previous is None else Decimal(previous)
    target = None if pledged is None else Decimal(pledged)

    assert asks_reason(Decimal(value), before, better=better, pledged=target, whole=whole) is asks


def test_a_ceiling_is_kept_or_not() -> None:
    assert is_within(Decimal(5), Decimal(10), Better.LOWER) is True
    assert is_within(Decimal(11), Decimal(10), Better.LOWER) is False
    assert is_within(Decimal(5), Decimal(10), Better.HIGHER) is None


@given(st.decimals(min_value=-VAST, max_value=VAST, places=6))
def test_written_figure_reads_as_itself(value: Decimal) -> None:
    written = write_figure(value)

    readings = read_figure(written, FigureFormat("tỷ đồng", whole=False, low=-VAST, high=VAST))

    assert value in readings


@given(st.integers(min_value=0, max_value=10**12))
def test_written_count_is_clear(count: int) -> None:
    written = write_figure(Decimal(count))

    readings = read_figure(written, FigureFormat("hộ", whole=True, low=Decimal(0), high=VAST))

    assert readings == (Decimal(count),)


@given(
    st.text() | st.from_regex(r"[-+]?[0-9., ]{1,12} ?(%|tỷ|triệu|tr|đ|hộ)?", fullmatch=True),
    st.sampled_from(["%", "hộ", "tỷ đồng", "triệu đồng/người/năm"]),
    st.booleans(),
)
def test_any_text_is_read_within_bounds_or_refused(text: str, uom: str, whole: bool) -> None:
    low, high = Decimal(0), Decimal(10000)
    readings: tuple[Decimal, ...] = ()

    with suppress(Refusal):
        readings = read_figure(text, FigureFormat(uom, whole, low, high))

    assert len(set(readings)) == len(readings) <= 2
    assert all(low <= value <= high for value in readings)
    assert not whole or all(value == value.to_integral_value() for value in readings)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [("95.525", 2, "95.53"), ("95.535", 2, "95.54"), ("101.25", 1, "101.3"), ("-0.25", 1, "-0.3"), ("12", 2, "12.00")],
)
def test_halves_are_rounded_away_from_zero(value: str, places: int, expected: str) -> None:
    assert rounded(Decimal(value), places) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "uom", "value"),
    [
        ("125.000 m2", "ha", "12,5"),
        ("1,2 ha", "m²", "12.000"),
        ("3 km²", "ha", "300"),
        ("3.500 m", "km", "3,5"),
        ("1250 tạ", "tấn", "125"),
        ("65 tr/ng/năm", "triệu đồng/người/năm", "65"),
    ],
)
def test_areas_lengths_and_weights_are_converted(text: str, uom: str, value: str) -> None:
    assert read(text, uom=uom) == [value]


def test_area_is_no_length() -> None:
    with refused("figure-of-other-unit"):
        read("3 m2", uom="km")
