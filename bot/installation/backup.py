"""Backup of an installation while it runs, and its restoration."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from alembic.script import ScriptDirectory
from obstore.exceptions import BaseError
from sqlalchemy import make_url

from bot.app import make_folder, open_object_store
from bot.installation.archive import FILES, FORMAT, BackupManifest, BackupReader, new_backup, open_backup
from bot.installation.databases import DatabaseCopier, copier_of
from bot.object_store import BucketRefused, ObjectStore
from bot.settings import Settings
from bot.single_process import only_process
from domain.errors import Refusal
from models.migrations import HERE


async def make_backup(settings: Settings, file: Path, *, now: datetime) -> BackupManifest:
    """Write the database and the stored files into one archive; bot and scheduler may run meanwhile.

    Files are read after the database, so that whatever it names is there. Left out: files still being uploaded, the
    settings with their token and passwords, and screens kept in Redis. Raises Refusal if anything cannot be read, or
    the archive not be written.
    """
    copier, store = copier_of(settings.database), open_object_store(settings.shelf)
    with new_backup(file) as backup, _files_used(settings), _scratch(file.parent) as folder:
        copy = folder / copier.part
        revision = await copier.copy(copy)
        backup.add_database(copier.part, copy)
        async for key in store.list_keys():
            await backup.add_file(key, store.stream(key))
        manifest = BackupManifest(
            format=FORMAT,
            version=version("thidua"),
            database=copier.kind,
            revision=revision,
            made_at=now.isoformat(timespec="seconds"),
            made_at_local=now.astimezone(settings.zone).isoformat(timespec="seconds"),
            parts=tuple(backup.parts),
        )
        backup.close(manifest)
    return manifest


async def restore_backup(settings: Settings, file: Path, *, replace: bool) -> BackupManifest:
    """Put a backup into the place that the settings name; everything is checked before anything is written.

    The files come first and the database last, at once: until then the old place is whole. Raises Refusal if the
    backup is altered, newer than this program or of another kind of database, if the place is in use, or holds
    anything and `replace` is not set.
    """
    copier = copier_of(settings.database)
    make_folder(settings.data)
    make_folder(_folder_of(settings))
    with (
        only_process(settings.database, bot=True, scheduler=True),
        open_backup(file) as backup,
        _files_used(settings),
        _scratch(settings.data) as folder,
    ):
        _check(backup, copier)
        store = open_object_store(settings.shelf)
        old = {key async for key in store.list_keys()}
        if not replace and (old or not await copier.is_empty()):
            raise Refusal(
                "place-not-empty",
                "Nơi này đã có dữ liệu. Anh/chị chọn nơi trống (THIDUA_DATA, THIDUA_DATABASE_URL, THIDUA_FILES), "
                "hoặc thêm --replace để xóa và thay bằng bản sao lưu.",
            )
        await copier.prepare()

        for part in backup.manifest.files:
            await _put_back(backup, part.name, folder, store)
        backup.extract(copier.part, folder / copier.part)
        await copier.put_back(folder / copier.part)
        for key in old - {part.name.removeprefix(FILES) for part in backup.manifest.files}:
            await store.delete(key)
    return backup.manifest


def _check(backup: BackupReader, copier: DatabaseCopier) -> None:
    if backup.manifest.database != copier.kind:
        raise Refusal(
            "backup-of-other-database",
            f"Bản sao lưu là của {backup.manifest.database}, còn THIDUA_DATABASE_URL là {copier.kind}. "
            "Anh/chị đặt cùng loại cơ sở dữ liệu.",
        )
    if backup.manifest.revision not in _known_revisions():
        raise Refusal(
            "backup-newer",
            f"Bản sao lưu do thidua {backup.manifest.version} tạo ra, mới hơn bản này. Anh/chị cài đúng bản đó.",
        )
    backup.verify()


async def _put_back(backup: BackupReader, name: str, folder: Path, store: ObjectStore) -> None:
    piece = folder / "file"
    backup.extract(name, piece)
    await store.save(name.removeprefix(FILES), piece)


def _known_revisions() -> set[str]:
    return {script.revision for script in ScriptDirectory(str(HERE)).walk_revisions()}


def _folder_of(settings: Settings) -> Path:
    url = make_url(settings.database)
    is_file = url.drivername.startswith("sqlite") and url.database
    return Path(url.database or "").parent if is_file else settings.data


@contextmanager
def _files_used(settings: Settings) -> Iterator[None]:
    """Raises Refusal if the file store or the disk fails meanwhile."""
    try:
        yield
    except (BaseError, BucketRefused, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise Refusal(
            "file-store-failed", f"Dừng giữa chừng, vì không đọc hoặc ghi được ({settings.shelf}): {reason}."
        ) from error


@contextmanager
def _scratch(beside: Path) -> Iterator[Path]:
    """Return a folder on the same disk, which its owner alone may read and which is deleted afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=".thidua-", dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
