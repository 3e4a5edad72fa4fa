"""Data whose retention period has ended is deleted, once, in small batches; all other data stay."""

from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select, update

import usecases.personal_data.retention
from domain.calendar import VIETNAM
from domain.people.data_requests import ERASED_NAME
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from models.audit import AuditLogEntry
from models.conversations import Conversation
from models.duties.extensions import OrphanFile
from models.outbox import OutboxMessage
from models.people.officers import Appointment, Person
from models.retention import Sweep
from models.submissions.dossiers import Attachment
from models.submissions.reports import Figure
from tests.support import files
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steering import BrokenShelf, SlowShelf
from tests.support.steps.dossiers import DECEMBER, begin, look, put, submit
from tests.support.steps.filling import acting, duty, fill_report, hand_in_report, officer
from tests.support.steps.reminders import queue
from usecases.dossiers.attachments import AttachmentPlace, add_attachment
from usecases.extensions.answers import read_extension_file
from usecases.extensions.requests import ask_extension, store_file
from usecases.personal_data.retention import list_expiries, sweep
from usecases.ports import FileStore, SentFile


def on(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=VIETNAM)


async def swept(stage: Stage, hour: datetime) -> bool:
    stage.wind(hour)
    async with stage.app.contexts.open() as ctx:
        return await sweep(ctx, stage.app.files)


async def count(stage: Stage, column: object) -> int:
    async with stage.app.contexts.engine.connect() as connection:
        return len(list(await connection.scalars(select(column))))  # type: ignore[call-overload]


async def dismissed(stage: Stage, day: datetime) -> None:
    """End everybody's post on that day."""
    async with stage.app.contexts.engine.begin() as connection:
        await connection.execute(update(Appointment).values(valid_to=day.date()))


async def person(stage: Stage) -> tuple[str, str | None]:
    async with stage.app.contexts.engine.connect() as connection:
        row = (await connection.execute(select(Person.name, Person.phone))).one()
    return row.name, row.phone


def on_shelf(folder: Path) -> int:
    return sum(path.is_file() for path in (folder / "files").rglob("*"))


async def test_nothing_young_is_touched_and_a_day_is_looked_through_once(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=1)

    first = await swept(stage, on(2026, 5, 6))
    again = await swept(stage, on(2026, 5, 6, 15))

    assert first
    assert again
    assert await count(stage, Sweep.day) == 1
    assert await person(stage) == ("Cán bộ phuong-5 1", "+84900001001")


async def test_phone_goes_after_ninety_days_and_the_name_after_five_years_of_service(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=1)
    await dismissed(stage, on(2026, 6, 30))
    known = []

    for hour in (on(2026, 9, 28), on(2026, 9, 29), on(2031, 12, 31), on(2032, 1, 1)):
        await swept(stage, hour)
        known.append(await person(stage))

    name = "Cán bộ phuong-5 1"
    assert known == [(name, "+84900001001"), (name, None), (name, None), (ERASED_NAME, None)]


async def test_who_serves_is_kept_however_long(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=1)

    await swept(stage, on(2040, 1, 1))

    assert await person(stage) == ("Cán bộ phuong-5 1", "+84900001001")


async def test_removed_file_leaves_the_shelf_but_not_the_record(stage: Stage, tmp_path: Path) -> None:
    await officer(stage, "phuong-5", chat_id=1)
    stage.wind(DECEMBER)
    await stage.open_duties()
    dossier = await begin(stage, 1)
    first = (await put(stage, 1, dossier, "to-trinh", files.pdf(1))).requirements[0].attachment_id
    await put(stage, 1, dossier, "to-trinh", files.pdf(2), replacing=first)
    kept = []

    for hour in (on(2027, 3, 1), on(2027, 3, 2)):
        await swept(stage, hour)
        kept.append(on_shelf(tmp_path))

    assert kept == [2, 1]
    assert await count(stage, Attachment.id) == 2


