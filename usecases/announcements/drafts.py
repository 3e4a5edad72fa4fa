"""Announcements before they are sent: their files, and the preview of who would get them."""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import datetime

from domain.announcements import MOST_FILES, Audience, read_announcement_text
from domain.dossiers.secrecy import refuse_marked_words
from domain.duties.reminders import next_sending_hour
from domain.errors import Refusal
from uploads.validation import validate_upload_bounded
from usecases.announcements.audiences import (
    AudienceMember,
    AudienceUnits,
    announcing_authorities,
    audience_units,
    members_at,
)
from usecases.context import Context, command, query
from usecases.ports import FileStore, SentFile


@dataclass(frozen=True, slots=True)
class DraftedFile:
    """A stored file that belongs to no announcement until one is sent with it."""

    name: str
    key: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class AnnouncementDraft:
    text: str
    audience: Audience
    files: tuple[DraftedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnouncementPreview:
    """An announcement as people would get it, and who would get it."""

    sender: str
    """Name of the authority."""
    text: str
    file_names: tuple[str, ...]
    audience: str
    """Name of the audience."""
    people: int
    reached: int
    """Number of units where somebody can be written to."""
    unreached: tuple[str, ...]
    """Names of the units where nobody can be written to."""
    goes_at: datetime | None
    """Local time at which it goes, or None if that is now."""


@query
async def begin_announcement(ctx: Context, text: str) -> str:
    """Return the text as it will be sent. Raises Refusal if it cannot be sent, or the actor may not announce."""
    announcing_authorities(ctx)
    return read_announcement_text(text)


async def store_announcement_file(ctx: Context, sent: SentFile, *, attached: int, files: FileStore) -> DraftedFile:
    """Validate a file and store it; `attached` is how many the draft has already.

    Raises Refusal if the file is not valid, there are too many, or the actor may not announce; SecretMark if its name,
    its caption or its first page says that it is secret.
    """
    announcing_authorities(ctx)
    if attached >= MOST_FILES:
        raise Refusal("announcement-full", f"Một thông báo kèm nhiều nhất {MOST_FILES} tệp. Anh/chị bỏ bớt một tệp.")
    refuse_marked_words(sent.caption)
    # The file is validated and saved outside transactions, so that a slow file blocks nobody.
    upload = await asyncio.to_thread(validate_upload_bounded, sent.name, sent.content)
    key = await _register_announcement_file(ctx, upload.sha256)
    await files.save(key, sent.content)
    return DraftedFile(upload.name, key, upload.size, upload.sha256)


@command
async def _register_announcement_file(ctx: Context, sha256: str) -> str:
    """Register a key for the file and return it: the clean-up of orphans then knows of every stored file.

    Raises Refusal if the actor may not announce.
    """
    announcing_authorities(ctx)
    key = f"announcements/{ctx.today.year}/{secrets.token_hex(4)}/{sha256}"
    await ctx.uow.extensions.register_orphan(key, at=ctx.now)
    await ctx.uow.commit()
    return key


@query
async def preview_announcement(ctx: Context, draft: AnnouncementDraft) -> AnnouncementPreview:
    """Raises Refusal if the actor may not announce to these units, or nobody there can be written to."""
    found, members = await receivers_of(ctx, draft)
    return await view_preview(ctx, draft, found, members)


async def receivers_of(ctx: Context, draft: AnnouncementDraft) -> tuple[AudienceUnits, tuple[AudienceMember, ...]]:
    """Return the units and the people. Raises Refusal if the actor may not announce there, or there is nobody."""
    found = await audience_units(ctx, draft.audience)
    members = await members_at(ctx, sorted(found.units), since=ctx.now)
    if not members:
        raise Refusal(
            "announcement-to-nobody",
            f"«{found.name}» chưa có ai vào bot, nên bot chưa gửi được. Anh/chị chọn nơi nhận khác.",
        )
    return found, members


async def view_preview(
    ctx: Context, draft: AnnouncementDraft, found: AudienceUnits, members: tuple[AudienceMember, ...]
) -> AnnouncementPreview:
    reached = {unit_id for member in members for unit_id in member.unit_ids}
    hour = next_sending_hour(ctx.now, calendar=ctx.calendar)
    return AnnouncementPreview(
        sender=(await ctx.uow.units.get(draft.audience.authority_id)).name,
        text=draft.text,
        file_names=tuple(file.name for file in draft.files),
        audience=found.name,
        people=len(members),
        reached=len(reached),
        unreached=tuple(name for unit_id, name in found.units.items() if unit_id not in reached),
        goes_at=ctx.local(hour) if hour > ctx.now else None,
    )
