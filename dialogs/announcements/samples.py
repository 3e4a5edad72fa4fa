"""Views from which the windows of announcements are drawn in previews."""

from datetime import datetime

from domain.announcements import Reception, UnreadRow, first_line
from domain.calendar import VIETNAM
from usecases.announcements.drafts import AnnouncementPreview
from usecases.announcements.reading import IncomingAnnouncement
from usecases.announcements.sent import AnnouncementReport

AT = datetime(2026, 5, 12, 10, 42, tzinfo=VIETNAM)
TEXT = "Họp giao ban thi đua 8 giờ thứ Hai, 18/5, tại Hội trường A.\nĐơn vị chuẩn bị số liệu 6 tháng."
FILES = ("Giay-moi_hop-giao-ban.pdf",)

PREVIEW = AnnouncementPreview(
    sender="UBND tỉnh Mẫu",
    text=TEXT,
    file_names=FILES,
    audience="Cụm 1",
    people=43,
    reached=40,
    unreached=("Phường 5", "Phường 6"),
    goes_at=None,
)
INCOMING = IncomingAnnouncement(
    id=1, sender="UBND tỉnh Mẫu", text=TEXT, at=AT, is_reminder=False, file_names=FILES, documents=()
)
REPORT = AnnouncementReport(
    id=1,
    title=first_line(TEXT),
    file_names=FILES,
    audience="Cụm 1",
    by="Cán bộ Sở Nội vụ",
    at=AT,
    reception=Reception(people=43, read=31, lost=1, waiting=0, needless=0),
    reached=40,
    unreached=("Phường 5", "Phường 6"),
    reminded_at=None,
    is_queued=True,
    may_remind=True,
)
UNREAD = (
    UnreadRow("Phường 1", "Cán bộ Phường 1", is_lost=False),
    UnreadRow("Phường 2", "Cán bộ Phường 2", is_lost=True),
)
