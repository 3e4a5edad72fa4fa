"""Links by which one person downloads one paper that is too large for the messenger."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from domain.audit import AuditAction
from domain.errors import Refusal
from domain.roles import Right
from domain.upload_links import LASTS
from models.submissions.dossiers import Attachment
from models.submissions.upload_links import DownloadLink
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.duties.views import duty_for
from usecases.people.recognition import actor_of
from usecases.reviews.access import review_case
from usecases.upload_links.links import TOKEN_BYTES, fingerprint_of


@dataclass(frozen=True, slots=True)
class IssuedDownload:
    token: str
    file_name: str
    size: int
    expires_at: datetime
    """Local time."""


@dataclass(frozen=True, slots=True)
class DownloadView:
    file_name: str
    size: int
    key: str
    """Key in the file store."""


@command
async def issue_download(ctx: Context, attachment_id: int) -> IssuedDownload:
    """Issue a link to download the paper, and record in the audit log that the actor opened it.

    Raises Refusal if the actor neither sees the unit nor reviews the submission, or the file was deleted.
    """
    paper = await _paper(ctx, attachment_id)
    unit_id = await _unit_seen(ctx, paper.submission_id)

    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = DownloadLink(
        fingerprint=fingerprint_of(token),
        person_id=acting_person(ctx),
        attachment_id=paper.id,
        expires_at=ctx.now + LASTS,
    )
    ctx.uow.upload_links.add(link)
    audit(
        ctx,
        AuditAction.FILE_VIEWED,
        about=paper.sha256,
        unit_id=unit_id,
        submission=paper.submission_id,
        requirement=paper.requirement,
    )
    issued = IssuedDownload(token, paper.file_name, paper.size, ctx.local(link.expires_at))
    await ctx.uow.commit()
    return issued


async def open_download(ctx: Context, token: str) -> DownloadView:
    """Return the paper of a link, if its person may still see it.

    Raises Refusal if the link is unknown or has expired, if they may not, or if the file was deleted.
    """
    person_id, attachment_id = await _find(ctx, fingerprint_of(token))
    return await _read(replace(ctx, actor=await actor_of(ctx, person_id)), attachment_id)


@query
async def _find(ctx: Context, fingerprint: str) -> tuple[int, int]:
    link = await ctx.uow.upload_links.download(fingerprint)
    if link is None:
        raise Refusal("link-unknown", "Đường dẫn này không đúng hoặc không còn dùng được.")
    if link.expires_at <= ctx.now:
        raise Refusal("link-expired", f"Đường dẫn này hết hạn lúc {ctx.local(link.expires_at):%H:%M ngày %d/%m/%Y}.")
    return link.person_id, link.attachment_id


@query
async def _read(ctx: Context, attachment_id: int) -> DownloadView:
    paper = await _paper(ctx, attachment_id)
    view, submission_id = DownloadView(paper.file_name, paper.size, paper.file_key), paper.submission_id
    await _unit_seen(ctx, submission_id)
    return view


async def _paper(ctx: Context, attachment_id: int) -> Attachment:
    paper = await ctx.uow.dossiers.paper(attachment_id)
    if paper is None or paper.erased_at is not None:
        raise Refusal("file-erased", "Tệp này không còn được lưu.")
    return paper


async def _unit_seen(ctx: Context, submission_id: int) -> int:
    """Return the unit of the submission. Raises Refusal if the actor neither sees it nor reviews the submission."""
    draft = await ctx.uow.submissions.find(submission_id)
    try:
        duty = await duty_for(ctx, draft.duty_id if draft else 0, right=Right.SEE_UNIT)
    except Refusal:
        duty = (await review_case(ctx, submission_id)).duty
    return duty.unit_id
