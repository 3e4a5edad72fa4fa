"""Faults on demand: too many requests, lost answers, late presses, messages that cannot be edited."""

import random
from dataclasses import dataclass

from sandbox.errors import bad_request, too_many_requests


@dataclass(frozen=True, slots=True)
class Faults:
    """Probabilities from 0 to 1; polling for updates is never refused, only dropped."""

    rate_429: float = 0.0
    retry_after: int = 1
    drop: float = 0.0
    late_presses: float = 0.0
    """Share of pressed buttons whose query has expired when it reaches the bot."""
    lost_edits: float = 0.0
    """Share of edits that are refused, as if the message were too old or of another kind."""

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
        """Whether a lost call never arrived; the other half was performed, and the sender cannot tell."""
        return random.random() < 0.5
