"""«Đã nộp bản giấy»: claimed by the officer, confirmed or denied by the standing body."""

import asyncio

import pytest

from domain.errors import Refusal
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from models.message_kinds import MessageKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, fill_report, hand_in_report, officer
from tests.support.steps.reminders import at, carry, look, queue
from usecases.context import Context
from usecases.dossiers.dossiers import declare_nothing, list_dossiers
from usecases.duties.views import read_duty
from usecases.groups.scoreboards import view_scoreboard
from usecases.outbox.sending import QueuedMessage
from usecases.reminders.digest import read_digest
from usecases.reminders.nudges import nudge
from usecases.reminders.queueing import queue_reminders
from usecases.status.export import export_rows
from usecases.status.status import list_status, read_status
from usecases.submissions.hard_copies import ClaimView, claim_hard_copy, decide_claim, lapse_claims, read_claim
from usecases.submissions.receipts import find_receipt


async def claimed(stage: Stage) -> ClaimView:
    """Claim a hard copy as 500 on 14 May, the last valid day; 900 and 901 are the standing body."""
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "tinh-mau", chat_id=900, role=Role.STANDING_BODY)
    await officer(stage, "tinh-mau", chat_id=901, role=Role.STANDING_BODY)
    await look(stage, at(5, 13))
    stage.wind(at(5, 14, 6))
    report = await duty(stage, 500, DutyKind.REPORT)
    async with acting(stage, 500) as ctx:
        return await claim_hard_copy(ctx, report.id)


def of_unit(queued_messages: list[QueuedMessage]) -> list[QueuedMessage]:
    """Return the messages to the officer, without those to the standing body about unreached units."""
    return [queued for queued in queued_messages if queued.chat_id == 500]


async def settle(stage: Stage, claim: ClaimView, *, received: bool, by: int = 900) -> ClaimView:
    async with acting(stage, by) as ctx:
        reason = None if received else "Văn thư chưa nhận được"
        return await decide_claim(ctx, claim.id, received=received, reason=reason)


async def test_the_standing_body_is_asked(stage: Stage) -> None:
    claim = await claimed(stage)

    queued_messages = await carry(stage, MessageKind.PAPER_CLAIM)

    assert sorted(queued.chat_id for queued in queued_messages) == [900, 901]
    assert claim.is_waiting


async def test_the_unit_is_left_alone_while_it_waits(stage: Stage) -> None:
    claim = await claimed(stage)

    queued_messages = await look(stage, at(5, 14))

    async with acting(stage, 500) as ctx:
        digest = await read_digest(ctx, [claim.duty.id], by_leader=True)
    assert of_unit(queued_messages) == []
    assert digest is None


async def test_confirmed_it_counts_from_the_day_it_was_said(stage: Stage) -> None:
    claim = await claimed(stage)
    stage.wind(at(5, 18))
    await settle(stage, claim, received=True)

    async with acting(stage, 500) as ctx:
        view = await read_duty(ctx, claim.duty.id)
        told = (await read_claim(ctx, claim.id)).receipt
        assert told is not None
        receipt = await find_receipt(ctx, told.code)

    assert (view.is_owed, view.on_time, view.on_paper) == (False, True, True)
    assert (receipt.on_paper, receipt.on_time, receipt.at.day, receipt.still_stands) == (True, True, 14, True)


async def test_confirmed_the_officer_hears_of_it_and_is_reminded_no_more(stage: Stage) -> None:
    claim = await claimed(stage)
    await carry(stage)
    await settle(stage, claim, received=True)

    answers = await carry(stage, MessageKind.PAPER_ANSWER)
    queued_messages = await look(stage, at(5, 15))

    assert [answer.chat_id for answer in answers] == [500]
    assert of_unit(queued_messages) == []


async def test_leaders_see_that_it_came_on_paper(stage: Stage) -> None:
    claim = await claimed(stage)
    await settle(stage, claim, received=True)

    async with acting(stage, 900) as ctx:
        report = next(status for status in await list_status(ctx) if status.title.startswith("Báo cáo 6 tháng"))
        rows = {row.unit_name: row for row in await export_rows(ctx, report.duty_id)}

    assert (report.handed_in, report.on_time) == (1, 1)
    assert rows["Phường 5"].on_paper


async def test_refused_the_officer_hears_of_it_and_reminders_go_on(stage: Stage) -> None:
    claim = await claimed(stage)
    await queue(stage, at(5, 14))
    await carry(stage)
    await settle(stage, claim, received=False)

    answers = await carry(stage, MessageKind.PAPER_ANSWER)
    queued_messages = await look(stage, at(5, 14, 9))

    assert [answer.chat_id for answer in answers] == [500]
    assert [queued.chat_id for queued in queued_messages] == [500]


async def test_figures_already_filled_in_stay_and_may_still_follow(stage: Stage) -> None:
    claim = await claimed(stage)
    await fill_report(stage, 500, leave_open=6)
    await settle(stage, claim, received=True)

    receipt = await hand_in_report(stage, 500)

    async with acting(stage, 500) as ctx:
        view = await read_duty(ctx, claim.duty.id)
    assert not receipt.on_paper
    assert (view.is_owed, view.on_paper) == (False, False)


async def test_a_dossier_duty_on_paper_is_no_dossier_of_the_chat(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "tinh-mau", chat_id=900, role=Role.STANDING_BODY)
    await queue(stage, at(11, 20))
    dossiers = await duty(stage, 500, DutyKind.DOSSIER)
    async with acting(stage, 500) as ctx:
        claim = await claim_hard_copy(ctx, dossiers.id)
    await settle(stage, claim, received=True)

    async with acting(stage, 500) as ctx:
        view = await list_dossiers(ctx, dossiers.id)
        receipt = await declare_nothing(ctx, dossiers.id)

    assert (view.dossiers, view.duty.on_paper) == ((), True)
    assert receipt.nothing


