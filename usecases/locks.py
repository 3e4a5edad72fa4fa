"""The order of locks: an action on a duty locks the duty first, then the row that it changes.

Everything that belongs to a duty is written under the duty's lock. An action that holds this lock therefore reads what
is still true when it commits.
"""

from models.duties.extensions import ExtensionRequest
from models.submissions.hard_copies import HardCopyClaim
from models.submissions.submissions import Submission
from usecases.context import Context


async def submission_for_update(ctx: Context, submission_id: int) -> Submission | None:
    draft = await ctx.uow.submissions.find(submission_id)
    if draft is None:
        return None
    await ctx.uow.duties.find_for_update(draft.duty_id)
    return await ctx.uow.submissions.find_for_update(submission_id)


async def claim_for_update(ctx: Context, claim_id: int) -> HardCopyClaim | None:
    claim = await ctx.uow.hard_copy_claims.find(claim_id)
    if claim is None:
        return None
    await ctx.uow.duties.find_for_update(claim.duty_id)
    return await ctx.uow.hard_copy_claims.find_for_update(claim_id)


async def extension_for_update(ctx: Context, request_id: int) -> ExtensionRequest | None:
    request = await ctx.uow.extensions.find(request_id)
    if request is None:
        return None
    await ctx.uow.duties.find_for_update(request.duty_id)
    return await ctx.uow.extensions.find_for_update(request_id)
