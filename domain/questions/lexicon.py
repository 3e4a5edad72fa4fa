"""The vocabulary of questions: phrases without accents, and what each of them stands for."""

from enum import StrEnum, auto


class Concept(StrEnum):
    """What a run of words stands for."""

    NOT = auto()
    NO = auto()
    """«không»: before a verb it denies, at the end it makes a question."""
    SUBMIT = auto()
    DONE = auto()
    WHO = auto()
    COUNT = auto()
    WHEN = auto()
    DEADLINE = auto()
    OVERDUE = auto()
    LATE = auto()
    ON_TIME = auto()
    LATENESS = auto()
    """Late in one way or the other: handed in late, or not handed in at all."""
    STATUS = auto()
    COMPARE = auto()
    FIGURES = auto()
    JOIN = auto()
    FORM = auto()
    LIST = auto()
    MEMBERS = auto()
    EXTENDED = auto()
    ASK_EXTENSION = auto()
    RETURNED = auto()
    SHORT = auto()
    """Still missing: «còn thiếu»."""
    OWE = auto()
    """What there is to do: «phải nộp gì»."""
    OWN = auto()
    OWN_CLUSTER = auto()
    EVERY = auto()
    ALL_DONE = auto()
    """«nộp hết», «nộp đủ»."""
    NUDGE = auto()
    PLEDGING = auto()
    """To register a pledge: handing in, of a pledge."""
    FILLER = auto()
    YEAR = auto()
    PAST = auto()
    DUTY_KIND = auto()
    KIND = auto()
    CLUSTER_WORD = auto()
    UNIT = auto()
    CLUSTER = auto()
    DUTY = auto()
    INDICATOR = auto()
    UNKNOWN = auto()


