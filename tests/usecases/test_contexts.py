from decimal import Decimal

from domain.deadlines import DutyKind
from tests.filling import acting, duty, officer
from tests.stage import Stage
from usecases.reports import enter_value, read_report

BUDGET = "thu-ngan-sach"
INSURANCE = "bhyt"


async def test_within_one_update_a_question_has_one_answer_until_somebody_acts(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    colleague = await officer(stage, "phuong-5", chat_id=902)
    report = await duty(stage, chat, DutyKind.REPORT)

    async with acting(stage, chat) as ctx:
        first = await read_report(ctx, report.id)
        async with acting(stage, colleague) as other:
            await enter_value(other, report.id, indicator=INSURANCE, value=Decimal(93))
        meanwhile = await read_report(ctx, report.id)
        await enter_value(ctx, report.id, indicator=BUDGET, value=Decimal(12))
        after = await read_report(ctx, report.id)

    assert meanwhile is first
    assert (after.line(INSURANCE).value, after.line(BUDGET).value) == (Decimal(93), Decimal(12))


async def test_what_one_was_answered_is_no_answer_to_another(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    report = await duty(stage, chat, DutyKind.REPORT)

    async with acting(stage, chat) as ctx:
        first = await read_report(ctx, report.id)
    async with acting(stage, chat) as ctx:
        second = await read_report(ctx, report.id)

    assert second is not first
    assert second == first
