"""Copies of the database: SQLite by its backup API, PostgreSQL by its own programs."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from domain.errors import Refusal

_ANSWERS_WITHIN = 5.0


class DatabaseCopier(Protocol):
    kind: str
    part: str
    """Name of its copy in a backup."""

    async def copy(self, into: Path) -> str:
        """Write a consistent copy, while others write, and return its migration."""
        ...

    async def is_empty(self) -> bool: ...

    async def prepare(self) -> None:
        """Raises Refusal if nothing could be put back now: the database is in use, or a program is missing."""
        ...

    async def put_back(self, copy: Path) -> None:
        """Replace everything in the database by the copy, all or nothing."""
        ...


def copier_of(database_url: str) -> DatabaseCopier:
    url = make_url(database_url)
    return SqliteCopier(Path(url.database or "")) if url.drivername.startswith("sqlite") else PostgresCopier(url)


class SqliteCopier:
    kind = "sqlite"
    part = "database.sqlite"

    def __init__(self, file: Path) -> None:
        self._file = file

    async def copy(self, into: Path) -> str:
        return await asyncio.to_thread(self._copy, into)

    def _copy(self, into: Path) -> str:
        if not self._file.exists():
            raise Refusal("database-missing", f"Chưa có cơ sở dữ liệu {self._file}. Anh/chị kiểm tra THIDUA_DATA.")
        with self._refusing(), closing(sqlite3.connect(self._file)) as live, closing(sqlite3.connect(into)) as copy:
            live.backup(copy)
            # One file, without the log beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
            (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise sqlite3.DatabaseError(verdict)
            (revision,) = copy.execute("SELECT version_num FROM alembic_version").fetchone()
            return str(revision)

    async def is_empty(self) -> bool:
        return await asyncio.to_thread(lambda: not self._file.exists() or self._file.stat().st_size == 0)

    async def prepare(self) -> None:
        """The lock of `bot.single_process` keeps others away."""

    async def put_back(self, copy: Path) -> None:
        await asyncio.to_thread(self._put_back, copy)

    def _put_back(self, copy: Path) -> None:
        draft = self._file.with_name(f"{self._file.name}.new")
        shutil.copyfile(copy, draft)
        _sync(draft)
        draft.chmod(0o600)
        self._close_old()
        # A log of the old database beside the new one would be played into it.
        for log in ("-wal", "-shm", "-journal"):
            self._file.with_name(f"{self._file.name}{log}").unlink(missing_ok=True)
        draft.replace(self._file)
        _sync(self._file.parent)

    def _close_old(self) -> None:
        """Bring the old database's log into its file, so that it is whole until it is replaced."""
        if self._file.exists():
            # One that is damaged is replaced as it is.
            with suppress(sqlite3.Error), closing(sqlite3.connect(self._file)) as old:
                old.execute("PRAGMA journal_mode=DELETE")

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, TypeError) as error:
            raise Refusal("database-uncopied", f"Không sao được cơ sở dữ liệu {self._file}: {error}.") from error


class PostgresCopier:
    kind = "postgresql"
    part = "database.dump"

    def __init__(self, url: URL) -> None:
        self._url = url

    async def copy(self, into: Path) -> str:
        program = _program("pg_dump")
        async with _connected(self._url) as connection:
            # pg_dump reads the same moment as this transaction.
            await connection.execution_options(isolation_level="REPEATABLE READ")
            revision = await connection.scalar(text("SELECT version_num FROM alembic_version"))
            moment = await connection.scalar(text("SELECT pg_export_snapshot()"))
            await self._run(
                *(program, "--format=custom", "--no-owner", "--no-privileges"),
                *(f"--snapshot={moment}", f"--file={into}"),
            )
            return str(revision)

    async def is_empty(self) -> bool:
        async with _connected(self._url) as connection:
            tables = await connection.scalar(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
            return not tables

    async def prepare(self) -> None:
        _program("pg_restore")
        _program("psql")
        async with _connected(self._url) as connection:
            others = await connection.scalar(text(_OTHERS))
        if others:
            raise Refusal(
                "database-in-use",
                f"Cơ sở dữ liệu đang có {others} kết nối khác. Anh/chị dừng bot và bộ nhắc hạn rồi chạy lại.",
            )

    async def put_back(self, copy: Path) -> None:
        script = copy.with_suffix(".sql")
        await self._run(_program("pg_restore"), "--no-owner", "--no-privileges", f"--file={script}", str(copy))
        emptying = [] if await self.is_empty() else ["--command=DROP SCHEMA public CASCADE; CREATE SCHEMA public"]
        await self._run(
            *(_program("psql"), "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"),
            *("--output=/dev/null", *emptying, f"--file={script}"),
        )

    async def _run(self, program: str, *words: str) -> None:
        process = await asyncio.create_subprocess_exec(
            program, *words, env=self._environment(), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
        _, errors = await process.communicate()
        if process.returncode:
            reason = errors.decode(errors="replace").strip().partition("\n")[0]
            raise Refusal("database-tool-failed", f"{Path(program).name} dừng giữa chừng: {reason}")

    def _environment(self) -> dict[str, str]:
        """Return the address as the programs read it; a password on a command line could be read by others."""
        url, mode = self._url, self._url.query.get("ssl")
        found = {
            "PGHOST": url.host or url.query.get("host"),
            "PGPORT": url.port,
            "PGUSER": url.username,
            "PGPASSWORD": url.password,
            "PGDATABASE": url.database,
            "PGSSLMODE": mode,
        }
        return {**os.environ, **{name: str(value) for name, value in found.items() if value is not None}}


def _sync(path: Path) -> None:
    """Let a file, or the names in a folder, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


@asynccontextmanager
async def _connected(url: URL) -> AsyncIterator[AsyncConnection]:
    """Connect outside of any pool, so that no connection outlives its use. Raises Refusal if that fails."""
    engine = create_async_engine(url, poolclass=NullPool, connect_args={"timeout": _ANSWERS_WITHIN})
    try:
        async with engine.connect() as connection:
            yield connection
    except (SQLAlchemyError, OSError) as error:
        address, reason = url.render_as_string(hide_password=True), str(error).partition("\n")[0] or "không trả lời"
        raise Refusal("database-unopened", f"Không mở được cơ sở dữ liệu {address}: {reason}") from error
    finally:
        await engine.dispose()


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Refusal(
            "database-tool-missing",
            f"Máy này chưa có {name}. Anh/chị cài gói postgresql-client cùng bản với máy chủ, rồi chạy lại.",
        )
    return found
