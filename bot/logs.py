"""What the program says of itself, on the error stream."""

import logging
import re
from datetime import datetime, tzinfo

from domain.calendar import VIETNAM

_TOKEN = re.compile(r"/bot\d+:[^/\s]+")


class TokenRedactingFormatter(logging.Formatter):
    """Errors of HTTP clients carry the whole address, and the bot's token is a part of it."""

    def __init__(self, zone: tzinfo, words: str) -> None:
        super().__init__(words)
        self._zone = zone

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("/bot***", super().format(record))

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802 (the library's)
        """The hour on the wall, with its distance from UTC: 2026-05-05 08:00:00.123+07:00."""
        return datetime.fromtimestamp(record.created, self._zone).isoformat(sep=" ", timespec="milliseconds")


def set_up_logs(zone: tzinfo = VIETNAM) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(TokenRedactingFormatter(zone, "%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    # The dialog library complains of every refusal in a window; what is no refusal is logged with its reference code.
    logging.getLogger("aiogram_dialog.window").setLevel(logging.CRITICAL)
