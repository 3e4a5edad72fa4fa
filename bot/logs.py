"""Log of the program, on the error stream: in local time, with the reference of the update, without secrets."""

import json
import logging
import re
from datetime import datetime, tzinfo
from textwrap import indent
from typing import Any

from domain.calendar import VIETNAM
from domain.references import current_reference

_SECRETS = (
    # A bot's token, alone or in the URL of a call; errors of HTTP clients contain the whole URL.
    (re.compile(r"\b\d{3,}:[A-Za-z0-9_-]{20,}|(?<=/bot)\d+:[^/\s]+"), "***"),
    # The end of an address that opens a page, a download or an invite: who has it comes in.
    (re.compile(r"(/[to]/)[A-Za-z0-9_-]{16,}"), r"\1***"),
    (re.compile(r"([?&]start=)[\w-]+"), r"\1***"),
    (re.compile(r"(://[^\s:/@]*:)[^\s/@]+(?=@)"), r"\1***"),
    # Phone numbers: 0912345678, +84 912 345 678.
    (re.compile(r"(?<![\w.,:+-])(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)"), "***"),
)

_MARK = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def redact(text: str) -> str:
    """Replace tokens, addresses that are keys, passwords and phone numbers by «***»."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


class LineFormatter(logging.Formatter):
    """One line, and what a traceback adds: 2026-05-05 08:00:00.123+07:00 WARNING bot [7F3A]: words."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s%(reference)s: %(message)s")
        self._zone = zone

    def format(self, record: logging.LogRecord) -> str:
        reference = current_reference()
        record.reference = f" [{reference}]" if reference else ""
        return redact(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (the library's)
        """Return the line with its control and direction marks written out, so that no name forges a line."""
        return _MARK.sub(lambda mark: repr(mark[0])[1:-1], super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 (the library's)
        """Return the traceback set in: none of its lines looks like a line of the log."""
        return indent(super().formatException(ei), "  ", lambda _: True)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802 (the library's)
        """Return the local time with its UTC offset: 2026-05-05 08:00:00.123+07:00."""
        return datetime.fromtimestamp(record.created, self._zone).isoformat(sep=" ", timespec="milliseconds")


class JsonFormatter(LineFormatter):
    """One JSON object on one line, for programs that collect logs; absent fields are left out."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "reference": current_reference(),
            "message": redact(record.getMessage()),
            "error": redact(logging.Formatter.formatException(self, record.exc_info)) if record.exc_info else None,
        }
        line = json.dumps({name: value for name, value in fields.items() if value is not None}, ensure_ascii=False)
        return _MARK.sub(lambda mark: f"\\u{ord(mark[0]):04x}", line)


def set_up_logs(zone: tzinfo = VIETNAM, *, as_json: bool = False) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter(zone) if as_json else LineFormatter(zone))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    # aiogram_dialog logs every refusal in a window; real errors are logged with their reference code instead.
    logging.getLogger("aiogram_dialog.window").setLevel(logging.CRITICAL)
