"""`thidua bench status`: what the status of a province costs, beside the same answer by hand-written SQL."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.app import TELEGRAM_CHANNEL
from bot.contexts import Contexts
from bot.settings import Settings
from dialogs.menu import read_menu
from simulation.half_province import AUTHORITY_ID, CLERK_ID, FIRST_CHAT, LEADER_ID, NOON, PROVINCE_PLAN, HalfProvince
from simulation.measuring.provinces import open_province
from simulation.measuring.raw import AnswerCpu, Ask, raw_reader
from usecases.context import Context
from usecases.groups.scoreboards import view_scoreboard
from usecases.status.status import list_status, read_status

RUNS = 9
REPORT = "bao-cao-6-thang"
_DAY_OF_SERVER = "CAST(min(submissions.counts_from) AT TIME ZONE 'Asia/Ho_Chi_Minh' AS date)"
_LAST = """
SELECT min(duties.id), max(last_valid_day) FROM duties JOIN units ON units.id = unit_id
WHERE plan_code = :plan AND duties.code = :code AND year = :year AND turn = 0 AND withdrawn_at IS NULL AND past IS NULL
  AND (units.valid_to IS NULL OR units.valid_to >= last_valid_day)
"""
_UNITS = """
WITH placed AS (
  SELECT unit_id, name, cluster_id, CASE WHEN extended_to >= :today THEN extended_to END AS ahead,
    CASE WHEN strength BETWEEN 1 AND 2 THEN
      CASE WHEN day <= last_valid_day THEN 'ON_TIME' WHEN day <= extended_to THEN 'IN_EXTENSION' ELSE 'LATE' END
    WHEN EXISTS (SELECT 1 FROM paper_claims WHERE duty_id = q.id AND decided_at IS NULL AND lapsed_at IS NULL)
      THEN 'PAPER_CLAIMED'
    WHEN strength = 0 THEN 'MENDING'
    WHEN extended_to >= :today THEN 'SPARED' WHEN last_valid_day < :today THEN 'OVERDUE' ELSE 'OWED' END AS part
  FROM (
    SELECT duties.id, duties.unit_id, units.name, last_valid_day, extended_to,
      max(memberships.cluster_id) AS cluster_id,
      min(CASE state WHEN 'RETURNED' THEN 0 WHEN 'ACCEPTED' THEN 1 WHEN 'SUBMITTED' THEN 2 END) AS strength,
      date(min(submissions.counts_from), '+7 hours') AS day
    FROM duties JOIN units ON units.id = duties.unit_id LEFT JOIN submissions ON submissions.duty_id = duties.id
    LEFT JOIN memberships ON memberships.unit_id = duties.unit_id AND memberships.valid_from <= :today
      AND (memberships.valid_to IS NULL OR memberships.valid_to >= :today)
      AND EXISTS (
        SELECT 1 FROM clusters WHERE clusters.id = memberships.cluster_id AND clusters.authority_id = :authority
          AND clusters.valid_from <= :today AND (clusters.valid_to IS NULL OR clusters.valid_to >= :today)
      )
    WHERE plan_code = :plan AND duties.code = :code AND year = :year AND turn = 0
      AND withdrawn_at IS NULL AND past IS NULL AND (units.valid_to IS NULL OR units.valid_to >= last_valid_day)
    GROUP BY duties.unit_id
  ) AS q
)
SELECT part, cluster_id, NULL, NULL, NULL, count(*) FROM placed WHERE part IN ('ON_TIME', 'IN_EXTENSION', 'LATE')
GROUP BY 1, 2
UNION ALL
SELECT part, cluster_id, unit_id, name, ahead, 1 FROM placed WHERE part NOT IN ('ON_TIME', 'IN_EXTENSION', 'LATE')
"""
_CLUSTERS = """
SELECT id, name FROM clusters
WHERE authority_id = :authority AND valid_from <= :today AND (valid_to IS NULL OR valid_to >= :today)
"""


@dataclass(frozen=True, slots=True)
class StatusCosts:
    """CPU time by what was asked (medians, ms; a database server's is counted too), and its ratio to the raw SQL's."""

    units: int
    raw: float
    costs: dict[str, float]
    ratios: dict[str, float]


def tell_costs(outcome: StatusCosts) -> str:
    lines = [f"{name}: {outcome.ratios[name]} × ({ms} ms)" for name, ms in outcome.costs.items()]
    return "\n".join([f"{outcome.units} đơn vị, SQL viết tay {outcome.raw} ms", *lines])


async def bench_status(*, units: int, database: str | None = None, runs: int = RUNS) -> StatusCosts:
    """Fill a province and measure what is asked about it; `database` is the URL of an empty one.

    Raises Refusal if the database is not empty.
    """
    with TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), database_url=database)
        async with open_province(HalfProvince(units), settings=settings) as app:
            return await measure_status(app.contexts, units=units, runs=runs)


async def measure_status(contexts: Contexts, *, units: int, runs: int) -> StatusCosts:
    duty_id = units + 1
    leader, clerk = FIRST_CHAT + LEADER_ID, FIRST_CHAT + CLERK_ID
    asked: dict[str, tuple[int, Callable[[Context], Awaitable[object]]]] = {
        "read_status": (leader, lambda ctx: read_status(ctx, duty_id)),
        "list_status": (leader, list_status),
        "leader_menu": (leader, read_menu),
        "clerk_menu": (clerk, read_menu),
        "board": (leader, lambda ctx: _board(ctx, duty_id)),
    }
    async with raw_reader(contexts.engine) as ask:
        cpu, questions = AnswerCpu(), _questions(contexts.engine.dialect.name)
        for what in asked.values():
            await _cost(cpu, contexts, *what)
        await cpu.look(contexts.engine)
        raw, costs = [], {name: list[float]() for name in asked}
        # In turns, so that all of them meet the same neighbours on the machine.
        for _ in range(runs):
            raw.append(await _raw(cpu, ask, questions))
            for name, what in asked.items():
                costs[name].append(await _cost(cpu, contexts, *what))
    base = median(raw)
    return StatusCosts(
        units,
        round(base, 2),
        {name: round(median(found), 2) for name, found in costs.items()},
        {name: round(median(found) / base, 2) for name, found in costs.items()},
    )


def _questions(dialect: str) -> tuple[str, ...]:
    """Return the raw questions; PostgreSQL has other words for a day by the clock of Vietnam, and for a group."""
    if dialect == "sqlite":
        return _LAST, _UNITS, _CLUSTERS
    units = _UNITS.replace("date(min(submissions.counts_from), '+7 hours')", _DAY_OF_SERVER)
    return _LAST, units.replace("GROUP BY duties.unit_id", "GROUP BY duties.id, units.id"), _CLUSTERS


async def _raw(cpu: AnswerCpu, ask: Ask, questions: Sequence[str]) -> float:
    begun = cpu.read()
    values = {"plan": PROVINCE_PLAN, "code": REPORT, "year": 2026, "authority": AUTHORITY_ID, "today": NOON.date()}
    for question in questions:
        await ask(question, values)
    return cpu.read() - begun


async def _cost(cpu: AnswerCpu, contexts: Contexts, chat_id: int, ask: Callable[[Context], Awaitable[object]]) -> float:
    """Return the CPU time (ms) of one question, without recognising who asks."""
    async with contexts.open_for(channel=TELEGRAM_CHANNEL, chat_id=chat_id) as ctx:
        begun = cpu.read()
        await ask(ctx)
        return cpu.read() - begun


async def _board(ctx: Context, duty_id: int) -> object:
    await ctx.uow.only_read()
    cluster, duty = await ctx.uow.clusters.get(1), await ctx.uow.duties.find(duty_id)
    return await view_scoreboard(ctx, cluster, duty) if duty else None
