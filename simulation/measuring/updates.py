"""What updates cost in this process: CPU, statements and transactions, beside a bare aiogram echo of the same run."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from statistics import median
from time import process_time

from aiogram import Bot, Dispatcher
from aiogram.types import Message as TelegramMessage

from bot.app import App
from bot.telegram.receiver import TelegramBot, open_telegram_bot
from simulation.handset import Exchange, Handset
from simulation.measuring.statements import counting
from simulation.messenger.server import TOKEN

ECHOES = 400


@dataclass(slots=True)
class UpdateCosts:
    """What the updates of one kind cost: CPU (ms), statements and transactions of each."""

    cpu: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)
    transactions: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StepCosts:
    """{kind of update: median}; ratios are to the echo's CPU (ms)."""

    database: str
    echo: float
    costs: dict[str, float]
    ratios: dict[str, float]
    statements: dict[str, float]
    transactions: dict[str, float]


def tell_updates(found: StepCosts) -> str:
    lines = [
        f"{kind}: {found.ratios[kind]} × ({ms} ms, {found.statements[kind]:.0f} câu SQL, "
        f"{found.transactions[kind]:.0f} giao dịch)"
        for kind, ms in found.costs.items()
    ]
    return "\n".join([f"{found.database} · echo của aiogram {found.echo} ms", *lines])


@dataclass(slots=True)
class MeasuredBot:
    """The product's bot without a network; the costs of what its phones do are noted by kind."""

    database: str
    telegram_bot: TelegramBot
    exchange: Exchange
    counts: dict[str, int]
    costs: dict[str, UpdateCosts] = field(default_factory=dict)
    _echoes: list[float] = field(default_factory=list)

    def phone(self, chat_id: int) -> Handset:
        bot = self.telegram_bot
        return Handset(chat_id, self.exchange, bot.bot, bot.dispatcher, bot.inbox)

    async def measured(self, kind: str, act: Callable[[], Awaitable[str]]) -> str:
        before, begun = dict(self.counts), process_time()
        screen = await act()
        cost = self.costs.setdefault(kind, UpdateCosts())
        cost.cpu.append((process_time() - begun) * 1000)
        cost.statements.append(self.counts["statements"] - before["statements"])
        cost.transactions.append(self.counts["transactions"] - before["transactions"])
        return screen

    async def echo(self) -> None:
        """Measure some echoes; called before and after, so that both meet the same neighbours on the machine."""
        self._echoes += await echo_costs(self.exchange)

    def forget(self) -> None:
        """Forget what was measured: what is built once has been built."""
        self.costs.clear()

    def summed(self) -> StepCosts:
        echo = median(self._echoes)
        return StepCosts(
            self.database,
            round(echo, 3),
            {kind: round(median(cost.cpu), 2) for kind, cost in self.costs.items()},
            {kind: round(median(cost.cpu) / echo, 1) for kind, cost in self.costs.items()},
            {kind: median(cost.statements) for kind, cost in self.costs.items()},
            {kind: median(cost.transactions) for kind, cost in self.costs.items()},
        )


@asynccontextmanager
async def measured_bot(app: App) -> AsyncIterator[MeasuredBot]:
    engine = app.contexts.engine
    async with open_telegram_bot(app, token=TOKEN) as telegram_bot:
        exchange = Exchange(app.contexts.clock)
        _cut_off(telegram_bot.bot, exchange)
        with counting(engine.sync_engine) as counts:
            yield MeasuredBot(engine.dialect.name, telegram_bot, exchange, counts)


def _cut_off(bot: Bot, exchange: Exchange) -> None:
    """Let the exchange answer instead of the network; all of the product's middlewares of calls stay."""
    bot.session.make_request = exchange.answer  # type: ignore[method-assign]


async def echo_costs(exchange: Exchange) -> list[float]:
    """Return the CPU time (ms) of bare aiogram echoes."""
    bot, dispatcher = Bot(TOKEN), Dispatcher()
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
    return found
