"""What officers were shown and sent, against what is stored once everything is quiet."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.plans.deadlines import DutyKind
from models.outbox import OutboxMessage
from models.submissions.dossiers import Attachment
from simulation.killing.papers import paper_of
from simulation.measuring.reconciling import Reconciled, compare_receipts
from usecases.outbox.sending import NEEDLESS
from usecases.ports import FileStore


@dataclass(frozen=True, slots=True)
class SentReminders:
    owed: int
    lost: int
    doubled: int


async def reconcile_papers(engine: AsyncEngine, files: FileStore, shown: Mapping[int, str]) -> Reconciled:
    """Compare the screens of papers' receipts, {chat: text}, with what is stored, file by file."""
    async with engine.connect() as connection:
        stored = {number: await files.read(key) for number, key in await _attachments(connection)}
        return await compare_receipts(
            connection, shown, DutyKind.PLAN, lambda number, chat_id: stored.get(number) == paper_of(chat_id)
        )


async def _attachments(connection: AsyncConnection) -> list[tuple[int, str]]:
    query = select(Attachment.submission_id, Attachment.file_key).where(Attachment.removed_at.is_(None))
    return [(number, key) for number, key in await connection.execute(query)]


async def reconcile_reminders(engine: AsyncEngine, taken: Counter[int]) -> SentReminders:
    """Compare what the messenger took, {chat: messages}, with what was queued and not found needless."""
    query = (
        select(OutboxMessage.chat_id, func.count())
        .where(OutboxMessage.outcome.is_(None) | (OutboxMessage.outcome != NEEDLESS))
        .group_by(OutboxMessage.chat_id)
    )
    async with engine.connect() as connection:
        owed = Counter[int]()
        for chat_id, count in await connection.execute(query):
            owed[chat_id] = count
    return SentReminders(owed=owed.total(), lost=(owed - taken).total(), doubled=(taken - owed).total())
