"""`thidua invite`: the first people of a unit come in."""

import asyncio
from datetime import datetime
from typing import Annotated

import typer
from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.answered import answered
from bot.app import open_app
from bot.bots import greet, make_bot
from bot.clocks import SystemClock
from bot.demo import deep_link
from bot.settings import read_settings
from documents.invites import draw_invite, print_invite
from domain.errors import Refusal
from domain.roles import Role
from usecases.organisation import caretaker
from usecases.people import invite as make_invite


@answered
def invite(
    unit: Annotated[str, typer.Option(help="Mã đơn vị.")],
    role: Annotated[Role, typer.Option(help="Vai trò.")],
    expires_days: Annotated[int, typer.Option(help="Số ngày có hạn.")] = 30,
) -> None:
    """Lời mời dùng một lần: in đường dẫn và mã QR, lưu ảnh QR."""
    asyncio.run(_invite(unit, role, expires_days))


async def _invite(unit: str, role: Role, days: int) -> None:
    settings = read_settings()
    if settings.telegram_token is None:
        raise Refusal("Chưa đặt THIDUA_TELEGRAM_TOKEN, nên chưa biết tên bot để làm đường dẫn.")
    talker = make_bot(settings.telegram_token.get_secret_value(), api=settings.telegram_api)
    async with open_app(settings, SystemClock()) as house, talker:
        username = await _username(talker)
        async with house.contexts.open() as ctx:
            office = await caretaker(ctx)
        async with house.contexts.open(office) as ctx:
            link = deep_link(username, await make_invite(ctx, unit=unit, role=role, days=days))
    picture = settings.data / f"moi-{unit}-{datetime.now(settings.zone):%Y%m%d-%H%M%S}.png"
    picture.write_bytes(draw_invite(link))
    typer.echo(f"{link}\n{print_invite(link)}\nẢnh mã QR: {picture}")


async def _username(bot: Bot) -> str:
    try:
        return (await greet(bot.me)).username or ""
    except AiogramError as error:
        raise Refusal(f"Chưa liên lạc được với máy chủ của bot ({error}). Anh/chị thử lại sau.") from error
