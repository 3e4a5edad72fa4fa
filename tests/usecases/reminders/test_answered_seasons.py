"""Seasons of outages, restarts and answers at random: what was said is held against what each hour asked for."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.app import App
from bot.contexts import Contexts
from demo.sample import AUTHORITY
from domain.calendar import VIETNAM
from domain.duties.reminders import STEPS, next_sending_hour, reminder_slots
from domain.errors import Refusal
from domain.people.people import CONSENT_VERSION
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from domain.submissions.hard_copies import lapses_at
from models.duties.reminders import SentReminder
from scheduler.jobs import SchedulerService
from tests.support.costly import costly
from tests.support.founded import open_sharing_engines
from tests.support.stage import opened_product
from usecases.duties.assignments import end_handover, hand_over, list_colleagues
from usecases.duties.progress import list_duties
from usecases.people.invites import invite
from usecases.people.joining import JoinForm, join
from usecases.ports import MessageContent, OutgoingDocument
from usecases.reminders.snoozes import list_hours, snooze
from usecases.submissions.hard_copies import claim_hard_copy, decide_claim
from usecases.submissions.reports import enter_value, read_report, submit_report

START = datetime(2026, 4, 10, 8, 0, tzinfo=VIETNAM)
LAST_VALID_DAY = date(2026, 5, 14)
CLERK = 900
OFFICERS = {500: "phuong-5", 501: "phuong-5", 600: "phuong-6"}

GAPS = st.one_of(st.integers(1, 6 * 60), st.integers(1, 72 * 60))
"""Minutes in which nothing runs."""
RUNS = ("look", "look", "both", "both", "crash", "cut off", "clock back")
ANSWERS = ("snooze", "snooze", "pass on", "take back", "claim", "confirm", "refuse", "refuse", "submit")
SILENCING = ("snooze", "pass on", "claim", "confirm", "submit")
DEEDS = st.sampled_from((*RUNS, *ANSWERS))
EVENTS = st.lists(
    st.tuples(GAPS, DEEDS, st.sampled_from(sorted(OFFICERS)), st.integers(0, 9)), min_size=20, max_size=50
)


@dataclass
class AnsweredWorld:
    """What ought to be, kept apart from the database."""

    hour: datetime = START
    reports: dict[str, int] = field(default_factory=dict)
    handed_in: set[int] = field(default_factory=set)
    claims: dict[int, int] = field(default_factory=dict)
    patience: dict[int, datetime] = field(default_factory=dict)
    """Until when a claim leaves its unit alone."""
    charges: dict[int, tuple[int | None, datetime]] = field(default_factory=dict)
    asked: dict[tuple[int, int], datetime] = field(default_factory=dict)
    hushed: dict[int, datetime] = field(default_factory=dict)
    """When a duty was last answered in a way that silences somebody."""
    said: list[tuple[datetime, int, tuple[int, ...]]] = field(default_factory=list)
    unasked: Counter[tuple[int, date]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    is_cut_off: bool = False

    def now(self) -> datetime:
        return self.hour.astimezone(UTC)

    def report_of(self, chat_id: int) -> int:
        return self.reports[OFFICERS[chat_id]]

    def is_minded(self, chat_id: int, duty_id: int) -> bool:
        """Whether this officer ought to hear of their unit's report at this hour."""
        charge, _ = self.charges.get(duty_id, (None, START))
        is_claimed = duty_id in self.claims and self.hour < self.patience[duty_id]
        return duty_id not in self.handed_in and not is_claimed and charge in (None, chat_id)

    async def send(self, chat_id: int, content: MessageContent, *, thread_id: int | None = None) -> int:
        assert thread_id is None
        if self.is_cut_off:
            raise ConnectionError("no network")
        if content.html.startswith("<b>Nhắc hạn"):
            actions = [button.action for row in content.buttons for button in row]
            self._hear(chat_id, tuple(int(action[5:]) for action in actions if action.startswith("duty:")))
        return len(self.said)

    def _hear(self, chat_id: int, duties: tuple[int, ...]) -> None:
        local = self.hour.astimezone(VIETNAM)
        self.said.append((self.hour, chat_id, duties))
        if not "07:30" <= f"{local:%H:%M}" < "17:30" or (local.weekday() >= 5 and local.date() != LAST_VALID_DAY):
            self.wrong.append(f"{local}: quiet hours")
        woken = [id_ for id_ in duties if (chat_id, id_) in self.asked and self.asked[chat_id, id_] <= self.hour]
        for duty_id in duties:
            if duty_id in self.reports.values() and not self.is_minded(chat_id, duty_id):
                self.wrong.append(f"{local}: {chat_id} is not to hear of {duty_id}")
            if self.asked.get((chat_id, duty_id), self.hour) > self.hour:
                self.wrong.append(f"{local}: {chat_id} has put off {duty_id}")
        for duty_id in woken:
            del self.asked[chat_id, duty_id]
        self.unasked[chat_id, local.date()] += not woken

    async def send_document(self, chat_id: int, document: OutgoingDocument) -> str | None:
        raise AssertionError(chat_id, document)

    async def edit(self, chat_id: int, message_id: int, content: MessageContent) -> None:
        raise AssertionError(chat_id, message_id, content)

    async def pin(self, chat_id: int, message_id: int) -> bool:
        raise AssertionError(chat_id, message_id)

    async def pinned(self, chat_id: int) -> int | None:
        raise AssertionError(chat_id)

    async def unpin(self, chat_id: int, message_id: int) -> None:
        raise AssertionError(chat_id, message_id)


