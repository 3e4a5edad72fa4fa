"""Commands as they are typed: phones write the first letter of a message large, so «/Viec» is «/viec»."""

import re
from typing import Any

from aiogram import filters


class Command(filters.Command):
    """Filter of commands in any case."""

    def __init__(self, *names: str | re.Pattern[str], **options: Any) -> None:
        super().__init__(*names, ignore_case=True, **options)
