"""The kinds of units that words mean: «các phường, xã», «khối trường học», «Cụm trưởng»."""

import re

from domain.plan_texts.grammar.folding import fold, one_of
from domain.units import UnitKind

_KINDS = (
    (
        UnitKind.SCHOOL,
        """
        trường (?:học|mầm non|mẫu giáo|tiểu học|trung học|thcs|thpt|công lập|phổ thông|ptdt), nhà trường, ngành giáo dục
        khối (?:trường|giáo dục), cơ sở giáo dục
        các trường(?! phong| ban| thon| ap| khu| doan| cum| khoi), giáo dục (?:và|-|&) đào tạo, thi đua trường
        """,
    ),
    (UnitKind.HAMLET, "thôn, ấp, tổ dân phố, khu phố, khu dân cư, khóm, buôn"),
    (UnitKind.COMMUNE, "xã(?! hoi), phường, thị trấn, đặc khu, địa phương"),
    (
        UnitKind.MASS_ORGANISATION,
        """
        mặt trận, mttq, ubmttq\\w*, đoàn thể, tổ chức chính trị, hội (?:nông dân|phụ nữ|cựu chiến|quần chúng)
        đoàn thanh niên, liên đoàn lao động
        """,
    ),
    (UnitKind.ENTERPRISE, "doanh nghiệp, công ty, hợp tác xã, htx"),
    (UnitKind.PUBLIC_SERVICE, "sự nghiệp, trung tâm, đơn vị"),
    (
        UnitKind.DEPARTMENT,
        "phòng, sở, (?<!dia )(?<!van )ban, ngành(?! giao duc), cơ quan, chuyên môn, văn phòng, đơn vị hành chính",
    ),
)
_KIND_PATTERNS = tuple((kind, re.compile(rf"\b{one_of(phrases)}\b")) for kind, phrases in _KINDS)
_HEADS = re.compile(rf"\b{one_of('cụm trưởng, khối trưởng, trưởng cụm, trưởng khối, cụm phó')}\b")

_ADMINISTRATIVE = re.compile(r"\b(?:cum|khoi)\b[^,;()]{0,20} hanh chinh\b")
_ADMINISTRATIVE_KINDS = (
    UnitKind.DEPARTMENT,
    UnitKind.PUBLIC_SERVICE,
    UnitKind.COMMUNE,
    UnitKind.MASS_ORGANISATION,
)
"""Clusters that go by the calendar year: all but those of schools."""


def kinds_of(who: str) -> tuple[UnitKind, ...]:
    """Return the kinds of units that the words name."""
    folded = fold(who)
    if _ADMINISTRATIVE.search(folded):
        return _ADMINISTRATIVE_KINDS
    return tuple(kind for kind, words in _KIND_PATTERNS if words.search(folded))


def names_heads(who: str) -> bool:
    """Whether the words name the heads of clusters."""
    return _HEADS.search(fold(who)) is not None
