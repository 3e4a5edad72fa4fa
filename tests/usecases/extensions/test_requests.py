"""«Xin gia hạn»: asked by the officer, granted or refused by the standing body, counted by both days."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from documents.calendars import write_calendar
from documents.status import write_status
from domain.dossiers.secrecy import SecretMark
from domain.errors import Refusal
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from models.message_kinds import MessageKind
from models.people.officers import Appointment
from tests.support.files import pdf
from tests.support.refusals import refused
from tests.support.stage import Product, Stage, opened_product
from tests.support.steps.extensions import STATUTORY, WANTED, ask, grant, seated
from tests.support.steps.filling import acting, duty, hand_in_report, officer
from tests.support.steps.reminders import at, carry, look
from usecases.context import Context
from usecases.duties.calendar_export import export_deadlines
from usecases.duties.views import read_duty
from usecases.extensions.answers import (
    grant_extension,
    list_open_extensions,
    read_extension_file,
    read_grant,
    refuse_extension,
)
from usecases.extensions.requests import (
    ExtensionView,
    ask_extension,
    prepare_extension,
    read_extension,
    read_wanted,
    store_file,
    withdraw_extension,
)
from usecases.groups.scoreboards import view_scoreboard
from usecases.organisation.founding import caretaker
from usecases.organisation.successions.commands import merge_units
from usecases.ports import SentFile
from usecases.status.export import export_rows
from usecases.status.status import list_exceptions, read_status
from usecases.submissions.handing_in import withdraw
from usecases.submissions.receipts import find_receipt


@pytest.fixture
async def product(tmp_path: Path) -> AsyncIterator[Product]:
    """Run on one database; tests that must hold on both take `stage`."""
    async with opened_product(tmp_path) as product:
        yield product


async def asked(stage: Stage) -> ExtensionView:
    return await ask(stage, await seated(stage))


async def granted(stage: Stage) -> ExtensionView:
    return await grant(stage, await asked(stage))


async def test_the_standing_body_is_asked_with_days_to_tap(product: Stage) -> None:
    request = await asked(product)

    queued_messages = await carry(product, MessageKind.EXTENSION_ASKED)

    assert sorted(queued.chat_id for queued in queued_messages) == [900, 901]
    assert request.days == (WANTED, date(2026, 5, 18), date(2026, 5, 21))
    assert (request.reason, request.duty.last_valid_day, request.is_open) == ("Chờ số liệu thuế", STATUTORY, True)


async def test_both_kinds_of_punctuality_are_kept_and_counted(product: Stage) -> None:
    request = await granted(product)
    await officer(product, "phuong-1", chat_id=100)
    await officer(product, "phuong-6", chat_id=600)
    in_time = await ask(product, (await duty(product, 100, DutyKind.REPORT)).id, by=100)
    await grant(product, in_time)
    await hand_in_report(product, 100)
    product.wind(at(5, 19))
    receipt = await hand_in_report(product, 500)
    await hand_in_report(product, 600)

    async with acting(product, 900) as ctx:
        status = await read_status(ctx, request.duty.id)
        rows = await export_rows(ctx, request.duty.id)
        checked = await find_receipt(ctx, receipt.code)

    assert (status.on_time, status.in_extension, status.late, status.handed_in) == (1, 1, 1, 3)
    assert (status.percent, status.owed) == (25, 12)
    assert (checked.on_time, checked.extended_to) == (False, WANTED)
    sheet = load_workbook(BytesIO(write_status(status, rows))).worksheets[0]
    told = {row[0]: row[4:] for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert told["Phường 1"] == ("Đúng hạn", datetime(2026, 5, 20))  # noqa: DTZ001
    assert told["Phường 5"] == ("Đúng hạn gia hạn", datetime(2026, 5, 20))  # noqa: DTZ001
    assert told["Phường 6"] == ("Trễ hạn", None)


async def test_after_the_granted_day_it_is_late(product: Stage) -> None:
    request = await granted(product)
    product.wind(at(5, 21))

    receipt = await hand_in_report(product, 500)

    async with acting(product, 900) as ctx:
        status = await read_status(ctx, request.duty.id)
    assert (receipt.on_time, receipt.extended_to) == (False, None)
    assert (status.on_time, status.in_extension, status.late) == (0, 0, 1)


async def test_granted_the_unit_hears_of_it_and_sees_both_days(product: Stage) -> None:
    request = await granted(product)

    answers = await carry(product, MessageKind.EXTENSION_ANSWER)

    async with acting(product, 500) as ctx:
        view = await read_duty(ctx, request.duty.id)
        calendar = await export_deadlines(ctx)
    text = write_calendar(calendar).decode().replace("\r\n ", "")
    assert sorted(queued.chat_id for queued in answers) == [500, 501]
    assert (view.last_valid_day, view.statutory_day, view.days_left) == (WANTED, STATUTORY, 15)
    assert "DTSTART;VALUE=DATE:20260520" in text
    assert "Được gia hạn\\; hạn của kế hoạch: hết ngày 14/05/2026." in text


async def test_refused_the_unit_hears_why_and_can_ask_again(product: Stage) -> None:
    request = await asked(product)
    async with acting(product, 900) as ctx:
        await refuse_extension(ctx, request.id, reason="Đã  gia hạn\nmột lần")

    answers = await carry(product, MessageKind.EXTENSION_ANSWER)

    async with acting(product, 500) as ctx:
        view = await read_extension(ctx, request.id)
    assert len(answers) == 2
    assert (view.granted, view.refusal, view.duty.last_valid_day) == (None, "Đã gia hạn một lần", STATUTORY)
    assert (await ask(product, request.duty.id, wanted=date(2026, 5, 25), by=501)).is_open


async def test_a_plan_that_changes_leaves_what_was_granted_unless_it_gives_more(product: Stage) -> None:
    request = await granted(product)
    async with product.app.contexts.open() as ctx:
        office = await caretaker(ctx)
    days = []
    for earlier in (date(2026, 5, 8), date(2026, 5, 29)):
        async with product.app.contexts.open(office) as ctx:
            found = await ctx.uow.duties.find(request.duty.id)
            assert found is not None
            found.last_valid_day = earlier
            await ctx.uow.commit()
        async with acting(product, 500) as ctx:
            view = await read_duty(ctx, request.duty.id)
        days.append((view.last_valid_day, view.statutory_day))

    assert days == [(WANTED, date(2026, 5, 8)), (date(2026, 5, 29), None)]


async def test_reminders_count_to_the_granted_day(product: Stage) -> None:
    request = await asked(product)
    await carry(product)
    waiting = await look(product, at(5, 11))
    await grant(product, request)
    days = [at(5, day) for day in (13, 14, 15, 19, 20, 21)]

    heard = [hour.day for hour in days if any(queued.chat_id == 500 for queued in await look(product, hour))]

    # Three days ahead is Sunday, 17 May, so the reminder comes on the Friday before.
    assert heard == [13, 15, 19, 20, 21]
    assert 500 in [queued.chat_id for queued in waiting]


async def test_what_was_handed_in_can_be_taken_back_through_the_granted_day(product: Stage) -> None:
    await granted(product)
    product.wind(at(5, 18))
    await hand_in_report(product, 500)

    async with acting(product, 500) as ctx:
        submission = (await ctx.uow.submissions.all_of([(await duty(product, 500, DutyKind.REPORT)).id])).popitem()[1][
            0
        ]
        await withdraw(ctx, submission.id)

    assert (await duty(product, 500, DutyKind.REPORT)).is_owed


async def test_boards_and_exceptions_do_not_call_it_overdue(product: Stage) -> None:
    request = await granted(product)
    product.wind(at(5, 15))

    async with acting(product, 900) as ctx:
        found = await ctx.uow.duties.find(request.duty.id)
        cluster = await ctx.uow.clusters.of_unit(request.duty.unit_id, day=ctx.today)
        assert found is not None
        assert cluster is not None
        board = await view_scoreboard(ctx, cluster, found)
        report = next(view for view in await list_exceptions(ctx) if view.duty_id)

    assert [(unit.name, unit.extended_until) for unit in board.tally.extended] == [("Phường 5", WANTED)]
    assert (board.last_valid_day, board.owed, "Phường 5" in {unit.name for unit in board.tally.missing}) == (
        STATUTORY,
        6,
        False,
    )
    assert {unit.name: unit.extended_until for unit in report.missing}.get("Phường 5", WANTED) == WANTED


async def test_a_file_goes_along_and_can_be_looked_at(product: Stage) -> None:
    duty_id = await seated(product)
    files = product.app.files
    async with acting(product, 500) as ctx:
        kept = await store_file(ctx, duty_id, SentFile("Công văn.pdf", pdf()), files=files)
        request = await ask_extension(ctx, duty_id, reason="Chờ số liệu", wanted=WANTED, file=kept)

    async with acting(product, 900) as ctx:
        sent = await read_extension_file(ctx, request.id, files=files)

    assert (request.file_name, sent.file_name, sent.content) == ("Công văn.pdf", "Công văn.pdf", pdf())


async def test_open_requests_are_listed_until_they_are_answered_or_needless(product: Stage) -> None:
    request = await asked(product)
    await officer(product, "phuong-6", chat_id=600)
    other = await ask(product, (await duty(product, 600, DutyKind.REPORT)).id, by=600)

    async with acting(product, 900) as ctx:
        before = [view.id for view in await list_open_extensions(ctx)]
    await hand_in_report(product, 600)
    await grant(product, request)
    async with acting(product, 900) as ctx:
        after = await list_open_extensions(ctx)

    assert (before, after) == ([request.id, other.id], ())


async def test_of_two_officers_and_two_clerks_at_once_one_counts(stage: Stage) -> None:
    duty_id = await seated(stage)
    async with acting(stage, 500) as first, acting(stage, 501) as second:
        asks = (ask_extension(ctx, duty_id, reason="Chờ số liệu", wanted=WANTED) for ctx in (first, second))
        answers = await asyncio.gather(*asks, return_exceptions=True)
    (request,) = [answer for answer in answers if isinstance(answer, ExtensionView)]

    async with acting(stage, 900) as first, acting(stage, 901) as second:
        found = await asyncio.gather(_granting(first, request), _refusing(second, request))

    async with acting(stage, 500) as ctx:
        view = await read_extension(ctx, request.id)
    assert sorted(found) == [False, True]
    assert (view.granted is not None) is found[0]


async def _granting(ctx: Context, request: ExtensionView) -> bool:
    try:
        await grant_extension(ctx, request.id, until=WANTED)
    except Refusal:
        return False
    return True


async def _refusing(ctx: Context, request: ExtensionView) -> bool:
    try:
        await refuse_extension(ctx, request.id, reason="Hạn do tỉnh ấn định")
    except Refusal:
        return False
    return True


async def test_handed_in_while_time_is_granted_both_agree(stage: Stage) -> None:
    request = await asked(stage)
    stage.wind(at(5, 15))

    async with acting(stage, 900) as ctx:
        is_granted, receipt = await asyncio.gather(_granting(ctx, request), hand_in_report(stage, 500))

    assert (receipt.extended_to is not None) is is_granted


async def test_a_request_is_taken_back_until_it_is_answered(product: Stage) -> None:
    request = await asked(product)
    async with acting(product, 501) as ctx:
        await withdraw_extension(ctx, request.duty.id)

    async with acting(product, 500) as ctx:
        assert (await prepare_extension(ctx, request.duty.id)).waiting is None
        with refused("extension-closed"):
            await withdraw_extension(ctx, request.duty.id)
    with refused("extension-withdrawn"):
        await grant(product, request)
    assert (await ask(product, request.duty.id)).is_open


async def test_a_caption_that_says_secret_keeps_the_file_out(product: Stage) -> None:
    duty_id = await seated(product)

    async with acting(product, 500) as ctx:
        with pytest.raises(SecretMark):
            await store_file(ctx, duty_id, SentFile("a.pdf", pdf(), "Công văn TỐI MẬT"), files=product.app.files)


TYPED = {
    "4/5": "day-past",
    "14/5": "extension-not-after-deadline",
    "10/5": "extension-not-after-deadline",
    "30/2": "day-not-in-calendar",
    "20/5/2062": "extension-too-far",
    "sau Tết": "day-unread",
}


async def test_a_day_or_a_reason_that_makes_no_sense_is_refused_on_both_sides(product: Stage) -> None:
    request = await asked(product)
    await officer(product, "phuong-6", chat_id=600)
    other = await duty(product, 600, DutyKind.REPORT)

    for typed, code in TYPED.items():
        async with acting(product, 600) as ctx:
            with refused(code):
                await read_wanted(ctx, other.id, typed)
        async with acting(product, 900) as ctx:
            with refused(code):
                await read_grant(ctx, request.id, typed)
    for reason, code in (("  \n", "words-too-short"), ("20/5", "words-too-short"), ("a" * 501, "words-too-long")):
        async with acting(product, 600) as ctx:
            with refused(code):
                await ask_extension(ctx, other.id, reason=reason, wanted=WANTED)


async def test_asked_or_answered_twice_it_is_told_what_stands(product: Stage) -> None:
    request = await asked(product)

    async with acting(product, 501) as ctx:
        with refused("extension-waiting"):
            await ask_extension(ctx, request.duty.id, reason="Thêm thời gian", wanted=WANTED)
        standing = (await prepare_extension(ctx, request.duty.id)).waiting
    await grant(product, request)
    with refused("extension-decided"):
        await grant(product, request, until=date(2026, 5, 25), by=901)

    assert standing is not None
    assert standing.id == request.id


async def test_a_button_of_a_day_that_has_passed_grants_nothing(product: Stage) -> None:
    request = await asked(product)
    product.wind(at(5, 22))

    with refused("day-past"):
        await grant(product, request)
    async with acting(product, 900) as ctx:
        days = (await list_open_extensions(ctx))[0].days

    assert days == (date(2026, 5, 25), date(2026, 5, 29))


async def test_only_the_standing_body_answers_and_only_the_unit_asks(product: Stage) -> None:
    request = await asked(product)
    await officer(product, "phuong-6", chat_id=600)
    for chat_id, role in ((902, Role.OFFICER), (903, Role.UNIT_HEAD), (904, Role.LEADER)):
        await officer(product, "tinh-mau", chat_id=chat_id, role=role)
        async with acting(product, chat_id) as ctx:
            with refused("standing-body-only"):
                await grant_extension(ctx, request.id, until=WANTED)
            with refused("standing-body-only"):
                await refuse_extension(ctx, request.id, reason="Hạn do tỉnh ấn định")
            with refused("standing-body-only"):
                await list_open_extensions(ctx)

    async with acting(product, 600) as ctx:
        for appointment, _ in await ctx.uow.officers.posts(ctx.actor.person_id or 0, day=ctx.today):
            other = Appointment(
                person_id=appointment.person_id,
                unit_id=appointment.unit_id,
                role=Role.STANDING_BODY,
                since=ctx.now,
                valid_from=ctx.today,
            )
            ctx.uow.officers.add(other)
        await ctx.uow.commit()

    async with acting(product, 600) as ctx:
        assert await list_open_extensions(ctx) == ()
        with refused("standing-body-only"):
            await grant_extension(ctx, request.id, until=WANTED)
        with refused("duty-of-another-unit"):
            await ask_extension(ctx, request.duty.id, reason="Giúp bạn", wanted=WANTED)
        with refused("duty-of-another-unit"):
            await read_extension(ctx, request.id)
        with refused("duty-of-another-unit"):
            await read_extension_file(ctx, request.id, files=product.app.files)
    async with acting(product, 900) as ctx:
        with refused("extension-without-file"):
            await read_extension_file(ctx, request.id, files=product.app.files)


async def test_without_a_standing_body_in_the_bot_nobody_could_answer(product: Stage) -> None:
    await officer(product, "phuong-5", chat_id=500)
    report = await duty(product, 500, DutyKind.REPORT)

    with refused("nobody-to-answer"):
        await ask(product, report.id)


async def test_handed_in_meanwhile_there_is_nothing_to_grant_or_to_ask(product: Stage) -> None:
    request = await asked(product)
    await hand_in_report(product, 500)

    with refused("extension-needless"):
        await grant(product, request)
    with refused("duty-handed-in"):
        await ask(product, request.duty.id)


async def test_a_unit_merged_meanwhile_is_granted_nothing(product: Stage) -> None:
    request = await asked(product)
    async with product.app.contexts.as_caretaker() as ctx:
        await merge_units(ctx, ("phuong-5",), into="phuong-6", day=date(2026, 5, 10))
    product.wind(at(5, 11))

    with refused("duty-no-longer-owed"):
        await grant(product, request)
    async with acting(product, 900) as ctx:
        assert await list_open_extensions(ctx) == ()


async def test_what_has_no_day_or_was_due_long_ago_is_not_extended(product: Stage) -> None:
    duty_id = await seated(product)
    product.wind(at(8, 20))
    with refused("extension-too-late"):
        await ask(product, duty_id, wanted=date(2026, 8, 28))
    async with product.app.contexts.open() as ctx:
        found = await ctx.uow.duties.find(duty_id)
        assert found is not None
        found.last_valid_day = None
        await ctx.uow.commit()

    with refused("extension-without-deadline"):
        await ask(product, duty_id, wanted=date(2026, 8, 28))
