"""`thidua units`: units and clusters from Excel."""

import asyncio
from pathlib import Path

import typer

from bot.answered import answered
from bot.app import open_app
from bot.clocks import SystemClock
from bot.settings import read_settings
from documents.organisation import Organisation, read_organisation, write_template
from domain.errors import Refusal
from usecases.organisation import found_organisation

units = typer.Typer(no_args_is_help=True, help="Đơn vị và cụm: tệp mẫu, nhập từ Excel.")


@units.command("template")
@answered
def write_units_template(file: Path) -> None:
    """Tệp Excel mẫu để điền đơn vị và cụm."""
    if file.exists():
        raise Refusal(f"{file} đã có; ghi đè sẽ mất những gì đã điền. Anh/chị chọn tên khác.")
    try:
        write_template(file)
    except OSError as error:
        raise Refusal(f"{file}: không ghi được ({error.strerror}).") from error
    typer.echo(f"Đã ghi {file}.")


@units.command("import")
@answered
def import_units(file: Path) -> None:
    """Nhập đơn vị và cụm từ Excel; một dòng sai thì không nhập gì, và mỗi lỗi ghi rõ ô."""
    organisation = read_organisation(file)
    asyncio.run(_import_units(organisation))
    typer.echo(f"Đã nhập {len(organisation.units)} đơn vị, {len(organisation.clusters)} cụm.")


async def _import_units(organisation: Organisation) -> None:
    async with open_app(read_settings(), SystemClock()) as house, house.contexts.open() as ctx:
        await found_organisation(ctx, units=organisation.units, clusters=organisation.clusters, since=ctx.today)
