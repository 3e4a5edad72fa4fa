"""Times that are no deadlines: dates of documents, anniversaries, terms of office, validity, days of figures."""

import re
from collections.abc import Callable

from domain.plan_texts.grammar.boundaries import Lead
from domain.plan_texts.grammar.folding import one_of
from domain.plan_texts.grammar.said import Core, TimeSaid
from domain.plan_texts.readings import WhyNot

_PAPERS = one_of("""
    luật, nghị định, thông tư, quyết định, chỉ thị, nghị quyết, kết luận, kế hoạch, hướng dẫn, công văn, văn bản
    tờ trình, thông báo, quy định, quy chế, báo cáo, công điện, điều lệ, pháp lệnh, chương trình, đề án, biên bản
    giấy mời, phương án, sắc lệnh, hiến pháp, thông tri
""")
_ISSUING = one_of("ký, thông qua, ban hành, phê duyệt, sửa đổi")
_OF_DOCUMENT = re.compile(
    rf"(?:\bso:? ?[\w./-]{{0,40}}|/[a-z]{{2,}}[\w-]*(?: [^,.;()]{{0,60}})?|\b{_PAPERS}\b[^.;]{{0,90}}?|\b{_ISSUING})"
    r" ?,? ?(?:ngay )?$"
)
_FEAST = one_of("""
    kỷ niệm, chào mừng, quốc khánh, năm ngày, giải phóng miền nam, nhân dịp, dịp, lễ hội, ngày lễ, ngày quốc tế
    sinh nhật, chiến thắng, tết, ngày thành lập, năm thành lập, ngày sinh, ngày giải phóng, ngày truyền thống
    ngày toàn quốc, ngày thương binh, ngày hội, ngày gia đình, ngày nhà giáo, ngày chủ tịch
""")
_ANNIVERSARY = re.compile(rf"\b{_FEAST}\b[^.;]{{0,110}}$")
_YEARS_AGO = re.compile(r"(?:19|20)\d\d ?-? ?\(?[ \d/.-]*$")
_TERM = re.compile(r"\bnhiem ky[^.;]{0,20}$")
_HANDED_IN = one_of("gửi, gởi, nộp, báo cáo, hoàn thành, xong, trình, về")
_OTHER_WORD = rf"(?: (?!{_HANDED_IN}\b)[\w-]+)"
_VALIDITY = one_of("hiệu lực, áp dụng, thi hành, hết hạn, giá trị, bãi bỏ, thay thế, được giữ, ổn định")
_VALID = re.compile(rf"\b{_VALIDITY}{_OTHER_WORD}{{0,5}},? ?\(?$")
_VALID_AFTER = re.compile(r"[^.;,]{0,50}\b(?:co hieu luc|het hieu luc|duoc sap xep|duoc thanh lap)")
_COUNTED = one_of("""
    tính, chốt (?:số liệu|danh sách|kỳ), mốc thời gian, thời điểm lấy, thời gian lấy, thời gian tính, kỳ báo cáo
    kỳ tính, niên độ, thời điểm tính, lấy số liệu, thời kỳ
""")
_FIGURES = one_of("số liệu, thành tích, ước thực hiện, lũy kế, kết quả, ước")
_AS_OF = re.compile(rf"\b{_COUNTED}\b:?{_OTHER_WORD}{{0,8}}[,:]? ?\(?$")
_OF_COUNT = re.compile(rf"\b(?:{_COUNTED}|so lieu)\b")
_OF_FIGURES = re.compile(rf"(?:^|[,.;:(])(?P<before>[^,.;:(]{{0,120}})\b{_FIGURES}\b:?{_OTHER_WORD}{{0,8}},? ?\(?$")
_GIVEN = re.compile(rf"\b{_HANDED_IN}\b")
_UP_TO = re.compile(r"(?:cho )?(?:den|toi|het|tu)\b")
_DONE = one_of("đã, từ khi, sinh(?= (?:truoc|ngay|nam|tu)), nhập ngũ, vào đảng, nghỉ hưu, từ trần, hy sinh")
_DONE_TO = one_of("được (?:tuyển dụng|thành lập|tiếp nhận|bổ nhiệm|công nhận|tặng|khen thưởng|cấp)")
_PAST = re.compile(rf"\b(?:{_DONE}(?:(?: [\w-]+){{0,3}}|{_OTHER_WORD}{{4,9}})|{_DONE_TO}(?: [\w-]+)?) ?$")
_POINT = re.compile(r"[-+*• \d.)]{0,8}(?:[a-z]\) ?)?$")
_DONE_BY_THEN = re.compile(r"[^.;]{0,60}\b(?:da|uoc|phan dau|co \d+)\b|,? (?:co |dat )?[\d,]+ ?%")
_DONE_THEN = re.compile(r"[^.;]{0,60}\bda\b")
_AIM = re.compile(r"\bphan dau(?: [\w-]+){0,6} ?$")
_AFTER = re.compile(r"\b(?:sau|qua|ke tu(?: sau)?|tu(?: sau)?)(?: ngay| thoi diem| moc)* ?$")
_REVIEW = re.compile(
    r"[-\d.)ivxa-z]{0,6}[.)] *(?:nhung |cac |mot so )?"
    + one_of("kết quả(?! can| phai| mong), tình hình, thực trạng, ưu điểm, hạn chế, tồn tại")
)
_LOOKALIKES = re.compile(r"\b(?:tỉnh|đa)\b", re.IGNORECASE)
"""«tỉnh» is not «tính», «đa dạng» is not «đã»."""
_PLACE = re.compile(r"^[\w .'()-]{2,40}, ?ngay [ \d]{0,4}thang [ \d]{0,4}nam (?:19|20)\d\d ?\.?$")
_PLACE_MARK = re.compile(r"^(?:[^,;\s]+ ?){1,6}, ?ngay ?$")
_NEAR = 140
"""Characters before a time in which its reason is looked for."""


