"""The compiled workbook, sent to the person who asked for it; it is written beside the event loop."""

import asyncio

from aiogram_dialog import DialogManager

from dialogs.shared.file_sending import send_document
from dialogs.shared.screen import ctx_of
from documents.compilation.workbook import file_name_of, write_workbook
from usecases.compilation.exporting import export_compilation


async def send_workbook(manager: DialogManager, duty_id: int) -> None:
    """Send the workbook; the screen follows below. Raises Refusal like `compile_duty`."""
    found = await export_compilation(ctx_of(manager), duty_id)
    content = await asyncio.to_thread(write_workbook, found)
    await send_document(manager, content, file_name=file_name_of(found), caption=f"Tổng hợp {found.title}")
