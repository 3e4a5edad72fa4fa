"""What the program says of itself, on the error stream."""

import logging
import re

_TOKEN = re.compile(r"/bot\d+:[^/\s]+")


class Discreet(logging.Formatter):
    """Errors of HTTP clients carry the whole address, and the bot's token is a part of it."""

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("/bot***", super().format(record))


def set_up_logs() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    # The dialog library complains of every refusal in a window; what is no refusal is logged with its reference code.
    logging.getLogger("aiogram_dialog.window").setLevel(logging.CRITICAL)