@costly(examples=4)
@given(EVENTS)
# The last looks are at 07:30, an hour that can be asked for.
@pytest.mark.long
@example([(1000, "snooze", 500, 5)])
def test_nothing_is_lost_doubled_or_said_to_the_wrong_over_any_season(events: list[tuple[int, str, int, int]]) -> None:
    world = AnsweredWorld()

    with TemporaryDirectory() as folder:
        lost = asyncio.run(play(Path(folder), world, events))

    assert world.wrong == []
    assert lost == []
    assert set(world.unasked.values()) <= {0, 1}


async def play(folder: Path, world: AnsweredWorld, events: list[tuple[int, str, int, int]]) -> list[str]:
    async with (
        opened_product(folder, at=START) as product,
        open_sharing_engines(product.app.settings, product.clock) as other,
    ):
        await settle_in(product.app, world)
        contexts = replace(product.app.contexts, clock=world)
        services = [
            SchedulerService(each, {"telegram": world})
            for each in (contexts, replace(contexts, engine=other.contexts.engine))
        ]
        for gap, deed, chat_id, number in events:
            world.hour += timedelta(minutes=gap)
            await act(contexts, world, services, deed, chat_id, number)
        world.is_cut_off = False
        for _ in range(8):
            async with contexts.open() as ctx:
                world.hour = next_sending_hour(world.hour + timedelta(hours=16), calendar=ctx.calendar)
            await services[0].tick()
        return await missing(contexts, world)


async def act(
    contexts: Contexts, world: AnsweredWorld, services: list[SchedulerService], deed: str, chat_id: int, number: int
) -> None:
    first, second = services
    match deed:
        case "look":
            await first.tick()
        case "both":
            await asyncio.gather(first.tick(), second.tick())
        case "crash":
            await first.look()
        case "cut off":
            world.is_cut_off = True
            await second.tick()
            world.is_cut_off = False
        case "clock back":
            world.hour -= timedelta(hours=1)
            await first.tick()
        case _:
            with suppress(Refusal):
                await answer(contexts, world, deed, chat_id, number)


