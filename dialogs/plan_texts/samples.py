"""A sample draft that the previews of the windows show."""

from dataclasses import replace
from datetime import date

from domain.plan_texts.drafting.compiling import Basis, plan_of
from domain.plan_texts.drafting.drafts import DutyMark
from domain.plan_texts.drafting.proposing import draft_of
from domain.plan_texts.readings import FoundDeadline, NotDeadline, PlanHeader, PlanReading, WhyNot
from domain.plans.deadlines import Boundary, DutyKind
from domain.plans.periods import DayOfYear
from domain.plans.recurrence import Recurrence
from domain.units import UnitKind
from usecases.plan_texts.duties import ProposedDutyView
from usecases.plan_texts.loading import DayAhead
from usecases.plans.changes import IndicatorChanges
from usecases.plans.loading import LoadedPlan
from usecases.plans.shares import PlanShares

_REPORT = FoundDeadline(
    quote="Định kỳ báo cáo kết quả công tác thi đua, khen thưởng 6 tháng (trước ngày 15/5) và báo cáo năm (trước ngày "
    "15/11) về UBND thành phố (qua Phòng Nội vụ – Thường trực Hội đồng Thi đua – Khen thưởng thành phố).",
    wording="6 tháng (trước ngày 15/5)",
    line=144,
    kind=DutyKind.REPORT,
    what="báo cáo kết quả công tác thi đua, khen thưởng 6 tháng",
    who="các cơ quan, đơn vị, phường, xã",
    to="UBND thành phố (qua Phòng Nội vụ)",
    boundary=Boundary.EXCLUSIVE,
    recurrence=Recurrence.YEARLY,
    due=DayOfYear(5, 15),
    via="Phòng Nội vụ",
    applies_to=(UnitKind.DEPARTMENT, UnitKind.PUBLIC_SERVICE, UnitKind.COMMUNE),
)
_HEADER = PlanHeader(
    number="152/KH-UBND",
    issuer="UBND thành phố Mẫu",
    title="Công tác thi đua, khen thưởng năm 2026",
    issued=date(2026, 1, 29),
)
_SENTENCE = NotDeadline(
    "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định chi tiết thi hành một số điều "
    "của Luật Thi đua, khen thưởng;",
    WhyNot.DOCUMENT_DATE,
    7,
)
_READ = draft_of(
    PlanReading((_REPORT,) * 12, (_SENTENCE,) * 30, _HEADER),
    file="KH thi dua khen thuong 2026 (ban chinh thuc).docx",
    issuer="UBND thành phố Mẫu",
)

DRAFT = replace(
    _READ,
    duties=tuple(
        replace(duty, mark=mark)
        for duty, mark in zip(
            _READ.duties, (*[DutyMark.KEPT] * 8, *[DutyMark.DROPPED] * 2, *[DutyMark.OPEN] * 2), strict=True
        )
    ),
)
DUTY = ProposedDutyView(DRAFT.duties[10], place=11, count=12, next_day=date(2026, 5, 14), is_over=False, fault="")
SENTENCE = _SENTENCE
_PLAN = plan_of(DRAFT, Basis())
PREVIEW = {
    "loaded": LoadedPlan(
        plan=_PLAN,
        version=1,
        is_same=False,
        rules=(),
        indicators=IndicatorChanges((), ()),
        shares=PlanShares(owed=(), past=(), unasked=("Báo cáo của doanh nghiệp",) * 3, idle=("Xã Hoa Sen",), units=60),
    ),
    "plan": _PLAN,
    "days": tuple(DayAhead(date(2026, 5, 14), rule.title, rule.applies_to, times=4) for rule in _PLAN.deadlines),
    "undated": ("Báo cáo kết quả phong trào thi đua",) * 2,
    "over": ("Kế hoạch của đơn vị",),
    "most": 5,
    "is_new": True,
}
