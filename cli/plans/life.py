"""`thidua plans list`, `show`, `end`: the loaded plans, what each asks, and ending one."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, TypeVar

import typer

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.errors import exits_on_refusal
from cli.plans.changes import say_reach, say_shares
from usecases.context import Context
from usecases.plans.life import PlanMove, PlanView, end_plan, list_plans, read_plan, resume_plan

T = TypeVar("T")
Code = Annotated[str, typer.Argument(help="Mã kế hoạch; xem bằng: thidua plans list.")]


@exits_on_refusal
def print_plans() -> None:
    """Các kế hoạch đã nạp: cơ quan, bản, tính từ ngày nào, bao nhiêu đơn vị có việc."""
    found = run_to_end(_by_caretaker(list_plans))
    for view in found:
        typer.echo(f"{view.code} · {view.title} · {view.authority} · bản {view.version} · {_standing(view)}")
    if not found:
        typer.echo("Chưa nạp kế hoạch nào. Nạp bằng: thidua plans load TỆP --authority MÃ")


@exits_on_refusal
def print_plan(code: Code) -> None:
    """Một kế hoạch: bao nhiêu đơn vị phải nộp những gì, đơn vị nào không có việc."""
    view = run_to_end(_by_caretaker(lambda ctx: read_plan(ctx, code)))
    typer.echo(f"{view.title}, số {view.number}, {view.authority}")
    typer.echo(f"Bản {view.version} nạp ngày {view.loaded_on:%d/%m/%Y} · {_standing(view)}")
    for line in say_shares(view.shares) if view.ended_on is None else ():
        typer.echo(line)


@exits_on_refusal
def end_loaded_plan(
    code: Code,
    undo: Annotated[bool, typer.Option("--undo", help="Áp dụng lại kế hoạch đã kết thúc.")] = False,
) -> None:
    """Kết thúc kế hoạch: không đòi, không nhắc nữa; những gì đã nhập, đã nộp vẫn giữ."""
    move = run_to_end(_by_caretaker(lambda ctx: (resume_plan if undo else end_plan)(ctx, code)))
    typer.echo(_moved(move))


def _moved(move: PlanMove) -> str:
    stands = "đã kết thúc" if move.view.ended_on else "áp dụng lại"
    kept = f" Giữ {move.view.begun} việc đã nhập hoặc đã nộp." if move.view.ended_on else ""
    return f"{move.view.title}: {stands}. {move.units} đơn vị có thay đổi, bot báo cho cán bộ.{kept}"


def _standing(view: PlanView) -> str:
    if view.ended_on:
        return f"đã kết thúc ngày {view.ended_on:%d/%m/%Y}"
    since = f"tính từ ngày {view.counts_from:%d/%m/%Y}" if view.counts_from else "tính mọi hạn"
    return f"{since} · {say_reach(view.shares)}"


async def _by_caretaker(act: Callable[[Context], Coroutine[Any, Any, T]]) -> T:
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        return await act(ctx)
