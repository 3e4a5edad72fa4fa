"""One process of an installation whose clock a story winds; its arguments are the folder and `bot`, `scheduler`."""

import sys
from pathlib import Path

from bot.run import serve
from bot.runner import run_until_signal
from bot.settings import read_settings
from tests.e2e.installations.shared_clock import SharedClock, following

if __name__ == "__main__":
    clock = SharedClock(Path(sys.argv[1]))
    run_until_signal(
        serve(
            read_settings(),
            bot="bot" in sys.argv[2:],
            scheduler="scheduler" in sys.argv[2:],
            clock=clock,
            runs_scheduler=lambda app, token: following(app, token, clock),
        )
    )
