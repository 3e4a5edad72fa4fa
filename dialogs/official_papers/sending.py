"""A draft sent as a Word file; it is made beside the event loop."""

import asyncio

from aiogram_dialog import DialogManager

from dialogs.shared.file_sending import send_document
from dialogs.shared.screen import ctx_of
from documents.official_papers.drafts import write_draft
from domain.official_papers import PAPER_NAMES
from domain.typed_input.words import slug
from usecases.official_papers.templates import template_for
from usecases.official_papers.views import Paper


async def send_paper(manager: DialogManager, paper: Paper) -> None:
    """Send the draft, made from the office's template if it has set one; the screen follows below."""
    frame = paper.frame
    template = await template_for(
        ctx_of(manager), frame.authority_id, frame.kind, files=manager.middleware_data["files"]
    )
    content = await asyncio.to_thread(write_draft, paper, template)
    caption = f"Dự thảo: {PAPER_NAMES[frame.kind]}. Số, ngày, chữ ký để trống."
    await send_document(manager, content, file_name=f"{slug(frame.file_stem)}.docx", caption=caption)
