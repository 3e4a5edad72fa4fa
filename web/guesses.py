"""A limit on unknown links from one address: the links cannot be guessed, and nobody shall try for long."""

import ipaddress
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from aiohttp.web import Request

MOST = 20
WITHIN = 60.0
"""An address that asks for more than `MOST` unknown links within so many seconds waits until they have passed."""
_ADDRESSES = 10_000

logger = logging.getLogger(__name__)


class GuessLimit:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._misses: OrderedDict[str, deque[float]] = OrderedDict()

    def is_over(self, address: str) -> bool:
        misses = self._misses.get(address)
        if misses is None:
            return False
        while misses and misses[0] <= self._clock() - WITHIN:
            misses.popleft()
        return len(misses) >= MOST

    def note(self, address: str) -> None:
        """Count an unknown link."""
        misses = self._misses.setdefault(address, deque(maxlen=MOST))
        misses.append(self._clock())
        self._misses.move_to_end(address)
        while len(self._misses) > _ADDRESSES:
            self._misses.popitem(last=False)
        if self.is_over(address):
            logger.warning("upload links: %s asked for %s unknown links within %.0f s", address, MOST, WITHIN)


def address_of(request: Request) -> str:
    """Return the address that asks, an IPv6 one by its network; behind a proxy on this machine, what the proxy says."""
    address = request.remote or ""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        if forwarded and ipaddress.ip_address(address).is_loopback:
            address = forwarded
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
