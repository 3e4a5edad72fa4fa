"""The days of one duty side by side: the plan's own, an earlier one inside, and a later one that was granted."""

from dataclasses import dataclass
from datetime import date

from domain.errors import Refusal


@dataclass(frozen=True, slots=True)
class DeadlineExtension:
    """Both days are kept: who was in time thanks to the extension was not in time by the plan."""

    statutory: date
    extended: date

    def __post_init__(self) -> None:
        if self.extended <= self.statutory:
            raise Refusal(f"Ngày gia hạn phải sau hạn cũ, tức là sau ngày {self.statutory:%d/%m/%Y}.")

    @property
    def last_valid_day(self) -> date:
        return self.extended

    def was_needed(self, day: date) -> bool:
        """Whether what was handed in on this day is in time only because of the extension."""
        return self.statutory < day <= self.extended


def internal_day(statutory: date, *, internal: date | None) -> date:
    """The day by which a unit hands in to the body that gathers for it; the plan's own day while none is set.

    Raises Refusal for a day after the plan's: the gathering body would be late with it (PLANS.md D03).
    """
    if internal is not None and internal > statutory:
        raise Refusal(f"Hạn nội bộ không được sau hạn của kế hoạch, ngày {statutory:%d/%m/%Y}.")
    return internal or statutory
