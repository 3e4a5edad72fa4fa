from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.compilation.aggregation import Total, against_pledge, against_previous, spell, total_of
from domain.plans.indicators import Aggregate, Better, Indicator

Given = dict[str, Decimal]


@dataclass(frozen=True)
class Reported:
    values: Given = field(default_factory=dict)
    pledged: Given = field(default_factory=dict)
    previous: Given = field(default_factory=dict)


def rate(aggregate: Aggregate | None, weight: str = "") -> Indicator:
    return Indicator(
        "ty-le", "Tỷ lệ", "%", Better.HIGHER, Decimal(0), Decimal(100), False, "Nhóm", "mẫu",
        aggregate=aggregate, weight=weight,
    )  # fmt: skip


def reported(*rows: tuple[str | None, str | None]) -> list[Reported]:
    """Return units with (figure, weight); None is missing."""
    return [
        Reported(
            {code: Decimal(value) for code, value in zip(("ty-le", "dan-so"), row, strict=True) if value is not None}
        )
        for row in rows
    ]


@pytest.mark.parametrize(
    ("aggregate", "rows", "value", "counted"),
    [
        (Aggregate.SUM, [("0.1", None), ("0.2", None), (None, None)], "0.3", 2),
        (Aggregate.SUM, [(None, "5")], None, 0),
        (Aggregate.SUM, [("0", None)], "0", 1),
        (Aggregate.MEAN, [("10", None), ("0", None), (None, None)], "5", 2),
        (Aggregate.MEAN, [("1", None), ("1", None), ("0", None)], "0.666667", 3),
        (Aggregate.WEIGHTED, [("90", "1000"), ("70", "3000"), ("10", None), (None, "9")], "75", 2),
        (Aggregate.WEIGHTED, [("90", "0")], None, 1),
        (Aggregate.WEIGHTED, [("90", None)], None, 0),
        (Aggregate.NONE, [("90", None), ("1", None)], None, 2),
        (None, [("90", None)], None, 1),
    ],
)
def test_figures_are_put_together_as_the_plan_says_and_what_is_missing_is_not_zero(
    aggregate: Aggregate | None, rows: list[tuple[str | None, str | None]], value: str | None, counted: int
) -> None:
    indicator = rate(aggregate, "dan-so" if aggregate is Aggregate.WEIGHTED else "")

    assert total_of(indicator, reported(*rows)) == Total(None if value is None else Decimal(value), counted)


def test_only_units_with_both_figures_are_compared() -> None:
    units = [
        Reported({"ty-le": Decimal(8)}, {"ty-le": Decimal(10)}, {"ty-le": Decimal(4)}),
        Reported({"ty-le": Decimal(100)}),
        Reported({}, {"ty-le": Decimal(1000)}, {"ty-le": Decimal(1000)}),
    ]

    pledge, before = against_pledge(rate(Aggregate.SUM), units), against_previous(rate(Aggregate.SUM), units)

    assert pledge is not None
    assert (pledge.value, pledge.other, pledge.units, pledge.percent) == (Decimal(8), Decimal(10), 1, Decimal(80))
    assert before is not None
    assert (before.change, before.change_in_percent) == (Decimal(4), Decimal(100))


@pytest.mark.parametrize("pledged", ["0", "-5"])
def test_a_pledge_of_nothing_has_no_per_cent(pledged: str) -> None:
    unit = Reported({"ty-le": Decimal(8)}, {"ty-le": Decimal(pledged)})

    found = against_pledge(rate(Aggregate.SUM), [unit])

    assert found is not None
    assert found.percent is None


FIGURES = st.decimals(0, 10**12, allow_nan=False, allow_infinity=False, places=3)


@given(st.lists(st.tuples(st.one_of(st.none(), FIGURES), st.integers(0, 10**7)), min_size=1, max_size=30), st.data())
def test_a_total_lies_between_its_figures_in_whatever_order_they_come(
    rows: list[tuple[Decimal | None, int]], data: st.DataObject
) -> None:
    units = [
        Reported({"dan-so": Decimal(weight)} | ({} if value is None else {"ty-le": value})) for value, weight in rows
    ]
    values = [value for value, _ in rows if value is not None]
    shuffled = data.draw(st.permutations(units))

    for aggregate in Aggregate:
        indicator = rate(aggregate, "dan-so" if aggregate is Aggregate.WEIGHTED else "")
        total = total_of(indicator, units)
        assert total == total_of(indicator, shuffled)
        if total.value is not None and aggregate is not Aggregate.SUM:
            assert min(values) <= total.value <= max(values)
        if aggregate is Aggregate.SUM and values:
            assert total.value == sum(int(value * 1000) for value in values) / Decimal(1000)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15))
def test_a_spelled_figure_has_no_exponent_and_is_the_same_number(value: Decimal) -> None:
    text = spell(value)

    assert text is not None
    assert "E" not in text.upper()
    assert Decimal(text) == value
