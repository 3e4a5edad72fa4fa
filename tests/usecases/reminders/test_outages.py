"""Whatever outages a season has: every step reaches every officer once, none is lost, none comes at night."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import App
from bot.clocks import StoppedClock
from bot.contexts import Contexts
from bot.settings import Settings
from demo.sample import AUTHORITY, CLUSTERS, PLAN, UNITS
from domain.calendar import VIETNAM
from domain.duties.reminders import STEPS, may_send, reminder_slots
from domain.people.people import CONSENT_VERSION
from domain.roles import Role
from plans.catalogue import shipped_plan
from tests.support.costly import costly
from tests.support.founded import open_new_app
from usecases.context import Context
from usecases.duties.opening import open_duties
from usecases.organisation.founding import caretaker, found_organisation
from usecases.outbox.sending import SENT, claim, mark_delivered
from usecases.people.invites import invite
from usecases.people.joining import JoinForm, join
from usecases.plans.loading import load_plan
from usecases.reminders.queueing import queue_reminders

LOOKS = st.lists(st.tuples(st.integers(0, 364), st.integers(6 * 60, 19 * 60)), min_size=20, max_size=60)
"""Days of the year and minutes of the day at which the scheduler is not down."""


@pytest.mark.long
@costly(examples=4)
@given(st.integers(2026, 2028), LOOKS)
def test_no_step_is_lost_or_doubled_over_any_outages(year: int, hours: list[tuple[int, int]]) -> None:
    joined = datetime(year, 1, 1, tzinfo=VIETNAM)
    looks = sorted(joined + timedelta(days=day, minutes=minute) for day, minute in hours)

    with TemporaryDirectory() as folder:
        said, lost = asyncio.run(play(Path(folder), joined, looks))

    assert lost == []
    assert all("07:30" <= f"{hour.astimezone(VIETNAM):%H:%M}" < "17:30" for hour in said)
    assert set(Counter(hour.astimezone(VIETNAM).date() for hour in said).values()) <= {1}


async def play(folder: Path, joined: datetime, looks: list[datetime]) -> tuple[list[datetime], list[str]]:
    """When the officer was written to, and which steps never reached them."""
    said: list[datetime] = []
    async with open_new_app(Settings(data=folder), StoppedClock(joined)) as app:
        await settle_in(app)
        for hour in looks:
            said += await look(app, hour)
        async with at(app, looks[-1]).open() as ctx:
            return said, await missed(ctx, joined, looks)


def at(app: App, hour: datetime) -> Contexts:
    return replace(app.contexts, clock=StoppedClock(hour.astimezone(UTC)))


async def settle_in(app: App) -> None:
    async with app.contexts.open() as ctx:
        await found_organisation(ctx, units=UNITS, clusters=CLUSTERS, since=date(2025, 7, 1))
    async with app.contexts.as_caretaker() as ctx:
        await load_plan(ctx, shipped_plan(PLAN), authority=AUTHORITY, file=PLAN)
        office = await caretaker(ctx)
    async with app.contexts.open(office) as ctx:
        code = await invite(ctx, unit="phuong-5", role=Role.OFFICER, days=30)
        await join(
            ctx,
            code,
            JoinForm(consent=CONSENT_VERSION, name="Cán bộ Phường 5", position="Chuyên viên", phone="+84900000001"),
            channel="telegram",
            chat_id=500,
        )


async def look(app: App, hour: datetime) -> list[datetime]:
    """The hour, once for each message that went out at it."""
    async with at(app, hour).open() as ctx:
        await open_duties(ctx)
        await queue_reminders(ctx)
        queued_messages = await claim(ctx, limit=10)
        for queued in queued_messages:
            await mark_delivered(ctx, queued, outcome=SENT)
    return [hour for _ in queued_messages]


async def missed(ctx: Context, joined: datetime, looks: list[datetime]) -> list[str]:
    duties = await ctx.uow.duties.of_units([(await officers_unit(ctx))], day=ctx.today)
    sent = await ctx.uow.reminders.sent([duty.id for duty in duties])
    found = []
    for duty in duties:
        if duty.last_valid_day is None or ctx.calendar.day_of(duty.opened_at) > duty.last_valid_day:
            continue
        spoken = [
            hour
            for hour in looks
            if hour >= duty.opened_at and may_send(hour, last_valid_day=duty.last_valid_day, calendar=ctx.calendar)
        ]
        come = {
            slot.step
            for slot in reminder_slots(duty.last_valid_day, steps=STEPS, calendar=ctx.calendar)
            if spoken and joined < slot.at <= spoken[-1]
        }
        of_duty = [said for said in sent if said.duty_id == duty.id]
        lost = come ^ {step for step in STEPS for said in of_duty if said.has(step)}
        found += [f"{duty.code}: {step}" for step in lost]
    return found


async def officers_unit(ctx: Context) -> int:
    unit = await ctx.uow.units.with_code("phuong-5")
    assert unit is not None
    return unit.id
