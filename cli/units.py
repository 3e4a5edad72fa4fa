"""`thidua units`: units, clusters and officers from Excel."""

from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.errors import exits_on_refusal
from cli.successions import close, merge, rename, split
from domain.errors import Refusal
from usecases.organisation.founding import Organisation
from usecases.organisation.imports.entering import import_organisation, preview_import

units = typer.Typer(no_args_is_help=True)


@units.command("template")
@exits_on_refusal
def write_units_template(file: Path) -> None:
    """Tệp Excel mẫu để điền đơn vị, cụm và cán bộ."""
    from documents.organisation import write_template

    if file.exists():
        raise Refusal("file-exists", f"{file} đã có; ghi đè sẽ mất những gì đã điền. Anh/chị chọn tên khác.")
    try:
        write_template(file)
    except OSError as error:
        raise Refusal("file-unwritable", f"{file}: không ghi được ({error.strerror}).") from error
    typer.echo(f"Đã ghi {file}.")


@units.command("import")
@exits_on_refusal
def import_units(
    file: Path,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ in những gì sẽ nhập, không nhập.")] = False,
) -> None:
    """Nhập đơn vị, cụm và cán bộ từ Excel; một dòng sai thì không nhập gì, và mỗi lỗi ghi rõ ô."""
    from documents.organisation import read_organisation

    run_to_end(_import_units(read_organisation(file), dry_run=dry_run))


async def _import_units(organisation: Organisation, *, dry_run: bool) -> None:
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        view = await (preview_import if dry_run else import_organisation)(ctx, organisation)
    if view.faults:
        raise Refusal("organisation-faults", "\n".join(view.faults))
    verb = "Sẽ nhập" if dry_run else "Đã nhập"
    typer.echo("\n".join([*view.changes, f"{verb} {view.units} đơn vị, {view.clusters} cụm, {view.officers} cán bộ."]))


for command in (merge, split, rename, close):
    units.command()(command)
