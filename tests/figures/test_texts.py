"""Every text of the table is read, asked back and left as the table says."""

from tests.figures.texts import cases, lines_of, read_case

TABLE = tuple(cases())


def test_texts_are_read_as_the_table_says() -> None:
    read = [(case, lines_of(read_case(case))) for case in TABLE]

    assert [(case.text, lines, case.settled) for case, lines in read if lines != case.settled] == []


def test_table_is_long_has_many_traps_and_misses_few_lines() -> None:
    traps = [case for case in TABLE if not case.figures and not case.missed]
    meant = sum(len(case.figures) + case.missed for case in TABLE)
    read = [(case, one) for case in TABLE for one in read_case(case).read]

    wrong = [(case.text, one.indicator) for case, one in read if case.figures.get(one.indicator) != f"{one.value:f}"]

    assert len(TABLE) >= 250
    assert len(traps) >= 60
    assert wrong == []
    assert len(read) >= 0.95 * meant
