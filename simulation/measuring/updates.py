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
    """{kind of update: median}."""

    database: str
    echo: float
    """CPU of an echo after each measured update (ms): it finds the processor's caches as an update finds them."""
    echo_in_a_row: float
    """CPU of one of many echoes in a row (ms): everything that it needs is in the caches."""
    costs: dict[str, float]
    ratios: dict[str, float]
    """To `echo`."""
    ratios_in_a_row: dict[str, float]
    statements: dict[str, float]
    transactions: dict[str, float]


def tell_updates(found: StepCosts) -> str:
    lines = [
        f"{kind}: {found.ratios[kind]} × ({found.ratios_in_a_row[kind]} × echo lặp liền; {ms} ms, "
        f"{found.statements[kind]:.0f} câu SQL, {found.transactions[kind]:.0f} giao dịch)"
        for kind, ms in found.costs.items()
    ]
    echoes = f"echo của aiogram {found.echo} ms giữa các cập nhật, {found.echo_in_a_row} ms khi lặp liền"
    return "\n".join([f"{found.database} · {echoes}", *lines])


@dataclass(slots=True)
class MeasuredBot:
    """The product's bot without a network; the costs of what its phones do are noted by kind."""

    database: str
    telegram_bot: TelegramBot
    exchange: Exchange
    counts: dict[str, int]
    echo: "Echo"
    costs: dict[str, UpdateCosts] = field(default_factory=dict)
    _echoes: list[float] = field(default_factory=list)
    _echoes_in_a_row: list[float] = field(default_factory=list)

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
        self._echoes.append(await self.echo.cost())
        return screen

    async def echo_in_a_row(self) -> None:
        """Measure some echoes; called before and after, so that both meet the same neighbours on the machine."""
        self._echoes_in_a_row += [await self.echo.cost() for _ in range(ECHOES)]

    def forget(self) -> None:
        """Forget what was measured: what is built once has been built."""
        self.costs.clear()
        self._echoes.clear()

    def summed(self) -> StepCosts:
        costs = {kind: median(cost.cpu) for kind, cost in self.costs.items()}
        echo, in_a_row = median(self._echoes), median(self._echoes_in_a_row)
        return StepCosts(
            self.database,
            round(echo, 3),
            round(in_a_row, 3),
            {kind: round(cost, 2) for kind, cost in costs.items()},
            {kind: round(cost / echo, 1) for kind, cost in costs.items()},
            {kind: round(cost / in_a_row, 1) for kind, cost in costs.items()},
            {kind: median(cost.statements) for kind, cost in self.costs.items()},
            {kind: median(cost.transactions) for kind, cost in self.costs.items()},
        )


@asynccontextmanager
async def measured_bot(app: App) -> AsyncIterator[MeasuredBot]:
    engine = app.contexts.engine
    async with open_telegram_bot(app, token=TOKEN) as telegram_bot:
        exchange = Exchange(app.contexts.clock)
        _cut_off(telegram_bot.bot, exchange)
        async with echoing_phone(exchange) as echo:
            with counting(engine.sync_engine) as counts:
                yield MeasuredBot(engine.dialect.name, telegram_bot, exchange, counts, echo)


def _cut_off(bot: Bot, exchange: Exchange) -> None:
    """Let the exchange answer instead of the network; all of the product's middlewares of calls stay."""
    bot.session.make_request = exchange.answer  # type: ignore[method-assign]


@dataclass(frozen=True, slots=True)
class Echo:
    """A phone whose bot is a bare aiogram echo."""

    phone: Handset

    async def cost(self) -> float:
        """Return the CPU of one echo (ms)."""
        begun = process_time()
        await self.phone.send("12,5")
        return (process_time() - begun) * 1000


@asynccontextmanager
async def echoing_phone(exchange: Exchange) -> AsyncIterator[Echo]:
    bot, dispatcher = Bot(TOKEN), Dispatcher()
    _cut_off(bot, exchange)

    async def answer(message: TelegramMessage) -> None:
        await message.answer(message.text or "")

    dispatcher.message.register(answer)
    yield Echo(Handset(1, exchange, bot, dispatcher))
    await bot.session.close()


async def echo_costs(exchange: Exchange) -> list[float]:
    """Return the CPU time (ms) of bare aiogram echoes in a row."""
    async with echoing_phone(exchange) as echo:
        return [await echo.cost() for _ in range(ECHOES)]
