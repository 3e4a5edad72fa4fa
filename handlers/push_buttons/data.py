"""Typed callback data of pushed buttons; data that do not match belong to an old or a forged button."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery
from pydantic import Field

Number = Annotated[int, Field(gt=0, lt=10**9)]
"""Id of a row."""
_LAST_SECOND = 253_402_300_799
"""31/12/9999, the last day that datetime can hold, as a Unix timestamp."""


class DutyButton(CallbackData, prefix="duty"):
    id: Number


class DossierButton(CallbackData, prefix="dossier"):
    submission_id: Number


class StatusButton(CallbackData, prefix="status"):
    duty_id: Number


class RevokeButton(CallbackData, prefix="revoke"):
    code: Annotated[str, Field(pattern=r"^\w{1,20}$")]


class AgainButton(CallbackData, prefix="again"):
    duty_id: Number
    second: Annotated[int, Field(ge=0, le=_LAST_SECOND)]

    @property
    def until(self) -> datetime:
        return datetime.fromtimestamp(self.second, UTC)


class HoursButton(CallbackData, prefix="hours"):
    duty_id: Number


class HandoverButton(CallbackData, prefix="handover"):
    duty_id: Number


class HardCopyButton(CallbackData, prefix="paper"):
    duty_id: Number


class OthersButton(CallbackData, prefix="others"):
    duty_ids: Annotated[str, Field(pattern=r"^\d{1,9}(,\d{1,9})*$")]


class ExtendButton(CallbackData, prefix="extend"):
    duty_id: Number


class GrantButton(CallbackData, prefix="grant"):
    request_id: Number
    until: date


class DenyButton(CallbackData, prefix="deny"):
    request_id: Number


class ProofButton(CallbackData, prefix="proof"):
    request_id: Number


class CallsButton(CallbackData, prefix="calls"):
    turn: Number


class TodayButton(CallbackData, prefix="today"):
    turn: Number


class ExtensionButton(CallbackData, prefix="extension"):
    request_id: Number


class ClaimButton(CallbackData, prefix="claim"):
    claim_id: Number


class ReceivedButton(CallbackData, prefix="received"):
    claim_id: Number


class MissingButton(CallbackData, prefix="missing"):
    claim_id: Number


class RequestButton(CallbackData, prefix="request"):
    id: Number


class ResumeButton(CallbackData, prefix="resume"):
    turn: Number


class CorrectButton(CallbackData, prefix="mend"):
    return_id: Number


class AskBackButton(CallbackData, prefix="askback"):
    return_id: Number


class AnswerQuestionButton(CallbackData, prefix="answer"):
    question_id: Number


class LookButton(CallbackData, prefix="review"):
    submission_id: Number


class ApproveButton(CallbackData, prefix="approve"):
    submission_id: Number
    seen: Annotated[int, Field(ge=0, lt=10**9)]


class SeenButton(CallbackData, prefix="seen"):
    announcement_id: Number


class RebindButton(CallbackData, prefix="rebind"):
    cluster_id: Number
    instead_of: Number


class KeepBoundButton(CallbackData, prefix="keepbound"):
    cluster_id: Number
    instead_of: Number


class ElsewhereButton(CallbackData, prefix="elsewhere"):
    cluster_id: Number
    choice: Literal["move", "both", "none"]


class MentionsButton(CallbackData, prefix="mentions"):
    is_on: bool


class MuteButton(CallbackData, prefix="mute"):
    duty_id: Number


class UnmuteButton(CallbackData, prefix="unmute"):
    duty_id: Number


class MutesButton(CallbackData, prefix="mutes"):
    duty_ids: Annotated[str, Field(pattern=r"^\d{1,9}(,\d{1,9})*$")]


class WorkbookButton(CallbackData, prefix="workbook"):
    duty_id: Number


class DraftButton(CallbackData, prefix="draft"):
    duty_id: Number


KINDS: tuple[type[CallbackData], ...] = (
    DutyButton,
    DossierButton,
    StatusButton,
    RevokeButton,
    AgainButton,
    HoursButton,
    HandoverButton,
    HardCopyButton,
    OthersButton,
    ExtendButton,
    GrantButton,
    DenyButton,
    ProofButton,
    CallsButton,
    TodayButton,
    ExtensionButton,
    ClaimButton,
    ReceivedButton,
    MissingButton,
    RequestButton,
    ResumeButton,
    CorrectButton,
    AskBackButton,
    AnswerQuestionButton,
    LookButton,
    ApproveButton,
    SeenButton,
    RebindButton,
    KeepBoundButton,
    ElsewhereButton,
    MentionsButton,
    MuteButton,
    UnmuteButton,
    MutesButton,
    WorkbookButton,
    DraftButton,
)


_PREFIXES = frozenset(kind.__prefix__ for kind in KINDS)


def is_push(press: CallbackQuery) -> bool:
    """Whether the callback data begin like those of a pushed button; they need not be well formed."""
    return (press.data or "").partition(":")[0] in _PREFIXES
