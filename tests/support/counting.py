"""Sample counts, and the check that the parts in every text about units add up to the whole."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import load_workbook

from documents.status import write_status
from domain.duties.tallies import Tally, TallyPart, tally
from scheduler.messages.weekly import WeeklyLine
from templates import render
from usecases.duties.tallies import UnitLine
from usecases.groups.scoreboards import ScoreboardView
from usecases.status.export import StatusRow
from usecases.status.views import StatusView

NOON = datetime(2026, 5, 12, 10, 42, tzinfo=UTC)


def tally_of(**names: Iterable[str]) -> Tally[UnitLine]:
    """Return a tally, as in `tally_of(ON_TIME=["Phường 1"])`."""
    lines = [
        UnitLine(
            number,
            name,
            TallyPart(part),
            extended_until=date(2026, 5, 20) if part == TallyPart.SPARED else None,
        )
        for part, of_part in names.items()
        for number, name in enumerate(of_part, start=1)
    ]
    return tally(lines, lambda line: line.part)


def board_of(*, days_left: int = 2, **names: Iterable[str]) -> ScoreboardView:
    """Return a scoreboard, as in `board_of(ON_TIME=["Phường 1"])`."""
    return board_on(tally_of(**names), days_left=days_left)


def board_on(tally: Tally[UnitLine], *, days_left: int = 2) -> ScoreboardView:
    return ScoreboardView(
        tally=tally,
        cluster_name="Cụm 1",
        title="Báo cáo 6 tháng 2026",
        last_valid_day=date(2026, 5, 14),
        days_left=days_left,
        at=NOON,
    )


_OPEN_PARTS = ("đang sửa", "chờ bản giấy", "được gia hạn")


def number(label: str, text: str) -> int:
    """Return the number after the label, 0 if the part is not named."""
    found = re.search(rf"{label} (\d+)", text)
    return int(found.group(1)) if found else 0


def open_parts(text: str) -> int:
    return sum(number(label, text) for label in _OPEN_PARTS)


def fractions(text: str) -> tuple[int, int]:
    """Return the sums of all fractions such as «4/6» in a text."""
    found = [(int(part), int(whole)) for part, whole in re.findall(r"(\d+)/(\d+)", text)]
    return sum(part for part, _ in found), sum(whole for _, whole in found)


def check_status_texts(status: StatusView, *, at: datetime) -> None:
    """Check all texts about one duty for a leader: its page, its lines in the list, in the weekly summary and in the
    menu.
    """
    lines = str(render("status/duty", status=status, shown=6)).splitlines()
    count = lines[1]
    handed_in, owed = number("đã nộp", count), number("Phải nộp", count)
    assert owed == status.owed
    assert number("· đúng hạn", count) + number("đúng hạn gia hạn", count) + number("trễ hạn", count) == handed_in
    assert handed_in + open_parts(count) + number("chưa nộp", count) == owed
    if len(status.clusters) > 1:
        assert fractions(lines[2]) == (handed_in, owed)
    _check_line(str(render("status/duties", cluster=None, at=at, statuses=[status])).splitlines()[1], status)
    missing = str(render("status/missing", status=status, page_units=status.unfinished))
    assert sum(line[0] in "⛔↩⏳" for line in missing.splitlines()) == owed - handed_in
    if status.last_valid_day is not None:
        line = WeeklyLine(status, days_left=(status.last_valid_day - at.date()).days, named=status.tally.missing)
        weekly = str(
            render(
                "reminders/weekly",
                lines=[line],
                others=0,
                unchanged=0,
                unreached=0,
                to_review=0,
                longest=0,
                muted=0,
                at=at,
            )
        )
        _check_line(weekly.splitlines()[1], status)


def _check_line(line: str, status: StatusView) -> None:
    missing = number("thiếu", line) + number("chưa nộp", line)
    found = re.search(r"(?:: |nộp )(\d+)/(\d+)", line)
    assert found is not None, line
    assert (int(found.group(1)), int(found.group(2))) == (status.handed_in, status.owed), line
    assert status.handed_in + open_parts(line) + missing == status.owed, line


def check_board_texts(board: ScoreboardView) -> None:
    """Check the texts for a group: its scoreboard, and its reminder if a unit still owes."""
    shown = str(render("groups/scoreboards/board", board=board))
    handed_in, owed = fractions(re.findall(r"(?:✅|nộp) (\d+/\d+)", shown)[0])
    parts = [int(part) for part in re.findall(r"^(?:⛔|⏳|↩) (\d+)[: ]", shown, re.MULTILINE)]
    assert owed == board.owed
    assert handed_in + sum(parts) == owed, shown
    if board.tally.missing and board.last_valid_day is not None:
        line = str(render("reminders/cluster", board=board, officers={})).splitlines()[2]
        assert fractions(line.split(":")[0]) == (handed_in, owed)
        assert handed_in + open_parts(line) + number("chưa nộp", line) == owed, line


def check_workbook(status: StatusView, rows: Sequence[StatusRow]) -> None:
    """Check the exported workbook: one row per unit, and as many rows of each standing as its head says."""
    sheet = list(load_workbook(BytesIO(write_status(status, rows))).worksheets[0].iter_rows(values_only=True))
    head, standings = str(sheet[1][0]), Counter(str(row[2]) for row in sheet[3:])
    assert standings.total() == status.owed
    assert standings["Đã nộp"] + standings["Đã nộp bản giấy"] == number("đã nộp", head)
    for standing in ("Đang sửa", "Chờ xác nhận bản giấy", "Được gia hạn", "Chưa nộp"):
        assert standings[standing] == number(standing.lower(), head), standing
