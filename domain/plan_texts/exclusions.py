"""Times that are no deadlines: dates of documents, anniversaries, terms of office, validity, days of figures."""

import re

from domain.plan_texts.boundaries import Lead
from domain.plan_texts.readings import WhyNot
from domain.plan_texts.times import Core, TimeSaid

_PAPERS = (
    r"(?:luat|nghi dinh|thong tu|quyet dinh|chi thi|nghi quyet|ket luan|ke hoach|huong dan|cong van|van ban|to trinh|thong bao"
    r"|quy dinh|quy che|bao cao|cong dien|dieu le|phap lenh|chuong trinh|de an|bien ban|giay moi|phuong an|sac lenh|hien phap)"
)
_OF_DOCUMENT = re.compile(
    rf"(?:\bso:? ?[\w./-]{{0,40}}|/[a-z]{{2,}}[\w-]*(?: [^,.;()]{{0,60}})?|\b{_PAPERS}\b[^.;]{{0,90}}?|\b(?:ky|thong qua|ban hanh|phe duyet|sua doi)) ?,? ?(?:ngay )?$"
)
_ANNIVERSARY = re.compile(
    r"\b(?:ky niem|chao mung|ngay (?:thanh lap|sinh|giai phong|truyen thong|quoc khanh|toan quoc|thuong binh|hoi|gia dinh|nha giao|chu tich|le)|quoc khanh|thanh lap"
    r"|nam ngay|giai phong mien nam|nhan dip|dip|le hoi|ngay le|ngay quoc te|sinh nhat|chien thang|tet)\b[^.;]{0,110}$"
)
_TERM = re.compile(r"\bnhiem ky[^.;]{0,20}$")
_VALID = re.compile(
    r"\b(?:hieu luc|ap dung|thi hanh|het han|gia tri|bai bo|thay the|duoc giu|on dinh)\b(?:(?!\b(?:gui|nop|bao cao ket qua|hoan thanh)\b)[^.;]){0,60}$"
)
_VALID_AFTER = re.compile(r"^[^.;,]{0,50}\b(?:co hieu luc|het hieu luc|duoc sap xep|duoc thanh lap)")
_AS_OF = re.compile(
    r"(?:\b(?:so lieu|chot|tinh|thanh tich|moc thoi gian|thoi diem lay|thoi gian lay|thoi gian tinh|ky bao cao|ky tinh|niem do|uoc thuc hien|luy ke|ket qua)\b"
    r"(?:(?!\b(?:gui|nop|xong|hoan thanh|ve)\b)[^.;]){0,50}|\bhet thoi gian )$"
)
_AS_OF_SOFT = re.compile(r"\b(?:uoc|luy ke|so lieu|thuc hien|giai ngan)(?: \w+){0,4}$")
_PAST = re.compile(r"\b(?:da|tung|tu khi|sinh|nhap ngu|tuyen dung|vao dang|cong tac tu|nghi huu|tu tran|hy sinh)\b(?:(?!\b(?:gui|nop|bao cao)\b)[^.;,]){0,60}$")
_LATE = re.compile(r"^[^.]{0,60}\b(?:khong (?:duoc )?(?:xem xet|tiep nhan|nhan|xet|tinh)|thi (?:khong|coi nhu|tinh la)|(?:la|bi) (?:coi la |tinh la )?(?:cham|tre|qua han))")
_AFTER = re.compile(r"\b(?:sau|qua|ke tu(?: sau)?|tu(?: sau)?)(?: ngay| thoi diem| moc)* ?$")
_PLACE = re.compile(r"^[\w .'()-]{2,40}, ?ngay [ \d]{0,4}thang [ \d]{0,4}nam (?:19|20)\d\d ?\.?$")
_PLACE_MARK = re.compile(r"^[^,.;]{2,40}, ?ngay ?$")
LONG_AGO = 3
"""Years between the two dates of «30/4/1975 - 30/4/2025» from which on they are an anniversary."""


def why_not(folded: str, said: TimeSaid) -> WhyNot | None:
    """Return why the time of the folded sentence is no deadline, or None if it may be one."""
    before, after = folded[: said.lead_start], folded[said.end :]
    near = before[-140:]
    if said.due is None:
        return WhyNot.NOT_IN_CALENDAR if said.lead is not Lead.NONE else WhyNot.DOCUMENT_DATE
    if _PLACE.match(folded) or (said.lead is Lead.NONE and said.year and _PLACE_MARK.match(folded[: said.start])):
        return WhyNot.ISSUE_DATE
    if _TERM.search(near):
        return WhyNot.TERM_OF_OFFICE
    if _VALID.search(near) or _VALID_AFTER.match(after):
        return WhyNot.VALIDITY
    if _is_anniversary(near, folded, said):
        return WhyNot.ANNIVERSARY
    if said.core is Core.DAY and said.lead is Lead.NONE and _OF_DOCUMENT.search(near):
        return WhyNot.DOCUMENT_DATE
    if (said.lead is Lead.UNTIL or said.is_range) and _AS_OF.search(near):
        return WhyNot.FIGURES_AS_OF
    if _PAST.search(near) or (said.lead is Lead.NONE and _AFTER.search(near[-24:])):
        return WhyNot.PAST
    return WhyNot.NO_TASK if _AFTER.search(near[-24:]) and _LATE.search(after) else None


def _is_anniversary(near: str, folded: str, said: TimeSaid) -> bool:
    if said.lead in (Lead.BEFORE, Lead.UNTIL) and not near.endswith("dip "):
        return False
    if said.core is Core.DAY and said.year and re.search(r"(?:19|20)\d\d ?-? ?\(?[ \d/.-]*$", near[-14:]):
        return True
    return said.core is not Core.PHASE and bool(_ANNIVERSARY.search(near[-120:]))


def is_long_ago(said: TimeSaid, *, this_year: int | None) -> bool:
    """Whether the day lies years before the plan, so that nothing can be due on it."""
    return this_year is not None and said.year is not None and said.year < this_year - LONG_AGO
