"""Many officers at once, but never more than asked."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from simulation.messenger.phones import WirePhone

Act = Callable[[WirePhone], Awaitable[None]]


async def at_once(phones: Iterable[WirePhone], act: Act, most: int) -> None:
    """Let all act, never more than `most` at the same time."""
    queue = iter(phones)

    async def work() -> None:
        for phone in queue:
            await act(phone)

    await asyncio.gather(*(work() for _ in range(most)))
