"""The process of a fan-out: everything due is queued, then sent by the product's own delivery, measured from inside.

`python -m simulation.measuring.sender ISO-HOUR MESSAGES-PER-SECOND` prints what it cost as JSON.
"""

import asyncio
import gc
import json
import sys
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import process_time

from sqlalchemy import func, select

from bot.app import open_migrated_app
from bot.contexts import Contexts
from bot.runner import run_to_end
from bot.scheduler_service import open_scheduler_service
from bot.settings import read_settings
from channels.pacing import Pacer
from domain.errors import Refusal
from models.outbox import OutboxMessage
from scheduler.jobs import SchedulerService
from simulation.measuring.loops import watching_loop
from simulation.measuring.played import RunningClock
from simulation.measuring.statements import counting

_PAUSE = 0.1
_TICK = 0.02
"""Between two looks at the loop (seconds): fifty a second cost next to nothing beside twenty messages."""
_SOON = timedelta(minutes=5)
"""What failed is tried again within this time; what is due later is not part of the fan-out."""


@dataclass(frozen=True, slots=True)
class SenderCosts:
    """CPU (ms) and statements of all messages together; memory in MB."""

    queue_cpu: float
    queue_statements: int
    cpu: float
    statements: int
    memory_before: float
    memory_peak: float
    loop_held: float
    """Longest time for which the loop ran nobody else while sending (ms)."""


async def send_all(*, hour: datetime, per_second: int) -> SenderCosts:
    settings = read_settings()
    if settings.telegram_token is None:
        raise Refusal("token-missing", "Chưa đặt THIDUA_TELEGRAM_TOKEN.")
    token, pacer = settings.telegram_token.get_secret_value(), Pacer(per_second=per_second)
    async with (
        open_migrated_app(settings, RunningClock(hour)) as app,
        open_scheduler_service(app, token=token, pacer=pacer) as service,
    ):
        with counting(app.contexts.engine.sync_engine) as counts:
            begun = process_time()
            await service.look()
            queued, queue_statements = process_time() - begun, counts["statements"]
        memory = _memory("VmRSS")
        _forget_peak()
        with counting(app.contexts.engine.sync_engine) as counts:
            begun = process_time()
            async with watching_loop(_TICK) as watch:
                rounds = await _deliver(service, app.contexts)
            # Each round has asked once what is left, which is not the product's.
            statements = counts["statements"] - 2 * rounds
            return SenderCosts(
                round(queued * 1000, 1),
                queue_statements,
                round((process_time() - begun) * 1000, 1),
                statements,
                memory,
                _memory("VmHWM"),
                watch.held,
            )


async def _deliver(service: SchedulerService, contexts: Contexts) -> int:
    """Deliver until nothing is left that is due soon; return how many times that was asked."""
    rounds = 0
    while True:
        await service.deliver()
        rounds += 1
        async with contexts.engine.connect() as connection:
            left = select(func.count()).where(
                OutboxMessage.done_at.is_(None), OutboxMessage.due_at <= contexts.clock.now() + _SOON
            )
            if not await connection.scalar(left):
                return rounds
        await asyncio.sleep(_PAUSE)


def _forget_peak() -> None:
    """Let the kernel begin anew with the largest memory: queueing has one of its own."""
    Path("/proc/self/clear_refs").write_text("5")


def _memory(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024, 1)


if __name__ == "__main__":
    gc.disable()
    costs = run_to_end(send_all(hour=datetime.fromisoformat(sys.argv[1]), per_second=int(sys.argv[2])))
    sys.stdout.write(json.dumps(asdict(costs)) + "\n")
