"""Audit entries: written with the action in one chain, and dropped with an action that is rolled back."""

import asyncio
import json
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from domain.audit import AuditAction
from domain.calendar import VIETNAM
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from tests.support import files
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.audit import audit_log, verify
from tests.support.steps.dossiers import DECEMBER, begin, put
from tests.support.steps.filling import acting, duty, hand_in_report, officer
from usecases.dossiers.attachments import read_attachment
from usecases.outbox.sending import SENT, claim, mark_delivered
from usecases.reminders.queueing import queue_reminders
from usecases.status.export import export_rows
from usecases.status.status import list_status
from usecases.submissions.reports import submit_report


async def test_what_was_handed_in_stands_in_the_trail(stage: Stage) -> None:
    receipt = await hand_in_report(stage, await officer(stage, "phuong-5", chat_id=901))

    entries, head = await audit_log(stage)

    last = entries[-1]
    assert (last.deed, last.about, json.loads(last.details)["sha256"]) == (
        AuditAction.HANDED_IN,
        receipt.code,
        receipt.sha256,
    )
    assert verify(entries, head) == ()


async def test_what_was_refused_leaves_no_trace(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    await hand_in_report(stage, chat)
    before = await audit_log(stage)

    report = await duty(stage, chat, DutyKind.REPORT)
    async with acting(stage, chat) as ctx:
        with refused("duty-handed-in"):
            await submit_report(ctx, report.id, seen=0)

    assert await audit_log(stage) == before


async def test_units_that_hand_in_at_once_stand_one_after_the_other(stage: Stage) -> None:
    chats = [await officer(stage, f"phuong-{number}", chat_id=900 + number) for number in range(1, 5)]

    await asyncio.gather(*(hand_in_report(stage, chat) for chat in chats))

    entries, head = await audit_log(stage)
    assert len([entry for entry in entries if entry.deed == AuditAction.HANDED_IN]) == 4
    assert verify(entries, head) == ()


async def test_database_itself_refuses_to_change_the_trail(stage: Stage) -> None:
    await hand_in_report(stage, await officer(stage, "phuong-5", chat_id=901))

    for change in ("UPDATE trail SET about = ''", "DELETE FROM trail", "DELETE FROM trail_head"):
        async with stage.app.contexts.engine.connect() as connection:
            with pytest.raises(DBAPIError, match="append-only"):
                await connection.execute(text(change))


async def test_coming_in_files_and_exports_are_noted_without_a_name(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    leader = await officer(stage, "tinh-mau", chat_id=902, role=Role.LEADER)
    stage.wind(DECEMBER)
    await stage.open_duties()
    dossier = await begin(stage, chat)
    await put(stage, chat, dossier, "to-trinh", files.pdf(2))
    async with acting(stage, leader) as ctx:
        await read_attachment(ctx, dossier, requirement="to-trinh", files=stage.app.files)
        await export_rows(ctx, (await list_status(ctx))[0].duty_id)

    entries, head = await audit_log(stage)
    told = " ".join(str(entry) for entry in entries)
    assert [(entry.deed, entry.posts) for entry in entries[-5:]] == [
        (AuditAction.CONSENTED, ""),
        (AuditAction.ROLE_GIVEN, ""),
        (AuditAction.FILE_ADDED, "OFFICER@6"),
        (AuditAction.FILE_VIEWED, "LEADER@1"),
        (AuditAction.EXPORTED, "LEADER@1"),
    ]
    assert not any(secret in told for secret in ("Cán bộ", "Chuyên viên", "+84", "to-trinh.pdf"))
    assert verify(entries, head) == ()


async def test_reminder_is_noted_once_it_was_sent(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=901)
    stage.wind(datetime(2026, 5, 11, 8, 0, tzinfo=VIETNAM))
    async with stage.app.contexts.open() as ctx:
        await queue_reminders(ctx)
        (queued,) = await claim(ctx, limit=10)
    before, _ = await audit_log(stage)

    async with stage.app.contexts.open() as ctx:
        await mark_delivered(ctx, queued, outcome=SENT)

    entries, _ = await audit_log(stage)
    assert [(entry.deed, entry.about) for entry in entries[len(before) :]] == [("MESSAGE_SENT", "REMINDER")]
