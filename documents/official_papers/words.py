"""Words and figures as official papers write them."""

from collections.abc import Sequence
from decimal import Decimal

from domain.duties.tallies import TallyPart
from domain.plans.plans import SubjectKind
from domain.typed_input.figures import write_figure

SUBJECTS = {
    SubjectKind.COLLECTIVE: "Tập thể",
    SubjectKind.INDIVIDUAL: "Cá nhân",
    SubjectKind.HOUSEHOLD: "Hộ gia đình",
    SubjectKind.HEAD: "Người đứng đầu",
    SubjectKind.ENTERPRISE: "Doanh nghiệp",
}
STANDINGS = {
    TallyPart.MENDING: "Đang sửa theo yêu cầu",
    TallyPart.PAPER_CLAIMED: "Báo đã nộp bản giấy, chờ xác nhận",
    TallyPart.SPARED: "Được gia hạn",
    TallyPart.OVERDUE: "Chưa nộp, quá hạn",
    TallyPart.OWED: "Chưa nộp",
    TallyPart.LATE: "Nộp muộn",
    TallyPart.IN_EXTENSION: "Nộp trong hạn gia hạn",
}


def ended(lines: Sequence[str]) -> list[str]:
    """Return the lines each with «;» at its end, the last with «.»."""
    return [*(f"{line};" for line in lines[:-1]), *(f"{line}." for line in lines[-1:])]


def figure(value: Decimal | None) -> str:
    return "" if value is None else write_figure(value)


def signed(value: Decimal | None) -> str:
    return "" if value is None else f"+{write_figure(value)}" if value > 0 else write_figure(value)
