"""What is to be handed in or done, and the kind of duty that it is."""

import re

from domain.plan_texts.folding import fold
from domain.plans.deadlines import DutyKind

_PLEDGE = r"(?:ban |ky ket |ky |le ky ket |thuc hien ky ket )*giao uoc|(?:ban |phieu |noi dung |danh sach )?dang ky (?:thi dua|danh hieu|giao uoc|cac danh hieu|noi dung thi dua|chi tieu)"
_DOSSIER = (
    r"ho so(?! (?:da|khong|hop le|du|nay))|to trinh|danh sach (?:de nghi|trinh)|de nghi (?:(?!truoc|gui|cac|thu truong)\w+ ){0,7}?(?:khen thuong|tang thuong|xet tang|khen)"
    r"|(?:trinh|de xuat|xet)(?: \w+){0,4} (?:khen thuong|khen cao|danh hieu)|khen thuong(?= (?:dot xuat|chuyen de|theo|nam hoc|cong tac|hang|qua trinh|cong hien))"
)
_REPORT = r"(?:ban )?bao cao(?! vien)|so lieu|ket qua (?:thuc hien|cham diem|tu cham|binh xet|danh gia)|bang (?:tu )?(?:cham )?diem|phieu"
_PLAN = r"(?:xay dung |lap |ban hanh |trien khai |va |gui )*(?:chuong trinh, )?ke hoach(?! (?:nay|so|tren|cua cap|de ra|duoc giao|nam\b))"
_TASK = (
    r"(?:to chuc |tien hanh )+(?:le |cac )?(?:\w+ ?){0,3}|hoi nghi|tong ket|so ket|binh xet|suy ton|tap huan|hop (?:hoi dong|cum|khoi)|kiem tra|phat dong|dang ky|ky ket"
    r"|phong trao|sang kien|de tai|cham diem|hoan thanh|xay dung|quyet dinh|cong bo|tham dinh|ra soat|trien khai|trinh|gui|tong hop|lap|thong bao|ban hanh|huong dan|lua chon|binh chon"
)
_MATTERS = (
    (DutyKind.PLEDGE, re.compile(rf"\b(?:{_PLEDGE})")),
    (DutyKind.DOSSIER, re.compile(rf"\b(?:{_DOSSIER})")),
    (DutyKind.REPORT, re.compile(rf"\b(?:{_REPORT})")),
    (DutyKind.PLAN, re.compile(rf"\b(?:{_PLAN})")),
)
_ANY_TASK = re.compile(rf"\b(?:{_TASK})\b")
_GATHERING = re.compile(
    r"^[-+\d.)a-z ]{0,6}?(?:to chuc|tien hanh|tham du|du|chuan bi|hop)\b(?! ky ket)|^[-+\d.) ]{0,6}(?:hoi nghi|tong ket|so ket|binh xet|tap huan|kiem tra)\b"
)
_NOT_ITS_OWN = re.compile(r"(?:can cu|theo|thuc hien|trien khai thuc hien|kem theo|noi dung|tai|cua|dua tren|danh gia|quan triet|de|tong hop|lam co so) (?:cac )?$")
_STOP = re.compile(
    r" (?:gui|goi|nop|trinh|ve (?=uy ban|ubnd|phong|so |ban |hoi dong|van phong|co quan|cum|thuong truc|bo )|qua (?=phong|so |ban |he thong|phan mem)|"
    r"thong qua|truoc(?= ngay| ?\d)|cham nhat|muon nhat|den (?=phong|so |ban |ubnd)|de (?=tong hop|tham dinh|xem|trinh|theo doi)|cho (?=phong|so |ubnd))\b|[;:]| ?\((?=truoc|cham|qua|thoi|han|den|trong|muon)|\. "
)
LONGEST = 160


def matter_of(text: str) -> tuple[DutyKind, str] | None:
    """Return the kind and the words of what a piece of a sentence asks for, or None if it asks for nothing."""
    folded = fold(text)
    if _GATHERING.search(folded) and (found := _ANY_TASK.search(folded)):
        return DutyKind.TASK, _phrase(text, folded, found.start())
    best: tuple[int, DutyKind] | None = None
    for kind, pattern in _MATTERS:
        for found in pattern.finditer(folded):
            if not _NOT_ITS_OWN.search(folded[max(0, found.start() - 30) : found.start()]):
                if best is None or found.start() < best[0]:
                    best = found.start(), kind
                break
    if best is not None:
        return best[1], _phrase(text, folded, best[0])
    task = _ANY_TASK.search(folded)
    return (DutyKind.TASK, _phrase(text, folded, task.start())) if task else None


def _phrase(text: str, folded: str, start: int) -> str:
    stop = _STOP.search(folded, start + 4)
    end = stop.start() if stop else len(text)
    words = text[start:end].strip(" ,;:.-()")
    if len(words) > LONGEST:
        words = words[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
    return words
