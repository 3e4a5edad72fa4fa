"""What is wrong with an installation, as far as it can be seen without changing it."""

import fcntl
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import make_url

from bot.installation.findings import Diagnosis, checked, wrong
from bot.installation.machine_checks import (
    CLOCK,
    DATABASE,
    FILES,
    REDIS,
    check_clock,
    check_database,
    check_disk,
    check_files,
    check_redis,
    check_zone,
)
from bot.installation.messenger_checks import TOKEN, check_groups, check_messenger
from bot.settings import Settings

_LISTENS = 6.0


async def examine(settings: Settings, *, now: datetime, listens: float = _LISTENS) -> tuple[Diagnosis, ...]:
    """Check everything once; no check stops another, and no token or password is in what is found."""
    database = await checked(DATABASE, partial(check_database, settings))
    found = (*database, *await checked(FILES, partial(check_files, settings)))
    if settings.redis_url is not None:
        found += await checked(REDIS, partial(check_redis, settings.redis_url))
    found += (check_disk(settings.data), check_zone(settings.zone, now=now))
    found += await checked(CLOCK, partial(check_clock, settings.telegram_api, now=now))
    found += await _ask_messenger(settings, now=now, listens=listens, with_groups=not database[0].is_wrong)
    return tuple(Diagnosis(one.subject, _without_secrets(one.text, settings), one.is_wrong) for one in found)


async def _ask_messenger(
    settings: Settings, *, now: datetime, listens: float, with_groups: bool
) -> tuple[Diagnosis, ...]:
    if settings.telegram_token is None:
        return (wrong(TOKEN, "chưa đặt THIDUA_TELEGRAM_TOKEN. Lấy ở @BotFather."),)
    token, is_running = settings.telegram_token.get_secret_value(), _may_be_running(settings.database)
    found = await check_messenger(settings, token, now=now, is_running=is_running, listens=listens)
    if with_groups and not found[0].is_wrong:
        found += await check_groups(settings, token, now=now)
    return found


def _may_be_running(database_url: str) -> bool:
    """Whether this installation's own bot may be running; of a database server that cannot be told from here."""
    url = make_url(database_url)
    if not url.drivername.startswith("sqlite"):
        return True
    lock = Path(f"{url.database}.bot.lock")
    if not lock.exists():
        return False
    with lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _without_secrets(text: str, settings: Settings) -> str:
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else None
    passwords = (make_url(url).password for url in (settings.database_url, settings.redis_url) if url)
    for secret in filter(None, (token, *passwords)):
        text = text.replace(secret, "***")
    return text
