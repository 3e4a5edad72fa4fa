"""Samples of counts: so many units in each part of a duty."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from domain.tallies import Tally, TallyPart, tally
from usecases.boards import BoardView
from usecases.tallies import UnitLine

NOON = datetime(2026, 5, 12, 10, 42, tzinfo=UTC)


def tally_of(**names: Iterable[str]) -> Tally[UnitLine]:
    """`tally_of(ON_TIME=["Phường 1"])`."""
    lines = [
        UnitLine(
            number,
            name,
            TallyPart(part),
            spared_until=date(2026, 5, 20) if part == TallyPart.SPARED else None,
        )
        for part, of_part in names.items()
        for number, name in enumerate(of_part, start=1)
    ]
    return tally(lines, lambda line: line.part)


def board_of(*, days_left: int = 2, **names: Iterable[str]) -> BoardView:
    """`board_of(ON_TIME=["Phường 1"])`."""
    return board_on(tally_of(**names), days_left=days_left)


def board_on(tally: Tally[UnitLine], *, days_left: int = 2) -> BoardView:
    return BoardView(
        tally=tally,
        cluster_name="Cụm 1",
        title="Báo cáo 6 tháng 2026",
        last_valid_day=date(2026, 5, 14),
        days_left=days_left,
        at=NOON,
    )
