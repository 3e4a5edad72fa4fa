"""Steps of tests about extensions."""

from datetime import date

from domain.plans.deadlines import DutyKind
from domain.roles import Role
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, officer
from usecases.extensions.answers import grant_extension
from usecases.extensions.requests import ExtensionView, ask_extension

STATUTORY, WANTED = date(2026, 5, 14), date(2026, 5, 20)


async def seated(stage: Stage) -> int:
    """Let two officers of Phường 5 and two people of the standing body join; return the id of the report's duty."""
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "phuong-5", chat_id=501)
    await officer(stage, "tinh-mau", chat_id=900, role=Role.STANDING_BODY)
    await officer(stage, "tinh-mau", chat_id=901, role=Role.STANDING_BODY)
    return (await duty(stage, 500, DutyKind.REPORT)).id


async def ask(stage: Stage, duty_id: int, *, wanted: date = WANTED, by: int = 500) -> ExtensionView:
    async with acting(stage, by) as ctx:
        return await ask_extension(ctx, duty_id, reason="Chờ số liệu thuế", wanted=wanted)


async def grant(stage: Stage, request: ExtensionView, *, until: date = WANTED, by: int = 900) -> ExtensionView:
    async with acting(stage, by) as ctx:
        return await grant_extension(ctx, request.id, until=until)
