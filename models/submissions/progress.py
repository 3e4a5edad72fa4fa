"""How far the duties are: their submissions, the lines answered so far, and claims of hard copies."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.duties.duties import Duty
from models.statements.objects import KeptObjects
from models.submissions.hard_copies import HardCopyClaim
from models.submissions.pledges import PledgedTarget
from models.submissions.reports import Figure
from models.submissions.submissions import Submission


@dataclass(slots=True)
class DutyProgress:
    is_claimed: bool
    """Whether a claim that the duty was handed in on paper stops reminders."""
    submissions: list[Submission] = field(default_factory=list)
    """In the order of their slots."""
    answered: int = 0
    """Number of figures or targets entered."""


def _progress() -> Select[*tuple[Any, ...]]:
    claimed = select(HardCopyClaim.id).where(and_(HardCopyClaim.duty_id == Duty.id, HardCopyClaim.stops_reminders()))
    figures, targets = (
        select(func.count()).where(line.submission_id == Submission.id).scalar_subquery()
        for line in (Figure, PledgedTarget)
    )
    return (
        select(Submission.__table__, Duty.id, claimed.exists(), figures + targets)
        .select_from(Duty)
        .outerjoin(Submission, Submission.duty_id == Duty.id)
        .where(Duty.id.in_(bindparam("duty_ids", expanding=True)))
        .order_by(Submission.slot)
    )


# This runs with every list of duties.
_PROGRESS = KeptObjects(Submission, _progress(), many="duty_ids")


class Progress:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, duty_ids: Collection[int]) -> dict[int, DutyProgress]:
        """Return {duty_id: DutyProgress}."""
        found: dict[int, DutyProgress] = {}
        if not duty_ids:
            return found
        for submission, duty_id, is_claimed, answered in await _PROGRESS.rows(self._session, {"duty_ids": duty_ids}):
            progress = found.setdefault(duty_id, DutyProgress(is_claimed))
            if submission is not None:
                progress.submissions.append(submission)
                progress.answered += answered
        return found
