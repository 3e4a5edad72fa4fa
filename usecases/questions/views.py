"""An answer as it is shown."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import Refusal
from domain.questions.readings import MEASURED, QuestionReading
from domain.questions.wording import label_of
from domain.typed_input.listing import shortened
from usecases.duties.tallies import UnitLine
from usecases.duties.views import DutyView
from usecases.figures.forms import FigureForm
from usecases.questions.counts import DutyCount
from usecases.questions.figures import IndicatorTable, ReportTable, UnitReport
from usecases.questions.horizon import KnownDuty


@dataclass(frozen=True, slots=True)
class CountLine:
    """One duty of a counted answer: its counts, and the units that were asked for."""

    count: DutyCount
    named: tuple[UnitLine, ...]


@dataclass(frozen=True, slots=True)
class DeadlineAnswer:
    duty: KnownDuty
    days_left: int | None
    own: tuple[DutyView, ...]
    """The duties of the asker's own units; their day may be a granted one."""


@dataclass(frozen=True, slots=True)
class JoiningAnswer:
    total: int
    absent: tuple[str, ...]
    """Names of the units with nobody in the bot who can be written to."""


@dataclass(frozen=True, slots=True)
class MembersAnswer:
    clusters: tuple[tuple[str, tuple[str, ...]], ...]
    """(cluster, its units)."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The list of one duty, of a cluster or of all units."""

    duty_id: int
    cluster_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswer:
    reading: QuestionReading
    title: str
    at: datetime
    counts: tuple[CountLine, ...] = ()
    duties: tuple[DutyView, ...] = ()
    """The duties of the one unit that was asked about."""
    deadlines: tuple[DeadlineAnswer, ...] = ()
    joining: JoiningAnswer | None = None
    members: MembersAnswer | None = None
    reports: tuple[UnitReport, ...] = ()
    tables: tuple[IndicatorTable, ...] = ()
    report_tables: tuple[ReportTable, ...] = ()
    form: FigureForm | None = None
    further: tuple[QuestionReading, ...] = ()
    """Where one can look further: clusters of an authority, units of a cluster, duties of a unit."""
    own: tuple[DutyView, ...] = ()
    """Duties that the asker can open and hand in."""
    submissions: tuple[tuple[int, str], ...] = ()
    """(id, title) of the submissions that the asker reviews: there the papers are."""
    compiled_duty: int | None = None
    """Id of the report whose compilation holds the figures, for leaders."""
    listed: Listed | None = None
    """The whole list from which reminders and files are made; None if the answer is about a part of it."""
    nudged: tuple[UnitLine, ...] = ()
    """Units that the asker can have reminded."""

    @property
    def counted_duty(self) -> int | None:
        """Id of any one unit's duty if the answer counts one duty, else None."""
        return self.counts[0].count.duty_id if len(self.counts) == 1 else None

    @property
    def in_list(self) -> Listed:
        """The list. Raises Refusal if the answer has none by now."""
        if self.listed is None:
            raise Refusal("question-without-list", "Danh sách này không còn nữa. Anh/chị hỏi lại giúp.")
        return self.listed

    def step_label(self, step: QuestionReading) -> str:
        """Return how a further step is called beside this answer: by what it adds."""
        if step.intent is not self.reading.intent and step.intent in MEASURED:
            return label_of(step)
        added = [named.name for slot, named in step.slots if getattr(self.reading, slot) != named]
        return shortened(added[-1], 60) if added else label_of(step)
