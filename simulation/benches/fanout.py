"""`thidua bench fanout`: a morning's reminders over HTTP to a messenger that counts them by their arrival."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clocks import StoppedClock
from bot.settings import Settings
from channels.sliding_window import SHARE_PER_SECOND
from domain.errors import Refusal
from models.outbox import OutboxMessage
from models.unit_of_work import make_engine
from simulation.half_province import MORNING, HalfProvince
from simulation.handset import Exchange
from simulation.measuring.processes import child
from simulation.measuring.provinces import open_province
from simulation.measuring.sender import SenderCosts
from simulation.measuring.updates import echo_costs
from simulation.messenger.arrivals import ArrivalMeter
from simulation.messenger.server import TOKEN, serving_messenger
from usecases.outbox.sending import NEEDLESS

MESSAGES = 400
PAUSE_EVERY = 150


@dataclass(frozen=True, slots=True)
class FanoutResult:
    database: str
    messages: int
    """Messages that the messenger took."""
    limit: int
    used: float
    """Part of the limit that was used while no pause was open (percent)."""
    worst_second: int
    above_limit: int
    pauses: int
    into_pause: int
    """Calls that arrived while a pause (429) was open."""
    lost: int
    doubled: int
    echo: float
    """CPU of a bare aiogram echo (ms)."""
    cpu: float
    """CPU of a message (ms)."""
    to_echo: float
    statements: float
    """Statements of a message."""
    queue_cpu: float
    """CPU of queueing a message (ms)."""
    queue_statements: int
    """Statements of queueing all of them."""
    memory_growth: float
    """Largest resident memory while sending, above that before (MB)."""
    loop_held: float
    """Longest time for which the loop ran nobody else while sending (ms)."""

    @property
    def is_clean(self) -> bool:
        return self.messages > 0 and not (self.lost or self.doubled or self.above_limit or self.into_pause)


def tell_fanout(found: FanoutResult) -> str:
    return "\n".join(
        [
            f"{found.database} · {found.messages} lời nhắc, giới hạn {found.limit}/giây: dùng {found.used} % "
            f"(đích 97), giây đông nhất {found.worst_second}, vượt {found.above_limit}",
            f"máy chủ tạm ngừng (429) {found.pauses} lần, gửi vào lúc ngừng {found.into_pause}; "
            f"mất {found.lost}, trùng {found.doubled}",
            f"một tin: {found.cpu} ms CPU = {found.to_echo} × echo {found.echo} ms (đích 25), "
            f"{found.statements} câu SQL (đích 6)",
            f"xếp hàng: {found.queue_cpu} ms CPU một tin, {found.queue_statements} câu SQL cho tất cả",
            f"bộ nhớ thêm khi gửi: {found.memory_growth} MB (đích 10), giữ vòng lặp {found.loop_held} ms (đích 50)",
        ]
    )


async def bench_fanout(
    *,
    messages: int = MESSAGES,
    per_second: int = SHARE_PER_SECOND,
    pause_every: int = PAUSE_EVERY,
    database: str | None = None,
) -> FanoutResult:
    """Remind every officer of a province; `database` is the URL of an empty one.

    Raises Refusal if the database is not empty.
    """
    meter = ArrivalMeter(per_second, pause_every=pause_every)
    echo = median(await echo_costs(Exchange(StoppedClock(MORNING))))
    with TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), database_url=database)
        async with open_province(HalfProvince(messages, is_half_in=False), settings=settings, hour=MORNING) as app:
            name = app.contexts.engine.dialect.name
        costs = await _send(settings, meter)
        engine = make_engine(settings.database)
        owed = await _owed(engine)
        await engine.dispose()
    taken = meter.taken.total()
    cpu = costs.cpu / max(taken, 1)
    return FanoutResult(
        database=name,
        messages=taken,
        limit=per_second,
        used=round(meter.used * 100, 1),
        worst_second=meter.worst,
        above_limit=meter.above_limit,
        pauses=meter.pauses,
        into_pause=meter.into_pause,
        lost=(owed - meter.taken).total(),
        doubled=(meter.taken - owed).total(),
        echo=round(echo, 3),
        cpu=round(cpu, 2),
        to_echo=round(cpu / echo, 1),
        statements=round(costs.statements / max(taken, 1), 2),
        queue_cpu=round(costs.queue_cpu / max(taken, 1), 2),
        queue_statements=costs.queue_statements,
        memory_growth=round(costs.memory_peak - costs.memory_before, 1),
        loop_held=round(costs.loop_held, 1),
    )


async def _send(settings: Settings, meter: ArrivalMeter) -> SenderCosts:
    async with serving_messenger(meter) as messenger:
        given = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API": messenger.address, "DATA": str(settings.data)}
        if settings.database_url:
            given["DATABASE_URL"] = settings.database_url
        log = settings.data / "sender.log"
        arguments = ("-m", "simulation.measuring.sender", MORNING.isoformat(), str(meter.limit))
        async with child(*arguments, log=log, settings=given) as sender:
            if await sender.running.wait():
                raise Refusal("process-ended", f"Tiến trình gửi đã dừng: {log.read_text()[-500:]}")
    printed = next(line for line in reversed(log.read_text().splitlines()) if line.startswith("{"))
    return SenderCosts(**json.loads(printed))


async def _owed(engine: AsyncEngine) -> Counter[int]:
    """Return {chat: messages} of all whose turn has come, but for those that were found needless then."""
    query = (
        select(OutboxMessage.chat_id, func.count())
        .where(OutboxMessage.done_at.is_not(None), OutboxMessage.outcome != NEEDLESS)
        .group_by(OutboxMessage.chat_id)
    )
    async with engine.connect() as connection:
        owed = Counter[int]()
        for chat_id, count in await connection.execute(query):
            owed[chat_id] = count
        return owed
