"""An installation is saved while it runs, and stands elsewhere as it was."""

import asyncio
import json
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.installation.archive import MANIFEST
from bot.installation.backup import make_backup, restore_backup
from bot.settings import Settings
from bot.single_process import only_process
from tests.support.founded import copy_founded
from tests.support.refusals import refused
from tests.support.services import need, postgres_database
from tests.support.stage import Phone, staged
from tests.support.steps.dossiers import DECEMBER, begin, submit
from usecases.audit import verify_audit_log
from usecases.seals.full_audit import audit_seals

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)


async def test_what_is_saved_while_the_bot_writes_stands_elsewhere_whole(tmp_path: Path) -> None:
    here, there, file = tmp_path / "here", Settings(data=tmp_path / "there"), tmp_path / "saved.zip"
    async with staged(here, at=DECEMBER) as stage:
        officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
        receipt = await submit(stage, officer.id, await begin(stage, officer.id))
        writing = asyncio.create_task(_go_on_writing(officer))
        (here / "uploads").mkdir(exist_ok=True)
        (here / "uploads" / "half").write_bytes(b"half of a file")
        await asyncio.to_thread(asyncio.run, make_backup(Settings(data=here), file, now=NOW))
        is_written_on = not writing.done()
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)

    manifest = await restore_backup(there, file, replace=False)

    assert is_written_on
    assert manifest.made_at == "2026-12-01T01:00:00+00:00"
    assert manifest.made_at_local == "2026-12-01T08:00:00+07:00"
    assert _files(there.data) == _files(here) != {}
    assert not (there.data / "uploads").exists()
    async with open_migrated_app(there, SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        seals = await audit_seals(ctx, files=app.files)
        _, faults = await verify_audit_log(ctx, known=None)
    assert (seals.checked, seals.receipts, seals.broken, faults) == (1, (), (), ())
    assert _codes(there.data) == _codes(here) == [receipt.code]


async def _go_on_writing(phone: Phone) -> None:
    while True:
        await phone.send("/menu")


def _files(data: Path) -> dict[str, bytes]:
    return {str(file.relative_to(data)): file.read_bytes() for file in (data / "files").rglob("*") if file.is_file()}


def _codes(data: Path) -> list[str]:
    with sqlite3.connect(data / "thidua.sqlite") as database:
        found = [code for (code,) in database.execute("SELECT code FROM receipts")]
    database.close()
    return found


def _archives(folder: Path) -> dict[str, int]:
    """Files of a folder with their permissions."""
    return {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir() if file.is_file()}


@pytest.fixture
async def saved(tmp_path: Path) -> Path:
    """A backup of a place with one stored file."""
    file = tmp_path / "saved.zip"
    await copy_founded(tmp_path / "here", at=DECEMBER)
    (tmp_path / "here" / "files").mkdir(exist_ok=True)
    (tmp_path / "here" / "files" / "giay").write_bytes(b"%PDF")
    await make_backup(Settings(data=tmp_path / "here"), file, now=NOW)
    return file


async def test_a_place_with_data_is_replaced_only_when_told(saved: Path, tmp_path: Path) -> None:
    there = Settings(data=tmp_path / "there")
    await copy_founded(there.data, at=DECEMBER)
    (there.data / "files").mkdir(exist_ok=True)
    (there.data / "files" / "old").write_bytes(b"old")

    with refused("place-not-empty"):
        await restore_backup(there, saved, replace=False)
    kept = _files(there.data)
    await restore_backup(there, saved, replace=True)

    assert kept == {"files/old": b"old"}
    assert _files(there.data) == {"files/giay": b"%PDF"}


async def test_a_place_in_use_is_not_replaced(saved: Path, tmp_path: Path) -> None:
    there = Settings(data=tmp_path / "there")
    there.data.mkdir()

    with only_process(there.database, bot=True, scheduler=False), refused("process-already-running"):
        await restore_backup(there, saved, replace=True)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"files/giay": b"%PDG"}, "backup-altered"),
        ({"files/giay": None}, "backup-incomplete"),
        ({"files/more": b""}, "backup-incomplete"),
        ({MANIFEST: None}, "backup-unread"),
        ({MANIFEST: b"{}"}, "backup-unread"),
        ({"revision": "9999"}, "backup-newer"),
        ({"format": 2}, "backup-newer"),
        ({"database": "postgresql"}, "backup-of-other-database"),
    ],
    ids=str,
)
async def test_what_is_not_as_it_was_saved_is_refused_and_nothing_is_written(
    saved: Path, tmp_path: Path, change: dict[str, bytes | str | int | None], code: str
) -> None:
    there = Settings(data=tmp_path / "there")
    _change(saved, change)

    with refused(code):
        await restore_backup(there, saved, replace=False)

    assert [file.name for file in there.data.rglob("*") if file.stat().st_size] == []


def _change(file: Path, change: dict[str, bytes | str | int | None]) -> None:
    """Rewrite parts of the archive, or entries of its manifest."""
    with ZipFile(file) as archive:
        parts: dict[str, bytes | str | int | None] = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(str(parts[MANIFEST], "utf-8"))  # type: ignore[arg-type] # bytes, as it was read
    for name, value in change.items():
        if name in manifest:
            manifest[name] = value
            parts[MANIFEST] = json.dumps(manifest).encode()
        else:
            parts[name] = value
    with ZipFile(file, "w") as archive:
        for name, content in parts.items():
            if isinstance(content, bytes):
                archive.writestr(name, content)


async def test_no_backup_is_written_over_another_or_left_half(saved: Path, tmp_path: Path) -> None:
    with refused("backup-exists"):
        await make_backup(Settings(data=tmp_path / "here"), saved, now=NOW)
    with refused("database-missing"):
        await make_backup(Settings(data=tmp_path / "nowhere"), tmp_path / "new.zip", now=NOW)
    with refused("backup-missing"):
        await restore_backup(Settings(data=tmp_path / "there"), tmp_path / "new.zip", replace=False)

    assert _archives(tmp_path) == {"saved.zip": 0o600}


async def test_postgresql_is_saved_and_restored_by_its_own_programs(tmp_path: Path) -> None:
    need("PostgreSQL")
    if shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is missing")
    async with postgres_database() as here, postgres_database() as there:
        old, new = Settings(data=tmp_path, database_url=here), Settings(data=tmp_path / "new", database_url=there)
        async with open_migrated_app(old, SystemClock()) as app:
            await app.files.save("giay", b"%PDF")
        await make_backup(old, tmp_path / "saved.zip", now=NOW)
        await restore_backup(new, tmp_path / "saved.zip", replace=False)

        with refused("place-not-empty"):
            await restore_backup(new, tmp_path / "saved.zip", replace=False)
        await restore_backup(new, tmp_path / "saved.zip", replace=True)

        async with open_migrated_app(new, SystemClock()) as app, app.contexts.as_caretaker() as ctx:
            _, faults = await verify_audit_log(ctx, known=None)
            assert faults == ()
            assert await app.files.read("giay") == b"%PDF"
            with refused("database-in-use"):
                await restore_backup(new, tmp_path / "saved.zip", replace=True)
