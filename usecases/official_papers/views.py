"""What the drafts of official papers say, one view for each kind of content."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.duties.due_hours import is_over
from domain.official_papers import Issuer, PaperKind
from domain.plans.plans import SubjectKind
from usecases.compilation.views import Compilation
from usecases.duties.tallies import UnitLine
from usecases.submissions.pledges import PledgeView
from usecases.submissions.receipts import ReceiptView
from usecases.submissions.report_sheet import ReportView


@dataclass(frozen=True, slots=True)
class PaperFrame:
    """What every draft begins with."""

    kind: PaperKind
    authority_id: int
    """Id of the authority whose template holds."""
    issuer: Issuer
    addressee: str
    task: str
    """Duty and year, as in a sentence: «báo cáo 6 tháng năm 2026»."""
    year: int
    """Year of the duty."""
    plan: str
    """The plan as a paper cites it: number, day, issuer and subject."""
    bases: tuple[str, ...]
    """Legal texts in force and the plan, as a paper cites them."""
    at: datetime
    """Local time of the draft."""
    about: str
    """Unit or cluster that the paper is about, for the name of its file; empty if it is about all units."""

    @property
    def file_stem(self) -> str:
        return " ".join(filter(None, (self.kind.value, self.about, self.task)))


@dataclass(frozen=True, slots=True)
class UnitReportPaper:
    frame: PaperFrame
    unit_name: str
    report: ReportView


@dataclass(frozen=True, slots=True)
class PledgePaper:
    frame: PaperFrame
    unit_name: str
    cluster_name: str
    """Empty if the unit is in no cluster."""
    pledge: PledgeView


@dataclass(frozen=True, slots=True)
class PledgedIndicator:
    name: str
    uom: str
    targets: tuple[tuple[str, str], ...]
    """(unit, target as officers write it) of each member that has pledged it."""


@dataclass(frozen=True, slots=True)
class ClusterPledgePaper:
    frame: PaperFrame
    cluster_name: str
    members: tuple[str, ...]
    campaigns: tuple[tuple[str, int], ...]
    """(campaign, number of members that join it)."""
    indicators: tuple[PledgedIndicator, ...]
    missing: tuple[str, ...]
    """Members that have not handed in their pledge."""


@dataclass(frozen=True, slots=True)
class Nominee:
    name: str
    subject: SubjectKind
    award: str
    unit_name: str
    receipt: str
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class NominationPaper:
    """The letter of submission and the minutes: all nominees of the dossiers that are handed in."""

    frame: PaperFrame
    office: str
    """Standing body that submits."""
    council: str
    nominees: tuple[Nominee, ...]
    dossiers: int
    """Number of dossiers."""


@dataclass(frozen=True, slots=True)
class DossierReceiptPaper:
    frame: PaperFrame
    receipt: ReceiptView
    award: str
    """Empty if nobody is proposed, or the duty is one document."""
    nominees: tuple[str, ...]
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class LateUnit:
    line: UnitLine
    cluster_name: str
    handed_in_on: date | None = None
    """Day of the first hand-in, for units that handed in late."""


@dataclass(frozen=True, slots=True)
class LatePaper:
    """The list of the late and the letter that chases them."""

    frame: PaperFrame
    office: str
    last_valid_day: date | None
    owed: int
    handed_in: int
    missing: tuple[LateUnit, ...]
    late: tuple[LateUnit, ...]

    @property
    def is_overdue(self) -> bool:
        return is_over(self.last_valid_day, at=self.frame.at)


@dataclass(frozen=True, slots=True)
class CompiledPaper:
    frame: PaperFrame
    compiled: Compilation
    coming: tuple[str, ...]
    """The plan's next duties, each with its last valid day, as a paper writes them."""


Paper = (
    UnitReportPaper
    | PledgePaper
    | ClusterPledgePaper
    | NominationPaper
    | DossierReceiptPaper
    | LatePaper
    | CompiledPaper
)
