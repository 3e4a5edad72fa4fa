"""Whether somebody can be written to, and who is written to instead: a ladder up from the unit's officers."""

from enum import StrEnum


class Loss(StrEnum):
    """Why a messenger carries nothing to an account any more."""

    BLOCKED = "BLOCKED"
    """The person keeps the bot out."""
    GONE = "GONE"
    """The account or the chat is no more."""
