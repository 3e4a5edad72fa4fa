"""`thidua bench surge`: every unit hands in a report at once, to real bot processes over HTTP."""

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from bot.app import open_migrated_app
from bot.clocks import StoppedClock
from bot.settings import Settings
from domain.errors import Refusal
from simulation.half_province import NOON, REPORT_TITLE, HalfProvince
from simulation.measuring.bot_processes import BotProcesses, echoing, receiving
from simulation.measuring.crowds import Act, at_once
from simulation.measuring.provinces import open_province
from simulation.measuring.reconciling import Reconciled, reconcile
from simulation.measuring.timing import Waits, waits_of
from simulation.messenger.phones import UnexpectedScreen, WirePhone
from simulation.messenger.server import LoopbackMessenger, serving_messenger
from simulation.sample_report import pasted_by, typed_by

FORM_POSTS = 41.2
"""Form posts a second that ODK Central accepts, by its own published figure: the rate to reach with whole reports."""
ECHOES = 2000
_FAULTS_TOLD = 20


@dataclass(frozen=True, slots=True)
class SurgeSize:
    reports: int = 500
    bots: int = 1
    in_flight: int = 50
    is_typed: bool = False


@dataclass(frozen=True, slots=True)
class SurgeResult:
    size: SurgeSize
    database: str
    accepted: int
    """Receipts that officers were shown."""
    accepted_per_second: float
    to_form_posts: float
    opened_per_second: float
    """Reports opened a second (/viec and a tap), before the time that is measured."""
    echoes_per_second: float
    """Messages that a bare aiogram echo answers by the same road."""
    echo_cpu: float
    """CPU of an echo by the same road (ms)."""
    report_cpu: float
    """CPU of a report in all bot processes, from the paste to the receipt (ms)."""
    report_to_echo: float
    waits: dict[str, Waits]
    """By what the officer does, from the message or tap to its answer."""
    lost: int
    """Receipts shown whose report is not stored with its figures."""
    unseen: int
    """Reports stored whose receipt nobody was shown."""
    doubled: int
    peak_mb: tuple[float, ...]
    """Largest resident memory of each bot process."""
    faults: tuple[str, ...]
    """First few things that did not go as an officer expects, in words."""

    @property
    def is_clean(self) -> bool:
        return self.accepted == self.size.reports and not (self.lost or self.unseen or self.doubled or self.faults)


def tell_surge(found: SurgeResult) -> str:
    how = "gõ từng dòng" if found.size.is_typed else "dán một lần, bấm một lần"
    return "\n".join(
        [
            f"{found.database} · {found.size.bots} bot · {found.size.reports} báo cáo 15 số liệu, {how}, "
            f"{found.size.in_flight} cùng lúc",
            f"nhận {found.accepted_per_second} báo cáo/giây = {found.to_form_posts} × {FORM_POSTS} "
            f"(ODK Central); mở báo cáo {found.opened_per_second}/giây",
            f"echo của aiogram cùng đường: {found.echoes_per_second}/giây, {found.echo_cpu} ms CPU; "
            f"một báo cáo {found.report_cpu} ms CPU = {found.report_to_echo} × echo",
            *(f"{name}: {waits.told}" for name, waits in found.waits.items()),
            f"biên nhận {found.accepted}/{found.size.reports}, mất {found.lost}, "
            f"lưu mà không báo {found.unseen}, trùng {found.doubled}",
            f"bộ nhớ lớn nhất của bot: {', '.join(f'{peak:.0f} MB' for peak in found.peak_mb)}",
            *found.faults,
        ]
    )


async def bench_surge(size: SurgeSize, *, database: str | None = None, redis: str | None = None) -> SurgeResult:
    """Let every officer hand in; `database` is the URL of an empty one.

    Raises Refusal if the database is not empty, or several bots have no PostgreSQL or no Redis.
    """
    if size.bots > 1 and not (redis and database and database.startswith("postgresql")):
        raise Refusal("bots-need-servers", "Nhiều bot cần PostgreSQL và Redis: ghi --database và --redis.")
    with TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), database_url=database, redis_url=redis)
        province = HalfProvince(size.reports, is_half_in=False)
        async with open_province(province, settings=settings) as app:
            name = app.contexts.engine.dialect.name
        async with serving_messenger() as messenger:
            echo_rate, echo_cpu = await _echo(messenger, Path(folder), size)
            phones = [WirePhone(chat_id, messenger) for chat_id in province.officers]
            surge = _Surge(size, phones)
            async with receiving(messenger, settings, bots=size.bots) as bots:
                await surge.play(bots)
                peaks = bots.peaks
        async with open_migrated_app(settings, StoppedClock(NOON)) as app:
            books = await reconcile(app.contexts.engine, surge.receipts)
    return _result(surge, name, echo_rate, echo_cpu * 1000, books, peaks)


