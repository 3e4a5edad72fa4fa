"""`thidua bench step`: what an update costs, from the menu to the receipt, and how long people wait for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import App
from bot.settings import Settings
from simulation.half_province import REPORT_TITLE, HalfProvince
from simulation.handset import Handset
from simulation.measuring.bot_processes import receiving
from simulation.measuring.crowds import at_once
from simulation.measuring.provinces import open_province
from simulation.measuring.timing import Waits, waits_of
from simulation.measuring.updates import MeasuredBot, StepCosts, measured_bot, tell_updates
from simulation.messenger.phones import WirePhone
from simulation.messenger.server import serving_messenger
from simulation.sample_report import typed_by

UNITS = 300
OFFICERS = 12


@dataclass(frozen=True, slots=True)
class StepResult:
    updates: StepCosts
    in_flight: int
    waits: dict[str, Waits] = field(default_factory=dict)
    """With officers at once, over HTTP: from the message or tap to its answer, by kind of update."""


def tell_steps(found: StepResult) -> str:
    waits = [f"{found.in_flight} cùng lúc qua HTTP, {kind}: {waits.told}" for kind, waits in found.waits.items()]
    return "\n".join([tell_updates(found.updates), *waits])


async def bench_step(*, database: str | None = None, officers: int = OFFICERS, in_flight: int = 0) -> StepResult:
    """Let officers fill in a report line by line and hand it in, one after another, and then `in_flight` at once.

    `database` is the URL of an empty one. Raises Refusal if it is not empty.
    """
    # Six of twenty units have neither handed in nor begun.
    province = HalfProvince(max(UNITS, (officers + 1 + in_flight) * 4))
    with TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), database_url=database)
        async with open_province(province, settings=settings) as app:
            updates = await measure_steps(app, province.open_officers[: officers + 1])
        at_once_chats = province.open_officers[officers + 1 :][:in_flight]
        waits = await _wait_together(settings, at_once_chats) if in_flight else {}
    return StepResult(updates, in_flight, waits)


async def measure_steps(app: App, chats: Sequence[int]) -> StepCosts:
    """Let the officers of these chats hand in a report each; the first warms up what is built once."""
    async with measured_bot(app) as bot:
        await bot.echo_in_a_row()
        for chat_id in chats:
            await _report(bot, bot.phone(chat_id))
            if chat_id == chats[0]:
                bot.forget()
        await bot.echo_in_a_row()
        return bot.summed()


async def _report(bot: MeasuredBot, phone: Handset) -> None:
    await bot.measured("menu", lambda: phone.send("/menu"))
    await bot.measured("step", lambda: phone.press("Khác"))
    await phone.send("/viec")
    await bot.measured("first_question", lambda: phone.press(f"⏳ {REPORT_TITLE}"))
    for figure in typed_by(phone.chat_id):
        await bot.measured("figure", lambda figure=figure: phone.send(figure))  # type: ignore[misc]
    screen = await bot.measured("hand_in", lambda: phone.press("Nộp báo cáo"))
    if "biên nhận" not in screen:
        raise LookupError(f"not handed in: {screen}")


async def _wait_together(settings: Settings, chats: Sequence[int]) -> dict[str, Waits]:
    waits: dict[str, list[float]] = {}

    async def report(phone: WirePhone) -> None:
        await phone.send("/menu")
        await phone.press("Khác")
        await phone.send("/viec")
        await phone.press(f"⏳ {REPORT_TITLE}", until="1/15")
        for figure in typed_by(phone.chat_id):
            await phone.send(figure, until="✓")
        await phone.press("Nộp báo cáo", until="/bienlai_")
        kinds = ("menu", "step", "duties", "first_question", *("figure" for _ in typed_by(phone.chat_id)), "hand_in")
        for kind, wait in zip(kinds, phone.waits, strict=True):
            waits.setdefault(kind, []).append(wait)

    async with serving_messenger() as messenger, receiving(messenger, settings) as bots:
        phones = [WirePhone(chat_id, messenger) for chat_id in chats]
        await bots.watched(at_once(phones, report, len(phones)))
    together = [wait for found in waits.values() for wait in found]
    return {"tất cả": waits_of(together), **{kind: waits_of(found) for kind, found in waits.items()}}
