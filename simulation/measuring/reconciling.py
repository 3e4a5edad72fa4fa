"""What officers were told against what is stored: each receipt with its report and all its figures."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.plans.deadlines import DutyKind
from domain.submissions.submissions import State
from models.duties.duties import Duty
from models.people.officers import Account
from models.submissions.reports import Figure
from models.submissions.submissions import Receipt, Submission
from simulation.sample_report import figures_of

_CODE = re.compile(r"/bienlai_(\w+)")


@dataclass(frozen=True, slots=True)
class Reconciled:
    lost: int
    unseen: int
    doubled: int


async def reconcile(engine: AsyncEngine, shown: Mapping[int, str]) -> Reconciled:
    """Compare the screens of reports' receipts, {chat: text}, with the database."""
    async with engine.connect() as connection:
        figures = await _figures(connection)
        return await compare_receipts(
            connection, shown, DutyKind.REPORT, lambda number, chat_id: figures.get(number) == figures_of(chat_id)
        )


async def compare_receipts(
    connection: AsyncConnection, shown: Mapping[int, str], kind: DutyKind, is_whole: Callable[[int, int], bool]
) -> Reconciled:
    """Compare the receipts' screens with what is handed in; `is_whole` is asked by submission and chat."""
    receipts = await _receipts(connection, kind)
    codes = {chat_id: _code(screen) for chat_id, screen in shown.items()}
    kept = {chat_id: code for code, (chat_id, _) in receipts.items()}
    lost = sum(
        code not in receipts or receipts[code][0] != chat_id or not is_whole(receipts[code][1], chat_id)
        for chat_id, code in codes.items()
    )
    of_chat = Counter(chat_id for chat_id, _ in receipts.values())
    return Reconciled(
        lost=lost, unseen=len(kept.keys() - codes.keys()), doubled=sum(count - 1 for count in of_chat.values())
    )


def _code(screen: str) -> str:
    found = _CODE.search(screen)
    return found.group(1).replace("_", "-") if found else ""


async def _receipts(connection: AsyncConnection, kind: DutyKind) -> dict[str, tuple[int, int]]:
    """Return {code: (chat, submission)} of what is handed in for duties of this kind."""
    query = (
        select(Receipt.code, Account.chat_id, Submission.id)
        .join(Submission, Submission.id == Receipt.submission_id)
        .join(Duty, Duty.id == Submission.duty_id)
        .join(Account, Account.person_id == Submission.submitted_by)
        .where(Submission.state == State.SUBMITTED, Duty.kind == kind)
    )
    return {code: (chat_id, number) for code, chat_id, number in await connection.execute(query)}


async def _figures(connection: AsyncConnection) -> dict[int, dict[str, Decimal]]:
    found: dict[int, dict[str, Decimal]] = {}
    for number, indicator, value in await connection.execute(
        select(Figure.submission_id, Figure.indicator, Figure.value).where(Figure.value.is_not(None))
    ):
        found.setdefault(number, {})[indicator] = value or Decimal()
    return found
