"""Whatever units merge, split, hand in or are granted: no count passes its denominator, no hand-in is lost."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.app import App
from bot.clocks import StoppedClock
from bot.contexts import Contexts
from demo.sample import AUTHORITY, PLAN, UNITS
from domain.calendar import VIETNAM
from domain.duties.tallies import HANDED_IN_PARTS, Tally, TallyPart
from domain.errors import Refusal
from domain.people.people import CONSENT_VERSION
from domain.roles import Actor, Role
from simulation.people import hand_in_blank
from tests.support.costly import costly
from tests.support.counting import check_board_texts, check_status_texts, check_workbook
from tests.support.stage import opened_product
from usecases.context import Context
from usecases.duties.opening import open_duties
from usecases.duties.progress import list_duties
from usecases.duties.tallies import UnitLine
from usecases.extensions.answers import grant_extension
from usecases.extensions.requests import ask_extension
from usecases.groups.scoreboards import view_scoreboard
from usecases.organisation.founding import caretaker, enroll_officer
from usecases.organisation.successions.commands import NewUnit, close_unit, merge_units, split_unit
from usecases.people.invites import invite
from usecases.people.joining import JoinForm, join
from usecases.reviews.queue import count_queue, list_queue
from usecases.reviews.returns import send_back
from usecases.status.export import StatusRow, export_rows
from usecases.status.status import list_status, read_status
from usecases.status.views import StatusView
from usecases.submissions.hard_copies import claim_hard_copy, decide_claim, lapse_claims

CLERK = 900
BEGINS = datetime(2026, 4, 1, 8, tzinfo=VIETNAM)
UNIT_CODES = [unit.code for unit in UNITS if unit.code != AUTHORITY]
TITLES = ("Kế hoạch thi đua của đơn vị 2026", "Giao ước thi đua 2026", "Báo cáo 6 tháng 2026", "Báo cáo năm 2026")

unit_numbers = st.integers(0, 40)
moves = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 60), st.just(0), st.just(0)),
    st.tuples(st.just("open"), st.just(0), st.just(0), st.just(0)),
    st.tuples(st.just("hand_in"), unit_numbers, st.integers(0, 3), st.just(0)),
    st.tuples(st.just("extend"), unit_numbers, st.integers(0, 3), st.integers(-10, 90)),
    st.tuples(st.just("claim"), unit_numbers, st.integers(0, 3), st.just(0)),
    st.tuples(st.sampled_from(("return", "receive")), unit_numbers, st.just(0), st.just(0)),
    st.tuples(st.sampled_from(("merge", "take_in")), unit_numbers, unit_numbers, st.integers(-30, 30)),
    st.tuples(st.sampled_from(("split", "close")), unit_numbers, st.just(0), st.integers(-30, 30)),
)
Move = tuple[str, int, int, int]


class Product:
    def __init__(self, app: App) -> None:
        self._app = app
        self.hour = BEGINS
        self.codes = [*UNIT_CODES]
        self.handed_in: set[tuple[str, str]] = set()
        """(unit, duty) of each submission made in chat, (claim, id) of each on paper; a corrected one is the same."""
        self._checked: dict[int, tuple[StatusView, tuple[StatusRow, ...]]] = {}
        """{duty: what its texts and its workbook were last made of}; they are made of nothing else."""

    @asynccontextmanager
    async def acting(self, actor: Actor | None = None) -> AsyncIterator[Context]:
        contexts: Contexts = replace(self._app.contexts, clock=StoppedClock(self.hour.astimezone(UTC)))
        async with contexts.open() as ctx:
            office = await caretaker(ctx)
        async with contexts.open(actor or office) as ctx:
            yield ctx

    async def move(self, move: Move) -> None:
        what, first, second, days = move
        one, other = self.codes[first % len(self.codes)], self.codes[second % len(self.codes)]
        day = self.hour.date() + timedelta(days=days)
        if what == "wait":
            self.hour += timedelta(days=first)
        elif what == "hand_in":
            await self._hand_in(one, TITLES[second])
        elif what == "extend":
            await self._extend(one, TITLES[second], day)
        elif what == "claim":
            await self._claim(one, TITLES[second])
        elif what == "return":
            await self._return(first)
        elif what == "receive":
            await self._receive(first)
        else:
            # An impossible change is refused and leaves no trace; that is as good as any.
            with suppress(Refusal):
                async with self.acting() as ctx:
                    await self._arrange(ctx, what, one, other, day)

    async def _arrange(self, ctx: Context, what: str, one: str, other: str, day: date) -> None:
        made = [NewUnit(f"moi-{len(self.codes)}-{part}", f"Đơn vị mới {len(self.codes)} {part}") for part in (1, 2)]
        match what:
            case "open":
                await open_duties(ctx)
                await lapse_claims(ctx)
            case "merge":
                await merge_units(ctx, (one, other), into=made[0], day=day)
                self.codes.append(made[0].code)
            case "take_in":
                await merge_units(ctx, (one,), into=other, day=day)
            case "split":
                await split_unit(ctx, one, into=made, day=day)
                self.codes += [part.code for part in made]
            case "close":
                await close_unit(ctx, one, day=day)

    async def seat_clerk(self) -> None:
        """Somebody who can be asked for more time."""
        async with self.acting() as ctx:
            code = await invite(ctx, unit=AUTHORITY, role=Role.STANDING_BODY, days=30)
            await join(
                ctx,
                code,
                JoinForm(
                    consent=CONSENT_VERSION, name="Cơ quan thường trực", position="Chuyên viên", phone="+84900000900"
                ),
                channel="telegram",
                chat_id=CLERK,
            )

    async def _extend(self, code: str, title: str, day: date) -> None:
        async with self.acting() as ctx:
            officer = await enroll_officer(ctx, unit=code, name=f"Cán bộ {code}", position="Chuyên viên")
        contexts: Contexts = replace(self._app.contexts, clock=StoppedClock(self.hour.astimezone(UTC)))
        with suppress(Refusal):
            async with self.acting(officer) as ctx:
                owed = next((duty for duty in await list_duties(ctx) if duty.title == title), None)
                if owed is None:
                    return
                request = await ask_extension(ctx, owed.id, reason="Chờ số liệu", wanted=day)
            async with contexts.open_for(channel="telegram", chat_id=CLERK) as ctx:
                await grant_extension(ctx, request.id, until=day)

    async def _claim(self, code: str, title: str) -> None:
        async with self.acting() as ctx:
            officer = await enroll_officer(ctx, unit=code, name=f"Cán bộ {code}", position="Chuyên viên")
        with suppress(Refusal):
            async with self.acting(officer) as ctx:
                owed = next((duty for duty in await list_duties(ctx) if duty.title == title), None)
                if owed is not None:
                    await claim_hard_copy(ctx, owed.id)

    async def _receive(self, number: int) -> None:
        """The standing body finds one of the papers."""
        async with self.acting() as ctx:
            waiting = [claim.id for claim in await ctx.uow.hard_copy_claims.waiting()]
        if not waiting:
            return
        with suppress(Refusal):
            async with self._by_clerk() as ctx:
                found = waiting[number % len(waiting)]
                await decide_claim(ctx, found, received=True)
                self.handed_in.add(("claim", str(found)))

    async def _return(self, number: int) -> None:
        """The standing body sends one of the submissions back."""
        async with self._by_clerk() as ctx:
            waiting = (await list_queue(ctx)).mine
        if not waiting:
            return
        row = waiting[number % len(waiting)]
        with suppress(Refusal):
            async with self._by_clerk() as ctx:
                await send_back(ctx, row.submission_id, seen=row.revision, reasons={"*": "Nhầm đơn vị tính, xem lại"})

    def _by_clerk(self) -> AbstractAsyncContextManager[Context]:
        contexts: Contexts = replace(self._app.contexts, clock=StoppedClock(self.hour.astimezone(UTC)))
        return contexts.open_for(channel="telegram", chat_id=CLERK)

    async def _hand_in(self, code: str, title: str) -> None:
        async with self.acting() as ctx:
            officer = await enroll_officer(ctx, unit=code, name=f"Cán bộ {code}", position="Chuyên viên")
        with suppress(Refusal):
            async with self.acting(officer) as ctx:
                if await hand_in_blank(ctx, title):
                    self.handed_in.add((code, title))

    async def check(self) -> None:
        async with self.acting() as ctx:
            assert (await count_queue(ctx)).mine == len((await list_queue(ctx)).mine)
            for summary in await list_status(ctx):
                view = await read_status(ctx, summary.duty_id)
                assert (summary.title, summary.last_valid_day) == (view.title, view.last_valid_day)
                assert [summary.tally.count(part) for part in TallyPart] == [
                    view.tally.count(part) for part in TallyPart
                ]
                assert 0 <= view.percent <= 100
                assert sum(cluster.owed for cluster in view.clusters) == view.owed
                assert sum(cluster.handed_in for cluster in view.clusters) == view.handed_in
                rows = await export_rows(ctx, view.duty_id)
                if self._checked.get(view.duty_id) != (view, rows):
                    check_status_texts(view, at=view.at)
                    check_workbook(view, rows)
                    self._checked[view.duty_id] = (view, rows)
                by_rule = {row.unit_name: row.part for row in rows}
                assert Counter(by_rule.values()) == {part: n for part in TallyPart if (n := view.tally.count(part))}
                assert {unit.name: unit.part for unit in view.unfinished} == {
                    name: part for name, part in by_rule.items() if part not in HANDED_IN_PARTS
                }
                await self._check_boards(ctx, view.duty_id)
            states = await ctx.uow.duties.states(PLAN)
        assert sum(len(found) for found in states.values()) == len(self.handed_in)

    async def _check_boards(self, ctx: Context, duty_id: int) -> None:
        duty = await ctx.uow.duties.find(duty_id)
        assert duty is not None
        for cluster in await ctx.uow.clusters.of_authority(duty.authority_id, day=ctx.today):
            board = await view_scoreboard(ctx, cluster, duty)
            check_board_texts(board)
            names = [unit.unit_id for unit in board.tally.of(*TallyPart)]
            assert len(names) == len(set(names)) == board.owed


@pytest.mark.long
@costly(examples=6)
@given(st.lists(moves, min_size=5, max_size=30))
@example([("hand_in", 9, 1, 0), ("return", 32, 0, 0), ("wait", 54, 0, 0), ("hand_in", 9, 1, 0)])
def test_the_parts_of_every_count_sum_to_the_whole_whatever_happens(played: list[Move]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder), played))


REPORT = 2
STORY: list[Move] = [
    *(("hand_in", unit, REPORT, 0) for unit in range(3)),
    ("return", 0, 0, 0),
    ("claim", 3, REPORT, 0),
    ("extend", 4, REPORT, 60),
    ("extend", 5, REPORT, 50),
    ("wait", 44, 0, 0),
    ("hand_in", 6, REPORT, 0),
    ("claim", 7, REPORT, 0),
    ("hand_in", 4, REPORT, 0),
    ("merge", 9, 10, 5),
]


def test_the_sums_hold_where_units_stand_in_every_part() -> None:
    with TemporaryDirectory() as folder:
        tally = asyncio.run(play(Path(folder), STORY))

    parts = {part for part in TallyPart if tally.count(part)}
    assert parts == {*TallyPart} - {TallyPart.OWED}, "all but what is owed and not due yet"


async def play(folder: Path, played: list[Move]) -> Tally[UnitLine]:
    async with opened_product(folder, at=BEGINS) as place:
        product = Product(place.app)
        await product.seat_clerk()
        for move in played:
            await product.move(move)
            await product.check()
        async with product.acting() as ctx:
            duty_id = next(view.duty_id for view in await list_status(ctx) if view.title == TITLES[REPORT])
            return (await read_status(ctx, duty_id)).tally
