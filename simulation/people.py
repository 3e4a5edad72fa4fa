"""Events of people in a simulated year: they join, submit, and block the bot."""

from datetime import datetime, time, timedelta
from functools import partial

from bot.app import TELEGRAM_CHANNEL
from domain.calendar import VIETNAM
from domain.people.people import CONSENT_VERSION
from domain.roles import Role
from simulation.events import EventQueue
from simulation.oracle import Recipient
from usecases.context import Context, command
from usecases.people.invites import invite
from usecases.people.joining import JoinForm, join
from usecases.submissions.drafts import draft_for
from usecases.submissions.handing_in import hand_in


class PeopleEvents(EventQueue):
    async def _join(self, unit: str) -> None:
        """Let a new officer join the unit and plan when to submit each duty."""
        ended = self.oracle.units[unit].ended
        if ended is not None and ended < self._clock.hour.astimezone(VIETNAM).date():
            return
        chat = 1000 + next(self._numbers)
        async with self._office() as ctx:
            code = await invite(ctx, unit=unit, role=Role.OFFICER, days=30)
            await join(
                ctx,
                code,
                JoinForm(
                    consent=CONSENT_VERSION, name=f"Cán bộ {unit}", position="Chuyên viên", phone=f"+849{chat:08}"
                ),
                channel=TELEGRAM_CHANNEL,
                chat_id=chat,
            )
        self.oracle.recipients[chat] = Recipient(unit, self._clock.hour)
        if self._rng.random() < 0.02:
            self._at(self._any_hour(), partial(self._block, chat))
        for asked in self.oracle.asked:
            if self._rng.random() < 0.85:
                days = (asked.last - asked.opens).days + 8
                day = asked.opens + timedelta(days=self._rng.randrange(days))
                hour = datetime.combine(day, time(), VIETNAM) + timedelta(seconds=self._rng.randrange(24 * 3600))
                self._at(hour, partial(self._hand_in, chat, asked.title))

    async def _block(self, chat: int) -> None:
        self.oracle.recipients[chat].is_reachable = False

    async def _hand_in(self, chat: int, title: str) -> None:
        unit = self.oracle.recipients[chat].unit
        asked = next(asked for asked in self.oracle.asked if asked.title == title)
        if not self.oracle.owes(unit, asked, day=self._clock.hour.astimezone(VIETNAM).date()):
            return
        async with self._apps[0].contexts.open_for(channel=TELEGRAM_CHANNEL, chat_id=chat) as ctx:
            is_there = await hand_in_blank(ctx, title)
        if is_there:
            self.oracle.handed_in.add((unit, title))

    async def _hand_in_something(self) -> None:
        """Submit something between queueing and sending, when it matters most."""
        if self._rng.random() * 1000 < self._count:
            await self._hand_in(self._rng.choice([*self.oracle.recipients]), self._rng.choice(self.oracle.asked).title)


@command
async def hand_in_blank(ctx: Context, title: str) -> bool:
    """Submit the actor's unit's duty of this title without content. Return whether there was one."""
    units = await ctx.uow.units.existing([post.unit_id for post in ctx.actor.posts], day=ctx.today)
    mine = await ctx.uow.duties.of_units(units, day=ctx.today)
    duty = next((duty for duty in mine if duty.name == title), None)
    if duty is None:
        return False
    draft = await draft_for(ctx, duty)
    await hand_in(ctx, duty, draft, seen=draft.revision)
    await ctx.uow.commit()
    return True
