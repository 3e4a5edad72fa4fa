"""What a plan's text says about deadlines: the duties to propose, and the dates that are no deadlines."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum, auto

from domain.plans.deadlines import Boundary, DutyKind
from domain.plans.periods import THE_YEAR, DayOfYear, OwedPeriod
from domain.plans.recurrence import Recurrence
from domain.units import UnitKind


class WhyNot(StrEnum):
    """Reasons why a date is no deadline; `WHY_NOT_NAMES` words them."""

    DOCUMENT_DATE = auto()
    ISSUE_DATE = auto()
    ANNIVERSARY = auto()
    TERM_OF_OFFICE = auto()
    VALIDITY = auto()
    FIGURES_AS_OF = auto()
    PAST = auto()
    WEEKLY = auto()
    LENGTH_OF_TIME = auto()
    NOT_IN_CALENDAR = auto()
    TOO_VAGUE = auto()
    NO_TASK = auto()


WHY_NOT_NAMES = {
    WhyNot.DOCUMENT_DATE: "ngày của một văn bản",
    WhyNot.ISSUE_DATE: "nơi và ngày ban hành",
    WhyNot.ANNIVERSARY: "ngày lễ, ngày kỷ niệm",
    WhyNot.TERM_OF_OFFICE: "nhiệm kỳ",
    WhyNot.VALIDITY: "ngày có hiệu lực, hết hiệu lực",
    WhyNot.FIGURES_AS_OF: "ngày tính, ngày chốt số liệu",
    WhyNot.PAST: "việc đã qua",
    WhyNot.WEEKLY: "hạn hằng tuần, tệp kế hoạch chưa ghi được",
    WhyNot.LENGTH_OF_TIME: "số ngày không nói kể từ đâu",
    WhyNot.NOT_IN_CALENDAR: "ngày không có trong lịch",
    WhyNot.TOO_VAGUE: "chưa rõ ngày hay tháng nào",
    WhyNot.NO_TASK: "không nói việc phải làm trước ngày ấy",
}


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """A day counted from an event: «trước ngày trao thưởng ít nhất 07 ngày»."""

    event: str
    """The event in the plan's words: «ngày trao thưởng»."""
    days: int
    is_before: bool
    in_working_days: bool = False


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """One duty to propose; its fields are named as those of `DeadlineRule`."""

    quote: str
    """The sentence or the row of a table, in the plan's words with single spaces; cells are parted by tabs."""
    wording: str
    """The words of the quote that name the time: «trước ngày 15/5»."""
    line: int
    """Line of the text (from 1) on which the quote begins."""
    kind: DutyKind
    what: str
    """The task or what is handed in: «báo cáo năm»."""
    who: str
    """Those who must act, as the text says; empty if it does not."""
    to: str
    """The receiver with its way, as the text says: «UBND thành phố (qua Phòng Nội vụ)»; empty if it does not."""
    boundary: Boundary
    recurrence: Recurrence
    due: DayOfYear | None = None
    """The day as it is written: for «trước ngày 15/5» 15 May. Of a window the last day; of a quarter's rule the first
    quarter's day. The month is 1 for a day of every month. None if there is no date."""
    year: int | None = None
    """Calendar year of `due`, or None if the rule recurs or the text names no year."""
    year_shift: int = 0
    """Years from the year that the duty covers to that of `due`: 1 for «trước ngày 15/01 năm sau»."""
    months: tuple[int, ...] = ()
    """Months in which a rule with one day for several months falls due; empty for others and for every month."""
    relative: RelativeDay | None = None
    time_of_day: time | None = None
    """The hour up to which the last day counts, or None for the whole day."""
    opens: DayOfYear | None = None
    """First day, if the text names it: «từ ngày 01/11 đến …»."""
    via: str | None = None
    """The body through which it is handed in: «Phòng Nội vụ»."""
    owes: OwedPeriod = THE_YEAR
    applies_to: tuple[UnitKind, ...] = ()
    """Kinds of units that `who` names; empty if it names none that is known."""
    is_for_heads: bool = False
    """True if `who` names the heads of clusters."""
    has_internal_day: bool = False
    """True if the date binds the body in `via`, which collects for others."""
    is_handed_in: bool = True
    """False for days that are only shown, such as those of a campaign."""
    phase: tuple[int, int] | None = None
    """First and last year of «giai đoạn 2021-2025», else None."""
    parts: tuple[str, ...] = ()
    """Tasks that stand under one date, if a heading names it for several."""

    @property
    def month(self) -> int | None:
        """Month of the last day; None without a date, and for a day of every month."""
        is_of_every = self.recurrence is Recurrence.MONTHLY and not self.months
        return None if self.due is None or is_of_every else self.due.month


@dataclass(frozen=True, slots=True)
class NotDeadline:
    quote: str
    why: WhyNot
    line: int


@dataclass(frozen=True, slots=True)
class PlanHeader:
    """What the head of the document says of itself; empty or None where it cannot be read."""

    number: str = ""
    issuer: str = ""
    title: str = ""
    issued: date | None = None
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class PlanReading:
    deadlines: tuple[FoundDeadline, ...] = ()
    not_deadlines: tuple[NotDeadline, ...] = ()
    header: PlanHeader = PlanHeader()
