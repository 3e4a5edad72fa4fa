"""Kinds of units and clusters, and the codes of units."""

import re
from enum import StrEnum

from domain.errors import Refusal


class UnitKind(StrEnum):
    AUTHORITY = "AUTHORITY"
    DEPARTMENT = "DEPARTMENT"
    PUBLIC_SERVICE = "PUBLIC_SERVICE"
    COMMUNE = "COMMUNE"
    HAMLET = "HAMLET"
    SCHOOL = "SCHOOL"
    MASS_ORGANISATION = "MASS_ORGANISATION"
    ENTERPRISE = "ENTERPRISE"


UNIT_KIND_NAMES = {
    UnitKind.AUTHORITY: "UBND, cơ quan chủ quản",
    UnitKind.DEPARTMENT: "Phòng, ban, ngành",
    UnitKind.PUBLIC_SERVICE: "Đơn vị sự nghiệp",
    UnitKind.COMMUNE: "Xã, phường, đặc khu",
    UnitKind.HAMLET: "Ấp, thôn, khu phố",
    UnitKind.SCHOOL: "Trường học",
    UnitKind.MASS_ORGANISATION: "Đoàn thể",
    UnitKind.ENTERPRISE: "Doanh nghiệp, hợp tác xã",
}


class ClusterKind(StrEnum):
    CLUSTER = "CLUSTER"
    BLOCK = "BLOCK"


class ClusterRole(StrEnum):
    HEAD = "HEAD"
    DEPUTY = "DEPUTY"
    MEMBER = "MEMBER"


_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


def refuse_code(code: str) -> None:
    """Raise Refusal if the code is not plain: codes are typed at the command line and used in file names."""
    if not _CODE.fullmatch(code):
        raise Refusal(
            "unit-code-unread", f"Mã «{code}» chỉ gồm chữ không dấu, số và dấu gạch, dài nhất 40 ký tự, ví dụ: phuong-5"
        )
