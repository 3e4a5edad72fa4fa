"""Whether the messenger answers this process, as its last call found it."""

import time


class MessengerStanding:
    def __init__(self) -> None:
        self.answered_at: float | None = None
        """Unix time of the last answer, which may have been a refusal."""
        self.is_lost = False

    def note(self, *, answered: bool) -> None:
        self.is_lost = not answered
        if answered:
            self.answered_at = time.time()
