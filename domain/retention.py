"""How long each kind of data is kept before a daily job deletes it.

Submissions, receipts and the audit trail are not listed: the agency's archive rules decide on them (LAW.md 8).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.calendar import ONE_DAY


class RetentionKind(StrEnum):
    MESSAGES = "MESSAGES"
    DIALOGS = "DIALOGS"
    INVITES = "INVITES"
    REMOVED_FILES = "REMOVED_FILES"
    DRAFT_FILES = "DRAFT_FILES"
    LOOSE_FILES = "LOOSE_FILES"
    EXTENSION_FILES = "EXTENSION_FILES"
    DRAFTS = "DRAFTS"
    PHONES = "PHONES"
    PEOPLE = "PEOPLE"
    CONSENTS = "CONSENTS"
    REQUESTS = "REQUESTS"
    ANNOUNCEMENTS = "ANNOUNCEMENTS"
    UPLOAD_LINKS = "UPLOAD_LINKS"


@dataclass(frozen=True, slots=True)
class RetentionPeriod:
    """A length of time; counted from the end of the year if `from_year_end`."""

    years: int = 0
    days: int = 0
    from_year_end: bool = False

    def __str__(self) -> str:
        length = f"{self.years} năm" if self.years else f"{self.days} ngày"
        return f"{length} sau hết năm" if self.from_year_end else length


@dataclass(frozen=True, slots=True)
class RetentionRule:
    kind: RetentionKind
    name: str
    keep: RetentionPeriod
    since: str
    """Event from which the period is counted, in Vietnamese."""
    then: str
    """Treatment of the data afterwards, in Vietnamese."""


RULES = (
    RetentionRule(RetentionKind.MESSAGES, "Tin bot đã gửi", RetentionPeriod(days=400), "ngày gửi", "xóa"),
    RetentionRule(RetentionKind.DIALOGS, "Màn hình đang mở dở", RetentionPeriod(days=180), "lần dùng cuối", "xóa"),
    RetentionRule(RetentionKind.INVITES, "Lời mời", RetentionPeriod(years=1), "ngày hết hạn", "xóa"),
    RetentionRule(
        RetentionKind.REMOVED_FILES,
        "Tệp đã thay hoặc đã xóa",
        RetentionPeriod(days=90),
        "ngày thay, xóa",
        "hủy tệp, giữ tên và mã",
    ),
    RetentionRule(
        RetentionKind.DRAFT_FILES,
        "Tệp của hồ sơ bỏ dở, rút lại hoặc bị trả",
        RetentionPeriod(years=1, from_year_end=True),
        "lần sửa cuối",
        "hủy tệp, giữ tên và mã",
    ),
    RetentionRule(
        RetentionKind.LOOSE_FILES,
        "Tệp của đơn xin gia hạn, thông báo chưa gửi",
        RetentionPeriod(days=30),
        "ngày gửi tệp",
        "hủy tệp",
    ),
    RetentionRule(
        RetentionKind.EXTENSION_FILES,
        "Tệp kèm đơn xin gia hạn",
        RetentionPeriod(years=1, from_year_end=True),
        "ngày trả lời, hoặc ngày gửi nếu không ai trả lời",
        "hủy tệp, giữ tên",
    ),
    RetentionRule(
        RetentionKind.DRAFTS,
        "Số liệu nháp chưa nộp",
        RetentionPeriod(years=2, from_year_end=True),
        "lần sửa cuối",
        "xóa",
    ),
    RetentionRule(
        RetentionKind.PHONES, "Số điện thoại người thôi nhiệm vụ", RetentionPeriod(days=90), "ngày thôi", "xóa"
    ),
    RetentionRule(
        RetentionKind.PEOPLE,
        "Họ tên, chức vụ, tài khoản chat người thôi nhiệm vụ",
        RetentionPeriod(years=5, from_year_end=True),
        "ngày thôi",
        "xóa, ghi «Cán bộ đã xóa»",
    ),
    RetentionRule(
        RetentionKind.CONSENTS, "Đồng ý đã rút lại", RetentionPeriod(years=5, from_year_end=True), "ngày rút", "xóa"
    ),
    RetentionRule(
        RetentionKind.REQUESTS,
        "Yêu cầu về dữ liệu đã trả lời",
        RetentionPeriod(years=5, from_year_end=True),
        "ngày trả lời",
        "xóa",
    ),
    RetentionRule(
        RetentionKind.ANNOUNCEMENTS,
        "Thông báo đã gửi, tệp kèm, ai đã đọc",
        RetentionPeriod(years=2),
        "ngày gửi",
        "xóa, hủy tệp",
    ),
    RetentionRule(RetentionKind.UPLOAD_LINKS, "Đường dẫn tải tệp lớn", RetentionPeriod(days=30), "ngày hết hạn", "xóa"),
)
"""One rule for each kind; people agree to five years after their year of service when they join."""


def rule_of(kind: RetentionKind) -> RetentionRule:
    return next(rule for rule in RULES if rule.kind is kind)


def last_day(begun: date, keep: RetentionPeriod) -> date:
    """Return the last day on which the data is still kept; a year from 29 February ends on the 28th (BLDS Đ.148)."""
    if keep.from_year_end:
        begun = date(begun.year, 12, 31)
    year = begun.year + keep.years
    return date(year, begun.month, min(begun.day, monthrange(year, begun.month)[1])) + timedelta(days=keep.days)


def cutoff(today: date, keep: RetentionPeriod) -> date:
    """Return the latest start day whose period has ended: data from that day or before may be deleted."""
    if keep.from_year_end:
        return date(today.year - keep.years - 1, 12, 31)
    day = last_day(today - timedelta(days=keep.days + 1), RetentionPeriod(years=-keep.years))
    # Periods that begin on 28 and on 29 February may end on the same day: then the later start is the cutoff.
    return day + ONE_DAY if last_day(day + ONE_DAY, keep) < today else day
