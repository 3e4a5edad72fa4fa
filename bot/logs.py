"""Log of the program, on the error stream."""

import logging
import re
from datetime import datetime, tzinfo

from domain.calendar import VIETNAM

_TOKEN = re.compile(r"/bot\d+:[^/\s]+")


class TokenRedactingFormatter(logging.Formatter):
    """Formatter that hides the bot's token: errors of HTTP clients contain the whole URL."""

    def __init__(self, zone: tzinfo, words: str) -> None:
        super().__init__(words)
        self._zone = zone

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("/bot***", super().format(record))

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802 (the library's)
        """Return the local time with its UTC offset: 2026-05-05 08:00:00.123+07:00."""
        return datetime.fromtimestamp(record.created, self._zone).isoformat(sep=" ", timespec="milliseconds")


def set_up_logs(zone: tzinfo = VIETNAM) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(TokenRedactingFormatter(zone, "%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    # aiogram_dialog logs every refusal in a window; real errors are logged with their reference code instead.
    logging.getLogger("aiogram_dialog.window").setLevel(logging.CRITICAL)
