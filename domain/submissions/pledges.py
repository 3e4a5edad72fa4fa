"""Choices that a pledge makes besides its targets."""

from enum import StrEnum


class ChoiceKind(StrEnum):
    CAMPAIGN = "CAMPAIGN"
    TITLE = "TITLE"
