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


_CUES: dict[Cue, str] = {
    Cue.PLAN: """
        ke hoach, kh, du toan, dt, giao uoc, dang ky, phan dau, muc tieu, chi tieu giao, nghi quyet, nq, giao, duoc
        giao, cam ket, chi tieu ke hoach, ke hoach giao, theo ke hoach, de ra, phai dat, yeu cau, toi thieu, it nhat,
        chi tieu nghi quyet
    """,
    Cue.TARGET: """
        chi tieu, ct
    """,
    Cue.DONE: """
        thuc hien, th, da thuc hien, ket qua, ket qua thuc hien, thuc hien duoc, thuc te, kq
    """,
    Cue.BEFORE: """
        cung ky, ky truoc, nam truoc, nam ngoai, nam roi, thang truoc, quy truoc, cung ky nam truoc, cung ky nam
        ngoai, ky bao cao truoc, lan truoc, dau nam, cuoi nam truoc, dau ky, cung thoi diem, cung thoi diem nam truoc,
        dot truoc, ck, nam lien truoc
    """,
    Cue.NOW: """
        den nay, hien nay, ky nay, nam nay, hien tai, hien co, den thoi diem nay, ky bao cao, trong ky, luy ke, tu dau
        nam den nay, tu dau nam, dot nay, lan nay, tinh den nay, den thoi diem bao cao, ky bao cao nay, thang nay, quy
        nay
    """,
    Cue.CHANGE: """
        tang, giam, vuot, hut, cao hon, thap hon, nhieu hon, it hon, tang them, giam bot, giam duoc, tang duoc, tang
        truong, chenh lech, bot, kem, hon cung ky, nang, nang cao, keo giam
    """,
    Cue.LEVEL: """
        len, len den, len toi, xuong, xuong con, len thanh, con lai con
    """,
    Cue.LEFT: """
        con, con lai, chi con, hien con, van con
    """,
    Cue.FROM: """
        tu
    """,
    Cue.ABOUT: """
        khoang, gan, hon, tren, duoi, xap xi, uoc, uoc dat, uoc thuc hien, uoc tinh, tam, chung, xap xi dat, du kien,
        gan dat, tam tinh, uoc khoang, ngot, toi da, khong qua, khong duoi, trung binh khoang
    """,
    Cue.PART: """
        trong do, gom, bao gom, rieng, chia ra, cu the la gom, gom co
    """,
    Cue.NOT: """
        khong, chua, chua co, khong co, chua dat, khong dat, khong phat sinh, chua phat sinh, khong xay ra, khong de
        xay ra, ko, ko co
    """,
    Cue.SINCE: """
        so voi, bang so voi, tuong duong voi, so cung ky, theo chi tieu, tren tong so
    """,
    Cue.UPWARDS: """
        tro len, tro xuong, do lai
    """,
}
_FILLERS = """
    dat, dat duoc, da dat, la, duoc, da, co, cua, cac, nhung, trong, o, tai, den, tinh, tinh den, nay, so, so lieu,
    tong, tong so, tong cong, so luong, ty le, ti le, tl, muc, gia tri, chi so, chi so ve, bang, cong tac, ve, viec,
    ca nam, cong don, toan phuong, toan xa, toan don vi, toan truong, toan ap, toan quan, toan huyen, toan thanh pho,
    toan khu, toan tinh, don vi, don vi em, phuong, xa, dia phuong, phuong em, ben em, xa em, truong em, tren dia ban,
    dia ban, tren dia ban phuong, tren dia ban xa, nha nuoc, nn, voi, va, thi, ma, cung, con, tiep tuc, ghi nhan, bao
    cao, bc, cu the, nhu sau, sau, em, a, thua, anh, chi, anh chi, ac, gui, xin gui, xin bao cao, kinh gui, xin, kinh,
    nhe, nha, ok, vang, roi, day, hoan thanh, to chuc, to chuc duoc, xay ra, xu ly, thuoc, trong thang, cho, tu nguyen
    dat, noi dung, linh vuc, phan, muc tieu dat, bo sung, cap nhat, chinh thuc, chi tieu so, thoi gian qua, thoi diem,
    trong nam, nam, trong 6 thang, dau nam, cuoi nam, uy ban nhan dan, hoi dong nhan dan, tinh giao, phap lenh, cap
    tren, cap tren giao, ve dich, de ra, ca, toan, hien, dang, vua, moi day, thong qua, qua, vi chi, nguon, pv, tang
    cuong, duy tri, giu vung, tuong ung, tuong duong, kinh te, xa hoi, kinh te xa hoi, an sinh, an sinh xa hoi, van
    hoa xa hoi, xay dung dang, quoc phong an ninh, an ninh, an ninh trat tu, linh vuc kinh te, phat sinh, chi tiet,
    dvt, don vi tinh, stt, tt, sl, gui anh, gui chi, em gui, em xin gui, em bao cao, gui bao cao, hien tai, tong ket,
    so ket, thanh pho, tp, quan, huyen, moi, them, lan, dot, nhu, vay, day la, tuc, y, nhe a, da a, dung la, chinh
    xac, chinh xac la
"""


def _phrases(listed: str) -> list[tuple[str, ...]]:
    return [tuple(phrase.split()) for phrase in listed.split(",")]


CUES: dict[tuple[str, ...], Cue] = {phrase: cue for cue, listed in _CUES.items() for phrase in _phrases(listed)}
FILLERS = frozenset(_phrases(_FILLERS))
LONGEST_PHRASE = max(map(len, [*CUES, *FILLERS]))
KNOWN_WORDS = frozenset(word for phrase in [*CUES, *FILLERS] for word in phrase)

COUNTED = {
    "nguoi": "nguoi, lao dong, em, chau, hoc sinh, dang vien, doan vien, hoi vien, dong chi, ca nhan, quan chung, "
    "truong hop",
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
"""{unit of measure: words that count the same things}."""
COUNTING_WORDS = frozenset(
    tuple(word.split()) for listed in COUNTED.values() for word in listed.split(", ")
) | frozenset({("ho", "so"), ("khu", "pho"), ("ap",), ("thon",), ("to",), ("don", "vi"), ("cai",), ("xe",), ("nha",)})