async def test_file_taken_out_and_put_back_stays(stage: Stage, tmp_path: Path) -> None:
    await officer(stage, "phuong-5", chat_id=1)
    stage.wind(DECEMBER)
    await stage.open_duties()
    dossier = await begin(stage, 1)
    first = (await put(stage, 1, dossier, "to-trinh", files.pdf(1))).requirements[0].attachment_id
    second = (await put(stage, 1, dossier, "to-trinh", files.pdf(2), replacing=first)).requirements[0].attachment_id
    await put(stage, 1, dossier, "to-trinh", files.pdf(1), replacing=second)

    await swept(stage, on(2027, 4, 1))

    assert on_shelf(tmp_path) == 1
    assert (await look(stage, 1, dossier)).done == 1


async def test_files_of_an_abandoned_dossier_go_and_those_handed_in_stay(stage: Stage, tmp_path: Path) -> None:
    await officer(stage, "phuong-5", chat_id=1)
    await officer(stage, "phuong-6", chat_id=2)
    stage.wind(DECEMBER)
    await stage.open_duties()
    await submit(stage, 1, await begin(stage, 1))
    abandoned = await begin(stage, 2, nominees="Phường 6")
    await put(stage, 2, abandoned, "to-trinh", files.pdf(7))

    await swept(stage, on(2027, 12, 31))
    before = on_shelf(tmp_path)
    await swept(stage, on(2028, 1, 1))

    assert (before, on_shelf(tmp_path)) == (4, 3)
    assert (await look(stage, 2, abandoned)).done == 0


async def test_figures_of_a_draft_go_after_two_years_and_those_handed_in_stay(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=1)
    await officer(stage, "phuong-6", chat_id=2)
    await hand_in_report(stage, 1)
    handed_in = await count(stage, Figure.id)
    await fill_report(stage, 2, leave_open=6)

    await swept(stage, on(2028, 12, 31))
    before = await count(stage, Figure.id)
    await swept(stage, on(2029, 1, 1))

    assert (before > handed_in, await count(stage, Figure.id)) == (True, handed_in)


async def test_a_long_list_goes_batch_by_batch_and_is_noted(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for chat_id in (1, 2, 3):
        await officer(stage, "phuong-5", chat_id=chat_id)
    await dismissed(stage, on(2026, 6, 30))
    monkeypatch.setattr(usecases.personal_data.retention, "BATCH", 2)

    steps = [await swept(stage, on(2027, 1, 1)) for _ in range(3)]

    assert steps == [False, True, True]
    async with stage.app.contexts.engine.connect() as connection:
        noted = select(AuditLogEntry.about, AuditLogEntry.details).where(AuditLogEntry.deed == "DATA_EXPIRED")
        found = [tuple(row) for row in await connection.execute(noted.order_by(AuditLogEntry.number))]
    assert ("PHONES", '{"count":2}') in found
    assert ("PHONES", '{"count":1}') in found


async def test_old_messages_and_screens_go(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=1)
    await queue(stage, on(2026, 5, 11))
    async with stage.app.contexts.engine.begin() as connection:
        await connection.execute(update(OutboxMessage).values(done_at=on(2026, 5, 11)))
    async with stage.app.contexts.open() as ctx:
        screen = ctx.uow.conversations.writing(1, {"fsm:1:1:1": "{}"}, at=on(2026, 5, 11))
        await ctx.uow.inbox.mark_answered((), beside=screen)
        await ctx.uow.commit()

    await swept(stage, on(2027, 6, 20))

    assert await count(stage, Conversation.key) == 0
    assert await count(stage, OutboxMessage.id) == 0


async def test_the_schedule_is_read_without_touching_anything(stage: Stage) -> None:
    await officer(stage, "tinh-mau", chat_id=1, role=Role.STANDING_BODY)
    await dismissed(stage, on(2026, 6, 30))
    stage.wind(on(2032, 1, 1))

    async with acting(stage, 1) as ctx:
        due = {expiry.rule.kind.value: expiry.due for expiry in await list_expiries(ctx)}

    assert (due["PHONES"], due["PEOPLE"], due["MESSAGES"]) == (1, 1, 0)
    assert await person(stage) == ("Cán bộ tinh-mau 1", "+84900001001")


async def test_a_file_of_a_request_goes_when_it_was_never_sent_or_is_old(stage: Stage, tmp_path: Path) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "tinh-mau", chat_id=900, role=Role.STANDING_BODY)
    duty_id = (await duty(stage, 500, DutyKind.REPORT)).id
    async with acting(stage, 500) as ctx:
        sent = await store_file(ctx, duty_id, SentFile("a.pdf", files.pdf()), files=stage.app.files)
        left = await store_file(ctx, duty_id, SentFile("b.pdf", files.pdf(3)), files=stage.app.files)
        wanted = on(2026, 5, 20).date()
        request = await ask_extension(ctx, duty_id, reason="Chờ số liệu", wanted=wanted, file=sent)
    kept = []

    for hour in (on(2026, 6, 4), on(2026, 6, 5), on(2027, 12, 31), on(2028, 1, 1)):
        await swept(stage, hour)
        kept.append(on_shelf(tmp_path))

    assert kept == [2, 1, 1, 0]
    async with acting(stage, 900) as ctx:
        with refused("file-expired"):
            await read_extension_file(ctx, request.id, files=stage.app.files)
        assert await ctx.uow.extensions.adopt(left.key) is False


