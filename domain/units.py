"""Units, clusters, and what they are called."""

from enum import StrEnum


class UnitKind(StrEnum):
    AUTHORITY = "AUTHORITY"
    DEPARTMENT = "DEPARTMENT"
    PUBLIC_SERVICE = "PUBLIC_SERVICE"
    COMMUNE = "COMMUNE"
    HAMLET = "HAMLET"
    SCHOOL = "SCHOOL"
    MASS_ORGANISATION = "MASS_ORGANISATION"
    ENTERPRISE = "ENTERPRISE"


class ClusterKind(StrEnum):
    CLUSTER = "CLUSTER"
    BLOCK = "BLOCK"


class ClusterRole(StrEnum):
    HEAD = "HEAD"
    DEPUTY = "DEPUTY"
    MEMBER = "MEMBER"
