"""`thidua invite`: invites for the first people of a unit."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.runner import run_to_end
from bot.settings import Settings, read_settings
from cli.errors import exits_on_refusal
from documents.invites import draw_invite, print_invite
from domain.errors import Refusal
from domain.roles import ROLE_NAMES, Role, read_role
from usecases.context import Context
from usecases.people.invite_links import deep_link
from usecases.people.invite_sheets import InviteCard, issue_sheet
from usecases.people.invites import invite as make_invite

_ROLES = ", ".join(name for role, name in ROLE_NAMES.items() if role is not Role.GUEST)


@exits_on_refusal
def invite(
    unit: Annotated[str | None, typer.Option(help="Mã đơn vị.")] = None,
    role: Annotated[str | None, typer.Option(help=f"Vai trò: {_ROLES}.")] = None,
    expires_days: Annotated[int, typer.Option(help="Số ngày có hạn.")] = 30,
    everybody: Annotated[
        bool, typer.Option("--all", help="Cho mọi đơn vị, mọi người trong danh sách chưa vào.")
    ] = False,
    docx: Annotated[Path | None, typer.Option(help="Cùng --all: tệp Word để in, mỗi giấy mời một mã QR.")] = None,
) -> None:
    if everybody and docx is not None and unit is None:
        _print_all(docx, days=expires_days)
    elif unit is not None and role is not None and not everybody and docx is None:
        run_to_end(_invite(unit, read_role(role), expires_days))
    else:
        raise Refusal(
            "option-missing", "Anh/chị ghi --unit MÃ --role VAI_TRÒ cho một người, hoặc --all --docx TỆP cho mọi người."
        )


@asynccontextmanager
async def _office() -> AsyncIterator[tuple[Context, str, Settings]]:
    """Open a context of the caretaker; yield it with the bot's username and the settings.

    Raises Refusal if no token is set.
    """
    settings = read_settings()
    if settings.telegram_token is None:
        raise Refusal("token-missing", "Chưa đặt THIDUA_TELEGRAM_TOKEN, nên chưa biết tên bot để làm đường dẫn.")
    from bot.telegram.client import read_username

    username = await read_username(settings.telegram_token.get_secret_value(), api=settings.telegram_api)
    async with open_migrated_app(settings, SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        yield ctx, username, settings


async def _invite(unit: str, role: Role, days: int) -> None:
    async with _office() as (ctx, username, settings):
        link = deep_link(username, await make_invite(ctx, unit=unit, role=role, days=days))
    picture = settings.data / f"moi-{unit}-{datetime.now(settings.zone):%Y%m%d-%H%M%S}.png"
    picture.write_bytes(draw_invite(link))
    typer.echo(f"{link}\n{print_invite(link)}\nẢnh mã QR: {picture}")


def _print_all(file: Path, *, days: int) -> None:
    if file.exists():
        raise Refusal("file-exists", f"{file} đã có. Anh/chị chọn tên khác.")
    if not file.parent.is_dir():
        raise Refusal("folder-missing", f"{file}: không có thư mục này.")
    linked, username = run_to_end(_issue_all(days))
    from documents.invite_sheets import draw_invite_sheet

    file.write_bytes(draw_invite_sheet(linked, bot=username))
    typer.echo(f"Đã ghi {len(linked)} giấy mời vào {file}.")


async def _issue_all(days: int) -> tuple[list[tuple[InviteCard, str]], str]:
    """Return each invite card with its link, and the bot's username."""
    async with _office() as (ctx, username, _):
        cards = await issue_sheet(ctx, days=days)
    return [(card, deep_link(username, card.code)) for card in cards], username