async def test_the_second_clerk_is_told_who_was_first(stage: Stage) -> None:
    claim = await claimed(stage)
    await settle(stage, claim, received=True)

    with refused("claim-decided"):
        await settle(stage, claim, received=False, by=901)


async def test_of_two_clerks_at_once_one_counts(stage: Stage) -> None:
    claim = await claimed(stage)

    async with acting(stage, 900) as first, acting(stage, 901) as second:
        found = await asyncio.gather(*(_try(ctx, claim) for ctx in (first, second)))

    assert sorted(found) == [False, True]
    async with stage.app.contexts.open() as ctx:
        slots = [row.slot for row in (await ctx.uow.submissions.all_of([claim.duty.id]))[claim.duty.id]]
    assert slots.count(-1) == 1


async def _try(ctx: Context, claim: ClaimView) -> bool:
    try:
        await decide_claim(ctx, claim.id, received=True)
    except Refusal:
        return False
    return True


@pytest.mark.parametrize("role", [Role.OFFICER, Role.UNIT_HEAD, Role.LEADER])
async def test_nobody_but_the_standing_body_confirms(stage: Stage, role: Role) -> None:
    claim = await claimed(stage)
    await officer(stage, "tinh-mau", chat_id=902, role=role)

    with refused("standing-body-only"):
        await settle(stage, claim, received=True, by=902)


async def test_the_officer_does_not_confirm_their_own_paper(stage: Stage) -> None:
    claim = await claimed(stage)

    with refused("standing-body-only"):
        await settle(stage, claim, received=True, by=500)


async def test_said_twice_it_is_asked_once(stage: Stage) -> None:
    claim = await claimed(stage)

    async with acting(stage, 500) as ctx:
        with refused("claim-waiting"):
            await claim_hard_copy(ctx, claim.duty.id)


async def test_refused_it_can_be_said_again(stage: Stage) -> None:
    claim = await claimed(stage)
    await settle(stage, claim, received=False)

    async with acting(stage, 500) as ctx:
        again = await claim_hard_copy(ctx, claim.duty.id)

    assert again.id != claim.id


async def test_handed_in_here_there_is_nothing_to_say_or_to_confirm(stage: Stage) -> None:
    claim = await claimed(stage)
    await hand_in_report(stage, 500)

    async with acting(stage, 500) as ctx:
        with refused("duty-handed-in"):
            await claim_hard_copy(ctx, claim.duty.id)
    with refused("claim-needless"):
        await settle(stage, claim, received=True)


async def test_another_units_officer_says_nothing_for_it(stage: Stage) -> None:
    claim = await claimed(stage)
    await officer(stage, "phuong-6", chat_id=600)

    async with acting(stage, 600) as ctx:
        with refused("duty-of-another-unit"):
            await claim_hard_copy(ctx, claim.duty.id)


async def test_without_a_standing_body_in_the_bot_nobody_could_confirm(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    report = await duty(stage, 500, DutyKind.REPORT)

    async with acting(stage, 500) as ctx:
        with refused("nobody-to-answer"):
            await claim_hard_copy(ctx, report.id)


async def test_after_five_working_days_reminders_go_on_and_the_standing_body_is_asked_again(stage: Stage) -> None:
    claim = await claimed(stage)
    await carry(stage)
    stage.wind(at(5, 21, 17))
    await lapse(stage)
    before = await look(stage, at(5, 21, 17))

    stage.wind(at(5, 22, 8))
    await lapse(stage)
    await lapse(stage)
    async with stage.app.contexts.open() as ctx:
        await queue_reminders(ctx)
    queued_messages = await carry(stage, MessageKind.REMINDER, MessageKind.PAPER_CLAIM)

    assert of_unit(before) == []
    assert len(of_unit(queued_messages)) == 1
    assert sorted(p.chat_id for p in queued_messages if p.kind is MessageKind.PAPER_CLAIM) == [900, 901]
    assert (await settle(stage, claim, received=True)).receipt is not None


async def lapse(stage: Stage) -> None:
    async with stage.app.contexts.open() as ctx:
        await lapse_claims(ctx)


async def test_who_waits_is_neither_missing_nor_nudged_nor_named_before_the_cluster(stage: Stage) -> None:
    claim = await claimed(stage)

    async with acting(stage, 900) as ctx:
        status = await read_status(ctx, claim.duty.id)
        duty_row = await ctx.uow.duties.find(claim.duty.id)
        cluster = await ctx.uow.clusters.of_unit(claim.duty.unit_id, day=ctx.today)
        assert duty_row is not None
        assert cluster is not None
        board = await view_scoreboard(ctx, cluster, duty_row)

    assert "Phường 5" not in {unit.name for unit in status.missing}
    assert [unit.name for unit in status.claimed] == ["Phường 5"]
    assert (len(status.missing), status.owed) == (11, 12)
    assert "Phường 5" not in {unit.name for unit in board.tally.missing}
    assert ([unit.name for unit in board.tally.claimed], board.owed) == (["Phường 5"], 6)


async def test_nobody_is_nudged_where_all_the_rest_have_claimed(stage: Stage) -> None:
    claim = await claimed(stage)

    async with acting(stage, 900) as ctx:
        with refused("nobody-reachable"):
            await nudge(ctx, claim.duty.id)
