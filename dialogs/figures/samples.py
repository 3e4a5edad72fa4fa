"""Sample of a table, from which its windows can be drawn without a database."""

from decimal import Decimal

from dialogs.shared.samples import DUTY
from domain.figures.readings import Why
from domain.submissions.submissions import State
from usecases.figures.views import AskedLine, ProposalView, ProposedLine
from usecases.submissions.drafts import DraftView

_NAMES = (
    "Thu ngân sách",
    "Tỷ lệ giải ngân vốn đầu tư công",
    "Thu nhập bình quân đầu người",
    "Số người tham gia bảo hiểm xã hội tự nguyện",
    "Số hộ nghèo giảm",
    "Số lao động được giới thiệu việc làm",
    "Số lao động được dạy nghề",
    "Số sáng kiến, mô hình cải cách hành chính",
    "Tỷ lệ hồ sơ đất đai giải quyết đúng hạn",
    "Số đảng viên mới kết nạp",
)


def _line(number: int, name: str) -> ProposedLine:
    return ProposedLine(
        number=number,
        indicator=f"chi-tieu-{number}",
        name=name,
        uom="%",
        value=Decimal("93.4"),
        quote=f"{name} 93,4",
        is_answered=number == 2,
        old=Decimal(60) if number == 2 else None,
        colleague=None,
        pledged=Decimal(95),
        achieved=Decimal("98.3"),
        is_within=None,
        previous=Decimal("60.2"),
        needs_reason=number == 1,
        is_new=True,
    )


SAMPLE = ProposalView(
    duty=DUTY,
    draft=DraftView(1, revision=15, state=State.DRAFT, changed_by=None, changed_at=None, receipt=None),
    lines=tuple(_line(number, name) for number, name in enumerate(_NAMES, start=1)),
    question=AskedLine(
        0, "bhyt", "Tỷ lệ bao phủ bảo hiểm y tế", "%", "BHYT khoảng 93", Why.APPROXIMATE, (Decimal(93),), ()
    ),
    questions=2,
    unread=("Đã tổ chức 3 buổi họp dân",),
    hidden=0,
    locked=(),
    open_names=("Tỷ lệ bao phủ bảo hiểm y tế",),
    explained=(("Số vụ phạm pháp hình sự", "Chưa có kết quả điều tra"),),
    indicators=tuple((f"chi-tieu-{number}", f"{number}. {name}") for number, name in enumerate(_NAMES, start=1)),
    previous_period="6 tháng 2025",
)
