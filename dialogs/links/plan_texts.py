"""Links to the reading of a plan's document: its duties, their edits, and the plan that is loaded."""

from aiogram_dialog import DialogManager, ShowMode

from dialogs.links.opening import open_state
from dialogs.states import (
    PlanTextEditsSG,
    PlanTextHeadSG,
    PlanTextLoadingSG,
    PlanTextSentencesSG,
    PlanTextsSG,
    ProposedDutiesSG,
)
from domain.plan_texts.drafting.headings import HeadLine


async def open_plan_texts(manager: DialogManager) -> None:
    """Open the question for a document."""
    await open_state(manager, PlanTextsSG.send)


async def open_proposals(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    """Open the list of proposed duties."""
    await open_state(manager, ProposedDutiesSG.list, show_mode=show_mode)


async def open_proposed(manager: DialogManager, number: int, *, show_mode: ShowMode | None = None) -> None:
    """Open one proposed duty."""
    await open_state(manager, ProposedDutiesSG.duty, number=number, show_mode=show_mode)


async def open_sentences(manager: DialogManager) -> None:
    """Open the list of sentences with a day that is no deadline."""
    await open_state(manager, PlanTextSentencesSG.list)


async def open_duty_edits(manager: DialogManager, number: int) -> None:
    await open_state(manager, PlanTextEditsSG.what, number=number)


async def open_draft_indicators(manager: DialogManager) -> None:
    """Open the choice of the indicators that every report and pledge of the drafted plan asks for."""
    await open_state(manager, PlanTextHeadSG.indicators)


async def open_plan_head(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    """Open the drafted plan's own lines."""
    await open_state(manager, PlanTextHeadSG.lines, show_mode=show_mode)


async def open_head_line(manager: DialogManager, line: HeadLine) -> None:
    """Open the question for one of the drafted plan's own lines."""
    await open_state(manager, PlanTextHeadSG.line, line=line)


async def open_plan_preview(manager: DialogManager) -> None:
    """Open what loading the draft would change."""
    await open_state(manager, PlanTextLoadingSG.preview)


async def open_taken_code(manager: DialogManager) -> None:
    """Open the question what a draft is whose code a loaded plan has."""
    await open_state(manager, PlanTextLoadingSG.taken)
