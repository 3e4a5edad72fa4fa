"""Words of reports beside the names: cues that say what a number is, and words that say nothing about it."""

from enum import StrEnum, auto


class Cue(StrEnum):
    """What a word says of the numbers after it."""

    PLAN = auto()
    """«kế hoạch», «dự toán»: the number is what was asked, not what was reached."""
    TARGET = auto()
    """«chỉ tiêu»: a plan's number, unless a name follows («chỉ tiêu thu ngân sách: 12,5»)."""
    DONE = auto()
    """«thực hiện»: the number is what was reached."""
    BEFORE = auto()
    """«cùng kỳ», «năm trước»: the number is of another period."""
    NOW = auto()
    """«đến nay», «kỳ này»."""
    CHANGE = auto()
    """«tăng», «giảm», «vượt»: the number is a difference."""
    LEVEL = auto()
    """«lên», «xuống còn»: after a change, the number it led to."""
    LEFT = auto()
    """«còn»: what is left."""
    FROM = auto()
    ABOUT = auto()
    """«khoảng», «ước»: the number is not exact."""
    PART = auto()
    """«trong đó»: the numbers that follow are parts of the one before."""
    NOT = auto()
    SINCE = auto()
    """«so với»: what follows is compared with, not counted."""
    UPWARDS = auto()
    """«trở lên», after a number."""


CUE_PHRASES: dict[Cue, str] = {
    Cue.PLAN: """
        tỉnh giao, thành phố giao, tp giao, huyện giao, quận giao, kế hoạch tỉnh giao, kế hoạch thành phố giao, chỉ
        tiêu tỉnh giao, chỉ tiêu thành phố giao, dự toán tỉnh giao, dự toán thành phố giao, chỉ tiêu tỉnh, chỉ tiêu
        thành phố, kế hoạch tỉnh, kế hoạch thành phố, thời gian tới, trong thời gian tới, phương hướng, nhiệm vụ trọng
        tâm, sắp tới, kế hoạch năm, chỉ tiêu năm, kế hoạch, kh, dự toán, dt, giao ước, đăng ký, phấn đấu, mục tiêu,
        chỉ tiêu giao, nghị quyết, nq, giao, được giao, cam kết, chỉ tiêu kế hoạch, kế hoạch giao, theo kế hoạch, đề
        ra, phải đạt, yêu cầu, tối thiểu, ít nhất, chỉ tiêu nghị quyết, định mức
    """,
    Cue.TARGET: "chỉ tiêu, ct",
    Cue.DONE: "thực hiện, th, đã thực hiện, kết quả, kết quả thực hiện, thực hiện được, thực tế, kq",
    Cue.BEFORE: """
        cùng kỳ, kỳ trước, năm trước, năm ngoái, năm rồi, tháng trước, quý trước, cùng kỳ năm trước, cùng kỳ năm
        ngoái, kỳ báo cáo trước, lần trước, đầu năm, cuối năm trước, đầu kỳ, cùng thời điểm, cùng thời điểm năm trước,
        đợt trước, ck, năm liền trước, trước đây, trước đó
    """,
    Cue.NOW: """
        đến nay, hiện nay, kỳ này, năm nay, hiện tại, hiện có, đến thời điểm này, kỳ báo cáo, trong kỳ, lũy kế, luỹ
        kế, từ đầu năm đến nay, từ đầu năm, đợt này, lần này, tính đến nay, đến thời điểm báo cáo, kỳ báo cáo này
    """,
    Cue.CHANGE: """
        tăng, giảm, vượt, hụt, cao hơn, thấp hơn, nhiều hơn, ít hơn, tăng thêm, giảm bớt, giảm được, tăng được, tăng
        trưởng, chênh lệch, bớt, kém, hơn cùng kỳ, nâng, nâng cao, kéo giảm, thiếu, thừa, lệch
    """,
    Cue.LEVEL: "lên, lên đến, lên tới, xuống, xuống còn, lên thành",
    Cue.LEFT: "còn, còn lại, chỉ còn, hiện còn, vẫn còn, tồn",
    Cue.FROM: "từ",
    Cue.ABOUT: """
        khoảng, gần, hơn, trên, dưới, xấp xỉ, ước, ước đạt, ước thực hiện, ước tính, tầm, chừng, xấp xỉ đạt, dự kiến,
        gần đạt, tạm tính, ước khoảng, ngót, tối đa, không quá, không dưới, trung bình khoảng, độ khoảng, cỡ
    """,
    Cue.PART: "trong đó, gồm, bao gồm, riêng, chia ra, gồm có, thu hút",
    Cue.NOT: """
        không, chưa, chưa có, không có, chưa đạt, không đạt, không phát sinh, chưa phát sinh, không xảy ra, không để
        xảy ra, ko, ko có
    """,
    Cue.SINCE: "so với, bằng so với, tương đương với, so cùng kỳ, theo chỉ tiêu, trên tổng số",
    Cue.UPWARDS: "trở lên, trở xuống, đổ lại",
}
FILLER_PHRASES = """
    giao dịch, giao lưu, rà soát, cuối kỳ, chúng tôi, chúng em, đơn vị tôi, đơn vị mình, sau đây, những tháng đầu năm,
    các tháng đầu năm, trong những tháng đầu năm, đc, tiến độ, chỉ đạt, mới đạt, chào, được quan tâm, tình hình, được
    công nhận, các chỉ tiêu, các chỉ tiêu thi đua, chỉ tiêu thi đua, các chỉ tiêu chủ yếu, chào mừng, kỷ niệm, kết quả
    thực hiện các chỉ tiêu, kết quả thực hiện các chỉ tiêu thi đua, thi đua, đạt, đạt được, đã đạt, là, được, đã, có,
    của, các, những, trong, ở, tại, đến, tính, tính đến, tính từ, này, số, số liệu, tổng, tổng số, tổng cộng, số
    lượng, tỷ lệ, tỉ lệ, tl, mức, giá trị, chỉ số, chỉ số về, bằng, công tác, về, việc, cộng dồn, toàn phường, toàn
    xã, toàn đơn vị, toàn trường, toàn ấp, toàn quận, toàn khu, đơn vị, đơn vị em, phường, xã, địa phương, phường em,
    bên em, xã em, trường em, trên địa bàn, địa bàn, trên địa bàn phường, trên địa bàn xã, nhà nước, nn, với, và, thì,
    mà, cũng, tiếp tục, ghi nhận, báo cáo, bc, cụ thể, như sau, em, ạ, thưa, anh chị, gửi, xin gửi, xin báo cáo, kính
    gửi, xin, nhé, nha, ok, vâng, rồi, đây, hoàn thành, tổ chức, tổ chức được, xảy ra, xử lý, thuộc, cho, nội dung,
    lĩnh vực, phần, bổ sung, cập nhật, chính thức, thời gian qua, thời điểm, trong năm, năm, đầu năm, cuối năm, ủy ban
    nhân dân, hội đồng nhân dân, uy ban nhan dan, hoi dong nhan dan, pháp lệnh, cấp trên, về đích, cả, toàn, hiện,
    đang, vừa, thông qua, qua, tăng cường, duy trì, giữ vững, tương ứng, kinh tế, xã hội, kinh tế xã hội, an sinh, an
    sinh xã hội, văn hóa xã hội, xây dựng đảng, phát triển đảng, quốc phòng an ninh, an ninh, an ninh trật tự, trật tự
    an toàn xã hội, lĩnh vực kinh tế, phát sinh, chi tiết, đvt, đơn vị tính, stt, tt, sl, gửi anh, gửi chị, em gửi, em
    xin gửi, em báo cáo, gửi báo cáo, tổng kết, sơ kết, quận, mới, thêm, lần, đợt, như, dạ, nhe, chính xác, vận động,
    vận động được, xây dựng, xây dựng được, thực hiện được, phối hợp, cán bộ, chuyên môn, kt, xh, qp, an, kt xh, kịp
    thời, kỳ, dự án, nguồn vốn, hồ sơ, trường hợp, tính chung, nhìn chung, tính trong, triển khai, ban hành, chủ động,
    lượt, trong tổng số, vốn, sáu tháng, nhân dân, người dân, theo quy định, theo báo cáo, theo thống kê
"""