_PHRASES: dict[Concept, str] = {
    Concept.NOT: "chua, chua co, chua thay, van chua",
    Concept.NO: "khong",
    Concept.SUBMIT: "nop, gui, nop len, gui len, nop ve, gui ve, hoan thanh, nop bai, lam",
    Concept.DONE: "roi, da, xong, xong roi, da xong, duoc roi",
    Concept.ALL_DONE: (
        "het, du, day du, het roi, du roi, xong het, nop het, nop du, nop xong het, nop day du, hoan tat"
    ),
    Concept.WHO: (
        "ai, nao, nhung ai, don vi nao, nhung don vi nao, cac don vi nao, nhung don vi, noi nao, cho nao, co "
        "quan nao, nhung cho nao, may don vi nao, co nhung ai, co ai, con ai, con nhung ai, con don vi nao"
    ),
    Concept.COUNT: (
        "bao nhieu, may, bao nhieu don vi, may don vi, so luong, bao nhieu phan tram nop, duoc may, duoc bao "
        "nhieu don vi, co bao nhieu, co may, con may, con bao nhieu, con may don vi, con bao nhieu don vi, co "
        "bao nhieu don vi, co may don vi"
    ),
    Concept.WHEN: (
        "khi nao, bao gio, ngay nao, ngay may, luc nao, hom nao, may gio, thoi gian nao, den khi nao, den bao "
        "gio, den ngay nao, la khi nao, la bao gio, la ngay nao, la ngay may, chung nao, con may ngay, con "
        "bao nhieu ngay, con bao lau, may ngay nua, bao lau nua, truoc ngay nao"
    ),
    Concept.DEADLINE: (
        "han, han nop, thoi han, thoi han nop, den han, han cuoi, ngay cuoi, han chot, deadline, dead line, "
        "ngay nop, lich nop, sap den han, han cuoi cung, het han, thoi gian nop, phai nop truoc"
    ),
    Concept.OVERDUE: "qua han, qua han nop, bi qua han, da qua han, qua ngay, het han ma",
    Concept.LATE: (
        "nop tre, nop muon, nop cham, nop tre han, nop muon han, nop qua han, nop cham han, gui tre, gui "
        "muon, nop sau han"
    ),
    Concept.LATENESS: "tre han, tre, cham, cham nop, cham tre, tre nai, bi tre, cham han",
    Concept.STATUS: (
        "tinh hinh, tien do, den dau, den dau roi, the nao, the nao roi, ra sao, sao roi, toi dau, toi dau "
        "roi, tinh hinh nop, tien do nop, tong quan, tong hop, trang thai, ket qua nop, tinh trang, tinh hinh "
        "the nao, ty le nop"
    ),
    Concept.COMPARE: (
        "so voi giao uoc, so giao uoc, voi giao uoc, dat giao uoc, dat bao nhieu giao uoc, hoan thanh giao "
        "uoc, thuc hien giao uoc, so voi dang ky, so voi cam ket, so voi muc dang ky, dat muc dang ky, dat "
        "chi tieu, so voi chi tieu, so voi ke hoach giao, dat bao nhieu phan tram giao uoc, ket qua giao uoc, "
        "so sanh giao uoc, so sanh voi giao uoc, ket qua thuc hien giao uoc, vuot giao uoc, dat bao nhieu so "
        "voi giao uoc, bao nhieu so voi giao uoc, bao nhieu phan tram so voi giao uoc, dat cam ket"
    ),
    Concept.FIGURES: (
        "so lieu, con so, chi tieu, ket qua, bao nhieu phan tram, dat bao nhieu, dat may, dat bao nhieu phan tram"
    ),
    Concept.JOIN: (
        "tham gia, tham gia bot, vao bot, dung bot, dang nhap, ket noi, ket noi bot, co tai khoan, vao nhom "
        "bot, cai bot, vao, dang ky bot, dang ky vao bot, su dung bot, kich hoat, co can bo, vao he thong, "
        "tham gia he thong, lien lac, lien lac duoc, nhan duoc tin, can bo, co ai trong bot, bo bot, chan bot"
    ),
    Concept.FORM: (
        "mau, bieu mau, tai mau, xin mau, mau bieu, file mau, tep mau, form, tai bieu mau, lay mau, mau nao, "
        "gui mau, mau word, mau excel, bieu mau nao, cho xin mau, down mau, tai file mau, tai ve mau"
    ),
    Concept.LIST: "danh sach, liet ke, lap danh sach, xem danh sach, cho danh sach, in danh sach",
    Concept.MEMBERS: (
        "gom, gom nhung, gom ai, gom nhung ai, gom nhung don vi nao, gom don vi nao, thuoc cum nao, o cum "
        "nao, thanh vien, co nhung don vi nao, gom cac don vi nao, thuoc cum may, o cum may, trong cum co ai, "
        "cum nao, cum may, cac thanh vien, bao gom, bao gom nhung don vi nao"
    ),
    Concept.EXTENDED: "gia han, duoc gia han, da gia han, duoc lui han, lui han, duoc them han",
    Concept.RETURNED: (
        "tra lai, bi tra lai, bi tra, dang sua, phai sua, can sua, sua lai, bi tra ve, tra ve, chua sua"
    ),
    Concept.SHORT: "thieu, con thieu, con sot, sot, con lai, dang thieu, vang, no, con no, dang no",
    Concept.OWE: (
        "phai nop gi, con viec gi, can nop gi, phai lam gi, con phai nop gi, viec gi, nop gi, con gi, can lam "
        "gi, phai nop nhung gi, con phai lam gi, con nhung viec gi, co viec gi, sap phai nop gi, nop nhung "
        "gi, thieu gi, con thieu gi, no gi, con no gi, chua nop gi, chua nop nhung gi, con thieu nhung gi"
    ),
    Concept.OWN: (
        "toi, minh, don vi toi, don vi minh, don vi em, don vi ta, ben em, ben minh, ben toi, chung toi, "
        "chung em, cua toi, cua minh, cua don vi toi, cua don vi minh, don vi cua toi, don vi cua minh, co "
        "quan toi, cho minh, don vi chung toi, tui, cua tui, nha minh"
    ),
    Concept.OWN_CLUSTER: (
        "cum toi, cum minh, cum em, cum cua toi, cum cua minh, trong cum, cum ta, cum chung toi, cung cum, ca cum"
    ),
    Concept.EVERY: "toan tinh, ca tinh, toan xa, ca huyen, cac cum, tung cum, theo cum",
    Concept.NUDGE: "nhac, don doc, nhac nho, nhac nop, nhac viec, don doc nop, nhac giup, thuc",
    Concept.FILLER: (
        "cho, cho toi hoi, cho em hoi, cho minh hoi, cho hoi, toi muon hoi, em muon hoi, toi muon biet, em "
        "muon biet, cho toi biet, cho biet, cho em biet, toi muon xem, cho toi xem, cho em xem, cho xem, hoi, "
        "xem, xem giup, xem giup toi, giup, giup toi, giup em, kiem tra, kiem tra giup, check, bot, bot oi, "
        "em, anh, chi, anh chi, oi, a, ah, ak, nhe, nha, nhi, vay, the, ha, hen, day, day nhi, voi, di, xin, "
        "vui long, lam on, dum, la, thi, cua, trong, o, tai, ve, den, den nay, tinh den nay, hien nay, hien "
        "tai, bay gio, hien, luc nay, hom nay, den hom nay, tinh den hom nay, nam nay, ky nay, dot nay, nay, "
        "cac, nhung, don vi, so voi, va, co, bi, duoc, dang, van, con, nua, phai, can, de, cai, moi, gi, sao, "
        "khong biet, duoc khong, duoc ko, co khong, khong a, nhu the nao, tinh, muc, gia tri, dau nam, ngay, "
        "thong tin, giup minh, biet, muon, muon biet, muon xem, muon hoi, ai biet, ok, dung khong, phai "
        "khong, viec, viec nop, cong tac, chao bot, chao, xin chao, chao em, alo, hello, hi, da, thua, y, "
        "nhanh, gap, cai nay, toi can, em can, ma, nhu nao, theo, lai, ra, thang nay, tren bot, tren he "
        "thong, gium, luon, di em, di bot, nhe bot, cam on, cam on bot, thanks, tks, cua cac, cua cac don vi, "
        "ty le, nhu vay, a nhi, cho den nay, thoi, coi, xem thu, lun, zay, cac don vi, tat ca, toan bo, moi "
        "don vi, tat ca don vi, tat ca cac don vi, gium em, voi nhe, a em, e, ad, sep, dong chi, cac dong "
        "chi, xuat excel, xuat file, tai file, tai excel, bieu do, ve bieu do, xuat danh sach, in"
    ),
    Concept.PLEDGING: "dang ky, ky, ky ket, ky giao uoc, dang ky giao uoc, dang ky thi dua, dang ky gu",
    Concept.PAST: "nam ngoai, nam truoc, ky truoc, cung ky, nam roi, dot truoc",
    Concept.CLUSTER_WORD: "cum, khoi",
    Concept.ON_TIME: "dung han, nop dung han, kip han, nop kip han, nop truoc han, nop som",
    Concept.ASK_EXTENSION: ("xin gia han, xin them han, xin lui han, xin them thoi gian, muon gia han, can gia han"),
}
PHRASES: dict[tuple[str, ...], Concept] = {
    tuple(phrase.split()): concept for concept, listed in _PHRASES.items() for phrase in listed.split(",")
}
PHRASES |= {("da",): Concept.DONE}

