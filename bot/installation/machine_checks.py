"""Checks of what stands beside the program: database, files, Redis, clock, disk."""

import asyncio
import shutil
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from aiohttp import ClientSession
from alembic.script import ScriptDirectory
from redis.asyncio import Redis
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError

from bot.app import open_object_store
from bot.installation.findings import Diagnosis, wrong
from bot.settings import Settings
from domain.calendar import VIETNAM
from models.migrations import HERE
from models.unit_of_work import make_engine

DATABASE, FILES, REDIS, CLOCK, ZONE, DISK = "Cơ sở dữ liệu", "Nơi lưu tệp", "Redis", "Đồng hồ", "Múi giờ", "Ổ đĩa"
_OFF_BY = timedelta(seconds=30)
_GIGABYTE = 1024**3
_LEAST_SHARE = 0.05
_PROBE = b"thidua doctor"

# Without it PostgreSQL believes that tables are as small as it saw them last, and reads them whole.
_UNCOUNTED = wrong(
    DATABASE,
    "PostgreSQL tắt autovacuum, nên càng dùng càng chậm. Bật lại trong psql: "
    "ALTER SYSTEM SET autovacuum = on; SELECT pg_reload_conf();",
)


async def check_database(settings: Settings) -> tuple[Diagnosis, ...]:
    """Whether it can be reached, is at this program's migration, and can be written; nothing in it changes."""
    url = make_url(settings.database)
    if url.drivername.startswith("sqlite") and not await asyncio.to_thread(Path(url.database or "").is_file):
        return (wrong(DATABASE, f"chưa có tệp {url.database}. Tạo mới: thidua migrate. Có bản cũ: thidua restore"),)
    engine = make_engine(settings.database)
    try:
        async with engine.connect() as connection:
            try:
                revision = await connection.scalar(text("SELECT version_num FROM alembic_version"))
            except SQLAlchemyError:
                return (wrong(DATABASE, "trống, hoặc của chương trình khác. Nếu là cơ sở mới: thidua migrate"),)
            await connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
            await connection.rollback()
            is_server = engine.dialect.name == "postgresql"
            autovacuum = await connection.scalar(text("SHOW autovacuum")) if is_server else "on"
    finally:
        await engine.dispose()
    return (_stands_at(str(revision)), *([_UNCOUNTED] if autovacuum == "off" else []))


def _stands_at(revision: str) -> Diagnosis:
    scripts = ScriptDirectory(str(HERE))
    head = scripts.get_current_head()
    if revision == head:
        return Diagnosis(DATABASE, f"đọc và ghi được, ở bản {revision}.")
    if revision in {script.revision for script in scripts.walk_revisions()}:
        return wrong(DATABASE, f"ở bản {revision}, chương trình cần bản {head}. Sao lưu, rồi chạy: thidua migrate")
    return wrong(DATABASE, f"ở bản {revision}, mới hơn chương trình này. Anh/chị cài bản thidua mới hơn.")


async def check_files(settings: Settings) -> tuple[Diagnosis, ...]:
    """Whether a file can be stored, read and deleted."""
    store, key = open_object_store(settings.shelf), f"thidua-doctor-{uuid4().hex}"
    await store.save(key, _PROBE)
    try:
        is_same = await store.read(key) == _PROBE
    finally:
        await store.delete(key)
    if not is_same:
        return (wrong(FILES, f"{settings.shelf} trả lại nội dung khác với lúc ghi. Anh/chị kiểm tra ổ đĩa ngay."),)
    return (Diagnosis(FILES, f"{settings.shelf} ghi, đọc, xóa được."),)


async def check_redis(url: str) -> tuple[Diagnosis, ...]:
    async with Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as redis:
        await redis.ping()
    return (Diagnosis(REDIS, "trả lời."),)


async def check_clock(api: str, *, now: datetime) -> tuple[Diagnosis, ...]:
    """Compare with the messenger's clock; the question carries no token."""
    async with ClientSession() as http, http.head(api) as answer:
        date = answer.headers.get("Date")
    if date is None:
        return (Diagnosis(CLOCK, "máy chủ không cho biết giờ, chưa so được."),)
    return (compare_clocks(now, parsedate_to_datetime(date)),)


def compare_clocks(here: datetime, there: datetime) -> Diagnosis:
    off = here - there
    if abs(off) <= _OFF_BY:
        return Diagnosis(CLOCK, f"đúng ({here.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}).")
    way = "nhanh" if off > timedelta() else "chậm"
    seconds = abs(off).total_seconds()
    return wrong(CLOCK, f"{way} {seconds:.0f} giây, hạn nộp sẽ tính sai. Bật đồng bộ: timedatectl set-ntp true")


def check_zone(zone: ZoneInfo, *, now: datetime) -> Diagnosis:
    if now.astimezone(zone).utcoffset() == now.astimezone(VIETNAM).utcoffset():
        return Diagnosis(ZONE, f"{zone.key}.")
    return wrong(ZONE, f"{zone.key} không phải giờ Việt Nam. Bỏ THIDUA_TIMEZONE, hoặc ghi Asia/Ho_Chi_Minh")


def check_disk(folder: Path) -> Diagnosis:
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return weigh_disk(free=usage.free, total=usage.total)


def weigh_disk(*, free: int, total: int) -> Diagnosis:
    left = f"còn {free / _GIGABYTE:.1f} trên {total / _GIGABYTE:.0f} GB".replace(".", ",")
    if free < _GIGABYTE or free < _LEAST_SHARE * total:
        return wrong(DISK, f"{left}, sắp đầy. Chuyển bản sao lưu cũ đi nơi khác, hoặc thêm ổ.")
    return Diagnosis(DISK, f"{left}.")
