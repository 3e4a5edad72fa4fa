"""Abbreviations of the field, as officers write them in reports and chats (GLOSSARY.md)."""

import re
from functools import lru_cache

from domain.typed_input.words import clean_line, plain

_WORD = re.compile(r"[^\W_]+")

OF_THE_FIELD = {
    "bhyt": "bao hiem y te",
    "bhxh": "bao hiem xa hoi",
    "bhxhtn": "bao hiem xa hoi tu nguyen",
    "ntm": "nong thon moi",
    "cchc": "cai cach hanh chinh",
    "ns": "ngan sach",
    "nsnn": "ngan sach nha nuoc",
    "nsdp": "ngan sach dia phuong",
    "gncc": "giai ngan",
    "dtc": "dau tu cong",
    "vdtc": "von dau tu cong",
    "xdcb": "xay dung co ban",
    "tnbq": "thu nhap binh quan",
    "tnbqdn": "thu nhap binh quan dau nguoi",
    "gtvl": "gioi thieu viec lam",
    "pphs": "pham phap hinh su",
    "vhtt": "van hoa the thao",
    "ktxh": "kinh te xa hoi",
    "qpan": "quoc phong an ninh",
    "antt": "an ninh trat tu",
    "ldtt": "lao dong tien tien",
    "hdnd": "hoi dong nhan dan",
    "ubnd": "uy ban nhan dan",
    "tthc": "thu tuc hanh chinh",
}
"""{abbreviation: words it stands for}, without accents."""
OF_REPORTS = {
    **OF_THE_FIELD,
    "bq": "binh quan",
    "d/c": "dong chi",
    "kp": "khu pho",
    "ld": "lao dong",
}
"""The same, with those that mean other things in a question."""


@lru_cache(maxsize=4096)
def written_out(text: str) -> tuple[str, ...]:
    """Return the words of a name without accents, marks and abbreviations: the same for «BHYT» and «Bảo hiểm y tế»."""
    words = _WORD.findall(plain(clean_line(text)))
    return tuple(part for word in words for part in OF_REPORTS.get(word, word).split())
