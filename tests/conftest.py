"""What every test may ask for; imported where it is made, for the process that hands the tests out makes nothing."""

import gc
import os
import shutil
from asyncio import AbstractEventLoop
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvloop

from tests.support.services import need

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.support.founded import RestoredPostgres
    from tests.support.stage import Stage

gc.disable()

MEMORY = Path("/dev/shm")  # noqa: S108 (pytest makes a folder of its own there)
_ROOM = 2 << 30
LONG = frozenset({"deploy", "e2e", "faults", "fuzz", "simulation"})
"""Folders whose tests are all `long`: `make check` runs them, `make test` does not."""


def pytest_configure(config: pytest.Config) -> None:
    """Temporary folders lie in memory where there is room for them: the databases of processes need no disk."""
    config.addinivalue_line("markers", "long: starts processes or a browser, plays for months or tries a great many")
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture
async def stage(tmp_path: Path) -> "AsyncIterator[Stage]":
    """The bot on a stage of its own, on 5 May 2026 at 08:00."""
    from tests.support.stage import staged

    async with staged(tmp_path) as stage:
        yield stage


@pytest.fixture(scope="session")
async def postgres() -> "AsyncIterator[RestoredPostgres]":
    """A database of the worker's own; without PostgreSQL the test is skipped."""
    need("PostgreSQL")
    from tests.support.founded import founded_postgres

    async with founded_postgres() as postgres:
        yield postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def restored(request: pytest.FixtureRequest) -> "RestoredPostgres | None":
    return request.getfixturevalue("postgres") if request.param == "postgresql" else None


@pytest.fixture
async def database(restored: "RestoredPostgres | None") -> str | None:
    """On both databases: the URL of PostgreSQL's, or None for a file of the test's own."""
    return None if restored is None else await restored.as_new()


@pytest.fixture(scope="session")
async def browser() -> "AsyncIterator[Browser]":
    """Chromium, started once for all tests of a worker; without it the test is skipped."""
    from tests.support.browser import open_browser

    async with open_browser() as browser:
        yield browser


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], AbstractEventLoop]]:
    """The loop on which the product runs."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest stories first, one to a worker, so that nobody waits for them at the end.

    Other long tests often wait for a process: those of one folder stand far apart, with others and short ones between
    them, so that a core is rarely idle.
    """
    stories, long, short = list[pytest.Item](), list[pytest.Item](), list[pytest.Item]()
    for item in items:
        if LONG.isdisjoint(item.path.parts):
            short.append(item)
        else:
            item.add_marker("long")
            (stories if "season" in item.path.stem else long).append(item)
    long = _spread(long)
    between = 4 * len(short) // (5 * len(long) or 1)
    items[:] = stories
    for number, item in enumerate(long):
        items += [item, *short[number * between : (number + 1) * between]]
    items += short[len(long) * between :]


def _spread(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the items with those of each folder spread over the whole."""
    folders = [item.path.parent for item in items]
    met: Counter[Path] = Counter()
    places = list[float]()
    for folder in folders:
        met[folder] += 1
        places.append((met[folder] - 0.5) / folders.count(folder))
    return [item for _, item in sorted(zip(places, items, strict=True), key=lambda pair: pair[0])]


def pytest_collection_finish() -> None:
    """All that was imported stays: the collector of garbage need not look through it again and again."""
    from bot.runner import COLLECT_AFTER

    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    gc.enable()


def pytest_sessionfinish() -> None:
    """In the end pytest has the collector look for what was forgotten, five times over: once through it all will do."""
    gc.collect()
    gc.freeze()


def pytest_collectstart() -> None:
    """The product's way to aiogram comes first: its models are built when they are used, not all of them at once."""
    import dialogs  # noqa: F401
