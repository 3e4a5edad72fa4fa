"""Links to the table of figures that were read: over a duty's form, or from anywhere with the choice of a duty."""

import json

from aiogram_dialog import DialogManager, ShowMode, StartMode

from dialogs.links.opening import open_state
from dialogs.states import FiguresSG, PledgesSG, ReportsSG
from domain.figures.proposals import FigureProposal, pack
from domain.plans.deadlines import DutyKind

PROPOSAL = "proposal"
"""Key of the table in the start data, until the dialog has taken it over."""
PARTS = "parts"
"""Key of [[message id, text], …] for which a duty is still to be chosen: a long text comes in several messages."""
FROM_LAST = "from_last"
"""Set if the table began with the figures of the last period."""
CUT = "cut"
"""Set if the messenger may have cut the last text, so that the next one begins in the midst of a line."""
FILE, SHEETS, DUTIES = "file", "sheets", "duties"
"""Keys of a file that was sent, which stays with the messenger, and of its sheets or the duties to choose from."""
AT_SUMMARY = "at_summary"
"""Set if a form opens at its summary, and not at the first question."""


async def open_proposal(  # noqa: PLR0913 (what the table begins with)
    manager: DialogManager,
    duty_id: int,
    proposal: FigureProposal,
    *,
    from_last: bool = False,
    is_cut: bool = False,
    show_mode: ShowMode | None = None,
) -> None:
    """Open the table of these figures, to be confirmed; nothing of it is entered before.

    `proposal` is what `usecases.figures.proposals.propose` made of a text, a sheet or a document.
    """
    packed = json.dumps(pack(proposal), ensure_ascii=False)
    data: dict[str, int | str | None] = {PROPOSAL: packed, FROM_LAST: int(from_last), CUT: int(is_cut)}
    await open_state(manager, FiguresSG.table, show_mode=show_mode, duty_id=duty_id, **data)


async def open_sheets(manager: DialogManager, duty_id: int, file: str, sheets: str) -> None:
    """Ask which sheet of a file is meant; `file` and `sheets` are packed as JSON."""
    await open_state(manager, FiguresSG.sheets, duty_id=duty_id, file=file, sheets=sheets)


async def open_file_offer(manager: DialogManager, file: str, duties: str) -> None:
    """Ask into which of these reports and pledges the figures of a file go; the open screen stays one press away."""
    await manager.start(FiguresSG.file, data={FILE: file, DUTIES: duties}, mode=StartMode.NORMAL)


async def open_offer(manager: DialogManager, text: str, *, source: int) -> None:
    """Ask into which open report or pledge the figures of this text go; the open screen stays one press away."""
    await manager.start(FiguresSG.offer, data={PARTS: [[source, text]]}, mode=StartMode.NORMAL)


async def open_form(manager: DialogManager, duty_id: int, kind: DutyKind, *, show_mode: ShowMode | None = None) -> None:
    """Open the summary of a report or a pledge, whatever is still missing in it."""
    state = PledgesSG.summary if kind is DutyKind.PLEDGE else ReportsSG.summary
    await open_state(manager, state, show_mode=show_mode, duty_id=duty_id, at_summary=1)
