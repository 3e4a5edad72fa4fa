"""What holds of every text, whatever an officer writes."""

import random
import re
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.figures.reading import read_table, read_text
from domain.figures.readings import Wanted
from domain.typed_input.figures import write_figure
from tests.figures.texts import Case, cases, lines_of, plan_of, read_case, wanted_for_case

TABLE = tuple(cases())
SAMPLE = wanted_for_case(Case(""))
PLANS = ("mau-2026", "quan-11-2024", "ba-dinh-2021-2025", "binh-chanh-2024", "binh-tan-2023", "long-khanh-2024")
EVERY = [(code, wanted) for code in PLANS for wanted in wanted_for_case(Case("", plan=code))]


@st.composite
def figures_of(draw: st.DrawFn, wanted: Wanted) -> Decimal:
    form = wanted.form
    places = 0 if form.whole else draw(st.integers(0, 2))
    low, high = (int(bound.scaleb(places)) for bound in (form.low, form.high))
    return Decimal(draw(st.integers(low, high))).scaleb(-places)


def only(value: Decimal) -> Decimal:
    return Decimal(f"{value:f}".rstrip("0").rstrip(".")) if "." in f"{value:f}" else value


@settings(deadline=None)
@given(st.data())
def test_a_figure_as_our_templates_write_it_reads_back(data: st.DataObject) -> None:
    code, wanted = data.draw(st.sampled_from(EVERY))
    value = data.draw(figures_of(wanted))
    said = f"{wanted.name}: {write_figure(value)} {wanted.form.uom}"

    reading = read_text(said, wanted_for_case(Case("", plan=code)))

    found = [one for one in reading.read if one.indicator == wanted.code]
    asked = [one for one in reading.ask if one.indicator == wanted.code]
    assert [one.value for one in found] == [only(value)] or any(only(value) in one.readings for one in asked)
    assert not [one for one in reading.read if one.indicator != wanted.code]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_form_of_all_indicators_reads_back(data: st.DataObject) -> None:
    values = {wanted.code: data.draw(figures_of(wanted)) for wanted in SAMPLE}
    rows = [["STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Thực hiện"]]
    rows += [
        [str(number), one.name, one.form.uom, "1", write_figure(values[one.code])]
        for number, one in enumerate(SAMPLE, start=1)
    ]

    reading = read_table(rows, SAMPLE)

    found = {one.indicator: one.value for one in reading.read}
    asked = {one.indicator: one.readings for one in reading.ask if one.indicator}
    assert found | {code: only(values[code]) for code in asked} == {code: only(value) for code, value in values.items()}
    assert all(only(values[code]) in asked[code] for code in asked)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_composed_and_decomposed_accents_read_the_same(form: str) -> None:
    for case in TABLE:
        assert lines_of(read_case(case, unicodedata.normalize(form, case.text))) == case.settled  # type: ignore[arg-type]


def test_odd_spaces_zero_width_marks_and_full_width_digits_change_no_figure() -> None:
    odd = {" ": "\u00a0", **{str(digit): chr(0xFF10 + digit) for digit in range(10)}}
    for case in TABLE:
        if "  " in case.text or "/" in case.text:
            continue
        text = "".join(odd.get(letter, letter) for letter in case.text).replace("\u00a0", "\u00a0\u200b")
        assert [(one.indicator, f"{one.value:f}") for one in read_case(case, text).read] == [*case.figures.items()]


def test_shuffled_lines_read_the_same() -> None:
    dice = random.Random(7)
    whole = [case for case in TABLE if case.plan == "mau-2026" and not case.previous and not case.duty and case.figures]
    for _ in range(40):
        chosen = [case for case in dice.sample(whole, 6) if "\n" not in case.text and "\t" not in case.text]
        texts = [case.text for case in chosen]
        shuffled = dice.sample(texts, len(texts))

        one, other = read_case(Case("\n".join(texts))), read_case(Case("\n".join(shuffled)))

        assert [(found.indicator, found.value) for found in one.read] == [
            (found.indicator, found.value) for found in other.read
        ]
        assert {(asked.indicator, frozenset(asked.readings)) for asked in one.ask} == {
            (asked.indicator, frozenset(asked.readings)) for asked in other.ask
        }


WORDS = [word for case in TABLE for word in re.findall(r"\S+|\n|\t", case.text)]
SOUP = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(max_size=80)


@settings(deadline=None)
@given(SOUP)
def test_no_digit_is_read_that_the_text_does_not_have(text: str) -> None:
    digits = "".join(filter(str.isdigit, unicodedata.normalize("NFKC", text)))

    for one in read_case(Case(text)).read:
        said = f"{one.value:f}".replace(".", "").replace("-", "").strip("0")
        # «rưỡi» is a half.
        assert said in re.sub(r"0", "", digits) or said.replace("0", "") in digits.replace("0", "") or "rưỡi" in text


@settings(deadline=None)
@given(SOUP)
def test_each_indicator_is_read_or_asked_once(text: str) -> None:
    reading = read_case(Case(text))

    codes = [one.indicator for one in reading.read] + [one.indicator for one in reading.ask if one.indicator]
    assert len(codes) == len(set(codes))
    assert {*codes} <= {indicator.code for indicator in plan_of("mau-2026").indicators}
