"""Sample of a duty's status, from which the leaders' windows can be drawn without a database."""

from datetime import UTC, date, datetime

from domain.duties.tallies import TallyPart, tally
from domain.plans.deadlines import DutyKind
from usecases.duties.tallies import ClusterCount, UnitLine
from usecases.status.views import StatusView

STATUS = StatusView(
    duty_id=1,
    kind=DutyKind.REPORT,
    title="Báo cáo 6 tháng 2026",
    cluster_id=None,
    cluster_name=None,
    last_valid_day=date(2026, 5, 14),
    at=datetime(2026, 5, 12, 10, 42, tzinfo=UTC),
    tally=tally(
        (
            *(UnitLine(number, f"Phường {number}", TallyPart.ON_TIME) for number in (1, 2, 3, 4, 7, 8, 10, 11, 12)),
            UnitLine(5, "Phường 5", TallyPart.OWED),
            UnitLine(6, "Phường 6", TallyPart.OWED),
            UnitLine(9, "Xã Hoa Sen", TallyPart.OWED, reachable=False),
        ),
        lambda unit: unit.part,
    ),
    clusters=(ClusterCount("Cụm 1", 4, 6), ClusterCount("Cụm 2", 5, 6)),
)
