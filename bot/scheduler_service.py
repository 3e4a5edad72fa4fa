"""Composition of the scheduler: its jobs and the channels it sends through."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, wait_fixed

from bot.active_process import LockLost
from bot.app import TELEGRAM_CHANNEL, App
from bot.health.metrics import SCHEDULER_ACTIVE
from bot.health.sending import CountedChannel, TimedScheduler
from channels.pacing import Pacer
from channels.telegram import ServerUnreachable, TelegramChannel, TokenRefused
from domain.errors import Refusal
from scheduler.jobs import FINISH_WITHIN, SchedulerService
from web.parts import PartFolder

_PAUSE = 3.0

logger = logging.getLogger(__name__)


async def check_token(token: str, *, api: str) -> None:
    """Check the token with the messenger; wait while the messenger cannot be reached, which is logged once.

    Raises Refusal for a wrong token.
    """
    async with TelegramChannel(token, api=api) as telegram:
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type(ServerUnreachable), wait=wait_fixed(_PAUSE), before_sleep=_complain_once
        ):
            with attempt:
                try:
                    await telegram.check_token()
                except TokenRefused as error:
                    raise Refusal(
                        "token-refused", "Máy chủ không nhận THIDUA_TELEGRAM_TOKEN này. Anh/chị kiểm tra lại token."
                    ) from error
    if attempt.retry_state.attempt_number > 1:
        logger.warning("the messenger answers again")


def _complain_once(state: RetryCallState) -> None:
    if state.attempt_number == 1 and state.outcome:
        logger.warning("the messenger cannot be reached, trying on: %s", state.outcome.exception())


@asynccontextmanager
async def running_scheduler(app: App, token: str) -> AsyncIterator[None]:
    """Run the scheduler until left; running messages are finished first, but not if another process has taken over."""
    async with open_scheduler_service(app, token=token) as service:
        service.start()
        SCHEDULER_ACTIVE.set(1)
        within = FINISH_WITHIN
        try:
            yield
        except LockLost:
            within = 0
            raise
        finally:
            SCHEDULER_ACTIVE.set(0)
            await service.stop(within=within)


@asynccontextmanager
async def open_scheduler_service(
    app: App, *, token: str, pacer: Pacer | None = None
) -> AsyncIterator[SchedulerService]:
    """Open the scheduler's service; `pacer` replaces the usual one when time is wound by hand."""
    async with TelegramChannel(token, api=app.settings.telegram_api, pacer=pacer) as telegram:
        parts = PartFolder(app.settings.parts)
        yield TimedScheduler(
            app.contexts, {TELEGRAM_CHANNEL: CountedChannel(telegram, app.messenger)}, files=app.files, parts=parts
        )
