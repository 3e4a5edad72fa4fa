"""What the buttons of pushed messages carry, as typed data: whatever does not fit is an old or a forged button."""

from datetime import UTC, date, datetime
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery
from pydantic import Field

Number = Annotated[int, Field(gt=0, lt=10**9)]
"""The number of a row."""
_LAST_SECOND = 253_402_300_799
"""31/12/9999, the last day that there is."""


class Duty(CallbackData, prefix="duty"):
    id: Number


class Status(CallbackData, prefix="status"):
    duty_id: Number


class Revoke(CallbackData, prefix="revoke"):
    code: Annotated[str, Field(pattern=r"^\w{1,20}$")]


class Again(CallbackData, prefix="again"):
    duty_id: Number
    second: Annotated[int, Field(ge=0, le=_LAST_SECOND)]

    @property
    def until(self) -> datetime:
        return datetime.fromtimestamp(self.second, UTC)


class Hours(CallbackData, prefix="hours"):
    duty_id: Number


class Handover(CallbackData, prefix="handover"):
    duty_id: Number


class Paper(CallbackData, prefix="paper"):
    duty_id: Number


class Others(CallbackData, prefix="others"):
    duty_ids: Annotated[str, Field(pattern=r"^\d{1,9}(,\d{1,9})*$")]


class Extend(CallbackData, prefix="extend"):
    duty_id: Number


class Grant(CallbackData, prefix="grant"):
    request_id: Number
    until: date


class Deny(CallbackData, prefix="deny"):
    request_id: Number


class Proof(CallbackData, prefix="proof"):
    request_id: Number


class Calls(CallbackData, prefix="calls"):
    turn: Number


class Today(CallbackData, prefix="today"):
    turn: Number


class Extension(CallbackData, prefix="extension"):
    request_id: Number


class Claim(CallbackData, prefix="claim"):
    claim_id: Number


class Received(CallbackData, prefix="received"):
    claim_id: Number


class Missing(CallbackData, prefix="missing"):
    claim_id: Number


class Request(CallbackData, prefix="request"):
    id: Number


class Resume(CallbackData, prefix="resume"):
    turn: Number


class Mend(CallbackData, prefix="mend"):
    return_id: Number


class AskBack(CallbackData, prefix="askback"):
    return_id: Number


class AnswerQuestion(CallbackData, prefix="answer"):
    question_id: Number


class Look(CallbackData, prefix="review"):
    submission_id: Number


class Approve(CallbackData, prefix="approve"):
    submission_id: Number
    seen: Annotated[int, Field(ge=0, lt=10**9)]


class Rebind(CallbackData, prefix="rebind"):
    cluster_id: Number
    instead_of: Number


class KeepBound(CallbackData, prefix="keepbound"):
    cluster_id: Number
    instead_of: Number


KINDS: tuple[type[CallbackData], ...] = (
    Duty,
    Status,
    Revoke,
    Again,
    Hours,
    Handover,
    Paper,
    Others,
    Extend,
    Grant,
    Deny,
    Proof,
    Calls,
    Today,
    Extension,
    Claim,
    Received,
    Missing,
    Request,
    Resume,
    Mend,
    AskBack,
    AnswerQuestion,
    Look,
    Approve,
    Rebind,
    KeepBound,
)


def is_push(press: CallbackQuery) -> bool:
    """Whether the button stands under a pushed message, by what it carries; it need not be well formed."""
    kind = (press.data or "").partition(":")[0]
    return any(kind == known.__prefix__ for known in KINDS)
