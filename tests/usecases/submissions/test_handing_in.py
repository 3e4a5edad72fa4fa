import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.calendar import VIETNAM
from domain.duties.duties import Standing
from domain.plans.deadlines import DutyKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, fill_report, hand_in_report, officer
from tests.support.steps.submissions import take_back
from usecases.duties.views import read_duty
from usecases.submissions.receipts import ReceiptView, find_receipt
from usecases.submissions.reports import answer, read_report, submit_report

BUDGET = "thu-ngan-sach"


async def test_receipt_has_code_hour_and_fingerprint(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)

    receipt = await hand_in_report(stage, chat)

    assert re.fullmatch(r"BC26-[2-9A-HJKMNP-TV-Z]{4}", receipt.code)
    assert re.fullmatch(r"[0-9a-f]{64}", receipt.sha256)
    assert (receipt.title, receipt.unit_name) == ("Báo cáo 6 tháng 2026", "Phường 5")
    assert receipt.on_time


async def test_receipt_is_found_again_whatever_the_case(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    receipt = await hand_in_report(stage, chat)

    async with acting(stage, chat) as ctx:
        found = await find_receipt(ctx, f" {receipt.code.lower()} ")

    assert found == receipt


async def test_receipt_of_another_unit_is_not_shown(stage: Stage) -> None:
    receipt = await hand_in_report(stage, await officer(stage, "phuong-5", chat_id=901))
    stranger = await officer(stage, "phuong-6", chat_id=902)

    async with acting(stage, stranger) as ctx:
        with refused("duty-of-another-unit"):
            await find_receipt(ctx, receipt.code)


async def test_handing_in_twice_is_refused(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    await hand_in_report(stage, chat)
    report = await duty(stage, chat, DutyKind.REPORT)

    async with acting(stage, chat) as ctx:
        seen = (await read_report(ctx, report.id)).draft.revision
        with refused("duty-handed-in"):
            await submit_report(ctx, report.id, seen=seen)
        with refused("duty-handed-in"):
            await answer(ctx, report.id, indicator=BUDGET, text="13")


async def test_two_officers_at_once_hand_in_once(stage: Stage) -> None:
    first = await officer(stage, "phuong-5", chat_id=901)
    second = await officer(stage, "phuong-5", chat_id=902)
    report = await fill_report(stage, first)

    async def hand_in(chat_id: int) -> ReceiptView:
        async with acting(stage, chat_id) as ctx:
            return await submit_report(ctx, report.id, seen=15)

    outcomes = await asyncio.gather(hand_in(first), hand_in(second), return_exceptions=True)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyHandedIn", "ReceiptView"]


async def test_what_changed_meanwhile_is_not_handed_in_unseen(stage: Stage) -> None:
    first = await officer(stage, "phuong-5", chat_id=901)
    second = await officer(stage, "phuong-5", chat_id=902)
    report = await fill_report(stage, first, leave_open=1)

    async with acting(stage, second) as ctx:
        await answer(ctx, report.id, indicator="dang-vien", text="12")

    async with acting(stage, first) as ctx:
        with refused("submission-changed"):
            await submit_report(ctx, report.id, seen=14)


async def test_draft_names_the_colleague_who_changed_it_last(stage: Stage) -> None:
    first = await officer(stage, "phuong-5", chat_id=901)
    second = await officer(stage, "phuong-5", chat_id=902)
    report = await fill_report(stage, first)

    async with acting(stage, first) as ctx:
        own = (await read_report(ctx, report.id)).draft
    async with acting(stage, second) as ctx:
        others = (await read_report(ctx, report.id)).draft

    assert (own.changed_by, others.changed_by) == (None, "Cán bộ phuong-5 901")


async def test_withdrawn_receipt_no_longer_stands(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    receipt = await hand_in_report(stage, chat)

    await take_back(stage, chat)

    report = await duty(stage, chat, DutyKind.REPORT)
    async with acting(stage, chat) as ctx:
        assert not (await find_receipt(ctx, receipt.code)).still_stands
        assert (await read_duty(ctx, report.id)).standing is Standing.DRAFTED
        assert (await read_report(ctx, report.id)).answered == 15


async def test_draft_cannot_be_withdrawn(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    await fill_report(stage, chat)

    with refused("not-handed-in"):
        await take_back(stage, chat)


@pytest.mark.parametrize(("day", "allowed"), [(14, True), (15, False)])
async def test_withdrawing_ends_with_the_last_valid_day(stage: Stage, day: int, allowed: bool) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    await hand_in_report(stage, chat)
    report = await duty(stage, chat, DutyKind.REPORT)
    stage.wind(datetime(2026, 5, day, 23, 59, tzinfo=VIETNAM))

    async with acting(stage, chat) as ctx:
        may_withdraw = (await read_report(ctx, report.id)).may_withdraw

    assert may_withdraw is allowed
    if not allowed:
        with refused("deadline-passed"):
            await take_back(stage, chat)


@pytest.mark.parametrize(
    ("moment", "on_time"),
    [
        (datetime(2026, 5, 14, 23, 59, 59, tzinfo=VIETNAM), True),
        (datetime(2026, 5, 15, 0, 0, 0, tzinfo=VIETNAM), False),
    ],
)
async def test_last_second_of_the_last_valid_day_is_on_time(stage: Stage, moment: datetime, on_time: bool) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    report = await fill_report(stage, chat)

    async with acting(stage, chat) as ctx:
        revision = (await read_report(ctx, report.id)).draft.revision
        receipt = await submit_report(replace(ctx, now=moment.astimezone(UTC)), report.id, seen=revision)

    assert receipt.on_time is on_time
