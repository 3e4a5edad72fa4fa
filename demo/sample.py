"""Sample organisation of the demo and the tests: a province with two clusters of six units each."""

from dataclasses import dataclass
from decimal import Decimal

from domain.roles import Role
from domain.units import ClusterKind, ClusterRole, UnitKind
from usecases.organisation.founding import ClusterEntry, UnitEntry

AUTHORITY = "tinh-mau"
PLAN = "mau-2026"

UNITS = (
    UnitEntry(AUTHORITY, "UBND tỉnh Mẫu", UnitKind.AUTHORITY, None, office="Sở Nội vụ"),
    UnitEntry("phuong-1", "Phường 1", UnitKind.COMMUNE, AUTHORITY),
    UnitEntry("phuong-2", "Phường 2", UnitKind.COMMUNE, AUTHORITY),
    UnitEntry("thpt-mau", "Trường THPT Mẫu", UnitKind.SCHOOL, AUTHORITY),
    UnitEntry("so-tai-chinh", "Sở Tài chính", UnitKind.DEPARTMENT, AUTHORITY),
    UnitEntry("phuong-5", "Phường 5", UnitKind.COMMUNE, AUTHORITY),
    UnitEntry("phuong-6", "Phường 6", UnitKind.COMMUNE, AUTHORITY),
    UnitEntry("phuong-3", "Phường 3", UnitKind.COMMUNE, AUTHORITY),
    UnitEntry("phuong-4", "Phường 4", UnitKind.COMMUNE, AUTHORITY),
    UnitEntry("xa-hoa-sen", "Xã Hoa Sen", UnitKind.COMMUNE, AUTHORITY),
    UnitEntry("cd-mau", "Trường Cao đẳng Mẫu", UnitKind.SCHOOL, AUTHORITY),
    UnitEntry("benh-vien", "Bệnh viện Đa khoa tỉnh Mẫu", UnitKind.PUBLIC_SERVICE, AUTHORITY),
    UnitEntry("cong-ty-mau", "Công ty cổ phần Mẫu", UnitKind.ENTERPRISE, AUTHORITY),
)


def _cluster(code: str, name: str, *units: str) -> ClusterEntry:
    """Return the entry of a cluster that the first unit heads, with the second as deputy."""
    roles = (ClusterRole.HEAD, ClusterRole.DEPUTY, *(ClusterRole.MEMBER for _ in units[2:]))
    return ClusterEntry(code, name, ClusterKind.CLUSTER, AUTHORITY, tuple(zip(units, roles, strict=True)))


CLUSTERS = (
    _cluster("cum-1", "Cụm 1", "phuong-1", "phuong-2", "thpt-mau", "so-tai-chinh", "phuong-5", "phuong-6"),
    _cluster("cum-2", "Cụm 2", "phuong-3", "phuong-4", "xa-hoa-sen", "cd-mau", "benh-vien", "cong-ty-mau"),
)

LAST_YEAR = {
    "thu-ngan-sach": Decimal("12.5"),
    "giai-ngan": Decimal("46.2"),
    "thu-nhap": Decimal("68.4"),
    "bhyt": Decimal("92.8"),
    "bhxh-tu-nguyen": Decimal(210),
    "ho-ngheo-giam": Decimal(12),
    "viec-lam": Decimal(140),
    "day-nghe": Decimal(65),
    "cai-cach": Decimal(3),
    "ky-luat": Decimal(2),
    "dat-dai": Decimal("96.5"),
    "van-the": Decimal(18),
    "pham-phap": Decimal(4),
    "khong-ma-tuy": Decimal("88.9"),
    "dang-vien": Decimal(6),
}
"""{indicator: half-year figure of 2025}; each unit's own figures vary a little from these."""


def vary(value: Decimal, number: int) -> Decimal:
    """Return a figure at most 3 % from `value` for the unit of this number, with as many decimals as `value`."""
    share = Decimal(100 + number % 7 - 3) / 100
    return (value * share).quantize(value)


EARLY_REPORTS = (
    "phuong-1",
    "phuong-2",
    "thpt-mau",
    "so-tai-chinh",
    "phuong-3",
    "phuong-4",
    "cd-mau",
    "benh-vien",
    "cong-ty-mau",
)
"""Units whose half-year report is submitted by the end of April."""

NO_PLEDGE_YET = "phuong-5"


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Person with a phone in the demo; one who has not joined is sent an invite."""

    id: int
    name: str
    phone: str
    unit: str
    role: Role
    has_joined: bool


PEOPLE = (
    SamplePerson(101, "Cán bộ Phường 5", "+84900000101", "phuong-5", Role.OFFICER, has_joined=False),
    SamplePerson(102, "Phó văn phòng Phường 5", "+84900000102", "phuong-5", Role.OFFICER, has_joined=False),
    SamplePerson(103, "Cụm trưởng Cụm 1", "+84900000103", "phuong-1", Role.OFFICER, has_joined=True),
    SamplePerson(104, "Chủ tịch UBND tỉnh Mẫu", "+84900000104", AUTHORITY, Role.LEADER, has_joined=True),
    SamplePerson(105, "Chuyên viên Sở Nội vụ", "+84900000105", AUTHORITY, Role.STANDING_BODY, has_joined=True),
)
CLUSTER_HEAD = PEOPLE[2]
GROUP_TITLE = "Nhóm Cụm 1"
