"""A sample of how a duty stands, from which the leader's windows can be drawn without a database."""

from datetime import UTC, date, datetime

from domain.deadlines import DutyKind
from usecases.status import ClusterCount, MissingUnit, StatusView

STATUS = StatusView(
    duty_id=1,
    kind=DutyKind.REPORT,
    title="Báo cáo 6 tháng 2026",
    cluster_id=None,
    cluster_name=None,
    last_valid_day=date(2026, 5, 14),
    at=datetime(2026, 5, 12, 10, 42, tzinfo=UTC),
    owed=12,
    handed_in=9,
    on_time=9,
    in_extension=0,
    late=0,
    missing=(
        MissingUnit(5, "Phường 5", reachable=True),
        MissingUnit(6, "Phường 6", reachable=True),
        MissingUnit(9, "Trường Mầm non Hoa Sen", reachable=False),
    ),
    clusters=(ClusterCount("Cụm 1", 4, 6), ClusterCount("Cụm 2", 5, 6)),
    nudged_at=None,
    next_nudge_at=None,
)
