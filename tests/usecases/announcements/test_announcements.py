"""Announcements: sent once, to each person once, read once; and what is kept about it."""

import asyncio
from dataclasses import replace
from datetime import date, datetime

import pytest

from domain.announcements import AudienceKind
from domain.dossiers.secrecy import SecretMark
from domain.roles import Role
from scheduler.messages.rendering import compose
from tests.support.files import pdf, program
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, hand_in_report, officer
from tests.support.steps.people import go, person_of
from tests.support.steps.reminders import at
from tests.usecases.announcements.steps import BODY, COLLEAGUE, TEXT, announce, announced_to, audience, seated
from usecases.announcements import sending
from usecases.announcements.audiences import list_audiences
from usecases.announcements.drafts import (
    AnnouncementDraft,
    begin_announcement,
    preview_announcement,
    store_announcement_file,
)
from usecases.announcements.reading import mark_read
from usecases.announcements.sending import queue_announcements, remind_unread
from usecases.announcements.sent import list_announcements, list_unread, read_announcement
from usecases.outbox.sending import LOST, mark_delivered
from usecases.people.joining import take_post
from usecases.people.staff import revoke_access
from usecases.personal_data.erasure import erase_person
from usecases.personal_data.export import export_my_data
from usecases.personal_data.retention import sweep
from usecases.ports import SentFile


async def report(stage: Stage, announcement_id: int) -> tuple[int, int]:
    async with acting(stage, BODY) as ctx:
        reception = (await read_announcement(ctx, announcement_id)).reception
    return reception.read, reception.people


async def read(stage: Stage, announcement_id: int, *, by: int) -> bool:
    async with acting(stage, by) as ctx:
        return (await mark_read(ctx, announcement_id)).is_new


async def test_the_preview_counts_people_and_names_the_units_where_nobody_is(stage: Stage) -> None:
    await seated(stage)
    draft = AnnouncementDraft(TEXT, await audience(stage, AudienceKind.CLUSTER))

    async with acting(stage, BODY) as ctx:
        preview = await preview_announcement(ctx, draft)

    assert (preview.sender, preview.audience, preview.people, preview.reached) == ("UBND tỉnh Mẫu", "Cụm 1", 3, 2)
    assert preview.unreached == ("Phường 2", "Trường THPT Mẫu", "Sở Tài chính", "Phường 6")
    assert preview.goes_at is None


async def test_two_who_press_at_once_send_once(stage: Stage) -> None:
    await seated(stage)
    to = await audience(stage)

    first, second = await asyncio.gather(announce(stage, to), announce(stage, to, by=COLLEAGUE))
    again = await announce(stage, to)

    assert first.id == second.id == again.id
    assert {first.is_repeated, second.is_repeated} == {False, True}
    assert [queued.chat_id for queued in await announced_to(stage)] == [100, 500, 501]


async def test_who_serves_two_units_gets_one_message_and_is_told_of_for_both(stage: Stage) -> None:
    await seated(stage)
    code = await stage.invite(unit="phuong-2")
    async with acting(stage, 100) as ctx:
        await take_post(ctx, code)
    sent = await announce(stage, await audience(stage))

    queued = [queued.chat_id for queued in await announced_to(stage)]
    await read(stage, sent.id, by=500)
    async with acting(stage, BODY) as ctx:
        unread = await list_unread(ctx, sent.id, page=0, size=10)

    assert queued == [100, 500, 501]
    assert [row.unit_name for row in unread.rows] == ["Phường 1", "Phường 2", "Phường 5"]
    assert await report(stage, sent.id) == (1, 3)


async def test_reading_counts_once_however_often_and_late_it_is_pressed(stage: Stage) -> None:
    await seated(stage)
    sent = await announce(stage, await audience(stage))

    presses = await asyncio.gather(*(read(stage, sent.id, by=500) for _ in range(2)))
    stage.wind(at(5, 5).replace(year=2027))
    later = await read(stage, sent.id, by=500)

    assert True in presses
    assert not later
    assert await report(stage, sent.id) == (1, 3)
    async with acting(stage, COLLEAGUE) as ctx:
        with refused("announcement-not-received"):
            await mark_read(ctx, sent.id)


async def test_who_has_not_handed_in_is_told_and_nobody_else(stage: Stage) -> None:
    await seated(stage)
    await hand_in_report(stage, 500)
    async with acting(stage, BODY) as ctx:
        owed = await list_audiences(ctx, AudienceKind.DUTY)
    to = next(view for view in owed if view.name == "Chưa nộp Báo cáo 6 tháng 2026")

    await announce(stage, to.audience)

    assert to.units == 11
    assert [queued.chat_id for queued in await announced_to(stage)] == [100]


async def test_only_the_standing_body_announces_and_only_below_its_authority(stage: Stage) -> None:
    await seated(stage)
    await officer(stage, "tinh-mau", chat_id=902, role=Role.LEADER)
    audiences = [await audience(stage, kind) for kind in AudienceKind]

    for to in audiences:
        for chat_id in (500, 902):
            with refused("audience-hidden"):
                await announce(stage, to, by=chat_id)
        with refused("audience-hidden"):
            await announce(stage, replace(to, authority_id=to.authority_id + 1))
    with refused("audience-hidden"):
        await announce(stage, replace(audiences[1], target="999"))
    async with acting(stage, 500) as ctx:
        with refused("standing-body-only"):
            await list_announcements(ctx)


async def test_a_post_that_ends_before_the_sending_and_one_that_begins_after_it_get_nothing(stage: Stage) -> None:
    await seated(stage)
    await announce(stage, await audience(stage))
    await officer(stage, "phuong-6", chat_id=600)
    leaver = await person_of(stage, 500)
    async with acting(stage, BODY) as ctx:
        await revoke_access(ctx, leaver)

    messages = {queued.chat_id: queued for queued in await announced_to(stage)}

    assert sorted(messages) == [100, 500, 501]
    assert await compose(stage.app.contexts, messages[500]) is None
    assert await compose(stage.app.contexts, messages[501]) is not None


