"""Sending announcements and reminding of them: every message goes through the outbox, queued batch by batch.

The first batch is queued in the transaction of the press, the others by a job: so that no writer waits long, however
many units there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.announcements import MOST_FILES, fingerprint_of, read_announcement_text
from domain.audit import AuditAction
from domain.duties.reminders import next_sending_hour
from domain.errors import Refusal, Way
from domain.roles import Right
from models.announcements import Announcement, AnnouncementFile, message_key
from models.message_kinds import MessageKind, Refs
from usecases.actor import acting_person
from usecases.announcements.audiences import AudienceMember, AudienceUnits, members_at, refuse_foreign_audience
from usecases.announcements.drafts import (
    AnnouncementDraft,
    AnnouncementPreview,
    receivers_of,
    view_preview,
)
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.outbox.queueing import Notice, put_messages

BATCH = 100
"""People whose messages are queued in one transaction."""


@dataclass(frozen=True, slots=True)
class SentAnnouncement:
    id: int
    preview: AnnouncementPreview
    is_repeated: bool
    """Whether the same announcement had been sent to the same units that day: it is not sent again."""


async def send_announcement(ctx: Context, draft: AnnouncementDraft) -> SentAnnouncement:
    """Send the announcement; the same one to the same units is sent once a day, whoever presses.

    Raises Refusal if it cannot be sent, the actor may not announce there, or a stored file has been deleted.
    """
    # Who receives it is read before the transaction that writes: thousands of people would make other writers wait.
    plan = await _plan(ctx, draft)
    return await _send(ctx, draft, plan)


@dataclass(frozen=True, slots=True)
class _SendingPlan:
    found: AudienceUnits
    members: tuple[AudienceMember, ...]
    view: AnnouncementPreview


@query
async def _plan(ctx: Context, draft: AnnouncementDraft) -> _SendingPlan:
    found, members = await receivers_of(ctx, draft)
    return _SendingPlan(found, members, await view_preview(ctx, draft, found, members))


@command
async def _send(ctx: Context, draft: AnnouncementDraft, plan: _SendingPlan) -> SentAnnouncement:
    refuse_foreign_audience(ctx, draft.audience)
    text, by, members = read_announcement_text(draft.text), acting_person(ctx), plan.members
    fingerprint = fingerprint_of(draft.audience, text, (file.sha256 for file in draft.files), day=ctx.today)
    before = await ctx.uow.announcements.with_fingerprint(fingerprint)
    if before is not None:
        return SentAnnouncement(before.id, plan.view, is_repeated=True)

    announcement = Announcement(
        fingerprint=fingerprint,
        authority_id=draft.audience.authority_id,
        audience_kind=draft.audience.kind,
        audience_target=draft.audience.target,
        audience_name=plan.found.name,
        unit_ids=sorted(plan.found.units),
        text=text,
        by=by,
        at=ctx.now,
        people=len(members),
        round=0,
        asked_at=ctx.now,
        queued_at=None,
    )
    ctx.uow.announcements.add(announcement)
    await ctx.uow.flush()
    await _attach(ctx, announcement, draft)
    await _put_batch(ctx, announcement, members[:BATCH], is_last=len(members) <= BATCH)
    audit(
        ctx,
        AuditAction.ANNOUNCED,
        about=announcement.id,
        unit_id=announcement.authority_id,
        audience=draft.audience.code,
        people=len(members),
        files=[file.sha256 for file in draft.files],
    )
    await ctx.uow.commit()
    return SentAnnouncement(announcement.id, plan.view, is_repeated=False)


async def _attach(ctx: Context, announcement: Announcement, draft: AnnouncementDraft) -> None:
    for file in draft.files[:MOST_FILES]:
        if not await ctx.uow.extensions.adopt(file.key):
            raise Refusal(
                "announcement-file-expired", f"Tệp «{file.name}» gửi đã lâu nên bot đã bỏ.", way=Way.SEND_FILE_AGAIN
            )
        ctx.uow.announcements.add(
            AnnouncementFile(
                announcement_id=announcement.id,
                file_name=file.name,
                file_key=file.key,
                size=file.size,
                sha256=file.sha256,
                known_as={},
            )
        )


async def remind_unread(ctx: Context, announcement_id: int) -> int:
    """Send the text again to those who have not read it; return how many people that are.

    Raises Refusal if the actor may not announce there, everybody has read it, or it went out today already.
    """
    unread = await _read_unread(ctx, announcement_id)
    return await _remind(ctx, announcement_id, unread)


@query
async def _read_unread(ctx: Context, announcement_id: int) -> tuple[AudienceMember, ...]:
    return await _unread_members(ctx, own_announcement(ctx, await ctx.uow.announcements.find(announcement_id)))


@command
async def _remind(ctx: Context, announcement_id: int, unread: tuple[AudienceMember, ...]) -> int:
    announcement = own_announcement(ctx, await ctx.uow.announcements.find_for_update(announcement_id))
    if not unread:
        raise Refusal("announcement-read-by-all", "Những người bot nhắn được đều đã đọc, không còn ai để nhắc.")
    if ctx.calendar.day_of(announcement.asked_at) == ctx.today:
        raise Refusal(
            "announcement-just-sent",
            f"Hôm nay bot đã gửi lúc {ctx.local(announcement.asked_at):%H:%M}. Anh/chị nhắc được từ ngày mai.",
        )

    announcement.round, announcement.asked_at, announcement.queued_at = announcement.round + 1, ctx.now, None
    await _put_batch(ctx, announcement, unread[:BATCH], is_last=len(unread) <= BATCH)
    audit(
        ctx,
        AuditAction.UNREAD_REMINDED,
        about=announcement.id,
        unit_id=announcement.authority_id,
        people=len(unread),
    )
    await ctx.uow.commit()
    return len(unread)


def own_announcement(ctx: Context, announcement: Announcement | None) -> Announcement:
    """Return the announcement. Raises Refusal if it is gone or the actor may not announce for its sender."""
    if announcement is None or not ctx.actor.may(Right.ANNOUNCE, unit_id=announcement.authority_id):
        raise Refusal(
            "announcement-hidden", "Thông báo này không còn, hoặc không phải của cơ quan anh/chị.", way=Way.HOME
        )
    return announcement


async def queue_announcements(ctx: Context) -> None:
    """Queue what is left of announcements that go to more people than one batch holds."""
    for announcement_id in await _not_queued(ctx):
        members = await _members_of(ctx, announcement_id)
        for first in range(0, max(1, len(members)), BATCH):
            batch = members[first : first + BATCH]
            await _queue_batch(ctx, announcement_id, batch, is_last=first + BATCH >= len(members))


@query
async def _not_queued(ctx: Context) -> Sequence[int]:
    return await ctx.uow.announcements.not_queued()


@query
async def _members_of(ctx: Context, announcement_id: int) -> tuple[AudienceMember, ...]:
    announcement = await ctx.uow.announcements.find(announcement_id)
    if announcement is None:
        return ()
    if announcement.round:
        return await _unread_members(ctx, announcement)
    # Somebody who came after the sending does not get it.
    return await members_at(ctx, announcement.unit_ids, since=announcement.at)


async def _unread_members(ctx: Context, announcement: Announcement) -> tuple[AudienceMember, ...]:
    unread = await ctx.uow.announcements.unread_people(announcement.id)
    members = await members_at(ctx, announcement.unit_ids, since=announcement.at)
    return tuple(member for member in members if member.person_id in unread)


@command
async def _queue_batch(ctx: Context, announcement_id: int, members: Sequence[AudienceMember], *, is_last: bool) -> None:
    announcement = await ctx.uow.announcements.find_for_update(announcement_id)
    if announcement is None or announcement.queued_at is not None:
        return
    await _put_batch(ctx, announcement, members, is_last=is_last)
    await ctx.uow.commit()


async def _put_batch(
    ctx: Context, announcement: Announcement, members: Sequence[AudienceMember], *, is_last: bool
) -> None:
    """Write these people down and queue their messages; what was queued before is left as it is. Does not commit."""
    if announcement.round == 0:
        await ctx.uow.announcements.put_recipients(
            [
                {"announcement_id": announcement.id, "person_id": member.person_id, "unit_id": unit_id, "read_at": None}
                for member in members
                for unit_id in member.unit_ids
            ]
        )
    await put_messages(
        ctx,
        [(_notice(announcement, member), member.address) for member in members],
        due_at=next_sending_hour(ctx.now, calendar=ctx.calendar),
    )
    announcement.queued_at = ctx.now if is_last else None


def _notice(announcement: Announcement, member: AudienceMember) -> Notice:
    refs: Refs = {"person": member.person_id, "announcement": announcement.id, "round": announcement.round}
    key = message_key(announcement.id, announcement.round, member.person_id)
    return Notice(MessageKind.ANNOUNCEMENT, key, refs, authority_id=announcement.authority_id)
