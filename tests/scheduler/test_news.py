"""A job that goes through everything runs when there is news, and only then."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from demo.sample import AUTHORITY, PLAN
from domain.plans.deadlines import DutyKind
from plans.catalogue import shipped_plan
from scheduler.jobs import OnNews, SchedulerService
from tests.support.stage import Product, opened_product
from tests.support.statements import at_most
from tests.support.steps.filling import acting, duty, officer
from tests.support.steps.reminders import at
from tests.support.steps.successions import NEW
from usecases.context import Context
from usecases.organisation.successions.commands import merge_units
from usecases.plans.loading import load_plan
from usecases.plans.set_dates import DateTarget, set_date
from usecases.reminders.news import LOOKED_AGAIN_AFTER
from usecases.reminders.snoozes import snooze

MINUTE = timedelta(minutes=1)


class Watched:
    """A job that counts its runs, and fails as it is told."""

    def __init__(self) -> None:
        self.runs = 0
        self.fails = False
        self.meanwhile: Callable[[], Awaitable[None]] | None = None
        self._job = OnNews(self._run)

    async def _run(self, _: Context) -> None:
        self.runs += 1
        if self.meanwhile is not None:
            await self.meanwhile()
        if self.fails:
            raise RuntimeError("killed in the middle")

    async def looks(self, product: Product) -> bool:
        """Look, and return whether it went through everything."""
        before = self.runs
        async with product.app.contexts.open() as ctx:
            await self._job(ctx)
        return self.runs > before


@pytest.fixture
async def product(tmp_path: Path) -> AsyncIterator[Product]:
    async with opened_product(tmp_path, at=at(5, 11)) as product:
        await officer(product, "phuong-5", chat_id=500)
        yield product


async def watched(product: Product) -> Watched:
    """Return a job that has seen everything, a minute later."""
    job = Watched()
    assert await job.looks(product)
    product.wind(product.clock.now() + MINUTE)
    return job


async def _load(product: Product) -> None:
    later = shipped_plan(PLAN).replace("trước ngày 15/5", "trước ngày 21/5").replace("due: 15/5", "due: 21/5")
    async with product.app.contexts.as_caretaker() as ctx:
        await load_plan(ctx, later, authority=AUTHORITY, file=PLAN)


async def _set_date(product: Product) -> None:
    async with product.app.contexts.as_caretaker() as ctx:
        await set_date(ctx, DateTarget(PLAN, "bao-cao-6-thang", year=2026, kind=None), day=date(2026, 5, 13))


async def _merge(product: Product) -> None:
    async with product.app.contexts.as_caretaker() as ctx:
        await merge_units(ctx, ("phuong-5", "phuong-6"), into=NEW, day=date(2026, 5, 12))


async def _join(product: Product) -> None:
    await officer(product, "phuong-6", chat_id=501)


async def _snooze(product: Product) -> None:
    report = await duty(product, 500, DutyKind.REPORT)
    async with acting(product, 500) as ctx:
        await snooze(ctx, report.id, until=at(5, 11, 14, 0))
    product.wind(at(5, 11, 14, 0))


async def _wind_back(product: Product) -> None:
    product.wind(product.clock.now() - 2 * MINUTE)


async def _wait(product: Product) -> None:
    product.wind(product.clock.now() + LOOKED_AGAIN_AFTER)


@pytest.mark.parametrize("happens", [_load, _set_date, _merge, _join, _snooze, _wind_back, _wait])
async def test_what_happens_is_looked_at_once(product: Product, happens: Callable[[Product], Awaitable[None]]) -> None:
    job = await watched(product)
    before = await job.looks(product)

    await happens(product)

    assert [before, await job.looks(product), await job.looks(product)] == [False, True, False]


async def test_what_happens_while_it_runs_is_looked_at_next(product: Product) -> None:
    job = Watched()
    job.meanwhile = lambda: officer_joins(product)
    assert await job.looks(product)
    job.meanwhile = None

    assert [await job.looks(product), await job.looks(product)] == [True, False]


async def officer_joins(product: Product) -> None:
    await officer(product, "phuong-6", chat_id=501)


async def test_a_look_that_failed_has_seen_nothing(product: Product) -> None:
    job = Watched()
    job.fails = True
    with pytest.raises(RuntimeError):
        await job.looks(product)
    job.fails = False

    assert [await job.looks(product), await job.looks(product)] == [True, False]


async def test_an_hour_of_sending_that_begins_is_news(product: Product) -> None:
    product.wind(at(5, 12, 7, 29))
    job = await watched(product)

    assert await job.looks(product)


async def test_a_quiet_look_takes_a_handful_of_statements(product: Product) -> None:
    service = SchedulerService(product.app.contexts, {})
    await service.look()
    await service.look()
    product.wind(product.clock.now() + MINUTE)

    with at_most(45, product.app.contexts.engine):
        await service.look()
