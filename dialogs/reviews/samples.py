"""Samples of reviewers' views, from which their windows are drawn without a database."""

from datetime import datetime
from decimal import Decimal

from dialogs.shared.samples import DUTY
from domain.calendar import VIETNAM
from domain.plans.deadlines import DutyKind
from domain.submissions.outliers import Outlier, Yardstick
from domain.submissions.submissions import State
from usecases.reviews.queue import QueueRow
from usecases.reviews.returns import QuestionView, ReturnView
from usecases.reviews.sheet import CorrectedLineView, CorrectionView, ReviewSheetView, SheetLine
from usecases.submissions.first_reviewers import FirstReviewer
from usecases.submissions.returned_items import ReturnedView

AT = datetime(2026, 5, 12, 10, 42, tzinfo=VIETNAM)

ROW = QueueRow(
    submission_id=1,
    revision=15,
    kind=DutyKind.REPORT,
    task="mau-2026:bao-cao-6-thang:2026:0",
    title="Báo cáo 6 tháng 2026",
    unit_name="Phường 5",
    cluster_id=1,
    cluster_name="Cụm 1",
    at=AT,
    days=3,
    is_again=True,
    is_correction=False,
    waits_for=None,
)


def _line(number: int) -> SheetLine:
    return SheetLine(
        key=f"thu-{number}",
        name="Thu ngân sách",
        shown="125 tỷ đồng",
        note="Có khoản thu một lần" if number == 1 else None,
        pledged=Decimal(15),
        previous=Decimal("12.5"),
        median=Decimal(14),
        outliers=(Outlier(Yardstick.PREVIOUS, Decimal(900)),) if number == 1 else (),
        is_paper=number == 1,
    )


SHEET = ReviewSheetView(
    submission_id=1,
    revision=15,
    state=State.SUBMITTED,
    duty=DUTY,
    award=None,
    nominees=(),
    declares_nothing=False,
    receipt="BC26-7K3Q",
    at=AT,
    late_reason=None,
    on_time=True,
    lines=tuple(_line(number) for number in range(1, 16)),
    previous_period="6 tháng 2025",
    changes=(CorrectedLineView("Thu ngân sách", "Có lẽ nhầm đơn vị tính", "125 tỷ đồng", "12,5 tỷ đồng"),),
    correction=CorrectionView(("Thu ngân sách",), "Kho bạc vừa đối chiếu lại số thu", "Cán bộ Phường 5"),
    first=FirstReviewer(1, "Phường 1"),
    kept=(),
    may_accept=True,
    may_check=False,
    may_return=True,
    may_decide=True,
)

BACK = ReturnView(
    id=1,
    submission_id=1,
    duty=DUTY,
    items=(ReturnedView("thu-1", "Thu ngân sách", "125 tỷ đồng", "Có lẽ nhầm đơn vị tính", is_corrected=False),),
    others=14,
    is_paper=False,
    correct_by=AT.date(),
    is_open=True,
)

QUESTION = QuestionView(
    id=1,
    back=BACK,
    text="Số 125 là đúng, có quyết định kèm theo",
    by="Cán bộ Phường 5",
    answer=None,
    answered_by=None,
)
