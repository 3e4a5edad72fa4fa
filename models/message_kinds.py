"""Kinds of messages that the bot sends on its own."""

from enum import StrEnum

Refs = dict[str, int | str | list[int]]


class MessageKind(StrEnum):
    REMINDER = "REMINDER"
    NUDGE = "NUDGE"
    CLUSTER = "CLUSTER"
    CLUSTER_COMPLETE = "CLUSTER_COMPLETE"
    BOARD = "BOARD"
    GROUP_TROUBLE = "GROUP_TROUBLE"
    WEEKLY = "WEEKLY"
    PLAN_CHANGED = "PLAN_CHANGED"
    DATE_SET = "DATE_SET"
    HANDOVER = "HANDOVER"
    PAPER_CLAIM = "PAPER_CLAIM"
    PAPER_ANSWER = "PAPER_ANSWER"
    DATA_REQUEST = "DATA_REQUEST"
    DATA_ANSWER = "DATA_ANSWER"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    DEPUTY = "DEPUTY"
    EXTENSION_ASKED = "EXTENSION_ASKED"
    EXTENSION_ANSWER = "EXTENSION_ANSWER"
    FAREWELL = "FAREWELL"
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"
    MORNING = "MORNING"
    RESUBMITTED = "RESUBMITTED"
    RETURN_QUESTION = "RETURN_QUESTION"
    RETURN_ANSWER = "RETURN_ANSWER"
    CORRECTION = "CORRECTION"
    CORRECTION_REFUSED = "CORRECTION_REFUSED"
    DECISION_UNDONE = "DECISION_UNDONE"
    UNIT_CHANGED = "UNIT_CHANGED"
    SEAL_BROKEN = "SEAL_BROKEN"
    GUESSING = "GUESSING"
    FIGURE_REPLACED = "FIGURE_REPLACED"
    ANNOUNCEMENT = "ANNOUNCEMENT"
    COMPLETED = "COMPLETED"
    ANSWER = "ANSWER"
    UPLOADED = "UPLOADED"


BULK = frozenset(
    {
        MessageKind.REMINDER,
        MessageKind.NUDGE,
        MessageKind.CLUSTER,
        MessageKind.WEEKLY,
        MessageKind.MORNING,
        MessageKind.ANNOUNCEMENT,
        MessageKind.PLAN_CHANGED,
        MessageKind.DATE_SET,
        MessageKind.UNIT_CHANGED,
    }
)
"""Kinds that go to everybody at once; what answers a person's deed goes before them."""
