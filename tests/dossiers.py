"""Shortcuts to dossiers without a phone: begun, filled and handed in."""

from datetime import datetime

from domain.calendar import VIETNAM
from domain.plans.deadlines import DutyKind
from domain.plans.plans import SubjectKind
from tests import files
from tests.filling import acting, duty
from tests.stage import Stage
from usecases.dossiers.attachments import add_paper
from usecases.dossiers.checklist import DossierView
from usecases.dossiers.dossiers import open_paper, read_dossier, start_dossier, submit_dossier
from usecases.submissions.handing_in import ReceiptView

DECEMBER = datetime(2026, 12, 1, 8, 0, tzinfo=VIETNAM)
"""Dossiers are open, and due on the 19th."""


async def begin(stage: Stage, chat_id: int, *, nominees: str = "Phường 5", award: str = "giay-khen") -> int:
    """A dossier with three papers to come."""
    found = await duty(stage, chat_id, DutyKind.DOSSIER)
    async with acting(stage, chat_id) as ctx:
        return await start_dossier(ctx, found.id, award=award, subject=SubjectKind.COLLECTIVE, nominees=nominees)


async def begin_plan(stage: Stage, chat_id: int) -> int:
    """A duty that is one document."""
    found = await duty(stage, chat_id, DutyKind.PLAN)
    async with acting(stage, chat_id) as ctx:
        return await open_paper(ctx, found.id)


async def put(
    stage: Stage, chat_id: int, dossier: int, piece: str, content: bytes, *, replacing: int | None = None
) -> DossierView:
    async with acting(stage, chat_id) as ctx:
        return await add_paper(
            ctx,
            dossier,
            piece=piece,
            file_name=f"{piece}.pdf",
            content=content,
            files=stage.app.files,
            replacing=replacing,
        )


async def look(stage: Stage, chat_id: int, dossier: int) -> DossierView:
    async with acting(stage, chat_id) as ctx:
        return await read_dossier(ctx, dossier)


async def fill(stage: Stage, chat_id: int, dossier: int) -> DossierView:
    """A file of its own for each missing piece."""
    for pages, piece in enumerate((await look(stage, chat_id, dossier)).missing, start=1):
        await put(stage, chat_id, dossier, piece.key, files.pdf(pages))
    return await look(stage, chat_id, dossier)


async def submit(stage: Stage, chat_id: int, dossier: int) -> ReceiptView:
    seen = (await fill(stage, chat_id, dossier)).draft.revision
    async with acting(stage, chat_id) as ctx:
        return await submit_dossier(ctx, dossier, seen=seen)
