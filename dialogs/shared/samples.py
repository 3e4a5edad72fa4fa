"""One sample of each view, from which every window can be drawn without a database."""

from datetime import date

from domain.dossiers.paper_checks import Finding, FindingKind
from domain.duties.duties import Standing
from domain.plans.deadlines import DutyKind
from domain.plans.plans import SubjectKind
from domain.submissions.submissions import State
from usecases.dossiers.checklist import DossierView, RequirementView
from usecases.duties.views import DutyView
from usecases.submissions.drafts import DraftView

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

DOSSIER_DUTY = DutyView(
    id=4,
    kind=DutyKind.DOSSIER,
    title="Hồ sơ khen thưởng 2026",
    unit_id=5,
    unit_name="Phường 5",
    last_valid_day=date(2026, 12, 19),
    days_left=9,
    standing=Standing.DRAFTED,
    on_time=True,
)

DOSSIER = DossierView(
    duty=DOSSIER_DUTY,
    draft=DraftView(4, revision=2, state=State.DRAFT, changed_by=None, changed_at=None, receipt=None),
    award="Bằng khen Chủ tịch UBND tỉnh",
    subject=SubjectKind.COLLECTIVE,
    nominees=("Phường 5",),
    requirements=(
        RequirementView("to-trinh", "Tờ trình", 1, "TTr_PHUONG-5_2026.pdf", 40_000, 2),
        RequirementView(
            "bien-ban",
            "Biên bản họp Hội đồng",
            2,
            "Ảnh 12-5 10.42.jpg",
            900_000,
            None,
            findings=(Finding(FindingKind.BLURRED, (1,)),),
        ),
        RequirementView("bao-cao", "Báo cáo thành tích, có xác nhận", None, None, None, None),
        RequirementView("chung-minh", "Tài liệu chứng minh sáng kiến", None, None, None, None),
    ),
)
