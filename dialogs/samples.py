"""One sample of each view, from which every window can be drawn without a database."""

from datetime import date

from domain.deadlines import DutyKind
from domain.duties import Standing
from usecases.duties import DutyView

DUTY = DutyView(
    id=1,
    kind=DutyKind.REPORT,
    title="Báo cáo 6 tháng 2026",
    unit_id=5,
    unit_name="Phường 5",
    last_valid_day=date(2026, 5, 14),
    days_left=9,
    standing=Standing.DRAFTED,
    on_time=True,
    filled=9,
    total=15,
)

PLEDGE_DUTY = DutyView(
    id=2,
    kind=DutyKind.PLEDGE,
    title="Giao ước thi đua 2026",
    unit_id=5,
    unit_name="Phường 5",
    last_valid_day=date(2026, 3, 29),
    days_left=-37,
    standing=Standing.OWED,
    on_time=True,
    filled=0,
    total=15,
)

DONE_DUTY = DutyView(
    id=3,
    kind=DutyKind.PLAN,
    title="Kế hoạch công tác 2026",
    unit_id=5,
    unit_name="Phường 5",
    last_valid_day=date(2026, 1, 31),
    days_left=-94,
    standing=Standing.HANDED_IN,
    on_time=True,
)
