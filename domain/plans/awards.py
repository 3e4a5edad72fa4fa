"""Award forms: their subjects, their criteria, and the papers that a dossier for them needs."""

from dataclasses import dataclass
from enum import StrEnum

from domain.plans.indicators import Target


class SubjectKind(StrEnum):
    COLLECTIVE = "COLLECTIVE"
    INDIVIDUAL = "INDIVIDUAL"
    HEAD = "HEAD"
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

    def checklist(self, subject: SubjectKind) -> tuple[Requirement, ...]:
        return tuple(requirement for requirement in self.requirements if subject in requirement.subjects)