async def answer(contexts: Contexts, world: AnsweredWorld, deed: str, chat_id: int, number: int) -> None:
    """What cannot be done at this hour is refused, and changes nothing in the world."""
    duty_id = world.report_of(chat_id)
    who = CLERK if deed in ("confirm", "refuse") else chat_id
    async with contexts.open_for(channel="telegram", chat_id=who) as ctx:
        match deed:
            case "snooze":
                hours = await list_hours(ctx, duty_id)
                view = await snooze(ctx, duty_id, until=hours[number % len(hours)].at)
                world.asked[chat_id, duty_id] = view.at
            case "pass on":
                colleague = (await list_colleagues(ctx, duty_id))[0]
                await hand_over(ctx, duty_id, to=colleague.person_id)
                world.charges[duty_id] = (501 if colleague.name.endswith("501") else 500, world.hour)
            case "take back":
                await end_handover(ctx, duty_id)
                world.charges[duty_id] = (None, world.hour)
            case "claim":
                claim = await claim_hard_copy(ctx, duty_id)
                world.claims[duty_id] = claim.id
                world.patience[duty_id] = lapses_at(claim.at, calendar=ctx.calendar)
            case "confirm" | "refuse" if duty_id in world.claims:
                await decide_claim(ctx, world.claims[duty_id], received=deed == "confirm", reason="Chưa nhận được")
                del world.claims[duty_id]
                if deed == "confirm":
                    world.handed_in.add(duty_id)
            case "submit" if number == 0:
                await submit_report(ctx, duty_id, seen=(await read_report(ctx, duty_id)).draft.revision)
                world.handed_in.add(duty_id)
            case _:
                return
    if deed in SILENCING:
        world.hushed[duty_id] = world.hour


async def settle_in(app: App, world: AnsweredWorld) -> None:
    for chat_id, unit in OFFICERS.items():
        await enter(app, unit, chat_id, Role.OFFICER)
    await enter(app, AUTHORITY, CLERK, Role.STANDING_BODY)
    for chat_id in (500, 600):
        async with app.contexts.open_for(channel="telegram", chat_id=chat_id) as ctx:
            report = next(duty for duty in await list_duties(ctx) if duty.kind is DutyKind.REPORT)
            world.reports[OFFICERS[chat_id]] = report.id
            for line in (await read_report(ctx, report.id)).lines:
                await enter_value(ctx, report.id, indicator=line.indicator, value=Decimal(12), reason="Đúng")


async def enter(app: App, unit: str, chat_id: int, role: Role) -> None:
    async with app.contexts.as_caretaker() as ctx:
        code = await invite(ctx, unit=unit, role=role, days=30)
        await join(
            ctx,
            code,
            JoinForm(
                consent=CONSENT_VERSION, name=f"Cán bộ {chat_id}", position="Chuyên viên", phone=f"+84900000{chat_id}"
            ),
            channel="telegram",
            chat_id=chat_id,
        )


async def missing(contexts: Contexts, world: AnsweredWorld) -> list[str]:
    """Steps and hours asked for that never reached the officer who ought to have heard of them."""
    lost = [
        f"{chat_id} asked for {duty_id} at {until}"
        for (chat_id, duty_id), until in world.asked.items()
        if until < world.hour and world.is_minded(chat_id, duty_id)
    ]
    for chat_id in OFFICERS:
        async with contexts.open_for(channel="telegram", chat_id=chat_id) as ctx:
            duty_id, person = world.report_of(chat_id), ctx.actor.person_id
            queued = await days_by_step(contexts, duty_id, person)
            _, since = world.charges.get(duty_id, (None, START))
            come = {
                slot.step
                for slot in reminder_slots(LAST_VALID_DAY, steps=STEPS, calendar=ctx.calendar)
                if since < slot.at <= world.hour
            }
        if world.is_minded(chat_id, duty_id):
            lost += [f"{chat_id}: step {step}" for step in come - queued.keys()]
        heard = [_day(hour) for hour, who, duties in world.said if who == chat_id and duty_id in duties]
        silenced = _day(world.hushed.get(duty_id, START))
        lost += [
            f"{chat_id}: step {step} of {day} was queued and never said"
            for step, day in queued.items()
            if day > silenced and not any(later >= day for later in heard)
        ]
    return lost


def _day(hour: datetime) -> date:
    return hour.astimezone(VIETNAM).date()


async def days_by_step(contexts: Contexts, duty_id: int, person_id: int | None) -> dict[int, date]:
    """When each step was queued for this person."""
    query = select(SentReminder.step, SentReminder.last_step, SentReminder.day).where(
        SentReminder.duty_id == duty_id, SentReminder.person_id == person_id
    )
    async with contexts.engine.connect() as connection:
        sent = (await connection.execute(query)).all()
    return {step: day for first, last, day in sent for step in range(last, first + 1) if step in STEPS}
