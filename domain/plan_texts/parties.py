"""Who must act and to whom they hand in, in the words of a sentence."""

import re
from dataclasses import dataclass

from domain.plan_texts.folding import fold
from domain.units import UnitKind

_ORG = (
    r"(?:cac |moi |tung |nhung |toan the |tat ca |rieng |lanh dao |thuong truc )*"
    r"(?:cum|khoi|phong|so|ubnd|uy ban|ubmttq|mttq|mat tran|hoi dong|truong|nha truong|thu truong|chu tich|hieu truong"
    r"|giam doc|thanh vien|don vi|co quan|ban(?! hanh| giao| dang| sao| cam)|van phong|cong an|doan|hoi(?! nghi| thi|"
    r" dong thi)|nganh|xa|phuong(?! huong| an| phap| tien)|thi tran|huyen|quan|thanh pho|tinh|dac khu|doanh nghiep|hop tac"
    r" xa|nguoi dung dau|truong phong|trung tam|thon|ap|to dan pho|khu pho|khu dan cu|chi cuc|cuc|bo chi huy|dia phuong"
    r"|to chuc (?=chinh tri|xa hoi|dang|doan|ca nhan)|ca nhan|can bo|cong chuc|tap the|so|cap uy|bo phan|to chuyen mon)\b"
)
_VERB = (
    r"(?:gui|goi|goi ve|nop|bao cao|xay dung|trinh|dang ky|to chuc|hoan thanh|lap|thuc hien|ban hanh|ky ket|ky giao uoc|tong hop"
    r"|co trach nhiem|co nhiem vu|chu dong|can cu|tien hanh|ra soat|de xuat|de nghi|binh xet|chu tri|phoi hop|tham muu|trien"
    r" khai|danh gia|cham diem|xet|hop|tham dinh|tong ket|so ket|phai|can|dinh ky|kip thoi|phan cong|huong dan|cu|lua chon"
    r"|gioi thieu|suy ton|cong bo|trao|lam viec|cap nhat|thong bao|phat dong|hoan thien|quyet dinh|kiem tra|tu cham|phe duyet"
    r"|niem yet|cong khai|chi dao|quan triet|thong nhat|tu danh gia|tu kiem tra|don doc|theo doi|gop y|chuyen|cung cap|duyet)\b"
)
_START = r"^[-+*•o ]*(?:[ivx]+[.)]|\d+(?:\.\d+)*[.)/]?|[a-z]{1,2}[).])? *"
_LEADING = (
    r"(?:(?:de nghi|yeu cau|giao|giao cho|phan cong|doi voi|rieng(?: doi voi)?|dong thoi,?|hang (?:nam|quy|thang),?|dinh ky"
    r"(?: hang (?:nam|quy|thang))?,?|dong chi|theo do,?|tren co so do,?) )*"
)
_SUBJECT = re.compile(rf"{_START}{_LEADING}(?P<who>{_ORG}[^.;:]{{0,220}}?)(?=,? (?:de nghi )?{_VERB}|:|$| truoc ngay| cham nhat)")
_FOR = re.compile(r"^[ ,]*\(?(?:ap dung )?(?:(?:doi voi|danh cho|cho) (?P<for>[^().;:]{3,120})|(?P<bare>(?:cac )?(?:cum|khoi|truong|phuong|xa|nganh|don vi)\b[^().;:]{0,100}))\)")
_FOR_OPEN = re.compile(r"^,? (?:doi voi|danh cho) (?P<for>[^().;:,]{3,100})")
_GROUP = re.compile(rf"^[-+,;: ]*(?:va |con |rieng |dong thoi )*(?:doi voi |tai )?(?P<who>{_ORG}[^.;:()]{{0,110}}?)[,: ]*(?:la |gui |nop |hoan thanh |thuc hien )*$")
_LAST_GROUP = re.compile(rf"(?:doi voi|rieng|danh cho)(?: doi voi)? (?P<who>{_ORG}[^.;:()]{{0,110}}?)[,: ]*(?:gui |nop |hoan thanh |thuc hien |gui ve )*$")
_BODY = (
    r"(?:uy ban|ubnd|ub\b|hoi dong|phong|so|ban|van phong|thuong truc|co quan thuong truc|cum truong|khoi truong|bo|vu|truong cum"
    r"|lien doan|tinh|thanh pho|quan|huyen|xa|phuong|doi|trung tam|dia chi|hop thu|email|nhom|to thu ky|ban to chuc|cap|don vi"
    r"|co quan|mat tran|ubmttq|chu tich|doan|hoi)\b"
)
_STOP = r"(?= (?:de|truoc|cham nhat|muon nhat|trong|dung|dam bao|bao dam|gom|gui|theo|kem|va (?:gui|nop|bao cao|dang)|nham|tu ngay|vao|hang)\b|[,.;:()]|$)"
_TO = re.compile(
    rf"\b(?:gui|goi|nop|ve|trinh|cho|toi|den|bao cao|voi)(?: ve| cho| den| toi| len| lai| truc tiep| tai| ho so)*(?: \w+){{0,0}} (?P<to>{_BODY}[^,.;:()]{{0,140}}?){_STOP}"
)
_ABOUT = re.compile(rf"\b(?:ve|gui|nop|den|toi|voi|tai) (?P<to>{_BODY}[^,.;:()]{{0,140}}?){_STOP}")
_VIA = re.compile(rf"\b(?:thong qua|qua) (?P<via>{_BODY}[^,;:()]{{0,110}}?)(?= (?:de|tong hop|truoc|cham nhat|trong|dam bao|tham dinh|trinh)\b|[,.;:()]|$)")