DUTY_KINDS: dict[tuple[str, ...], str] = {
    ("bao", "cao"): "REPORT",
    ("giao", "uoc"): "PLEDGE",
    ("giao", "uoc", "thi", "dua"): "PLEDGE",
    ("ho", "so"): "DOSSIER",
    ("ho", "so", "khen", "thuong"): "DOSSIER",
    ("khen", "thuong"): "DOSSIER",
    ("ke", "hoach"): "PLAN",
    ("ke", "hoach", "thi", "dua"): "PLAN",
}
"""{words: kind of duty}."""

KINDS: dict[tuple[str, ...], str] = {
    ("phuong",): "phuong",
    ("xa",): "xa",
    ("thi", "tran"): "thi tran",
    ("dac", "khu"): "dac khu",
    ("xa", "phuong"): "COMMUNE",
    ("phuong", "xa"): "COMMUNE",
    ("cap", "xa"): "COMMUNE",
    ("dia", "phuong"): "COMMUNE",
    ("ap",): "ap",
    ("thon",): "thon",
    ("khu", "pho"): "khu pho",
    ("to", "dan", "pho"): "to dan pho",
    ("truong",): "SCHOOL",
    ("truong", "hoc"): "SCHOOL",
    ("so",): "so",
    ("sowr",): "so",
    ("so", "nganh"): "DEPARTMENT",
    ("sowr", "nganh"): "DEPARTMENT",
    ("phong",): "phong",
    ("phong", "ban"): "DEPARTMENT",
    ("ban", "nganh"): "DEPARTMENT",
    ("doanh", "nghiep"): "ENTERPRISE",
    ("cong", "ty"): "cong ty",
    ("benh", "vien"): "benh vien",
    ("don", "vi", "su", "nghiep"): "PUBLIC_SERVICE",
    ("doan", "the"): "MASS_ORGANISATION",
}
"""{words: a kind of unit, or the word in lower case with which the units' names begin}."""
KIND_NAMES = {
    "COMMUNE": "xã, phường",
    "SCHOOL": "trường học",
    "DEPARTMENT": "cơ quan chuyên môn",
    "ENTERPRISE": "doanh nghiệp",
    "PUBLIC_SERVICE": "đơn vị sự nghiệp",
    "MASS_ORGANISATION": "đoàn thể",
    "phuong": "phường",
    "xa": "xã",
    "thi tran": "thị trấn",
    "dac khu": "đặc khu",
    "ap": "ấp",
    "thon": "thôn",
    "khu pho": "khu phố",
    "to dan pho": "tổ dân phố",
    "so": "sở",
    "phong": "phòng",
    "cong ty": "công ty",
    "benh vien": "bệnh viện",
}
MANY = frozenset({"cac", "nhung", "moi", "tung"})
"""Words before a kind of unit that mean all of them."""

LONGEST_PHRASE = max(map(len, [*PHRASES, *DUTY_KINDS, *KINDS]))
WORDS = frozenset(word for phrase in [*PHRASES, *DUTY_KINDS, *KINDS] for word in phrase)
"""Every word of the vocabulary."""
