"""`thidua bench step`: what an update costs, beside a bare aiogram echo of the same run."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import Message as TelegramMessage
from sqlalchemy import event

from bot.app import open_migrated_app
from bot.clocks import StoppedClock
from bot.settings import Settings
from bot.telegram.receiver import open_telegram_bot
from domain.errors import Refusal
from simulation.half_province import CLERK_ID, FIRST_CHAT, NOON, HalfProvince
from simulation.handset import Exchange, Handset

UNITS = 300
OFFICERS = 12
ECHOES = 400
_TOKEN = "4242:bench"  # noqa: S105 (opens nothing)
_FIGURES = ("12,5", "46,2", "68,4", "93,4", "210", "12", "140", "65", "3", "2", "96,5", "18", "4", "88,9", "6")


@dataclass(slots=True)
class UpdateCosts:
    """What the updates of one kind cost: CPU (ms), statements and transactions of each."""

    cpu: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)
    transactions: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StepCosts:
    """{kind of update: median}; ratios are to the echo's CPU."""

    database: str
    echo: float
    costs: dict[str, float]
    ratios: dict[str, float]
    statements: dict[str, float]
    transactions: dict[str, float]


def tell_steps(found: StepCosts) -> str:
    lines = [
        f"{kind}: {found.ratios[kind]} × ({ms} ms, {found.statements[kind]:.0f} câu SQL, "
        f"{found.transactions[kind]:.0f} giao dịch)"
        for kind, ms in found.costs.items()
    ]
    return "\n".join([f"{found.database} · echo của aiogram {found.echo} ms", *lines])


async def bench_step(*, database: str | None = None, officers: int = OFFICERS) -> StepCosts:
    """Let officers fill in a report line by line and hand it in; `database` is the URL of an empty one.

    Raises Refusal if the database is not empty.
    """
    with TemporaryDirectory() as folder:
        clock = StoppedClock(NOON)
        settings = Settings(data=Path(folder), database_url=database)
        async with open_migrated_app(settings, clock) as app, open_telegram_bot(app, token=_TOKEN) as telegram_bot:
            await _fill(app.contexts.engine)
            exchange = Exchange(clock)
            _cut_off(telegram_bot.bot, exchange)
            echo = await _echo(exchange)
            costs: dict[str, UpdateCosts] = {}
            with _counting(app.contexts.engine.sync_engine) as counts:
                # The first officer warms up what is built once.
                for number in range(officers + 1):
                    phone = Handset(
                        _chat(number), exchange, telegram_bot.bot, telegram_bot.dispatcher, telegram_bot.inbox
                    )
                    await _report(phone, costs if number else {}, counts)
            return _summed(app.contexts.engine.dialect.name, echo, costs)


async def _fill(engine: Any) -> None:
    try:
        await HalfProvince(UNITS).fill(engine)
    except Exception as error:
        raise Refusal("database-not-empty", "Phép đo cần một cơ sở dữ liệu trống.") from error


def _cut_off(bot: Bot, exchange: Exchange) -> None:
    """Let the exchange answer instead of the network; all of the product's middlewares of calls stay."""
    bot.session.make_request = exchange.answer  # type: ignore[method-assign]


def _chat(number: int) -> int:
    """Return the chat of an officer whose unit has neither handed in nor begun."""
    return FIRST_CHAT + CLERK_ID + 20 * number + 10


async def _report(phone: Handset, costs: dict[str, UpdateCosts], counts: dict[str, int]) -> None:
    async def measured(kind: str, act: Callable[[], Awaitable[str]]) -> str:
        before, begun = dict(counts), process_time()
        screen = await act()
        cost = costs.setdefault(kind, UpdateCosts())
        cost.cpu.append((process_time() - begun) * 1000)
        cost.statements.append(counts["statements"] - before["statements"])
        cost.transactions.append(counts["transactions"] - before["transactions"])
        return screen

    await measured("menu", lambda: phone.send("/menu"))
    await measured("step", lambda: phone.press("Khác"))
    await phone.send("/viec")
    await measured("first_question", lambda: phone.press("⏳ Báo cáo 6 tháng"))
    for figure in _FIGURES:
        await measured("figure", lambda figure=figure: phone.send(figure))  # type: ignore[misc]
    screen = await measured("hand_in", lambda: phone.press("Nộp báo cáo"))
    if "biên nhận" not in screen:
        raise LookupError(f"not handed in: {screen}")


async def _echo(exchange: Exchange) -> float:
    """Return the CPU time (ms) of a bare aiogram echo."""
    bot, dispatcher = Bot(_TOKEN), Dispatcher()
    _cut_off(bot, exchange)

    async def echo(message: TelegramMessage) -> None:
        await message.answer(message.text or "")

    dispatcher.message.register(echo)
    phone = Handset(1, exchange, bot, dispatcher)
    found = []
    for _ in range(ECHOES):
        begun = process_time()
        await phone.send("12,5")
        found.append((process_time() - begun) * 1000)
    await bot.session.close()
    return median(found)


@contextmanager
def _counting(engine: Any) -> Iterator[dict[str, int]]:
    counts = {"statements": 0, "transactions": 0}

    def sent(*_: Any) -> None:
        counts["statements"] += 1

    def begun(*_: Any) -> None:
        counts["transactions"] += 1

    event.listen(engine, "before_cursor_execute", sent)
    event.listen(engine, "begin", begun)
    try:
        yield counts
    finally:
        event.remove(engine, "before_cursor_execute", sent)
        event.remove(engine, "begin", begun)


def _summed(database: str, echo: float, costs: dict[str, UpdateCosts]) -> StepCosts:
    return StepCosts(
        database,
        round(echo, 3),
        {kind: round(median(cost.cpu), 2) for kind, cost in costs.items()},
        {kind: round(median(cost.cpu) / echo, 1) for kind, cost in costs.items()},
        {kind: median(cost.statements) for kind, cost in costs.items()},
        {kind: median(cost.transactions) for kind, cost in costs.items()},
    )