_KINDS = (
    (UnitKind.SCHOOL, re.compile(r"\btruong (?:hoc|mam non|mau giao|tieu|trung|thcs|thpt|cong lap|pho thong|ptdt|th\b)|\bnha truong|\bnganh giao duc|\bkhoi (?:truong|giao duc)|\bco so giao duc|\bcac truong\b|\bcum truong hoc|\bgiao duc (?:va|-|&) dao tao|thi dua truong")),
    (UnitKind.HAMLET, re.compile(r"\b(?:thon|ap|to dan pho|khu pho|khu dan cu|ban lang|khom|buon)\b")),
    (UnitKind.COMMUNE, re.compile(r"\b(?:xa|phuong|thi tran|dac khu|dia phuong)\b(?! hoi)")),
    (UnitKind.MASS_ORGANISATION, re.compile(r"\b(?:mat tran|mttq|ubmttq\w*|doan the|to chuc chinh tri|hoi (?:nong dan|phu nu|cuu chien|quan chung)|doan thanh nien|lien doan lao dong)\b")),
    (UnitKind.ENTERPRISE, re.compile(r"\b(?:doanh nghiep|cong ty|hop tac xa|htx)\b")),
    (UnitKind.PUBLIC_SERVICE, re.compile(r"\b(?:don vi su nghiep|su nghiep|trung tam|don vi)\b")),
    (UnitKind.DEPARTMENT, re.compile(r"\b(?:phong|so|ban|nganh|co quan|chuyen mon|van phong|don vi hanh chinh)\b(?! chong)")),
)  # fmt: skip
_HEADS = re.compile(r"\b(?:cum truong|khoi truong|truong cum|truong khoi|cum pho)\b(?! hoc)")


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where something is handed in, as the text says; empty if it does not."""

    to: str = ""
    via: str | None = None


def subject_of(text: str) -> str:
    """Return the units that the beginning of a sentence or a heading names, or nothing."""
    return _words(text, _SUBJECT.search(fold(text)), "who")


def group_before(text: str) -> str:
    """Return the units that stand alone before a day: «các phường» of «…, các phường trước ngày 15/11»."""
    folded = fold(text)
    return _words(text, _GROUP.search(folded) or _LAST_GROUP.search(folded), "who")


def group_after(text: str) -> str:
    """Return the units for which a day holds, said after it: «(đối với Cụm các đơn vị hành chính)»."""
    folded = fold(text)
    found = _FOR.search(folded) or _FOR_OPEN.search(folded)
    if found is None:
        return ""
    return _words(text, found, "for") or (_words(text, found, "bare") if "bare" in found.groupdict() else "")


def receiver_of(text: str) -> Receiver:
    """Return the body that receives, with the one through which it does: «UBND thành phố», «Phòng Nội vụ»."""
    folded = fold(text)
    via = _words(text, _VIA.search(folded), "via") or None
    found = list(_ABOUT.finditer(folded)) or list(_TO.finditer(folded))
    to = _words(text, found[0], "to") if found else ""
    return Receiver(to, via)


def kinds_of(who: str) -> tuple[UnitKind, ...]:
    """Return the kinds of units that the words name."""
    folded = fold(who)
    return tuple(kind for kind, words in _KINDS if words.search(folded))


def names_heads(who: str) -> bool:
    return _HEADS.search(fold(who)) is not None


def _words(text: str, found: re.Match[str] | None, group: str) -> str:
    if found is None or found[group] is None:
        return ""
    return text[found.start(group) : found.end(group)].strip(" ,;:.-")