async def test_a_deputy_is_told_instead_of_who_is_on_leave(stage: Stage) -> None:
    await seated(stage)
    await go(stage, 500, deputy=501, days=(date(2026, 5, 5), date(2026, 5, 8)))

    await announce(stage, await audience(stage))

    assert [queued.chat_id for queued in await announced_to(stage)] == [100, 501]


async def test_many_are_queued_batch_by_batch_and_the_job_finishes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await seated(stage)
    monkeypatch.setattr(sending, "BATCH", 1)
    sent = await announce(stage, await audience(stage))
    first = [queued.chat_id for queued in await announced_to(stage)]

    async with stage.app.contexts.open() as ctx:
        await queue_announcements(ctx)
        await queue_announcements(ctx)

    assert len(first) == 1
    assert sorted(first + [queued.chat_id for queued in await announced_to(stage)]) == [100, 500, 501]
    assert await report(stage, sent.id) == (0, 3)


async def test_who_has_not_read_is_reminded_once_a_day(stage: Stage) -> None:
    await seated(stage)
    sent = await announce(stage, await audience(stage))
    await announced_to(stage)
    await read(stage, sent.id, by=500)
    async with acting(stage, BODY) as ctx:
        with refused("announcement-just-sent"):
            await remind_unread(ctx, sent.id)
    stage.wind(at(5, 6, 9))

    async with acting(stage, BODY) as ctx:
        people = await remind_unread(ctx, sent.id)
    async with acting(stage, COLLEAGUE) as ctx:
        with refused("announcement-just-sent"):
            await remind_unread(ctx, sent.id)

    assert people == 2
    reminders = [queued for queued in await announced_to(stage) if queued.refs["round"] == 1]
    assert [queued.chat_id for queued in reminders] == [100, 501]
    scheduled = await compose(stage.app.contexts, reminders[0])
    assert scheduled is not None
    assert scheduled.content.html.startswith("<b>Nhắc lại: thông báo ngày 5/5 của UBND tỉnh Mẫu</b>")


async def test_whom_the_messenger_refuses_is_reported(stage: Stage) -> None:
    await seated(stage)
    sent = await announce(stage, await audience(stage))
    for queued in await announced_to(stage):
        async with stage.app.contexts.open() as ctx:
            await mark_delivered(ctx, queued, outcome=f"{LOST}: blocked" if queued.chat_id == 501 else "sent")

    async with acting(stage, BODY) as ctx:
        reception = (await read_announcement(ctx, sent.id)).reception

    assert (reception.people, reception.lost, reception.waiting) == (3, 1, 0)


async def test_at_night_it_waits_for_the_morning(stage: Stage) -> None:
    await seated(stage)
    stage.wind(at(5, 5, 21))

    sent = await announce(stage, await audience(stage))

    assert sent.preview.goes_at == at(5, 6)
    assert await announced_to(stage) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "announcement-empty"), ("12 / 5", "announcement-empty"), ("a" * 3001, "announcement-too-long")],
)
async def test_a_text_that_says_nothing_or_too_much_is_refused(stage: Stage, text: str, code: str) -> None:
    await seated(stage)

    async with acting(stage, BODY) as ctx:
        with refused(code):
            await begin_announcement(ctx, text)
        with pytest.raises(SecretMark):
            await begin_announcement(ctx, "MẬT\nKế hoạch")


async def test_a_file_is_kept_until_its_announcement_expires(stage: Stage) -> None:
    await seated(stage)
    async with acting(stage, BODY) as ctx:
        with refused("file-is-program"):
            await store_announcement_file(ctx, SentFile("a.exe", program()), attached=0, files=stage.app.files)
        with refused("announcement-full"):
            await store_announcement_file(ctx, SentFile("a.pdf", pdf()), attached=5, files=stage.app.files)
        with pytest.raises(SecretMark):
            await store_announcement_file(ctx, SentFile("TUYET MAT.pdf", pdf()), attached=0, files=stage.app.files)
        kept = await store_announcement_file(ctx, SentFile("Giấy mời.pdf", pdf()), attached=0, files=stage.app.files)
    sent = await announce(stage, await audience(stage), files=(kept,))
    assert await stage.app.files.read(kept.key) == pdf()

    stage.wind(at(5, 6).replace(year=2028))
    async with stage.app.contexts.open() as ctx:
        await sweep(ctx, stage.app.files)

    with pytest.raises(FileNotFoundError):
        await stage.app.files.read(kept.key)
    async with acting(stage, 500) as ctx:
        with refused("announcement-expired"):
            await mark_read(ctx, sent.id)


async def test_what_a_person_read_is_in_their_data_and_is_erased_with_them(stage: Stage) -> None:
    await seated(stage)
    sent = await announce(stage, await audience(stage))
    await read(stage, sent.id, by=500)
    async with acting(stage, 500) as ctx:
        section = next(section for section in await export_my_data(ctx) if section.title == "Thông báo")

    person_id = await person_of(stage, 500)
    async with stage.app.contexts.as_caretaker() as ctx:
        await ctx.uow.begin_step()
        await erase_person(ctx, await ctx.uow.officers.get(person_id))
        await ctx.uow.commit()

    [(text, unit, sent_at, read_at)] = section.rows
    assert (text, unit) == ("Họp giao ban 8 giờ thứ Hai, 18/5.", "Phường 5")
    assert isinstance(sent_at, datetime)
    assert isinstance(read_at, datetime)
    assert await report(stage, sent.id) == (0, 2)
