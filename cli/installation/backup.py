"""`thidua backup` and `thidua restore`: database and files in one archive, and back."""

from pathlib import Path
from typing import Annotated

import typer

from bot.clocks import SystemClock
from bot.installation.archive import BackupManifest
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.errors import exits_on_refusal
from domain.upload_links import MEGABYTE


@exits_on_refusal
def backup(file: Path) -> None:
    from bot.installation.backup import make_backup

    manifest = run_to_end(make_backup(read_settings(), file, now=SystemClock().now()))
    typer.echo(f"Đã sao lưu vào {file}: {_contents(manifest)}.")
    typer.echo("Token và mật khẩu không nằm trong đó; anh/chị cất riêng. Bản sao lưu có dữ liệu cá nhân: giữ kín.")


@exits_on_refusal
def restore(
    file: Path,
    replace: Annotated[
        bool, typer.Option("--replace", help="Xóa những gì đang có ở đây và thay bằng bản này.")
    ] = False,
) -> None:
    from bot.installation.backup import restore_backup

    manifest = run_to_end(restore_backup(read_settings(), file, replace=replace))
    typer.echo(f"Đã khôi phục bản lúc {manifest.made_at_local}: {_contents(manifest)}.")
    typer.echo("Kiểm tra lại: thidua audit verify, thidua doctor")


def _contents(manifest: BackupManifest) -> str:
    size = sum(part.size for part in manifest.parts) / MEGABYTE
    return f"{manifest.database} bản {manifest.revision}, {len(manifest.files)} tệp, {size:.1f} MB".replace(".", ",")
