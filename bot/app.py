"""Composition that the bot and the scheduler share: settings, database and files."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from obstore.exceptions import BaseError
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.contexts import Contexts
from bot.engines import Engine
from bot.health.messenger import MessengerStanding
from bot.object_store import BucketRefused, ObjectStore
from bot.settings import Settings
from domain.errors import Refusal
from models.migrations import upgrade
from models.unit_of_work import make_engine
from usecases.ports import Clock, FileStore

TELEGRAM_CHANNEL = "telegram"
_OPENS_WITHIN = 5.0
"""Seconds to wait for the database when a person waits for the command."""
_BUCKET_ANSWERS_WITHIN = 30.0
"""Seconds; its library tries a few times before it says what is wrong."""


@dataclass(frozen=True, slots=True)
class App:
    settings: Settings
    contexts: Contexts
    files: FileStore
    messenger: MessengerStanding = field(default_factory=MessengerStanding)


@asynccontextmanager
async def open_migrated_app(settings: Settings, clock: Clock, *, waits: bool = False) -> AsyncIterator[App]:
    """Open the database, migrated to its newest version, and the file store.

    With `waits`, a database server that does not answer is reported and waited for. Raises Refusal if the folder, the
    database or the file store cannot be opened.
    """
    make_folder(settings.data)
    async with build_app(settings, clock) as app:
        await _check_connection(app.contexts.engine, waits=waits)
        try:
            await upgrade(app.contexts.engine)
        except SQLAlchemyError as error:
            raise Refusal("database-not-ours", _not_ours(app.contexts.engine, error)) from error
        yield app


@asynccontextmanager
async def build_app(settings: Settings, clock: Clock) -> AsyncIterator[App]:
    """Open the App on a database that needs no migration. Raises Refusal if the file store cannot be opened."""
    engine = make_engine(settings.database)
    try:
        yield App(settings, Contexts(engine, clock, settings.zone), open_object_store(settings.shelf))
    finally:
        await engine.dispose()


def open_object_store(address: str) -> ObjectStore:
    try:
        return ObjectStore(address)
    except (OSError, ValueError, BaseError) as error:
        raise Refusal("file-store-unopened", f"Không mở được nơi lưu tệp (THIDUA_FILES) {address}: {error}.") from error


async def wait_for_files(address: str) -> None:
    """Return once the file store can be used; a bucket that does not answer is reported and waited for.

    Raises Refusal if the bucket does not let this program in.
    """
    store = open_object_store(address)
    try:
        await Engine("the file store", store.check, within=_BUCKET_ANSWERS_WITHIN).wait()
    except BucketRefused as error:
        raise Refusal(
            "file-store-refused", f"Không dùng được nơi lưu tệp (THIDUA_FILES) {address}: {error}."
        ) from error


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(
            "data-folder-unwritable", f"Không ghi được vào THIDUA_DATA: {folder} ({error.strerror})."
        ) from error


async def _check_connection(engine: AsyncEngine, *, waits: bool) -> None:
    is_waited_for = waits and engine.dialect.name != "sqlite"
    address = engine.url.render_as_string(hide_password=True)
    if _is_folder(engine):
        raise Refusal("database-unopened", f"Không mở được cơ sở dữ liệu {address}: đây là một thư mục.")
    if _is_read_only(engine):
        raise Refusal("database-unwritable", f"Không ghi được vào cơ sở dữ liệu {address}: tệp này chỉ đọc được.")
    try:
        async with asyncio.timeout(None if is_waited_for else _OPENS_WITHIN):
            await (database_engine(engine).wait() if is_waited_for else _connect(engine))
    except Exception as error:
        # Each driver has its own family of errors; here they all mean the same.
        reason = str(error).partition("\n")[0] or "không trả lời"
        raise Refusal("database-unopened", f"Không mở được cơ sở dữ liệu {address}: {reason}") from error


def _is_folder(engine: AsyncEngine) -> bool:
    """Whether SQLite is asked to open a folder: the driver's thread would report it to a loop that has ended."""
    file = engine.url.database
    return engine.dialect.name == "sqlite" and bool(file) and Path(file or "").is_dir()


def _is_read_only(engine: AsyncEngine) -> bool:
    """Whether SQLite may only read its file: it would begin every transaction, and fail in the middle of each."""
    file = Path(engine.url.database or "")
    return engine.dialect.name == "sqlite" and file.is_file() and not os.access(file, os.W_OK, effective_ids=True)


def database_engine(engine: AsyncEngine) -> Engine:
    return Engine("the database", partial(_connect, engine))


def _not_ours(engine: AsyncEngine, error: SQLAlchemyError) -> str:
    address = engine.url.render_as_string(hide_password=True)
    return f"Không nâng cấp được cơ sở dữ liệu {address}: {str(error).partition(chr(10))[0]}"


async def _connect(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.execute(select(1))
