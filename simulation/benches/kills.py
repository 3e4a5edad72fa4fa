"""`thidua bench kills`: bot and scheduler are killed while officers hand in, and everything is reconciled."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import open_migrated_app
from bot.clocks import StoppedClock
from bot.settings import Settings
from channels.sliding_window import SHARE_PER_SECOND
from domain.plans.deadlines import DutyKind
from models.duties.duties import Duty
from simulation.half_province import AUTHORITY_ID, MORNING, OPENED, PROVINCE_PLAN, REPORT_TITLE, HalfProvince
from simulation.killing.books import SentReminders, reconcile_papers, reconcile_reminders
from simulation.killing.officers import PLAN_TITLE
from simulation.killing.play import KilledPlay
from simulation.measuring.provinces import open_province
from simulation.measuring.reconciling import Reconciled, reconcile
from simulation.messenger.arrivals import ArrivalMeter
from simulation.messenger.server import serving_messenger

_UNITS_PER_KILL, _FEWEST_UNITS = 3, 40
_FAULTS_TOLD = 20


@dataclass(frozen=True, slots=True)
class KillsResult:
    database: str
    seed: int
    kills: int
    scheduler_kills: int
    """How many of the kills were the scheduler's; the others were the bot's."""
    receipts: int
    """Receipts that officers were shown, of reports and of files."""
    files: int
    """How many of them were of files."""
    reminders: int
    """Messages that the scheduler owed."""
    lost: int
    """Receipts shown whose report or file is not stored as it was sent, and reminders that did not arrive."""
    unseen: int
    """Hand-ins stored whose receipt nobody was shown, and updates that were accepted and not answered."""
    doubled: int
    """Reminders and answers sent twice."""
    in_flight: int
    """Updates not answered and messages claimed for sending at the kills: so many may be doubled."""
    stored_twice: int
    repeated: int
    """How often an officer was shown another screen than the one expected, and tried again."""
    seconds: float
    faults: tuple[str, ...]
    """First few things that did not go as an officer expects, in words."""

    @property
    def is_clean(self) -> bool:
        return (
            self.receipts > 0
            and not (self.lost or self.unseen or self.stored_twice or self.faults)
            and self.doubled <= self.in_flight + self.repeated
        )


def tell_kills(found: KillsResult) -> str:
    return "\n".join(
        [
            f"{found.database} · {found.kills} lần giết tiến trình (bot {found.kills - found.scheduler_kills}, "
            f"bộ nhắc hạn {found.scheduler_kills}), số gieo {found.seed}, {found.seconds:.0f} giây",
            f"{found.receipts} biên nhận ({found.files} có tệp), {found.reminders} lời nhắc: mất {found.lost}, "
            f"không ai thấy {found.unseen}, lưu hai lần {found.stored_twice}",
            f"gửi trùng {found.doubled}, đang xử lý lúc bị giết {found.in_flight}; cán bộ làm lại {found.repeated} lần",
            *found.faults,
        ]
    )


async def bench_kills(
    *, kills: int = 500, seed: int = 1, database: str | None = None, redis: str | None = None
) -> KillsResult:
    """Kill at random points that follow from `seed`; `database` is the URL of an empty one.

    Raises Refusal if the database is not empty, or a process ends without being killed.
    """
    begun = monotonic()
    with TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), database_url=database, redis_url=redis)
        province = HalfProvince(max(_FEWEST_UNITS, _UNITS_PER_KILL * kills), is_half_in=False)
        async with open_province(province, settings=settings, hour=MORNING) as app:
            await owe_plans(app.contexts.engine, province.units)
        meter = ArrivalMeter(SHARE_PER_SECOND + SHARE_PER_SECOND // 2)
        async with serving_messenger() as answers, serving_messenger(meter) as reminders:
            play = KilledPlay(settings, answers, reminders, Random(seed))
            await play.run(province, kills)
            async with open_migrated_app(settings, StoppedClock(MORNING)) as app:
                name = app.contexts.engine.dialect.name
                reports = await reconcile(app.contexts.engine, play.shown(REPORT_TITLE))
                papers = await reconcile_papers(app.contexts.engine, app.files, play.shown(PLAN_TITLE))
                sent = await reconcile_reminders(app.contexts.engine, meter.taken)
    return _result(play, name, seed, (reports, papers, sent), monotonic() - begun)


async def owe_plans(engine: AsyncEngine, units: int) -> None:
    """Let each unit owe a document too."""
    common = {"plan_code": PROVINCE_PLAN, "code": "ke-hoach", "year": 2026, "turn": 0, "authority_id": AUTHORITY_ID}
    common |= {"kind": DutyKind.PLAN, "title": PLAN_TITLE, "opened_at": OPENED, "last_valid_day": date(2026, 5, 20)}
    async with engine.begin() as connection:
        unit_ids = range(AUTHORITY_ID + 1, AUTHORITY_ID + 1 + units)
        await connection.execute(insert(Duty), [{**common, "unit_id": unit_id} for unit_id in unit_ids])


def _result(
    play: KilledPlay, name: str, seed: int, books: tuple[Reconciled, Reconciled, SentReminders], seconds: float
) -> KillsResult:
    reports, papers, reminders = books
    officers = play.officers.values()
    return KillsResult(
        database=name,
        seed=seed,
        kills=play.kills,
        scheduler_kills=play.scheduler_kills,
        receipts=sum(len(officer.receipts) for officer in officers),
        files=len(play.shown(PLAN_TITLE)),
        reminders=reminders.owed,
        lost=reports.lost + papers.lost + reminders.lost,
        unseen=reports.unseen + papers.unseen + play.unanswered + sum(officer.silences for officer in officers),
        doubled=reminders.doubled + play.answers.chats.repeats,
        in_flight=play.in_flight,
        stored_twice=reports.doubled + papers.doubled,
        repeated=sum(officer.repeated for officer in officers),
        seconds=round(seconds, 1),
        faults=tuple(fault for officer in officers for fault in officer.faults)[:_FAULTS_TOLD],
    )
