"""A long message is read in a moment, and no text makes the reader slow; times are ratios to a plain scan."""

import re
import time
from collections.abc import Callable

import pytest

from tests.figures.texts import Case, cases, read_case

LONGEST = 4000
ORDINARY = "\n".join(case.text for case in cases() if "\t" not in case.text)[:LONGEST]
HOSTILE = (
    "1",
    "1 ",
    "1.",
    "1,",
    "1/",
    "1-",
    "1 tỷ ",
    "thu ngân sách ",
    "(",
    "1\t",
    "a|",
    "1\n",
    "BHYT\n",
    "số 1 000 ",
    "=>",
    "không có ma ",
)


def seconds(act: Callable[[], object]) -> float:
    """Return the shortest of five runs."""
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return min(taken)


@pytest.fixture(scope="module")
def scan() -> float:
    return seconds(lambda: re.findall(r"\w+|[0-9][0-9.,]*|\S", ORDINARY))


def test_a_message_of_four_thousand_letters_takes_few_plain_scans(scan: float) -> None:
    read_case(Case("BHYT 93"))

    assert seconds(lambda: read_case(Case(ORDINARY))) < 1000 * scan


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_piece_repeated_is_far_slower_than_an_ordinary_text(piece: str, scan: float) -> None:
    text = (piece * LONGEST)[:LONGEST]

    assert seconds(lambda: read_case(Case(text))) < 10000 * scan
