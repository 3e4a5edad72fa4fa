"""«Cập nhật số chính thức»: replacing estimates by official figures once the period has closed."""

from domain.errors import Refusal
from domain.roles import Right
from usecases.context import Context, query
from usecases.duties.estimates import Estimate, estimate_of
from usecases.duties.views import duty_for
from usecases.reviews.correction_requests import CorrectionNews, ask_correction, read_correctable


async def ask_official(ctx: Context, duty_id: int) -> CorrectionNews:
    """Ask the standing body to reopen every line of an accepted estimate for its official figure.

    Raises Refusal if the period has not closed, the report is not accepted, or no correction can be asked for.
    """
    submission_id, estimate = await _updatable(ctx, duty_id)
    keys = [line.key for line in (await read_correctable(ctx, submission_id)).lines]
    day = f"{estimate.as_of.day}/{estimate.as_of.month}"
    reason = f"Kỳ báo cáo đã kết thúc, thay số ước thực hiện đến {day} bằng số chính thức"
    return await ask_correction(ctx, submission_id, keys=keys, reason=reason)


@query
async def _updatable(ctx: Context, duty_id: int) -> tuple[int, Estimate]:
    duty = await duty_for(ctx, duty_id, right=Right.SUBMIT)
    draft = await ctx.uow.submissions.of_duty(duty.id)
    estimate = await estimate_of(ctx, duty, draft)
    if draft is None or estimate is None or not estimate.may_update:
        raise Refusal(
            "official-figures-too-early",
            "Chưa cập nhật số chính thức được: kỳ chưa kết thúc, hoặc báo cáo chưa được tiếp nhận.",
        )
    return draft.id, estimate
