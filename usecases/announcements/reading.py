"""Announcements as their readers get them, and «Đã đọc»."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import AlreadyDone, Refusal
from domain.roles import Right
from models.announcements import Announcement
from usecases.actor import acting_person
from usecases.context import Context, command, query
from usecases.ports import StoredDocument


@dataclass(frozen=True, slots=True)
class IncomingAnnouncement:
    id: int
    sender: str
    """Name of the authority."""
    text: str
    at: datetime
    """When it was sent (local time)."""
    is_reminder: bool
    file_names: tuple[str, ...]
    documents: tuple[StoredDocument, ...]
    """Files to send below it; empty for a reminder, whose reader has them already."""


@dataclass(frozen=True, slots=True)
class ReadMark:
    read_at: datetime
    """Local time of the first press."""
    is_new: bool


@query
async def read_incoming(
    ctx: Context, announcement_id: int, *, number: int, channel: str, is_begun: bool
) -> IncomingAnnouncement | None:
    """Return the announcement for the actor, in its round `number`, to be sent through the channel.

    The result is None if it is gone, the actor no longer serves a unit to which it went, or has read it; one whose
    text has arrived (`is_begun`) is completed even after it was read.
    """
    announcement = await ctx.uow.announcements.find(announcement_id)
    rows = await ctx.uow.announcements.received(announcement_id, acting_person(ctx))
    if announcement is None or not rows or not await _serves(ctx, {row.unit_id for row in rows}):
        return None
    if all(row.read_at for row in rows) and not is_begun:
        return None
    return await _incoming(ctx, announcement, number=number, channel=channel)


async def _serves(ctx: Context, unit_ids: set[int]) -> bool:
    heirs = await ctx.uow.successions.last_successors(unit_ids, day=ctx.today)
    return any(ctx.actor.may(Right.SUBMIT, unit_id=unit_id) for unit_id in (*unit_ids, *heirs.values()))


async def _incoming(ctx: Context, announcement: Announcement, *, number: int, channel: str) -> IncomingAnnouncement:
    files = await ctx.uow.announcements.files(announcement.id)
    documents = [StoredDocument(file.id, file.file_name, file.file_key, file.known_as.get(channel)) for file in files]
    return IncomingAnnouncement(
        id=announcement.id,
        sender=(await ctx.uow.units.get(announcement.authority_id)).name,
        text=announcement.text,
        at=ctx.local(announcement.at),
        is_reminder=number > 0,
        file_names=tuple(file.file_name for file in files),
        documents=() if number else tuple(documents),
    )


@command
async def mark_read(ctx: Context, announcement_id: int) -> ReadMark:
    """Note that the actor has read it; the first press counts, however often and late it is pressed.

    Raises Refusal if it never went to the actor, AlreadyDone if it has been deleted.
    """
    person_id = acting_person(ctx)
    rows = await ctx.uow.announcements.received(announcement_id, person_id)
    if not rows:
        if await ctx.uow.announcements.find(announcement_id) is None:
            raise AlreadyDone(
                "announcement-expired", "Thông báo này đã hết thời hạn lưu. Anh/chị không phải làm gì thêm."
            )
        raise Refusal("announcement-not-received", "Thông báo này không gửi cho anh/chị.")

    marks = [row.read_at for row in rows if row.read_at]
    if len(marks) < len(rows):
        await ctx.uow.announcements.mark_read(announcement_id, person_id, at=min(marks, default=ctx.now))
        await ctx.uow.commit()
    return ReadMark(ctx.local(min(marks, default=ctx.now)), is_new=not marks)


@command
async def remember_upload(ctx: Context, file_id: int, *, channel: str, known_as: str | None) -> None:
    """Note the messenger's own id of a file, or forget it if None, so that it need not be uploaded for each reader."""
    file = await ctx.uow.announcements.file_for_update(file_id)
    if file is not None and file.known_as.get(channel) != known_as:
        others = {name: value for name, value in file.known_as.items() if name != channel}
        file.known_as = others if known_as is None else {**others, channel: known_as}
        await ctx.uow.commit()
