"""Correction and deletion of one's own data, asked and answered."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import select

from domain.audit import AuditAction
from domain.duties.reachability import Loss
from domain.errors import Refusal
from domain.people.data_requests import ERASED_NAME, CorrectableField
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from models.audit import AuditLogEntry
from models.message_kinds import MessageKind
from models.outbox import OutboxMessage
from models.people.officers import Account, Person
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.dossiers import DECEMBER, begin
from tests.support.steps.filling import acting, duty, hand_in_report, officer
from tests.support.steps.reminders import at, carry, look
from usecases.extensions.requests import ask_extension
from usecases.people.recognition import recognise
from usecases.personal_data.export import export_my_data, read_my_data
from usecases.personal_data.requests import (
    RequestView,
    ask_correction,
    ask_deletion,
    grant_request,
    list_requests,
    queue_data_alarms,
    read_answer,
    read_request,
    refuse_request,
)
from usecases.personal_data.withdrawal import read_leaver, withdraw_consent
from usecases.reminders.reachability import lose_touch
from usecases.submissions.receipts import find_receipt

OFFICER, CLERK, OTHER_CLERK = 500, 900, 901


async def people(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=OFFICER)
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    await officer(stage, "tinh-mau", chat_id=OTHER_CLERK, role=Role.STANDING_BODY)


async def corrected(stage: Stage, text: str = "Cán bộ Mới") -> RequestView:
    async with acting(stage, OFFICER) as ctx:
        return await ask_correction(ctx, CorrectableField.NAME, text)


async def deleted(stage: Stage, *, by: int = OFFICER) -> RequestView:
    async with acting(stage, by) as ctx:
        return await ask_deletion(ctx)


async def grant(stage: Stage, request: RequestView, *, by: int = CLERK) -> RequestView:
    async with acting(stage, by) as ctx:
        return await grant_request(ctx, request.id)


async def alarms(stage: Stage) -> list[int]:
    async with stage.app.contexts.open() as ctx:
        await queue_data_alarms(ctx)
    return sorted(queued.chat_id for queued in await carry(stage, MessageKind.DATA_REQUEST))


async def deeds(stage: Stage) -> list[str]:
    async with stage.app.contexts.engine.connect() as connection:
        return list(await connection.scalars(select(AuditLogEntry.deed).order_by(AuditLogEntry.number)))


async def test_request_waits_two_working_days_before_the_standing_body(stage: Stage) -> None:
    await people(stage)

    request = await corrected(stage)

    assert (request.due_day, request.old_value, request.value) == (
        date(2026, 5, 7),
        "Cán bộ phuong-5 500",
        "Cán bộ Mới",
    )
    assert sorted(queued.chat_id for queued in await carry(stage, MessageKind.DATA_REQUEST)) == [CLERK, OTHER_CLERK]
    async with acting(stage, CLERK) as ctx:
        assert [it.id for it in await list_requests(ctx)] == [request.id]


async def test_granted_the_new_value_stands_and_the_person_hears_of_it(stage: Stage) -> None:
    await people(stage)
    request = await corrected(stage)

    await grant(stage, request)

    assert [queued.chat_id for queued in await carry(stage, MessageKind.DATA_ANSWER)] == [OFFICER]
    async with acting(stage, OFFICER) as ctx:
        assert ((await read_my_data(ctx)).name, (await read_answer(ctx, request.id)).granted) == ("Cán bộ Mới", True)


async def test_a_number_corrected_is_kept_beside_the_old_one_until_it_was_reached(stage: Stage) -> None:
    await people(stage)
    async with acting(stage, OFFICER) as ctx:
        person = await ctx.uow.officers.get(ctx.actor.person_id or 0)
        request = await ask_correction(ctx, CorrectableField.PHONE, "0977 888 999")

    await grant(stage, request)

    async with acting(stage, CLERK) as ctx:
        after = await ctx.uow.officers.get(person.id)
    assert (after.phone, after.former_phone) == ("+84977888999", person.phone)
    assert AuditAction.PHONE_CHANGED in await deeds(stage)


async def test_requests_for_time_and_dossiers_that_name_one_are_in_ones_file(stage: Stage) -> None:
    await people(stage)
    report = await duty(stage, OFFICER, DutyKind.REPORT)
    async with acting(stage, OFFICER) as ctx:
        await ask_extension(ctx, report.id, reason="Chờ số liệu", wanted=date(2026, 5, 20))
    stage.wind(DECEMBER)
    await stage.open_duties()
    await begin(stage, OFFICER, nominees="Cán bộ phuong-5 500, Chuyên viên\nCán bộ phuong-5 5001")

    async with acting(stage, OFFICER) as ctx:
        found = {section.title: section.rows for section in await export_my_data(ctx)}

    assert [row[4] for row in found["Đơn xin gia hạn"]] == ["Chờ số liệu"]
    assert [row[1:] for row in found["Được nêu tên"]] == [("Phường 5", "Cán bộ phuong-5 500, Chuyên viên")]


async def test_who_answers_reads_whether_the_person_can_be_told(stage: Stage) -> None:
    await people(stage)
    request = await corrected(stage)
    async with stage.app.contexts.open() as ctx:
        await lose_touch(ctx, channel="telegram", chat_id=OFFICER, loss=Loss.BLOCKED)

    assert not (await grant(stage, request)).is_told


async def test_who_asks_reads_that_nobody_of_the_standing_body_is_in_the_bot(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=OFFICER)

    assert not (await corrected(stage)).is_told


async def test_refused_the_person_reads_why(stage: Stage) -> None:
    await people(stage)
    request = await corrected(stage)

    async with acting(stage, CLERK) as ctx:
        await refuse_request(ctx, request.id, reason="Chưa khớp giấy tờ.")

    async with acting(stage, OFFICER) as ctx:
        assert (await read_answer(ctx, request.id)).reason == "Chưa khớp giấy tờ."
        assert (await read_my_data(ctx)).name == "Cán bộ phuong-5 500"
    again = await corrected(stage)
    assert again.id != request.id


async def test_deleted_person_is_named_nowhere_and_hears_one_last_word(stage: Stage) -> None:
    await people(stage)
    receipt = await hand_in_report(stage, OFFICER)
    await corrected(stage)
    await look(stage, at(5, 6))
    request = await deleted(stage)

    await grant(stage, request)

    queued_messages = await carry(stage, *MessageKind)
    assert [queued.kind for queued in queued_messages if queued.chat_id == OFFICER] == [MessageKind.DATA_ANSWER]
    async with stage.app.contexts.open() as ctx:
        assert (await recognise(ctx, channel="telegram", chat_id=OFFICER)).person_id is None
        row = await ctx.uow.officers.get(1)
        told = {column.name: getattr(row, column.name) for column in Person.__table__.columns}
        assert {name for name, value in told.items() if isinstance(value, str) and value} == {"name"}
        assert row.name == ERASED_NAME
        assert [it.value for it in await ctx.uow.data_requests.of_person(1)] == [None, None]
        assert (await read_answer(ctx, request.id)).granted
    async with acting(stage, CLERK) as ctx:
        assert (await find_receipt(ctx, receipt.code)).still_stands
        assert await list_requests(ctx) == ()
    async with stage.app.contexts.engine.connect() as connection:
        assert OFFICER not in set(await connection.scalars(select(Account.chat_id)))
        kept = list(await connection.scalars(select(OutboxMessage.kind).where(OutboxMessage.chat_id == OFFICER)))
    assert kept == [MessageKind.DATA_ANSWER]
    assert AuditAction.PERSON_ERASED in await deeds(stage)


async def test_who_was_deleted_may_be_invited_as_anybody_else(stage: Stage) -> None:
    await people(stage)
    await grant(stage, await deleted(stage))

    await officer(stage, "phuong-5", chat_id=OFFICER)

    async with acting(stage, OFFICER) as ctx:
        assert (ctx.actor.person_id, (await read_my_data(ctx)).handed_in) == (4, 0)


async def test_asked_twice_it_waits_once(stage: Stage) -> None:
    await people(stage)
    await corrected(stage)
    await deleted(stage)

    with refused("request-waiting"):
        await corrected(stage, "Cán bộ Khác")
    with refused("request-waiting"):
        await deleted(stage)


async def test_what_is_right_already_is_not_corrected(stage: Stage) -> None:
    await people(stage)

    with refused("value-unchanged"):
        await corrected(stage, "Cán bộ phuong-5 500")


async def test_second_clerk_is_told_who_was_first(stage: Stage) -> None:
    await people(stage)
    request = await corrected(stage)
    await grant(stage, request)

    async with acting(stage, OTHER_CLERK) as ctx:
        with refused("request-decided"):
            await refuse_request(ctx, request.id, reason="Không đồng ý.")


async def test_of_two_clerks_at_once_one_decides(stage: Stage) -> None:
    await people(stage)
    request = await deleted(stage)

    found = await asyncio.gather(
        *(grant(stage, request, by=clerk) for clerk in (CLERK, OTHER_CLERK)), return_exceptions=True
    )

    assert [isinstance(it, Refusal) for it in found].count(True) == 1


@pytest.mark.parametrize(("unit", "role"), [("phuong-5", Role.UNIT_HEAD), ("tinh-mau", Role.LEADER)])
async def test_nobody_else_sees_or_decides(stage: Stage, unit: str, role: Role) -> None:
    await people(stage)
    request = await corrected(stage)
    await officer(stage, unit, chat_id=700, role=role)

    async with acting(stage, 700) as ctx:
        with refused("standing-body-only"):
            await list_requests(ctx)
        with refused("request-of-another-authority"):
            await read_request(ctx, request.id)
        with refused("request-of-another-authority"):
            await grant_request(ctx, request.id)
        with refused("request-of-another"):
            await read_answer(ctx, request.id)


async def test_a_clerks_own_request_is_answered_by_a_colleague(stage: Stage) -> None:
    await people(stage)
    request = await deleted(stage, by=CLERK)

    with refused("request-of-oneself"):
        await grant(stage, request)
    await grant(stage, request, by=OTHER_CLERK)


async def test_the_clock_is_told_on_the_last_afternoon_and_then_each_working_morning(stage: Stage) -> None:
    await people(stage)
    request = await corrected(stage)
    await carry(stage)
    heard = []

    for hour in (at(5, 7, 13, 29), at(5, 7, 14), at(5, 7, 15), at(5, 8, 8), at(5, 8, 9), at(5, 9, 9), at(5, 11, 8)):
        stage.wind(hour)
        heard.append(len(await alarms(stage)))
    async with acting(stage, CLERK) as ctx:
        assert (await read_request(ctx, request.id)).is_late

    assert heard == [0, 2, 0, 2, 0, 0, 2]


async def test_withdrawing_consent_ends_everything_at_once_but_ones_own_data(stage: Stage) -> None:
    await people(stage)

    async with acting(stage, OFFICER) as ctx:
        await withdraw_consent(ctx)

    told = await carry(stage, MessageKind.CONSENT_WITHDRAWN)
    assert sorted(queued.chat_id for queued in told) == [CLERK, OTHER_CLERK]
    assert [it.chat_id for it in await look(stage, at(5, 14)) if it.chat_id == OFFICER] == []
    async with acting(stage, OFFICER) as ctx:
        assert ctx.actor.is_guest
        assert (await read_my_data(ctx)).consent is None
        assert (await ask_deletion(ctx)).unit_name == "Phường 5"
    async with acting(stage, CLERK) as ctx:
        leaver = await read_leaver(ctx, 1)
    assert leaver is not None
    assert leaver.unit_names == ("Phường 5",)


async def test_file_holds_everything_and_asking_for_it_is_noted(stage: Stage) -> None:
    await people(stage)
    receipt = await hand_in_report(stage, OFFICER)
    await deleted(stage)

    async with acting(stage, OFFICER) as ctx:
        sections = {section.title: section.rows for section in await export_my_data(ctx)}

    assert ("Họ tên", "Cán bộ phuong-5 500") in sections["Cá nhân"]
    assert ("Số điện thoại", "+84900001500") in sections["Cá nhân"]
    assert sections["Nhiệm vụ"] == (("Phường 5", "Cán bộ", "05/05/2026", ""),)
    assert [row[0] for row in sections["Đã nộp"]] == [receipt.code]
    assert [row[0] for row in sections["Yêu cầu"]] == ["xóa dữ liệu"]
    assert len(sections["Đồng ý"]) == len(sections["Lời mời đã dùng"]) == 1
    assert (await deeds(stage))[-1] == AuditAction.DATA_EXPORTED


async def test_a_stranger_has_no_data(stage: Stage) -> None:
    async with acting(stage, 999) as ctx:
        for ask in (read_my_data, export_my_data, ask_deletion, withdraw_consent):
            with refused("not-joined"):
                await ask(ctx)


async def test_the_last_of_the_topmost_standing_body_names_another_first(stage: Stage) -> None:
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)

    async with acting(stage, CLERK) as ctx:
        with refused("last-of-standing-body"):
            await withdraw_consent(ctx)

    await officer(stage, "tinh-mau", chat_id=CLERK + 1, role=Role.STANDING_BODY)
    async with acting(stage, CLERK) as ctx:
        await withdraw_consent(ctx)
