"""What a bench of kills would miss if it did not look: a lost file, a lost reminder, a process that ended by itself."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import Refusal
from domain.submissions.submissions import State
from models.message_kinds import MessageKind
from models.outbox import OutboxMessage
from models.submissions.dossiers import Attachment
from models.submissions.submissions import Receipt, Submission
from simulation.benches.kills import owe_plans
from simulation.half_province import CLERK_ID, FIRST_CHAT, HalfProvince
from simulation.killing.books import SentReminders, reconcile_papers, reconcile_reminders
from simulation.killing.forked_process import forking
from simulation.killing.papers import paper_of
from simulation.measuring.provinces import open_province
from simulation.measuring.reconciling import Reconciled

NOW = datetime(2026, 5, 12, tzinfo=UTC)
OFFICER = CLERK_ID + 1
CHAT = FIRST_CHAT + OFFICER
PLAN_DUTY = 7
"""The first after three duties of each of the two units."""
SHOWN = {CHAT: "✅ Đã nhận\nKiểm tra: /bienlai_KH26_7K3Q"}


@pytest.mark.parametrize(("stored", "lost"), [(paper_of(CHAT), 0), (paper_of(CHAT + 1), 1)])
async def test_a_file_is_in_order_only_with_its_own_bytes(stored: bytes, lost: int) -> None:
    async with open_province(HalfProvince(2, is_half_in=False)) as app:
        await owe_plans(app.contexts.engine, 2)
        async with app.contexts.engine.begin() as connection:
            await hand_in(connection)
        await app.files.save("ke-hoach.pdf", stored)

        found = await reconcile_papers(app.contexts.engine, app.files, SHOWN)

    assert found == Reconciled(lost=lost, unseen=0, doubled=0)


@pytest.mark.parametrize(("taken", "lost", "doubled"), [(1, 0, 0), (0, 1, 0), (3, 0, 2)])
async def test_a_reminder_is_owed_once(taken: int, lost: int, doubled: int) -> None:
    queued = {"key": "a", "channel": "telegram", "chat_id": CHAT, "kind": MessageKind.REMINDER, "refs": {}}
    async with open_province(HalfProvince(2, is_half_in=False)) as app:
        async with app.contexts.engine.begin() as connection:
            await connection.execute(
                insert(OutboxMessage).values(**queued, created_at=NOW, due_at=NOW, done_at=NOW, outcome="sent")
            )

        found = await reconcile_reminders(app.contexts.engine, Counter({CHAT: taken}))

    assert found == SentReminders(owed=1, lost=lost, doubled=doubled)


async def test_a_process_that_ends_by_itself_is_told_with_its_reason(tmp_path: Path) -> None:
    async with forking("scheduler", log=tmp_path / "log", settings={"DATA": str(tmp_path)}) as process:
        await process.start(NOW)

        with pytest.raises(Refusal, match="Chưa đặt THIDUA_TELEGRAM_TOKEN"):
            await process.ended()


async def hand_in(connection: AsyncConnection) -> None:
    """Store the plan of one officer under one key, as the bot does."""
    changed = {"changed_at": NOW, "changed_by": OFFICER, "submitted_by": OFFICER, "submitted_at": NOW}
    await connection.execute(insert(Submission).values(id=1, duty_id=PLAN_DUTY, state=State.SUBMITTED, **changed))
    receipt = {"code": "KH26-7K3Q", "submission_id": 1, "at": NOW, "on_time": True, "sha256": "0" * 64}
    await connection.execute(insert(Receipt).values(receipt))
    file = {"file_name": "ke-hoach.pdf", "file_key": "ke-hoach.pdf", "size": 1, "sha256": "0" * 64}
    await connection.execute(
        insert(Attachment).values(submission_id=1, requirement="ke-hoach", added_by=OFFICER, added_at=NOW, **file)
    )