async def drafting(stage: Stage) -> int:
    for chat in (1, 2):
        await officer(stage, "phuong-5", chat_id=chat)
    stage.wind(DECEMBER)
    await stage.open_duties()
    return await begin(stage, 1)


async def add(stage: Stage, dossier: int, shelf: FileStore) -> None:
    async with acting(stage, 1) as ctx:
        place, file = AttachmentPlace("to-trinh"), SentFile("a.pdf", files.pdf(1))
        await add_attachment(ctx, dossier, place=place, file=file, files=shelf)


async def test_a_file_whose_place_was_taken_while_it_was_saved_is_thrown_away(stage: Stage, tmp_path: Path) -> None:
    dossier = await drafting(stage)
    meanwhile = partial(put, stage, 2, dossier, "to-trinh", files.pdf(2))

    with refused("place-just-filled"):
        await add(stage, dossier, SlowShelf(stage.app.files, meanwhile))
    kept = [on_shelf(tmp_path)]
    await swept(stage, on(2027, 2, 15))
    kept.append(on_shelf(tmp_path))

    assert kept == [2, 1]
    assert (await look(stage, 1, dossier)).requirements[0].file_name == "to-trinh.pdf"
    assert await count(stage, OrphanFile.key) == 0


async def test_a_shelf_that_breaks_while_saving_leaves_the_place_empty(stage: Stage) -> None:
    dossier = await drafting(stage)

    with pytest.raises(OSError, match="2026"):
        await add(stage, dossier, BrokenShelf())

    assert (await look(stage, 1, dossier)).requirements[0].attachment_id is None
    assert (await put(stage, 1, dossier, "to-trinh", files.pdf(1))).requirements[0].attachment_id is not None


async def test_bytes_that_could_not_be_thrown_away_go_with_the_next_run(stage: Stage, tmp_path: Path) -> None:
    dossier = await drafting(stage)
    first = (await put(stage, 1, dossier, "to-trinh", files.pdf(1))).requirements[0].attachment_id
    await put(stage, 1, dossier, "to-trinh", files.pdf(2), replacing=first)
    stage.wind(on(2027, 3, 2))

    async with stage.app.contexts.open() as ctx:
        with pytest.raises(OSError, match="2026"):
            await sweep(ctx, BrokenShelf())
    kept = [on_shelf(tmp_path)]
    await swept(stage, on(2027, 3, 2, 10))
    kept.append(on_shelf(tmp_path))

    assert kept == [2, 1]


async def test_a_file_that_is_being_thrown_away_goes_along_with_nothing(stage: Stage) -> None:
    dossier = await drafting(stage)

    async def sweep_it() -> None:
        await swept(stage, on(2027, 6, 1))

    with refused("file-stored-too-late"):
        await add(stage, dossier, SlowShelf(stage.app.files, sweep_it))
