"""What happens to a thing handed in, from first draft to acceptance."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"


HANDED_IN = (State.SUBMITTED, State.ACCEPTED)
EDITABLE = (State.DRAFT, State.RETURNED)
