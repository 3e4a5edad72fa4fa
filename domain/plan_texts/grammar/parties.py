"""Who must act and to whom they hand in, in the words of a sentence."""

import re
from dataclasses import dataclass

from domain.plan_texts.grammar.folding import fold, one_of

_ORG = (
    "(?:"
    + one_of("các, mọi, mỗi, từng, những, toàn thể, tất cả, riêng, lãnh đạo, thường trực")
    + " )*"
    + one_of(r"""
        cụm, khối, phòng, sở, ubnd, ủy ban, ubmttq, mttq, mặt trận, hội đồng, trường(?! hop), nhà trường, thủ trưởng
        chủ tịch, hiệu trưởng, giám đốc, thành viên, đơn vị, cơ quan, ban(?! hanh| giao| dang ky| sao| cam)
        văn phòng, công an
        đoàn, hội(?! nghi| thi), ngành, xã, phường(?! huong| an| phap| tien), thị trấn, huyện, quận, thành phố, tỉnh
        đặc khu
        doanh nghiệp, hợp tác xã, người đứng đầu, trưởng phòng, trung tâm, thôn, ấp, tổ dân phố, khu phố, khu dân cư
        chi cục, cục, bộ chỉ huy, địa phương, tổ chức (?=chinh tri|xa hoi|dang|doan|ca nhan), cá nhân, cán bộ, công chức
        tập thể, cấp ủy, bộ phận, tổ chuyên môn
    """)
    + r"\b"
)
_VERB = (
    one_of("""
        gửi, gởi, nộp, báo cáo, xây dựng, (?<!chuong )(?<!cong )(?<!qua )trình, đăng ký, hoàn thành, thực hiện, ban hành
        ký kết, tổ chức(?! chinh| xa hoi| doan| dang| hoi), (?<!doc )(?<!thanh )(?<!cong )lập, ký giao ước, tổng hợp
        xem xét, có trách nhiệm, có nhiệm vụ, chủ động, căn cứ, tiến hành, rà soát, đề xuất, đề nghị, bình xét
        chủ trì, phối hợp
        tham mưu, triển khai, đánh giá, chấm điểm, xét, thẩm định, tổng kết, sơ kết, phải, định kỳ, kịp thời, phân công
        hướng dẫn, lựa chọn, giới thiệu, suy tôn, công bố, làm việc, cập nhật, thông báo, phát động
        hoàn thiện, quyết định, kiểm tra, tự chấm, phê duyệt, niêm yết, công khai, (?<!ban )chỉ đạo, quán triệt
        thống nhất, tự đánh giá, tự kiểm tra, đôn đốc, theo dõi, góp ý, duyệt, tiếp tục, tiếp nhận, tham gia
        có(?= van ban| y kien| bao cao)
    """)
    + r"\b"
)
_START = r"^[-+*•o, ]*(?:[ivx]+[.)]|\d+(?:\.\d+)*[.)/]?|[a-z]{1,2}[).])? *"
_LEADING = (
    "(?:"
    + one_of("""
        đề nghị, yêu cầu, giao, giao cho, phân công, đối với, riêng(?: đối với)?, đồng thời, đồng chí, theo đó
        định kỳ(?: (?:hằng|mỗi) (?:năm|quý|tháng))?, (?:hằng|mỗi) (?:năm|quý|tháng), trên cơ sở đó
    """)
    + ",? )*"
)
_GROUNDS = "(?:" + one_of("trên cơ sở, căn cứ, thực hiện, theo, để(?! nghi)") + r" [^,.;:]{0,90}, )?"
_ASKING = r"(?:ubnd|uy ban nhan dan|hoi dong)(?:[ ,-]{1,3}\w+){1,12}? de nghi (?=(?:cac|cum|thu truong|moi|tung)\b)"
_SUBJECT = re.compile(
    rf"{_START}{_GROUNDS}(?:{_ASKING})?{_LEADING}"
    rf"(?P<who>{_ORG}[^.;:]{{0,220}}?)(?=,? (?:de nghi )?{_VERB}|:|$| truoc ngay| cham nhat)"
)
_BEGINS = re.compile(rf"{_START}{_LEADING}{_ORG}")
_FOR = re.compile(
    r"^[ ,]*\(?(?:ap dung )?(?:(?:doi voi|danh cho|cho) (?P<for>[^().;:]{3,120})"
    r"|(?P<bare>(?:cac )?(?:cum|khoi|truong|phuong|xa|nganh|don vi)\b[^().;:]{0,100}))\)"
)
_FOR_OPEN = re.compile(r"^,? (?:doi voi|danh cho) (?P<for>[^().;:,]{3,100})")
_SAYING = "(?:" + one_of("là, gửi, nộp, hoàn thành, thực hiện, gửi về") + " )*$"
_ACTS = re.compile(rf"\b{_VERB}")
_GROUP = re.compile(
    rf"^[-+,;: ]*(?:va |con |rieng |dong thoi )*(?:doi voi |tai )?(?P<who>{_ORG}[^.;:()]{{0,110}}?)[,: ]*{_SAYING}"
)
_LAST_GROUP = re.compile(rf"(?:doi voi|rieng|danh cho)(?: doi voi)? (?P<who>{_ORG}[^.;:()]{{0,110}}?)[,: ]*{_SAYING}")
_BODY = (
    one_of("""
        ủy ban, ubnd, ub, hội đồng, phòng, sở(?! ket), ban(?! dang ky| giao| cam ket| tu| sao| in| ke khai)
        văn phòng, thường trực, cơ quan thường trực, cụm trưởng, khối trưởng, bộ, vụ, trưởng cụm, liên đoàn, tỉnh
        thành phố, quận, huyện, xã, phường, trung tâm, tổ thư ký, cấp
        đơn vị, cơ quan, mặt trận, ubmttq, chủ tịch, đoàn, hội
    """)
    + r"\b"
)
_NEXT = one_of("""
    để, trước, chậm nhất, muộn nhất, trong, đúng, đảm bảo, bảo đảm, gồm, gửi, theo, kèm, nhằm, từ ngày, vào, hằng
    qua, thông qua, tổng hợp, xem xét, đến hết, đến ngày, không quá, thẩm định, từ đầu, quyết định, làm cơ sở, cùng
    sau, kể từ, họp, xét
    và (?:gửi|nộp|báo cáo|đăng)
""")
_STOP = rf"(?= {_NEXT}\b|[,.;:()\t]|$)"
_ABOUT = re.compile(rf"\b(?:ve|gui|nop|den|toi|voi|tai) (?P<to>{_BODY}[^,.;:()\t]{{0,140}}?){_STOP}")
_GIVEN = re.compile(rf"\b(?:trinh|cho|bao cao)(?: cho| den| len| lai)* (?P<to>{_BODY}[^,.;:()\t]{{0,140}}?){_STOP}")
_VIA_STOP = one_of("để, tổng hợp, trước, chậm nhất, trong, đảm bảo, thẩm định, trình")
_VIA = re.compile(
    # «kết quả phong trào» names no body.
    rf"\b(?:thong qua|(?<!ket )(?<!hieu )qua) (?P<via>{_BODY}[^,;:()\t]{{0,110}}?)(?= {_VIA_STOP}\b|[,.;:()\t]|$)"
)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where something is handed in, as the text says."""

    to: str = ""
    """Empty if the text does not say."""
    via: str | None = None


NO_RECEIVER = Receiver()


def subject_of(text: str) -> str:
    """Return the units that the beginning of a sentence or a heading names, or nothing."""
    return _words(text, _SUBJECT.search(fold(text)), "who")


def names_subject(text: str) -> bool:
    """Whether the text begins with units, whatever they do."""
    return _BEGINS.match(fold(text)) is not None


def group_before(text: str) -> str:
    """Return the units that stand alone before a day: «các phường» of «…, các phường trước ngày 15/11»."""
    folded = fold(text)
    who = _words(text, _GROUP.search(folded) or _LAST_GROUP.search(folded), "who")
    return "" if _ACTS.search(fold(who)) else who


def group_after(text: str) -> str:
    """Return the units for which a day holds, said after it: «(đối với Cụm các đơn vị hành chính)»."""
    folded = fold(text)
    found = _FOR.search(folded) or _FOR_OPEN.search(folded)
    who = _words(text, found, "for") or (_words(text, found, "bare") if found and found.re is _FOR else "")
    return who if names_subject(who) else ""


def receiver_of(text: str) -> Receiver:
    """Return the body that receives, with the one through which it does: «UBND thành phố», «Phòng Nội vụ»."""
    folded = fold(text)
    via = _words(text, _VIA.search(folded), "via") or None
    return Receiver(_words(text, _ABOUT.search(folded) or _GIVEN.search(folded), "to"), via)


def _words(text: str, found: re.Match[str] | None, group: str) -> str:
    if found is None or found[group] is None:
        return ""
    return text[found.start(group) : found.end(group)].strip(" ,;:.-").removesuffix(" và")
