"""`thidua bench look`: what the scheduler's look at a province costs when nothing is new, job by job."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import event, insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clocks import StoppedClock
from bot.contexts import Contexts
from bot.settings import Settings
from domain.plans.deadlines import DutyKind
from models.duties.duties import Duty
from scheduler.jobs import JOBS, Job, jobs_on_news
from simulation.half_province import AUTHORITY_ID, MORNING, OPENED, PROVINCE_PLAN, HalfProvince
from simulation.measuring.loops import watching_loop
from simulation.measuring.provinces import open_province
from simulation.measuring.raw import AnswerCpu, Ask, raw_reader

RUNS = 5
DUTIES = 10
EVENING = MORNING - timedelta(hours=15)
_FURTHER = DUTIES - 3
_RAW = "SELECT plan_code, last_valid_day, count(*) FROM duties WHERE withdrawn_at IS NULL GROUP BY 1, 2"


@dataclass(frozen=True, slots=True)
class LookCost:
    """One look, or one job of it: CPU time, and the longest times for which SQLite's one writer and the event loop are
    held (ms); statements.
    """

    cpu: float
    statements: int
    writer_held: float
    loop_held: float


@dataclass(frozen=True, slots=True)
class LookCosts:
    units: int
    duties: int
    raw: float
    """CPU time of one aggregate over all duties by hand-written SQL (ms)."""
    started: LookCost
    """The first look after a start, on the evening before: duties are opened, and no reminder may be sent."""
    first: LookCost
    """The first look of a reminder's morning."""
    whole: LookCost
    """A look through everything that finds nothing new: once in ten minutes, and after each news."""
    quiet: LookCost
    jobs: dict[str, LookCost]


@dataclass(slots=True)
class StatementMeter:
    """Statements sent, and the longest transaction that could write."""

    statements: int = 0
    longest: float = 0.0
    _began: dict[int, float] = field(default_factory=dict)

    def note_statement(self, connection: Any, _cursor: object, statement: str, *_: Any) -> None:
        self.statements += 1
        if statement.startswith("BEGIN IMMEDIATE"):
            self._began[id(connection)] = perf_counter()

    def note_end(self, connection: Any) -> None:
        began = self._began.pop(id(connection), None)
        if began is not None:
            self.longest = max(self.longest, (perf_counter() - began) * 1000)


def tell_look(found: LookCosts) -> str:
    lines = [f"{name}: {_told(cost)}" for name, cost in found.jobs.items()]
    return "\n".join(
        [
            f"{found.units} đơn vị × {found.duties} nhiệm vụ, SQL viết tay {found.raw} ms",
            f"lần xem đầu sau khi khởi động: {_told(found.started)}",
            f"lần xem đầu của buổi sáng nhắc hạn: {_told(found.first)}",
            f"lần xem lại tất cả (mười phút một lần): {_told(found.whole)}",
            f"lần xem không có gì mới: {_told(found.quiet)}",
            *lines,
        ]
    )


def _told(cost: LookCost) -> str:
    held = f"giữ quyền ghi {cost.writer_held} ms, giữ vòng lặp {cost.loop_held} ms"
    return f"{cost.cpu} ms CPU, {cost.statements} câu lệnh, {held}"


async def bench_look(*, units: int, database: str | None = None, runs: int = RUNS) -> LookCosts:
    """Fill a province, have everything queued, and look again; `database` is the URL of an empty one.

    Raises Refusal if the database is not empty.
    """
    with TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), database_url=database)
        async with open_province(HalfProvince(units), settings=settings, hour=MORNING) as app:
            async with app.contexts.engine.begin() as connection:
                for number in range(_FURTHER):
                    await connection.execute(insert(Duty), list(_further(units, number)))
            return await measure_look(app.contexts, units=units, duties=DUTIES, runs=runs)


async def measure_look(contexts: Contexts, *, units: int, duties: int, runs: int) -> LookCosts:
    engine, watched = contexts.engine, jobs_on_news()
    started = await _look(engine, replace(contexts, clock=StoppedClock(EVENING)), watched, {})
    first = await _look(engine, contexts, watched, {})
    whole = await _look(engine, contexts, JOBS, {})
    # What the first look has noted in the audit log is news to the second.
    await _look(engine, contexts, watched, {})
    jobs: dict[str, list[LookCost]] = {}
    quiet = [await _look(engine, contexts, watched, jobs) for _ in range(runs)]
    async with raw_reader(engine) as ask:
        cpu = AnswerCpu()
        await cpu.look(engine)
        raw = median([await _raw(cpu, ask) for _ in range(runs)])
    return LookCosts(
        units,
        duties,
        round(raw, 2),
        started,
        first,
        whole,
        _median(quiet),
        {name: _median(found) for name, found in jobs.items()},
    )


def _further(units: int, number: int) -> Iterator[dict[str, Any]]:
    """Yield one more duty of every unit, due on a day of its own in spring."""
    for place in range(units):
        yield {
            "plan_code": PROVINCE_PLAN,
            "code": f"viec-{number}",
            "year": 2026,
            "turn": 0,
            "unit_id": AUTHORITY_ID + 1 + place,
            "authority_id": AUTHORITY_ID,
            "kind": DutyKind.REPORT,
            "title": f"Việc {number}",
            "opened_at": OPENED,
            "last_valid_day": date(2026, 5, 8) + timedelta(days=number),
        }


async def _look(
    engine: AsyncEngine, contexts: Contexts, run: Sequence[Job], jobs: dict[str, list[LookCost]]
) -> LookCost:
    costs = []
    for planned, job in zip(JOBS, run, strict=True):
        with _metered(engine) as meter:
            async with watching_loop() as watch, contexts.open() as ctx:
                begun = process_time()
                await job(ctx)
                cpu = (process_time() - begun) * 1000
            cost = LookCost(cpu, meter.statements, meter.longest, watch.held)
        jobs.setdefault(planned.__name__.strip("_"), []).append(cost)
        costs.append(cost)
    return LookCost(
        round(sum(cost.cpu for cost in costs), 1),
        sum(cost.statements for cost in costs),
        round(max(cost.writer_held for cost in costs), 1),
        round(max(cost.loop_held for cost in costs), 1),
    )


@contextmanager
def _metered(engine: AsyncEngine) -> Iterator[StatementMeter]:
    meter = StatementMeter()
    listeners: dict[str, Callable[..., None]] = {
        "before_cursor_execute": meter.note_statement,
        "commit": meter.note_end,
        "rollback": meter.note_end,
    }
    for name, listener in listeners.items():
        event.listen(engine.sync_engine, name, listener)
    try:
        yield meter
    finally:
        for name, listener in listeners.items():
            event.remove(engine.sync_engine, name, listener)


def _median(costs: list[LookCost]) -> LookCost:
    return LookCost(
        round(median(cost.cpu for cost in costs), 1),
        int(median(cost.statements for cost in costs)),
        round(median(cost.writer_held for cost in costs), 1),
        round(median(cost.loop_held for cost in costs), 1),
    )


async def _raw(cpu: AnswerCpu, ask: Ask) -> float:
    begun = cpu.read()
    await ask(_RAW, {})
    return cpu.read() - begun
