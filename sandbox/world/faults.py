"""Bad days on demand: too many requests, answers lost on the way, presses answered late, messages closed to edits."""

import random
from dataclasses import dataclass

from sandbox.errors import bad_request, too_many_requests


@dataclass(frozen=True, slots=True)
class Faults:
    """Probabilities from 0 to 1; the polling for updates itself is never refused, only dropped."""

    rate_429: float = 0.0
    retry_after: int = 1
    drop: float = 0.0
    late_presses: float = 0.0
    """How many pressed buttons reach the bot when their query has expired."""
    lost_edits: float = 0.0
    """How many edits are refused, as of a message that is too old or of another kind."""

    def refuse(self, method: str) -> None:
        if method.lower() != "getupdates" and random.random() < self.rate_429:
            raise too_many_requests(self.retry_after)
        if method.lower().startswith("editmessage") and random.random() < self.lost_edits:
            raise bad_request("message can't be edited")

    def expires_query(self) -> bool:
        return random.random() < self.late_presses

    def loses_answer(self) -> bool:
        return random.random() < self.drop

    def loses_request(self) -> bool:
        """Of what is lost, half never arrived and half was done: a sender cannot tell which."""
        return random.random() < 0.5
