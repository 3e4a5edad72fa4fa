"""What `thidua doctor` finds: one line each, with what to do."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.errors import Refusal

ANSWERS_WITHIN = 15.0
"""Seconds for one check; what does not answer by then is reported."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    subject: str
    text: str
    """What was found; if it is wrong, also what to do."""
    is_wrong: bool = False

    @property
    def line(self) -> str:
        return f"{'✖' if self.is_wrong else '✔'} {self.subject}: {self.text}"


def wrong(subject: str, text: str) -> Diagnosis:
    return Diagnosis(subject, text, is_wrong=True)


Check = Callable[[], Awaitable[tuple[Diagnosis, ...]]]


async def checked(subject: str, check: Check, *, within: float = ANSWERS_WITHIN) -> tuple[Diagnosis, ...]:
    """Return what the check finds; whatever goes wrong within it is a finding as well."""
    try:
        async with asyncio.timeout(within):
            return await check()
    except Refusal as refusal:
        return (wrong(subject, refusal.text),)
    except TimeoutError:
        return (wrong(subject, f"không trả lời trong {within:.0f} giây. Anh/chị kiểm tra mạng và máy chủ ấy."),)
    except Exception as error:
        # Each driver has its own family of errors, and a person at a desk needs the reason of any of them.
        reason = str(error).partition("\n")[0] or type(error).__name__
        return (wrong(subject, f"không dùng được ({reason}). Anh/chị kiểm tra địa chỉ, mạng và quyền."),)