def why_not(text: str, folded: str, said: TimeSaid) -> WhyNot | None:
    """Return why the time of the sentence is no deadline, or None if it may be one."""
    folded = _told_apart(text, folded)
    if said.due is None and said.core is not Core.EVENT:
        return WhyNot.NOT_IN_CALENDAR if said.lead is not Lead.NONE else WhyNot.DOCUMENT_DATE
    return next((why for why, holds in _REASONS if holds(folded, said)), None)


def _told_apart(text: str, folded: str) -> str:
    """Return the folded text without the words that only their accents tell from those of the reasons."""
    for found in _LOOKALIKES.finditer(text[: len(folded)]):
        folded = f"{folded[: found.start()]}{'x' * len(found[0])}{folded[found.end() :]}"
    return folded


def is_past_section(heading: str) -> bool:
    """Whether a folded heading stands over what was done: «I. KẾT QUẢ»."""
    return _REVIEW.match(heading) is not None


def _near(folded: str, said: TimeSaid) -> str:
    return folded[max(0, said.lead_start - _NEAR) : said.lead_start]


def _is_issue_date(folded: str, said: TimeSaid) -> bool:
    is_after_place = said.lead is Lead.NONE and said.year is not None and _PLACE_MARK.match(folded[: said.start])
    return bool(_PLACE.match(folded) or is_after_place)


def _is_term(folded: str, said: TimeSaid) -> bool:
    return bool(_TERM.search(_near(folded, said)))


def _is_validity(folded: str, said: TimeSaid) -> bool:
    return bool(_VALID.search(_near(folded, said)) or _VALID_AFTER.match(folded, said.end))


def _is_anniversary(folded: str, said: TimeSaid) -> bool:
    near = _near(folded, said)
    is_bound = said.lead in (Lead.BEFORE, Lead.UNTIL, Lead.LABEL) or (said.is_range and said.lead is not Lead.NONE)
    if is_bound and not near.endswith("dip "):
        return False
    if said.core is Core.DAY and said.year and _YEARS_AGO.search(near[-14:]):
        return True
    return said.core is not Core.PHASE and bool(_ANNIVERSARY.search(near[-120:]))


def _is_of_document(folded: str, said: TimeSaid) -> bool:
    is_bare = said.core is Core.DAY and said.lead is Lead.NONE
    return is_bare and bool(_OF_DOCUMENT.search(_near(folded, said)))


def _is_of_figures(folded: str, said: TimeSaid) -> bool:
    if said.lead not in (Lead.UNTIL, Lead.LABEL) and not said.is_range:
        return False
    near = _near(folded, said)
    if said.lead is Lead.LABEL:
        return _OF_COUNT.search(folded, said.lead_start, said.start) is not None
    is_up_to = _UP_TO.match(folded, said.lead_start) is not None
    if is_up_to and (_AIM.search(near) or (_POINT.match(near) and _DONE_BY_THEN.match(folded, said.end))):
        return True
    if _AS_OF.search(near):
        return True
    found = _OF_FIGURES.search(near)
    # «gửi kết quả đến ngày 15/12» hands the figures in; «kết quả đến ngày 15/12» are figures up to a day.
    return (
        found is not None and not _GIVEN.search(found["before"]) and _UP_TO.match(folded, said.lead_start) is not None
    )


def _is_past(folded: str, said: TimeSaid) -> bool:
    near = _near(folded, said)
    is_told = _POINT.match(near) is not None and _DONE_THEN.match(folded, said.end) is not None
    return is_told or bool(_PAST.search(near) or (said.lead is Lead.NONE and _AFTER.search(near[-24:])))


_REASONS: tuple[tuple[WhyNot, Callable[[str, TimeSaid], bool]], ...] = (
    (WhyNot.ISSUE_DATE, _is_issue_date),
    (WhyNot.TERM_OF_OFFICE, _is_term),
    (WhyNot.VALIDITY, _is_validity),
    (WhyNot.ANNIVERSARY, _is_anniversary),
    (WhyNot.DOCUMENT_DATE, _is_of_document),
    (WhyNot.FIGURES_AS_OF, _is_of_figures),
    (WhyNot.PAST, _is_past),
)
