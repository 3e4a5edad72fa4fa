"""What is to be handed in or done, and the kind of duty that it is."""

import re

from domain.plan_texts.grammar.folding import fold, one_of
from domain.plans.deadlines import DutyKind

_PLEDGE = one_of("""
    (?:bản |ký kết |ký |lễ ký kết |thực hiện ký kết )*giao ước
    (?:phiếu |nội dung |danh sách )?đăng ký (?:thi đua|danh hiệu|giao ước|các danh hiệu|nội dung thi đua|chỉ tiêu)
    bản đăng ký
""")
_DOSSIER = one_of(r"""
    hồ sơ(?! (?:đã|không|hợp lệ|đủ|này)\b), tờ trình, danh sách (?:đề nghị|trình)
    đề nghị (?:(?!trước|gửi|các|thủ trưởng)\w+ )*?(?:khen thưởng|tặng thưởng|xét tặng|khen)
    (?:trình|đề xuất|xét)(?: \w+)?(?: \w+)?(?: \w+)? (?:khen thưởng|khen cao|danh hiệu)
    khen thưởng(?= (?:đột xuất|chuyên đề|theo|năm học|công tác|hằng|quá trình|cống hiến|công trạng))
    khen thưởng(?= (?:huân chương|huy chương|đối ngoại|niên hạn))
""")
_REPORT = one_of("""
    (?:bản )?báo cáo(?! viên), số liệu, kết quả (?:thực hiện|chấm điểm|tự chấm|bình xét|đánh giá|suy tôn|xếp loại)
    bảng (?:tự )?(?:chấm )?điểm, phiếu
""")
_PLAN = (
    one_of("(?:xây dựng |lập |ban hành |và triển khai |và |gửi )*(?:chương trình )?(?<!so )(?<!chinh [-–] )kế hoạch")
    + r"(?! (?:nay|so|tren|cua cap|de ra|duoc giao|nam(?! 20)|va dau tu|da)\b)"
)
_TASK = one_of(r"""
    tổ chức(?! chinh| xa hoi| dang| doan), tiến hành, hội nghị, tổng kết, sơ kết, bình xét, suy tôn
    tập huấn
    họp (?:hội đồng|cụm|khối|phiên|xét|bình|mặt|dân|giao ban), gởi, kiểm tra, phát động, đăng ký, ký kết
    phong trào, sáng kiến, đề tài, chấm điểm
    hoàn thành, xây dựng, quyết định, công bố, thẩm định, rà soát, triển khai, gửi, tổng hợp
    (?<!chuong )(?<!cong )(?<!qua )trình, (?<!doc )(?<!thanh )(?<!cong )lập(?! thanh tich), thông báo, làm việc, xem xét
    (?<!xem )xét, trao tặng, tham dự, chi trả, nhận (?:tiền|bằng|giấy|thưởng)
    ban hành, hướng dẫn, lựa chọn, bình chọn, đánh giá, đợt thi đua, niêm yết, công khai, nộp, thực hiện
""")
_MATTERS = (
    (DutyKind.PLEDGE, re.compile(rf"\b{_PLEDGE}")),
    (DutyKind.DOSSIER, re.compile(rf"\b{_DOSSIER}")),
    (DutyKind.REPORT, re.compile(rf"\b{_REPORT}")),
    (DutyKind.PLAN, re.compile(rf"\b{_PLAN}")),
)
_AWARD = re.compile(
    "(?<!kinh phi )"
    + one_of("danh hiệu, huân chương, huy chương, bằng khen, giấy khen, cờ thi đua, kỷ niệm chương, khen thưởng")
    + r"\b.{0,200}?(?P<named>)\b(?:gui|goi|nop|trinh) (?!cac)"
)
_ANY_TASK = re.compile(rf"\b{_TASK}\b")
_POINT = r"^[-+\d.)a-z ]{0,6}?"
_GATHERING = re.compile(
    _POINT
    + "(?:"
    + one_of("tổ chức, tiến hành, tham dự, dự, chuẩn bị, họp")
    + r"\b(?! ky ket)|"
    + one_of("hội nghị, tổng kết, sơ kết, bình xét, tập huấn, kiểm tra")
    + r"\b)"
)
_NOT_ITS_OWN = re.compile(
    r"\b"
    + one_of("""
        căn cứ, theo, triển khai, kèm theo, nội dung, tại, của, dựa trên, đánh giá, quán triệt, để, làm cơ sở
        thực hiện(?= ke hoach| cac ke| ho so), thẩm định, xử lý, giải quyết, tiếp nhận, kiểm tra
        công bố, thông báo
    """)
    + " (?:cac )?$"
)
_RECEIVER = one_of("ủy ban, ubnd, phòng, sở, ban, hội đồng, văn phòng, cơ quan, cụm, thường trực, bộ")
_STOP = re.compile(
    rf"(?<! cong)(?<!chuong)(?<! qua)(?<! to)(?<! lo) (?:gui|goi|nop|trinh|thong qua|cham nhat|muon nhat"
    rf"|ve (?={_RECEIVER} )|(?<!ket )(?<!hieu )qua (?={_RECEIVER} |he thong|phan mem)"
    rf"|truoc(?= ngay| ?\d)|(?:den|cho) (?={_RECEIVER} )|de (?=tong hop|tham dinh|xem|trinh|theo doi))\b"
    r"|[;:\t]| ?\((?=truoc|cham|qua|thoi|han|den|trong|muon)|\. "
)
_DANGLING = re.compile(r"(?:[ ,]+(?:và|trong|hoàn thành|xong|vào|là|để|chậm|gửi|nộp|đến|trước|hoặc))+$")
LONGEST = 160
"""Letters of a task that are kept."""


def matter_of(text: str) -> tuple[DutyKind, str] | None:
    """Return the kind and the words of what a piece of a sentence asks for, or None if it asks for nothing."""
    folded = fold(text)
    task = _ANY_TASK.search(folded)
    if task is not None and _GATHERING.search(folded):
        return DutyKind.TASK, _phrase(text, folded, task.start())
    if (award := _AWARD.search(folded)) is not None and not any(one.search(folded) for _, one in _MATTERS):
        return DutyKind.DOSSIER, shortened(text[award.start() : award.end("named")])
    found = [(match.start(), kind) for kind, pattern in _MATTERS if (match := _first(pattern, folded)) is not None]
    if found:
        start, kind = min(found)
        return kind, _phrase(text, folded, start)
    return (DutyKind.TASK, _phrase(text, folded, task.start())) if task else None


def _first(pattern: re.Pattern[str], folded: str) -> re.Match[str] | None:
    """Return the first match that is no part of another thing: «căn cứ kế hoạch», «theo hồ sơ»."""
    matches = pattern.finditer(folded)
    return next(
        (one for one in matches if not _NOT_ITS_OWN.search(folded, max(0, one.start() - 30), one.start())), None
    )


def _phrase(text: str, folded: str, start: int) -> str:
    stop = _STOP.search(folded, start + 2)
    end = stop.start() if stop else len(text)
    return shortened(text[start:end])


def shortened(text: str) -> str:
    """Return the words of a task without what dangles at their end, at most `LONGEST` letters."""
    words = _DANGLING.sub("", text.strip(" ,;:.-()\t"))
    if len(words) > LONGEST:
        words = words[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
    return words
