"""The sample organisation of the demo and the tests: one commune, two clusters, twelve units."""

from domain.units import ClusterKind, ClusterRole, UnitKind
from usecases.organisation import ClusterEntry, UnitEntry

AUTHORITY = "xa-mau"
PLAN = "mau-2026"

UNITS = (
    UnitEntry(AUTHORITY, "UBND xã Mẫu", UnitKind.AUTHORITY, None, office="Phòng Văn hóa - Xã hội"),
    UnitEntry("phuong-1", "Phường 1", UnitKind.COMMUNE, AUTHORITY),
    UnitEntry("phuong-2", "Phường 2", UnitKind.COMMUNE, AUTHORITY),
    UnitEntry("thcs-mau", "Trường THCS Mẫu", UnitKind.SCHOOL, AUTHORITY),
    UnitEntry("phong-kinh-te", "Phòng Kinh tế", UnitKind.DEPARTMENT, AUTHORITY),
    UnitEntry("phuong-5", "Phường 5", UnitKind.COMMUNE, AUTHORITY),
    UnitEntry("phuong-6", "Phường 6", UnitKind.COMMUNE, AUTHORITY),
    UnitEntry("phuong-3", "Phường 3", UnitKind.COMMUNE, AUTHORITY),
    UnitEntry("phuong-4", "Phường 4", UnitKind.COMMUNE, AUTHORITY),
    UnitEntry("mn-hoa-sen", "Trường Mầm non Hoa Sen", UnitKind.SCHOOL, AUTHORITY),
    UnitEntry("th-mau", "Trường Tiểu học Mẫu", UnitKind.SCHOOL, AUTHORITY),
    UnitEntry("tram-y-te", "Trạm Y tế Mẫu", UnitKind.PUBLIC_SERVICE, AUTHORITY),
    UnitEntry("htx-mau", "Hợp tác xã Mẫu", UnitKind.ENTERPRISE, AUTHORITY),
)


def _cluster(code: str, name: str, *units: str) -> ClusterEntry:
    """The first unit heads it, the second is the deputy."""
    roles = (ClusterRole.HEAD, ClusterRole.DEPUTY, *(ClusterRole.MEMBER for _ in units[2:]))
    return ClusterEntry(code, name, ClusterKind.CLUSTER, AUTHORITY, tuple(zip(units, roles, strict=True)))


CLUSTERS = (
    _cluster("cum-1", "Cụm 1", "phuong-1", "phuong-2", "thcs-mau", "phong-kinh-te", "phuong-5", "phuong-6"),
    _cluster("cum-2", "Cụm 2", "phuong-3", "phuong-4", "mn-hoa-sen", "th-mau", "tram-y-te", "htx-mau"),
)
