"""One process of an installation whose clock a story winds."""

from pathlib import Path

from bot.run import serve
from bot.runner import run_until_signal
from bot.settings import read_settings
from tests.e2e.installations.shared_clock import SharedClock, following


def run_process(folder: str, *sides: str) -> None:
    """Run the sides, `bot` and `scheduler`, with the clock of this folder."""
    clock = SharedClock(Path(folder))
    run_until_signal(
        serve(
            read_settings(),
            bot="bot" in sides,
            scheduler="scheduler" in sides,
            clock=clock,
            runs_scheduler=lambda app, token: following(app, token, clock),
        )
    )
