"""The product's own process at another hour: `python -m simulation.measuring.played bot|scheduler ISO-HOUR`."""

import gc
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from bot.run import serve
from bot.runner import run_until_signal
from bot.settings import read_settings


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A clock that goes on from `start`, whatever the system's clock shows."""

    start: datetime
    _began: float = field(default_factory=monotonic)

    def now(self) -> datetime:
        return self.start + timedelta(seconds=monotonic() - self._began)


def main(side: str, hour: str) -> None:
    clock = RunningClock(datetime.fromisoformat(hour))
    run_until_signal(serve(read_settings(), bot=side == "bot", scheduler=side == "scheduler", clock=clock))


if __name__ == "__main__":
    # As the console script does: on again when the work begins.
    gc.disable()
    main(*sys.argv[1:])
