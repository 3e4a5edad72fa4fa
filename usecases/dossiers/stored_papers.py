"""Papers as they are stored: the key of the file before it is saved, its row with the findings, and its removal."""

import secrets

from domain.audit import AuditAction
from domain.errors import Refusal
from models.duties.duties import Duty
from models.submissions.dossiers import Attachment
from models.submissions.submissions import Submission
from uploads.paper_checks import CheckedPaper
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context
from usecases.dossiers.paper_checks import compare_paper


async def register_key(ctx: Context, duty: Duty, draft: Submission, sha256: str) -> str:
    """Register a key for the file and return it: the clean-up of orphans then knows of every stored file."""
    # The key is random, so that a file whose deletion is under way is not stored again under the same key.
    key = f"{duty.year}/{duty.unit_id}/{draft.id}/{secrets.token_hex(4)}/{sha256}"
    await ctx.uow.extensions.register_orphan(key, at=ctx.now)
    return key


async def adopt_key(ctx: Context, key: str) -> None:
    """Make the saved file one that is kept. Raises Refusal if the clean-up has taken it meanwhile."""
    if not await ctx.uow.extensions.adopt(key):
        raise Refusal("file-stored-too-late", "Bot lưu tệp này chậm quá nên đã bỏ. Anh/chị gửi lại tệp giúp.")


async def add_paper(  # noqa: PLR0913 (what a row of a paper consists of)
    ctx: Context,
    duty: Duty,
    draft: Submission,
    checked: CheckedPaper,
    *,
    requirement: str,
    name: str,
    key: str,
    album: str | None = None,
    photos: list[list[int | str]] | None = None,
) -> Attachment:
    """Add the paper's row with what its checks found, and note it in the audit log; `name` says what it is."""
    upload = checked.upload
    findings = await compare_paper(ctx, duty, draft, name, checked)
    paper = Attachment(
        submission_id=draft.id,
        requirement=requirement,
        file_name=upload.name,
        file_key=key,
        size=upload.size,
        pages=upload.pages,
        sha256=upload.sha256,
        added_by=acting_person(ctx),
        added_at=ctx.now,
        album=album,
        photos=photos,
        findings=[finding.kept() for finding in findings],
    )
    ctx.uow.dossiers.add(paper)
    _note(ctx, AuditAction.FILE_ADDED, duty, paper)
    return paper


def remove_paper(ctx: Context, duty: Duty, paper: Attachment) -> None:
    """Mark the paper as removed, and note it in the audit log; its row stays."""
    paper.removed_at = ctx.now
    _note(ctx, AuditAction.FILE_REMOVED, duty, paper)


def note_opened(ctx: Context, duty: Duty, paper: Attachment) -> None:
    _note(ctx, AuditAction.FILE_VIEWED, duty, paper)


def _note(ctx: Context, action: AuditAction, duty: Duty, paper: Attachment) -> None:
    audit(
        ctx,
        action,
        about=paper.sha256,
        unit_id=duty.unit_id,
        submission=paper.submission_id,
        requirement=paper.requirement,
    )
