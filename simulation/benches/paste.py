"""`thidua bench paste`: what a report costs that comes in by one paste and one tap."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bot.settings import Settings
from simulation.half_province import REPORT_TITLE, HalfProvince
from simulation.measuring.provinces import open_province
from simulation.measuring.updates import StepCosts, measured_bot
from simulation.sample_report import pasted_by

OFFICERS = 30


async def bench_paste(*, database: str | None = None, officers: int = OFFICERS) -> StepCosts:
    """Let officers paste their report into the open form and hand it in; `database` is the URL of an empty one.

    Raises Refusal if the database is not empty.
    """
    province = HalfProvince(officers + 1, is_half_in=False)
    with TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), database_url=database)
        async with open_province(province, settings=settings) as app, measured_bot(app) as bot:
            await bot.echo_in_a_row()
            for chat_id in province.officers:
                phone = bot.phone(chat_id)
                await phone.send("/viec")
                await phone.press(f"⏳ {REPORT_TITLE}")
                await bot.measured("paste", lambda: phone.send(pasted_by(phone.chat_id)))  # noqa: B023 (called here)
                screen = await bot.measured("hand_in", lambda: phone.press("Ghi và nộp"))  # noqa: B023 (called here)
                if "biên nhận" not in screen:
                    raise LookupError(f"not handed in: {screen}")
                if chat_id == province.officers[0]:
                    bot.forget()
            await bot.echo_in_a_row()
            return bot.summed()
