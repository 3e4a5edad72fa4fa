"""Steps of tests about submissions."""

from domain.plans.deadlines import DutyKind
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty
from usecases.submissions.handing_in import withdraw
from usecases.submissions.reports import read_report


async def take_back(stage: Stage, chat_id: int) -> None:
    report = await duty(stage, chat_id, DutyKind.REPORT)
    async with acting(stage, chat_id) as ctx:
        submission = (await read_report(ctx, report.id)).draft.submission_id
        assert submission is not None
        await withdraw(ctx, submission)
