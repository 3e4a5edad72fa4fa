"""Oracle: who should have been reminded of what, judged independently from a log of events and the plan's dates."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from domain.calendar import ONE_DAY, Calendar

STEPS = (30, 15, 7, 3, 1, 0, -1, -3, -7)
PASSED_ON = "Nhờ anh/chị báo giúp các đơn vị sau"
"""Words of a message about other units, to the officers of the unit that heads the cluster."""
_FROM, _UNTIL = time(7, 30), time(17, 30)
_LAST_WORKDAY = 4


@dataclass(frozen=True, slots=True)
class ExpectedDuty:
    """One duty of the year, with days copied from the plan by hand: «trước ngày 15/5» is 14/5."""

    title: str
    opens: date
    last: date


def expected_duties(year: int) -> tuple[ExpectedDuty, ...]:
    """Return the duties that plans/texts/mau-2026.yaml asks of every unit."""
    days = (
        ("Kế hoạch thi đua của đơn vị", (1, 1), (1, 31)),
        ("Giao ước thi đua", (1, 1), (3, 29)),
        ("Báo cáo 6 tháng", (4, 1), (5, 14)),
        ("Báo cáo năm", (10, 1), (11, 14)),
        ("Hồ sơ khen thưởng", (11, 1), (12, 19)),
    )
    return tuple(ExpectedDuty(f"{title} {year}", date(year, *opens), date(year, *last)) for title, opens, last in days)


@dataclass(slots=True)
class UnitLife:
    """Life of a unit as far as it is known."""

    born: date
    ended: date | None = None
    """Last day of the unit."""


@dataclass(slots=True)
class Recipient:
    """One officer at one unit."""

    unit: str
    since: datetime
    is_reachable: bool = True
    messaged_on: date | None = None
    """Day of the last message."""


@dataclass(slots=True)
class ReminderOracle:
    calendar: Calendar
    asked: tuple[ExpectedDuty, ...]
    units: dict[str, UnitLife] = field(default_factory=dict)
    recipients: dict[int, Recipient] = field(default_factory=dict)
    handed_in: set[tuple[str, str]] = field(default_factory=set)
    """(unit, title of the duty)."""
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    _sent_steps: set[tuple[int, str, int]] = field(default_factory=set)
    """(chat, title of the duty, step)."""
    _latest: datetime | None = None

    def owes(self, unit: str, asked: ExpectedDuty, *, day: date) -> bool:
        life = self.units[unit]
        lives = life.born <= asked.last and (life.ended is None or life.ended >= asked.last)
        return lives and asked.opens <= day and (unit, asked.title) not in self.handed_in

    def record_message(self, chat: int, text: str, now: datetime) -> None:
        """Judge a message that has just been sent."""
        self.counts["sent"] += 1
        recipient = self.recipients.get(chat)
        named = [asked for asked in self.asked if f"{asked.title}:" in text]
        if recipient is None or not (named or PASSED_ON in text):
            self._fault("wrong", f"{now} {chat}: {text}")
            return
        recipient.messaged_on = self.calendar.day_of(now)
        for asked in named:
            if not self.owes(recipient.unit, asked, day=self.calendar.day_of(now)) or self._is_quiet(asked, now):
                self._fault("wrong", f"{now} {recipient.unit}: {asked.title}")
            steps = {(chat, asked.title, step) for step in self._due_steps(asked, recipient, now)}
            if steps <= self._sent_steps:
                self._fault("double", f"{now} {recipient.unit}: {asked.title}")
            self._sent_steps |= steps

    def check_missed(self, now: datetime) -> None:
        """Find reminders that a finished run of the scheduler has missed."""
        # While a clock that was set back repeats past hours, messages queued in them may still wait.
        if self._latest is not None and now < self._latest:
            return
        self._latest = now
        for chat, title, step in self._missed(now):
            self._sent_steps.add((chat, title, step))
            self._fault("lost", f"{now} {self.recipients[chat].unit}: {title}, {step}")

    def _missed(self, now: datetime) -> Iterator[tuple[int, str, int]]:
        day = self.calendar.day_of(now)
        speakable = [asked for asked in self.asked if asked.opens <= day and not self._is_quiet(asked, now)]
        for chat, recipient in self.recipients.items():
            # A person gets at most one message a day.
            if not recipient.is_reachable or not self._serves(recipient, day) or recipient.messaged_on == day:
                continue
            for asked in speakable:
                if self.owes(recipient.unit, asked, day=day):
                    steps = ((chat, asked.title, step) for step in self._due_steps(asked, recipient, now))
                    yield from (step for step in steps if step not in self._sent_steps)

    def _serves(self, recipient: Recipient, day: date) -> bool:
        ended = self.units[recipient.unit].ended
        return ended is None or day <= ended

    def _is_quiet(self, asked: ExpectedDuty, now: datetime) -> bool:
        hour = now.astimezone(self.calendar.zone)
        is_day = self._is_workday(hour.date()) or hour.date() == asked.last
        return not (is_day and _FROM <= hour.time() < _UNTIL)

    def _due_steps(self, asked: ExpectedDuty, recipient: Recipient, now: datetime) -> Iterator[int]:
        for step in STEPS:
            if recipient.since < self._hour(asked, step) <= now:
                yield step

    def _hour(self, asked: ExpectedDuty, step: int) -> datetime:
        day = asked.last - timedelta(days=step)
        while step and not self._is_workday(day):
            day += ONE_DAY if step < 0 else -ONE_DAY
        return datetime.combine(day, _FROM, self.calendar.zone)

    def _is_workday(self, day: date) -> bool:
        return day.weekday() <= _LAST_WORKDAY and day not in self.calendar.holidays

    def _fault(self, kind: str, what: str) -> None:
        self.counts[kind] += 1
        self.faults.append(f"{kind}: {what}")
