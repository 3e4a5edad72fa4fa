"""Charts of hand-ins: by cluster, by punctuality, and the deadlines of the season."""

from collections.abc import Sequence
from datetime import date

from documents.charts.drawing import Colour, Drawing, Segment
from domain.duties.due_hours import full_limit
from domain.duties.tallies import TallyPart, percent
from usecases.duties.tallies import ClusterCount
from usecases.status.views import StatusSummary, StatusView

MOST_ROWS = 14
"""Most bars of one picture; what does not fit is one bar more."""


def draw_progress(status: StatusView) -> Drawing:
    """Draw how many units of each cluster have handed in, the one furthest behind first."""
    drawing = Drawing()
    drawing.heading(_titled(status), below=f"Đã nộp {status.handed_in}/{status.owed} đơn vị, {_hour(status)}")
    rows = sorted(status.clusters, key=lambda count: (percent(count.handed_in, of=count.owed), count.name))
    shown, others = (rows, []) if len(rows) <= MOST_ROWS else (rows[: MOST_ROWS - 1], rows[MOST_ROWS - 1 :])
    if others:
        shown = [*shown, _together(others)]
    for count in shown or [ClusterCount("Tất cả", status.handed_in, status.owed)]:
        share = count.handed_in / count.owed if count.owed else 0.0
        value = f"{count.handed_in}/{count.owed} · {percent(count.handed_in, of=count.owed)} %"
        drawing.bar(count.name, value, [Segment(share, Colour.BLUE)])
    return drawing


def _together(counts: Sequence[ClusterCount]) -> ClusterCount:
    handed_in, owed = sum(count.handed_in for count in counts), sum(count.owed for count in counts)
    return ClusterCount(f"{len(counts)} cụm khác", handed_in, owed)


_PARTS = (
    ("đúng hạn", Colour.BLUE, (TallyPart.ON_TIME,)),
    ("đúng hạn gia hạn", Colour.SKY, (TallyPart.IN_EXTENSION,)),
    ("trễ hạn", Colour.ORANGE, (TallyPart.LATE,)),
    ("đang sửa, chờ bản giấy", Colour.PURPLE, (TallyPart.MENDING, TallyPart.PAPER_CLAIMED)),
    ("quá hạn chưa nộp", Colour.VERMILION, (TallyPart.OVERDUE,)),
    ("chưa nộp, còn hạn", Colour.GREY, (TallyPart.SPARED, TallyPart.OWED)),
)


def draw_punctuality(statuses: Sequence[StatusSummary]) -> Drawing:
    """Draw how many units handed in each duty in time, late or not at all."""
    drawing = Drawing()
    drawing.heading("Nộp đúng hạn", below=_hour(statuses[0]) if statuses else "")
    drawing.legend([(name, colour) for name, colour, _ in _PARTS])
    for status in _by_day(statuses)[:MOST_ROWS]:
        owed = status.owed or 1
        segments = [Segment(status.tally.count(*parts) / owed, colour) for _, colour, parts in _PARTS]
        in_time = status.on_time + status.in_extension
        drawing.bar(status.title, f"{in_time}/{status.owed} đúng hạn", segments)
    _note_others(drawing, statuses)
    return drawing


def draw_timeline(statuses: Sequence[StatusSummary], *, today: date) -> Drawing:
    """Draw the season: each duty at its last valid day, what is past and what is to come."""
    drawing = Drawing()
    ordered = _by_day(statuses)[:MOST_ROWS]
    drawing.heading("Các hạn trong năm", below=f"Hôm nay {today:%d/%m/%Y}")
    drawing.legend([("đã nộp đủ", Colour.BLUE), ("còn hạn", Colour.ORANGE), ("quá hạn, còn thiếu", Colour.VERMILION)])
    for number, status in enumerate(ordered, start=1):
        day = full_limit(status.last_valid_day) if status.last_valid_day else "chưa có ngày"
        value = f"{day} · đã nộp {status.handed_in}/{status.owed}"
        drawing.dot(status.title, value, _colour(status, today), is_last=number == len(ordered))
    _note_others(drawing, statuses)
    return drawing


def _note_others(drawing: Drawing, statuses: Sequence[StatusSummary]) -> None:
    if len(statuses) > MOST_ROWS:
        drawing.note(f"và {len(statuses) - MOST_ROWS} việc khác")


def _colour(status: StatusSummary, today: date) -> Colour:
    if status.tally.is_complete:
        return Colour.BLUE
    is_past = status.last_valid_day is not None and status.last_valid_day < today
    return Colour.VERMILION if is_past else Colour.ORANGE


def _by_day(statuses: Sequence[StatusSummary]) -> list[StatusSummary]:
    return sorted(statuses, key=lambda status: (status.last_valid_day or date.max, status.title))


def _titled(status: StatusView) -> str:
    return f"{status.title} · {status.cluster_name}" if status.cluster_name else status.title


def _hour(status: StatusSummary) -> str:
    return f"lúc {status.at:%H:%M, %d/%m/%Y}"