def _phrases(listed: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in listed.split(",")]


CUES = {phrase: cue for cue, listed in CUE_PHRASES.items() for phrase in _phrases(listed)}
FILLERS = tuple(_phrases(FILLER_PHRASES))

COUNTED = {
    "nguoi": "nguoi, lao dong, em, chau, hoc sinh, dang vien, doan vien, hoi vien, dong chi, ca nhan, quan chung, "
    "truong hop, ng",
    "ho": "ho, ho dan, gia dinh, ho gia dinh, truong hop",
    "vu": "vu, vu viec, truong hop",
    "luot": "luot, lan, truong hop, luot nguoi, vu, vu viec, nguoi, can bo",
    "mo hinh": "mo hinh, sang kien, giai phap, cach lam",
    "hoat dong": "hoat dong, cuoc, buoi, chuong trinh, su kien, hoi thi",
    "cong trinh": "cong trinh, du an, chuong trinh",
    "diem": "diem",
    "van de": "van de, noi dung, su viec, viec",
    "chi tieu": "chi tieu",
}
"""{unit of measure: words that count the same things}, without accents."""
COUNTING_WORDS = frozenset(
    tuple(word.split()) for listed in COUNTED.values() for word in listed.split(", ")
) | frozenset({("ho", "so"), ("khu", "pho"), ("ap",), ("thon",), ("to",), ("don", "vi"), ("cai",), ("xe",), ("nha",)})


def counts_alike(noun: str, uom: str) -> bool:
    """Whether a word counts what the unit of measure counts: «lao động» and «người»."""
    alike = next((words for unit, words in COUNTED.items() if uom == unit or uom.startswith(f"{unit} ")), uom)
    return noun in alike.split(", ")
