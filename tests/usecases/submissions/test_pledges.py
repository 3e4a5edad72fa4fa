from decimal import Decimal

from domain.plans.deadlines import DutyKind
from domain.submissions.pledges import ChoiceKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, fill_pledge, hand_in_pledge, officer
from usecases.submissions.form import AnswerOutcome
from usecases.submissions.pledges import pledge_answer, pledge_value, read_pledge, submit_pledge, toggle_choice

BUDGET = "thu-ngan-sach"


async def test_clear_target_is_taken(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    pledge = await duty(stage, chat, DutyKind.PLEDGE)

    async with acting(stage, chat) as ctx:
        taken = await pledge_answer(ctx, pledge.id, indicator=BUDGET, text="13 tỷ")
        found = await read_pledge(ctx, pledge.id)

    assert taken.outcome is AnswerOutcome.TAKEN
    assert found.line(BUDGET).target == Decimal(13)


async def test_target_that_reads_two_ways_waits_for_the_choice(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    pledge = await duty(stage, chat, DutyKind.PLEDGE)

    async with acting(stage, chat) as ctx:
        asked = await pledge_answer(ctx, pledge.id, indicator=BUDGET, text="12,500")
        before = await read_pledge(ctx, pledge.id)
        await pledge_value(ctx, pledge.id, indicator=BUDGET, value=asked.values[1])
        after = await read_pledge(ctx, pledge.id)

    assert asked.outcome is AnswerOutcome.TWO_READINGS
    assert (before.line(BUDGET).target, after.line(BUDGET).target) == (None, Decimal(12500))


async def test_choosing_again_takes_the_choice_back(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    pledge = await duty(stage, chat, DutyKind.PLEDGE)

    async with acting(stage, chat) as ctx:
        await toggle_choice(ctx, pledge.id, kind=ChoiceKind.TITLE, code="co-tinh")
        chosen = await read_pledge(ctx, pledge.id)
        await toggle_choice(ctx, pledge.id, kind=ChoiceKind.TITLE, code="co-tinh")
        dropped = await read_pledge(ctx, pledge.id)

    assert [choice.code for choice in chosen.strives_for] == ["co-tinh"]
    assert dropped.strives_for == ()


async def test_campaign_is_no_title(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    pledge = await duty(stage, chat, DutyKind.PLEDGE)

    async with acting(stage, chat) as ctx:
        with refused("choice-gone"):
            await toggle_choice(ctx, pledge.id, kind=ChoiceKind.TITLE, code="dan-van-kheo")


async def test_unfinished_pledge_is_not_handed_in(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    pledge = await fill_pledge(stage, chat, leave_open=3)

    async with acting(stage, chat) as ctx:
        with refused("pledge-incomplete"):
            await submit_pledge(ctx, pledge.id, seen=13)


async def test_last_years_pledge_stands_beside_this_years(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    await hand_in_pledge(stage, chat)
    stage.wind(stage.clock.now().replace(year=2027))
    await stage.open_duties()
    pledge = await duty(stage, chat, DutyKind.PLEDGE)

    async with acting(stage, chat) as ctx:
        found = (await read_pledge(ctx, pledge.id)).line(BUDGET)

    assert (found.target, found.previous) == (None, Decimal(15))


async def test_pledge_of_another_unit_is_refused(stage: Stage) -> None:
    owner = await officer(stage, "phuong-5", chat_id=901)
    stranger = await officer(stage, "phuong-6", chat_id=902)
    pledge = await duty(stage, owner, DutyKind.PLEDGE)

    async with acting(stage, stranger) as ctx:
        with refused("duty-of-another-unit"):
            await pledge_answer(ctx, pledge.id, indicator=BUDGET, text="13")
        with refused("duty-of-another-unit"):
            await toggle_choice(ctx, pledge.id, kind=ChoiceKind.CAMPAIGN, code="dan-van-kheo")


async def test_report_is_no_pledge(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    report = await duty(stage, chat, DutyKind.REPORT)

    async with acting(stage, chat) as ctx:
        with refused("duty-not-a-pledge"):
            await read_pledge(ctx, report.id)