async def _echo(messenger: LoopbackMessenger, folder: Path, size: SurgeSize) -> tuple[float, float]:
    """Return how many messages a second a bare echo answers, and the CPU of one (seconds)."""
    phones = [WirePhone(number, messenger) for number in range(1, size.in_flight + 1)]
    turns = [phones[number % len(phones)] for number in range(min(ECHOES, 40 * size.in_flight))]

    async def say(phone: WirePhone) -> None:
        await phone.send("12,5")

    async with echoing(messenger, folder) as bots:
        await at_once(phones, say, size.in_flight)
        cpu, began = bots.cpu, monotonic()
        await at_once(turns, say, size.in_flight)
        return len(turns) / (monotonic() - began), (bots.cpu - cpu) / len(turns)


@dataclass(slots=True)
class _Surge:
    size: SurgeSize
    phones: list[WirePhone]
    receipts: dict[int, str] = field(default_factory=dict)
    """{chat: the receipt's screen}."""
    faults: list[str] = field(default_factory=list)
    opened_in: float = 0.0
    took: float = 0.0
    cpu: float = 0.0
    _entering: list[float] = field(default_factory=list)
    _handing_in: list[float] = field(default_factory=list)

    @property
    def waits(self) -> dict[str, Waits]:
        entering = "gõ một số" if self.size.is_typed else "dán"
        return {entering: waits_of(self._entering), "bấm nộp": waits_of(self._handing_in)}

    async def play(self, bots: BotProcesses) -> None:
        """Have all reports opened, and then, as fast as it goes, filled and handed in."""
        began = monotonic()
        await bots.watched(at_once(self.phones, self._noting_faults(self._open), self.size.in_flight))
        self.opened_in = monotonic() - began
        act = self._type if self.size.is_typed else self._paste
        cpu, began = bots.cpu, monotonic()
        await bots.watched(at_once(self.phones, self._noting_faults(act), self.size.in_flight))
        self.took, self.cpu = monotonic() - began, bots.cpu - cpu

    def _noting_faults(self, act: Act) -> Act:
        async def noting(phone: WirePhone) -> None:
            try:
                await act(phone)
            except UnexpectedScreen as error:
                self.faults.append(f"{phone.chat_id}: {error}")

        return noting

    async def _open(self, phone: WirePhone) -> None:
        await phone.send("/viec")
        await phone.press(f"⏳ {REPORT_TITLE}", until="1/15")

    async def _paste(self, phone: WirePhone) -> None:
        await phone.send(pasted_by(phone.chat_id), until="15 chỉ tiêu")
        self._entering.append(phone.waits[-1])
        await self._hand_in(phone, "Ghi và nộp")

    async def _type(self, phone: WirePhone) -> None:
        for figure in typed_by(phone.chat_id):
            await phone.send(figure, until="✓")
            self._entering.append(phone.waits[-1])
        await self._hand_in(phone, "Nộp báo cáo")

    async def _hand_in(self, phone: WirePhone, label: str) -> None:
        self.receipts[phone.chat_id] = await phone.press(label, until="/bienlai_")
        self._handing_in.append(phone.waits[-1])


def _result(  # noqa: PLR0913 (the parts of one result)
    surge: _Surge, database: str, echo_rate: float, echo_cpu: float, books: Reconciled, peaks: tuple[float, ...]
) -> SurgeResult:
    rate, report_cpu = len(surge.receipts) / surge.took, surge.cpu * 1000 / len(surge.phones)
    return SurgeResult(
        size=surge.size,
        database=database,
        accepted=len(surge.receipts),
        accepted_per_second=round(rate, 2),
        to_form_posts=round(rate / FORM_POSTS, 2),
        opened_per_second=round(len(surge.phones) / surge.opened_in, 1),
        echoes_per_second=round(echo_rate, 1),
        echo_cpu=round(echo_cpu, 3),
        report_cpu=round(report_cpu, 1),
        report_to_echo=round(report_cpu / echo_cpu, 1),
        waits=surge.waits,
        lost=books.lost,
        unseen=books.unseen,
        doubled=books.doubled,
        peak_mb=peaks,
        faults=tuple(surge.faults[:_FAULTS_TOLD]),
    )
