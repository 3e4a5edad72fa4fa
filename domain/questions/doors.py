"""Words that open a screen, wherever they are typed: «viec», «menu», «bao cao», «giup», «xin gia han»."""

import re
from enum import StrEnum

from domain.typed_input.phrases import asks_for_a_person, is_receipt_code
from domain.typed_input.words import clean_line, plain

_LONGEST = 60


class Door(StrEnum):
    MENU = "MENU"
    STOP = "STOP"
    DUTIES = "DUTIES"
    REPORTS = "REPORTS"
    PLEDGES = "PLEDGES"
    DOSSIERS = "DOSSIERS"
    CALENDAR = "CALENDAR"
    EXTENSION = "EXTENSION"
    STATUS = "STATUS"
    COMPILATION = "COMPILATION"
    REVIEWS = "REVIEWS"
    WAITING = "WAITING"
    RECEIPTS = "RECEIPTS"
    LEAVES = "LEAVES"
    PHONE = "PHONE"
    OWN_DATA = "OWN_DATA"
    HELP = "HELP"
    CONTACTS = "CONTACTS"
    RECEIPT = "RECEIPT"
    """A receipt code."""


_PHRASES = {
    Door.MENU: ("menu, trang chinh, trang chu, ve menu, ve trang chinh, start, home, bat dau, main menu, tro ve menu"),
    Door.STOP: "huy, dung, dung lai, thoat, stop, cancel, ngung, thoi",
    Door.DUTIES: (
        "viec, viec cua toi, viec cua em, viec cua minh, cong viec, viec can nop, viec phai nop, danh sach "
        "viec, viec can lam, viec phai lam, cac viec, nhiem vu, viec cua don vi"
    ),
    Door.REPORTS: (
        "bao cao, bc, nop bao cao, nop bc, lam bao cao, nhap bao cao, nhap so lieu, dien bao cao, gui bao "
        "cao, nop so lieu, bao cao so lieu, dien so lieu, mo bao cao, "
        "sua bao cao, rut lai bao cao, xin sua bao cao, sua so lieu, "
        "muon sua so lieu, cach nop bao cao, lam sao nop bao cao"
    ),
    Door.PLEDGES: (
        "giao uoc, gu, giao uoc thi dua, gutd, nop giao uoc, dang ky giao uoc, dang ky thi dua, ky giao uoc, "
        "lam giao uoc, gui giao uoc, dang ky giao uoc thi dua, nop gu"
    ),
    Door.DOSSIERS: (
        "ho so, hs, nop ho so, nop hs, lam ho so, gui ho so, ho so khen thuong, khen thuong, de nghi khen "
        "thuong, lap ho so, nop ho so khen thuong, lam ho so khen thuong"
    ),
    Door.CALENDAR: "lich, lich han, lich nop, cac han, lich cong viec, xem lich",
    Door.EXTENSION: (
        "gia han, xin gia han, xin them han, xin lui han, xin them thoi gian, xin them ngay, xin hoan, lui "
        "han, xin nop tre"
    ),
    Door.STATUS: "tinh hinh, tinh hinh nop, tien do, xem tinh hinh, xem tien do",
    Door.COMPILATION: "tong hop, tong hop so lieu, bang tong hop, tong hop bao cao, xem tong hop",
    Door.REVIEWS: "duyet, cho duyet, duyet bao cao, duyet ho so, xem cho duyet",
    Door.WAITING: "hom nay, viec hom nay, viec cho, viec cho hom nay",
    Door.RECEIPTS: "bien lai, bien nhan, ma bien nhan, xem bien nhan, xem bien lai",
    Door.LEAVES: "nghi, nghi phep, lich nghi, xin nghi, xin nghi phep, bao nghi",
    Door.PHONE: "doi so, doi so dien thoai, doi sdt, doi dien thoai",
    Door.OWN_DATA: "du lieu cua toi, thong tin cua toi, du lieu ca nhan, xoa du lieu, thong tin ca nhan",
    Door.HELP: (
        "giup, giup voi, giup toi, giup em, tro giup, huong dan, help, hdsd, cach dung, huong dan su dung, "
        "bot lam duoc gi, hoi gi duoc, hoi duoc gi, dung the nao, dung sao, lam sao, lam the nao, lam nhu the "
        "nao"
    ),
}
DOORS = {phrase.strip(): door for door, listed in _PHRASES.items() for phrase in listed.split(",")}
EXACT = frozenset({"menu", "huy"})
"""Words that are never a reason or a name: they act even where any sentence would be an answer."""

_AROUND = re.compile(
    r"(?:(?:cho|toi|em|minh|muon|can|vao|mo|xem|xin hoi|bot|bot oi|da|a) )*(?P<said>.+?)"
    r"(?: (?:nhe|nha|a|ah|voi|giup|giup toi|giup em|di|nao|duoc khong|the nao|o dau|bot|dau))*"
)


def door_of(text: str) -> Door | None:
    """Return the door that the whole text names, or None if it names none."""
    if len(text) > _LONGEST:
        return None
    if is_receipt_code(text):
        return Door.RECEIPT
    if asks_for_a_person(text):
        return Door.CONTACTS
    said = " ".join("".join(letter if letter.isalnum() else " " for letter in plain(clean_line(text))).split())
    found = _AROUND.fullmatch(said)
    return DOORS.get(said) or (DOORS.get(found["said"]) if found else None)


def is_command_word(text: str) -> bool:
    """Whether the text is «menu» or «hủy», written in any way, and nothing else."""
    return len(text) <= _LONGEST and plain(clean_line(text)).strip(" .!?/") in EXACT
