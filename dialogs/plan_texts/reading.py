"""Reading the plan's document that somebody has sent."""

import asyncio

from aiogram_dialog import DialogManager

from dialogs.shared.sent_files import Sent, download
from documents.plan_texts import read_plan_document
from domain.plan_texts.readings import PlanReading


async def read_sent_plan(sent: Sent, manager: DialogManager) -> PlanReading:
    """Raises Refusal as `read_plan_document` does, or if the messenger does not hand the file out."""
    content = await download(sent, manager)
    # Reading takes seconds, during which others wait for their answers.
    return await asyncio.to_thread(read_plan_document, content)
