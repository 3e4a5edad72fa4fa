"""A demo that is opened and closed, so that others go on from a copy of its folder."""

from pathlib import Path

from bot.runner import run_to_end
from demo.demo import DEFAULT_START, open_demo


def open_once(folder: str) -> None:
    """Make the folder; it appears when all is in it."""
    draft = Path(f"{folder}.new")
    run_to_end(_open(draft))
    draft.replace(folder)


async def _open(folder: Path) -> None:
    async with open_demo(host="127.0.0.1", port=0, at=DEFAULT_START, data=folder):
        pass
