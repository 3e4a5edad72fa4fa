"""Steps of tests about announcements."""

from domain.announcements import Audience, AudienceKind
from domain.roles import Role
from models.message_kinds import MessageKind
from tests.support.stage import Stage
from tests.support.steps.filling import acting, officer
from usecases.announcements.audiences import list_audiences
from usecases.announcements.drafts import AnnouncementDraft, DraftedFile
from usecases.announcements.sending import SentAnnouncement, send_announcement
from usecases.outbox.sending import QueuedMessage, claim

BODY, COLLEAGUE = 900, 901
TEXT = "Họp giao ban 8 giờ thứ Hai, 18/5.\nMời dự đúng giờ."


async def seated(stage: Stage) -> None:
    """Let two of the standing body join, and officers of Phường 1 (100) and Phường 5 (500, 501)."""
    for chat_id in (BODY, COLLEAGUE):
        await officer(stage, "tinh-mau", chat_id=chat_id, role=Role.STANDING_BODY)
    await officer(stage, "phuong-1", chat_id=100)
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "phuong-5", chat_id=501, role=Role.UNIT_HEAD)


async def audience(stage: Stage, kind: AudienceKind = AudienceKind.ALL, *, by: int = BODY) -> Audience:
    """Return the first audience of this kind."""
    async with acting(stage, by) as ctx:
        return (await list_audiences(ctx, kind))[0].audience


async def announce(
    stage: Stage, to: Audience, *, by: int = BODY, text: str = TEXT, files: tuple[DraftedFile, ...] = ()
) -> SentAnnouncement:
    async with acting(stage, by) as ctx:
        return await send_announcement(ctx, AnnouncementDraft(text, to, files))


async def announced_to(stage: Stage) -> list[QueuedMessage]:
    """Claim what is due in the outbox; return the announcements, by chat."""
    async with stage.app.contexts.open() as ctx:
        found = await claim(ctx, limit=200)
    announced = [queued for queued in found if queued.kind is MessageKind.ANNOUNCEMENT]
    return sorted(announced, key=lambda queued: queued.chat_id)
