"""Announcements as their readers get them, and «Đã đọc»."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.errors import AlreadyDone, Refusal
from domain.roles import Actor, Right
from models.announcements import Announcement, AnnouncementFile, AnnouncementRecipient
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


@dataclass(frozen=True, slots=True)
class IncomingRequest:
    """An announcement that is due to a reader, in its round `number`, through the channel."""

    reader: Actor
    announcement_id: int
    number: int
    channel: str
    is_begun: bool
    """Whether its text has arrived already."""


@query
async def read_incoming(ctx: Context, requests: Sequence[IncomingRequest]) -> list[IncomingAnnouncement | None]:
    """Return each announcement for its reader. Many are read with as few queries as one.

    The result is None if it is gone, the reader no longer serves a unit to which it went, or has read it; one whose
    text has arrived is completed even after it was read.
    """
    ids = {request.announcement_id for request in requests}
    people = [request.reader.person_id for request in requests if request.reader.person_id is not None]
    received: dict[tuple[int, int | None], list[AnnouncementRecipient]] = {}
    for row in await ctx.uow.announcements.received(ids, people):
        received.setdefault((row.announcement_id, row.person_id), []).append(row)
    units = {row.unit_id for rows in received.values() for row in rows}
    heirs = await ctx.uow.successions.last_successors(units, day=ctx.today)
    contents = await _read_contents(ctx, ids)
    return [
        _incoming(ctx, request, contents[request.announcement_id])
        if request.announcement_id in contents
        and _is_awaited(request, received.get((request.announcement_id, request.reader.person_id), ()), heirs)
        else None
        for request in requests
    ]


def _is_awaited(request: IncomingRequest, rows: Sequence[AnnouncementRecipient], heirs: Mapping[int, int]) -> bool:
    """Whether the reader serves one of the units to which it went, and has yet to read it."""
    places = [place for row in rows for place in (row.unit_id, heirs.get(row.unit_id, row.unit_id))]
    serves = any(request.reader.may(Right.SUBMIT, unit_id=unit_id) for unit_id in places)
    return serves and (request.is_begun or not all(row.read_at for row in rows))


@dataclass(frozen=True, slots=True)
class _Content:
    announcement: Announcement
    sender: str
    files: Sequence[AnnouncementFile]


async def _read_contents(ctx: Context, announcement_ids: Collection[int]) -> dict[int, _Content]:
    found = await ctx.uow.announcements.with_ids(announcement_ids)
    names = await ctx.uow.units.names({announcement.authority_id for announcement in found.values()})
    files: dict[int, list[AnnouncementFile]] = {}
    for file in await ctx.uow.announcements.files(announcement_ids):
        files.setdefault(file.announcement_id, []).append(file)
    return {id_: _Content(one, names[one.authority_id], files.get(id_, ())) for id_, one in found.items()}


def _incoming(ctx: Context, request: IncomingRequest, content: _Content) -> IncomingAnnouncement:
    documents = (
        StoredDocument(file.id, file.file_name, file.file_key, file.known_as.get(request.channel))
        for file in content.files
    )
    return IncomingAnnouncement(
        id=content.announcement.id,
        sender=content.sender,
        text=content.announcement.text,
        at=ctx.local(content.announcement.at),
        is_reminder=request.number > 0,
        file_names=tuple(file.file_name for file in content.files),
        documents=() if request.number else tuple(documents),
    )


@command
async def mark_read(ctx: Context, announcement_id: int) -> ReadMark:
    """Note that the actor has read it; the first press counts, however often and late it is pressed.

    Raises Refusal if it never went to the actor, AlreadyDone if it has been deleted.
    """
    person_id = acting_person(ctx)
    rows = await ctx.uow.announcements.received([announcement_id], [person_id])
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
