"""Award forms: their subjects, their criteria, and the papers that a dossier for them needs."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.plans.events import DayCount
from domain.plans.indicators import Comparator, Target


class SubjectKind(StrEnum):
    COLLECTIVE = "COLLECTIVE"
    INDIVIDUAL = "INDIVIDUAL"
    HEAD = "HEAD"
    HOUSEHOLD = "HOUSEHOLD"
    ENTERPRISE = "ENTERPRISE"
    """An enterprise, or its owner or head: both prove that taxes are paid (PLANS.md S0, line 179; S1, line 117)."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One paper of a checklist; `subjects` are the kinds of nominee for whom it is needed."""

    code: str
    name: str
    subjects: tuple[SubjectKind, ...]
    source: str
    per_nominee: bool = False
    """True if the paper is needed once for each nominee (PLANS.md S0, line 178)."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a standard; if a figure decides it, the indicator's code and its target."""

    text: str
    source: str
    indicator: str | None = None
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Criteria:
    """The standard for some subjects: all lines of `all_of` and, unless it is empty, one line of `any_of`."""

    subjects: tuple[SubjectKind, ...]
    all_of: tuple[Criterion, ...]
    any_of: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a headcount that a dossier must keep to: «không quá 30 %», «từ 70 % trở lên đạt LĐTT»."""

    code: str
    text: str
    comparator: Comparator
    percent: Decimal
    whole: str
    """What 100 % is: «cán bộ, công chức, viên chức của đơn vị»."""
    source: str
    part: str = ""
    """What is counted: «người đạt Lao động tiên tiến»; empty: the nominees of the dossier."""
    subjects: tuple[SubjectKind, ...] = ()

    def is_kept(self, part: int, *, whole: int) -> bool:
        """Whether the share is kept; exact, so that of ten people 15 % are one."""
        share, limit = Decimal(part * 100), self.percent * whole
        return bool(Target(self.comparator, limit).is_met(share))


@dataclass(frozen=True, slots=True)
class Posting:
    """Public posting of the nominees before the dossier goes on: «niêm yết công khai 10 ngày»."""

    days: int
    text: str
    source: str
    counts: DayCount = DayCount.CALENDAR


@dataclass(frozen=True, slots=True)
class AwardForm:
    code: str
    name: str
    subjects: tuple[SubjectKind, ...]
    requirements: tuple[Requirement, ...]
    source: str
    criteria: tuple[Criteria, ...] = ()
    copies: int | None = None
    """Number of sets of papers to hand in, or None if the plan does not say."""
    sent_through: str = ""
    """The way its papers are sent, if it is not the plan's usual one."""
    via: str | None = None
    """Name of the body that reviews its dossiers first, or None if the deadline's own `via` applies."""

    original_to: str = ""
    """Where the signed paper goes; empty if the plan does not say, or the deadline does."""
    shares: tuple[Share, ...] = ()
    posting: Posting | None = None

    def checklist(self, subject: SubjectKind) -> tuple[Requirement, ...]:
        return tuple(requirement for requirement in self.requirements if subject in requirement.subjects)
