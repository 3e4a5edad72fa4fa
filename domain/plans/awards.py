"""Award forms: who may get them, by which criteria, and which papers a dossier for them holds."""

from dataclasses import dataclass
from enum import StrEnum

from domain.plans.indicators import Target


class SubjectKind(StrEnum):
    COLLECTIVE = "COLLECTIVE"
    INDIVIDUAL = "INDIVIDUAL"
    HEAD = "HEAD"
    ENTERPRISE = "ENTERPRISE"
    """An enterprise, and its owner or head: both prove that taxes are paid (PLANS.md S0, line 179; S1, line 117)."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One paper of a checklist; `subjects` are the nominees for whom it is needed."""

    code: str
    name: str
    subjects: tuple[SubjectKind, ...]
    source: str
    per_nominee: bool = False
    """Asked once for each nominee (PLANS.md S0, line 178)."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a standard; where a figure decides it, the indicator and what it must reach."""

    text: str
    source: str
    indicator: str | None = None
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Criteria:
    """The standard for some subjects: all of these lines, and, where there are any, one of those."""

    subjects: tuple[SubjectKind, ...]
    all_of: tuple[Criterion, ...]
    any_of: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class AwardForm:
    code: str
    name: str
    subjects: tuple[SubjectKind, ...]
    requirements: tuple[Requirement, ...]
    source: str
    criteria: tuple[Criteria, ...] = ()
    copies: int | None = None
    """How many sets of papers are handed in; None where the plan does not say."""
    sent_through: str = ""
    """The road its papers take where it is not the plan's usual one."""
    via: str | None = None
    """The body in charge that reviews its dossiers first; None where that is the body of the deadline."""

    def checklist(self, subject: SubjectKind) -> tuple[Requirement, ...]:
        return tuple(requirement for requirement in self.requirements if subject in requirement.subjects)
