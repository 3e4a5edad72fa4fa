"""`thidua retention`: how long each kind of data is kept, and deletion of what is due."""

from typing import Annotated

import typer

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.errors import exits_on_refusal
from usecases.personal_data.retention import Expiry, list_expiries, sweep


@exits_on_refusal
def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem, không xóa gì.")] = False,
) -> None:
    typer.echo("\n".join(map(_line, run_to_end(_run(dry_run=dry_run)))))
    typer.echo("Chỉ xem, chưa xóa gì." if dry_run else "Đã xong phần của hôm nay.")


async def _run(*, dry_run: bool) -> tuple[Expiry, ...]:
    async with open_migrated_app(read_settings(), SystemClock()) as app:
        async with app.contexts.open() as ctx:
            expiries = await list_expiries(ctx)
        while not dry_run:
            async with app.contexts.open() as ctx:
                if await sweep(ctx, app.files):
                    break
    return expiries


def _line(expiry: Expiry) -> str:
    rule = expiry.rule
    return f"{rule.name}: {rule.keep} (tính từ {rule.since}), rồi {rule.then} · đến hạn {expiry.due}"
