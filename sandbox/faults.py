"""Bad days on demand: too many requests, and answers lost on the way."""

import random
from dataclasses import dataclass

from sandbox.errors import too_many_requests


@dataclass(frozen=True, slots=True)
class Faults:
    """Probabilities from 0 to 1; the polling for updates itself is never refused, only dropped."""

    rate_429: float = 0.0
    retry_after: int = 1
    drop: float = 0.0

    def refuse(self, method: str) -> None:
        if method.lower() != "getupdates" and random.random() < self.rate_429:
            raise too_many_requests(self.retry_after)

    def loses_answer(self) -> bool:
        return random.random() < self.drop

    def loses_request(self) -> bool:
        """Of what is lost, half never arrived and half was done: a sender cannot tell which."""
        return random.random() < 0.5
