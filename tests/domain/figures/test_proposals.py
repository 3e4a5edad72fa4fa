"""The table of read figures: what each message adds, what an answer changes, and that nothing of it gets lost."""

from decimal import Decimal

from domain.figures.proposals import LONGEST_QUOTE, FigureProposal, pack, proposal_of, unpack
from domain.figures.readings import AskedFigure, FiguresReading, FoundFigure, Why

BUDGET, INSURANCE = "thu-ngan-sach", "bhyt"


def found(indicator: str, value: str, quote: str = "NS 12,5") -> FoundFigure:
    return FoundFigure(indicator, Decimal(value), quote)


def asked(indicator: str | None, *readings: str, candidates: tuple[str, ...] = ()) -> AskedFigure:
    return AskedFigure(indicator, tuple(map(Decimal, readings)), "khoảng 93", Why.APPROXIMATE, candidates)


READING = FiguresReading((found(BUDGET, "12.5"),), (asked(INSURANCE, "93"),), ("họp 3 buổi",))


def test_the_table_comes_back_whole_from_where_it_is_kept() -> None:
    table = FigureProposal().with_reading(READING, source=7).with_meaning("ns", BUDGET)

    assert unpack(pack(table)) == table


def test_a_later_message_replaces_a_figure_and_settles_its_question() -> None:
    later = FiguresReading((found(BUDGET, "13"), found(INSURANCE, "93.4")))

    table = FigureProposal().with_reading(READING, source=1).with_reading(later, source=2)

    assert table.values == {BUDGET: Decimal(13), INSURANCE: Decimal("93.4")}
    assert table.questions == ()


def test_an_edited_message_takes_the_place_of_itself() -> None:
    before = FigureProposal().with_reading(READING, source=1)

    table = before.with_reading(FiguresReading((found(INSURANCE, "93.4"),)), source=1)

    assert table.values == {INSURANCE: Decimal("93.4")}
    assert (table.questions, table.unread) == ((), ())


def test_a_question_takes_an_earlier_figure_out_of_the_table_until_it_is_answered() -> None:
    before = proposal_of({INSURANCE: Decimal(92)})

    table = before.with_reading(FiguresReading(ask=(asked(INSURANCE, "93"),)))

    assert table.values == {}
    assert table.answered(0, INSURANCE, Decimal(93)).values == {INSURANCE: Decimal(93)}


def test_which_indicator_is_meant_is_asked_before_its_figure() -> None:
    table = FigureProposal().with_reading(FiguresReading(ask=(asked(None, "93", candidates=(BUDGET, INSURANCE)),)))

    narrowed = table.narrowed(0, INSURANCE)

    assert (narrowed.questions[0].asked.indicator, narrowed.questions[0].asked.candidates) == (INSURANCE, ())
    assert narrowed.skipped(0).questions == ()


def test_a_figure_that_reads_two_ways_leaves_the_table_until_it_is_clear() -> None:
    table = proposal_of({BUDGET: Decimal(12)}).asking(asked(BUDGET, "12.5", "12500"))

    assert table.values == {}
    assert table.questions[0].asked.readings == (Decimal("12.5"), Decimal(12500))


def test_long_words_are_kept_short() -> None:
    table = FigureProposal().with_reading(FiguresReading(unread=("dòng " * 200,)))

    assert len(table.unread[0].words) == LONGEST_QUOTE
