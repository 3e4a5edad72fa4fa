"""Links by which one person uploads one paper of a dossier: issued in the chat, opened on the web page."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from domain.audit import AuditAction
from domain.errors import Refusal
from domain.roles import Right
from domain.upload_links import LASTS
from models.submissions.upload_links import UploadingFile, UploadLink
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.dossiers.checklist import (
    DossierView,
    RequirementView,
    found_dossier,
    found_dossier_for_update,
    view_dossier,
)
from usecases.people.recognition import actor_of
from usecases.submissions.drafts import refuse_unless_editable
from usecases.submissions.returned_items import refuse_locked

TOKEN_BYTES = 24
"""192 bits: nobody guesses one."""


@dataclass(frozen=True, slots=True)
class IssuedLink:
    """A new link, as the chat shows it once."""

    token: str
    dossier: DossierView
    requirement: RequirementView
    expires_at: datetime
    """Local time."""


@dataclass(frozen=True, slots=True)
class UploadingView:
    """A file that was begun by a link."""

    key: str
    name: str
    size: int
    modified: int | None


@dataclass(frozen=True, slots=True)
class LinkView:
    """What a link uploads, as its holder sees it."""

    id: int
    dossier: DossierView
    requirement: RequirementView
    files: tuple[UploadingView, ...]
    is_used: bool
    expires_at: datetime
    """Local time."""


@dataclass(frozen=True, slots=True)
class LinkHolder:
    """A valid link with a context in which its holder acts."""

    ctx: Context
    link_id: int
    submission_id: int
    requirement: str
    is_used: bool


@command
async def issue_link(ctx: Context, submission_id: int, *, requirement: str) -> IssuedLink:
    """Issue a link to upload this paper; it replaces the actor's earlier ones for the same paper, with their files.

    Only the token's fingerprint is stored. Raises Refusal if the paper may not be changed.
    """
    duty, draft = await found_dossier_for_update(ctx, submission_id, right=Right.SUBMIT)
    dossier = await view_dossier(ctx, duty, draft)
    refuse_unless_editable(ctx, duty, draft)
    place = requirement_of(dossier, requirement)
    await refuse_locked(ctx, draft, requirement)

    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = UploadLink(
        fingerprint=fingerprint_of(token),
        person_id=acting_person(ctx),
        submission_id=draft.id,
        requirement=requirement,
        created_at=ctx.now,
        expires_at=ctx.now + LASTS,
    )
    ctx.uow.upload_links.add(link)
    await ctx.uow.flush()
    await ctx.uow.upload_links.replace(link)
    audit(
        ctx,
        AuditAction.UPLOAD_LINK_ISSUED,
        about=link.fingerprint[:12],
        unit_id=duty.unit_id,
        submission=draft.id,
        requirement=requirement,
    )
    await ctx.uow.commit()
    return IssuedLink(token, dossier, place, ctx.local(link.expires_at))


async def enter(ctx: Context, token: str) -> LinkHolder:
    """Return the link of a token with a context of its holder, who has today's rights.

    Raises Refusal if the token is unknown, the link has expired or was replaced, or its holder has withdrawn consent.
    """
    link = await _find(ctx, fingerprint_of(token))
    actor = await actor_of(ctx, link.person_id)
    if not actor.has_agreed:
        raise Refusal("consent-missing", "Anh/chị mở lại bot và đồng ý lại trước khi tải tệp.")
    return LinkHolder(
        replace(ctx, actor=actor), link.link_id, link.submission_id, link.requirement, is_used=link.is_used
    )


@dataclass(frozen=True, slots=True)
class _FoundLink:
    link_id: int
    person_id: int
    submission_id: int
    requirement: str
    is_used: bool


@query
async def _find(ctx: Context, fingerprint: str) -> _FoundLink:
    link = await ctx.uow.upload_links.with_fingerprint(fingerprint)
    if link is None:
        raise Refusal("link-unknown", "Đường dẫn này không đúng hoặc không còn dùng được.")
    if link.revoked_at is not None:
        raise Refusal("link-replaced", "Đường dẫn này đã được thay bằng đường dẫn mới hơn trong cuộc chat với bot.")
    if link.expires_at <= ctx.now:
        raise Refusal("link-expired", f"Đường dẫn này hết hạn lúc {ctx.local(link.expires_at):%H:%M ngày %d/%m/%Y}.")
    return _FoundLink(link.id, link.person_id, link.submission_id, link.requirement, is_used=link.used_at is not None)


@query
async def read_link(ctx: Context, holder: LinkHolder) -> LinkView:
    """Return what the link uploads.

    Raises Refusal if its holder no longer has the right to hand in for the unit, or if the dossier was handed in before
    the paper was uploaded.
    """
    duty, draft = await found_dossier(ctx, holder.submission_id, right=Right.SUBMIT)
    if not holder.is_used:
        refuse_unless_editable(ctx, duty, draft)
        await refuse_locked(ctx, draft, holder.requirement)
    dossier = await view_dossier(ctx, duty, draft)
    link = await ctx.uow.upload_links.get(holder.link_id)
    files = await ctx.uow.upload_links.files_of(link.id)
    return LinkView(
        id=link.id,
        dossier=dossier,
        requirement=requirement_of(dossier, holder.requirement),
        files=tuple(map(view_uploading, files)),
        is_used=holder.is_used,
        expires_at=ctx.local(link.expires_at),
    )


def view_uploading(file: UploadingFile) -> UploadingView:
    return UploadingView(file.key, file.file_name, file.size, file.modified)


def requirement_of(dossier: DossierView, key: str) -> RequirementView:
    requirement = dossier.requirement(key)
    if requirement is None:
        raise Refusal("requirement-unknown", "Thành phần này không có trong hồ sơ. Anh/chị chọn lại thành phần.")
    return requirement


def fingerprint_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
