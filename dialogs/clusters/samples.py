"""Sample of a cluster, from which the screens of its head can be drawn without a database."""

from datetime import UTC, date, datetime

from dialogs.status.samples import STATUS
from domain.duties.tallies import TallyPart
from usecases.clusters.calls import ClusterCallsView, ClusterContact, UnitToCall
from usecases.clusters.duties import ClusterDutiesView, ClusterDutyRow, ClusterDutyView
from usecases.clusters.nudges import ClusterNudgeView
from usecases.duties.tallies import UnitLine
from usecases.people.office_contacts import ContactView

AT = datetime(2026, 5, 12, 10, 42, tzinfo=UTC)
ROW = ClusterDutyRow(tally=STATUS.tally, duty_id=1, title=STATUS.title, last_valid_day=date(2026, 5, 14), days_left=2)
DUTIES = ClusterDutiesView(1, "Cụm 1", units=6, rows=(ROW,), at=AT)
DUTY = ClusterDutyView(STATUS, own_missing=("Phường 1",), others_missing=2)
NUDGE = ClusterNudgeView(STATUS, reached=STATUS.missing[:1], nudged=STATUS.missing[1:2], unreached=STATUS.missing[2:])
UNIT = UnitToCall(
    UnitLine(5, "Phường 5", TallyPart.OWED),
    (ClusterContact("Cán bộ Phường 5", "Chuyên viên", "+84900000101"),),
    hidden=1,
    called_at=AT,
    called_by="Cụm trưởng Cụm 1",
    called_days_ago=0,
)
CALLS = ClusterCallsView(
    STATUS.title, (UNIT,), office="Sở Nội vụ", contacts=(ContactView(1, "Văn thư", "+842513842345", "7:30-11:30"),)
)
