"""`thidua units merge | split | rename | close`: changes of units as of a date."""

from collections.abc import Awaitable, Callable
from datetime import date
from html import unescape
from typing import Annotated

import typer

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.errors import exits_on_refusal
from domain.errors import Refusal
from domain.successions import read_effective_day
from templates import render
from usecases.context import Context
from usecases.organisation.successions.commands import NewUnit, close_unit, merge_units, rename_unit, split_unit
from usecases.organisation.successions.notices import SuccessionView

Codes = Annotated[list[str], typer.Argument(help="Mã các đơn vị.")]
Code = Annotated[str, typer.Argument(help="Mã đơn vị.")]
From = Annotated[str, typer.Option("--from", help="Ngày có hiệu lực, ví dụ 2026-07-01.")]


@exits_on_refusal
def merge(
    codes: Codes,
    into: Annotated[str, typer.Option(help="Mã đơn vị mới, hoặc đơn vị đang có tiếp nhận các đơn vị kia.")],
    since: From,
    name: Annotated[str | None, typer.Option(help="Tên đơn vị mới; bỏ trống nếu nhập vào đơn vị đang có.")] = None,
) -> None:
    """Gộp các đơn vị thành một đơn vị mới, hoặc nhập vào một đơn vị đang có."""
    successor = NewUnit(into, name) if name is not None else into
    _arrange(since, lambda ctx, day: merge_units(ctx, codes, into=successor, day=day))


@exits_on_refusal
def split(
    code: Code,
    into: Annotated[list[str], typer.Option(help="«mã=tên» của từng đơn vị mới; ghi --into nhiều lần.")],
    since: From,
) -> None:
    """Tách một đơn vị; cán bộ và vị trí trong cụm theo đơn vị mới đầu tiên."""
    parts = [_part(text) for text in into]
    _arrange(since, lambda ctx, day: split_unit(ctx, code, into=parts, day=day))


@exits_on_refusal
def rename(code: Code, name: Annotated[str, typer.Option(help="Tên mới.")], since: From) -> None:
    """Đổi tên đơn vị; giấy tờ trước ngày ấy giữ tên cũ."""
    _arrange(since, lambda ctx, day: rename_unit(ctx, code, name=name, day=day))


@exits_on_refusal
def close(code: Code, since: From) -> None:
    """Đơn vị kết thúc hoạt động, không có đơn vị thay thế."""
    _arrange(since, lambda ctx, day: close_unit(ctx, code, day=day))


def _part(text: str) -> NewUnit:
    code, _, name = text.partition("=")
    if not code or not name:
        raise Refusal("option-unread", f'--into «{text}»: cần «mã=tên». Ví dụ: --into phuong-5a="Phường 5A"')
    return NewUnit(code, name)


def _arrange(since: str, act: Callable[[Context, date], Awaitable[SuccessionView]]) -> None:
    run_to_end(_arranged(since, act))


async def _arranged(since: str, act: Callable[[Context, date], Awaitable[SuccessionView]]) -> None:
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        done = await act(ctx, read_effective_day(since, today=ctx.today))
    typer.echo(unescape(render("organisation/successions/done", done=done)))
