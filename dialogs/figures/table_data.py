"""What the table of read figures keeps between two messages, and what its windows show."""

from typing import Any

from aiogram_dialog import DialogManager

from dialogs.links.figures import FROM_LAST, PROPOSAL
from dialogs.shared.screen import ctx_of, start_id
from domain.figures.pasting import name_beside
from domain.figures.proposals import FigureProposal, pack, unpack
from domain.typed_input.figures import write_figure
from domain.typed_input.words import plain
from usecases.context import Context
from usecases.figures.proposals import view_proposal
from usecases.figures.views import AskedLine, ProposalView, ProposedLine

SEEN = "seen"
"""The revision of the form beside which the table on the screen was drawn."""
LINE = "line"
"""The indicator, or the unread words, that the officer is changing."""
WORDS = "words"

PAGE = 15
"""Lines on one page: a whole report is looked over before it is entered with one tap."""


def duty_of(manager: DialogManager) -> int:
    return start_id(manager, "duty_id")


def table_of(manager: DialogManager) -> FigureProposal:
    return unpack(manager.dialog_data[PROPOSAL])


def keep_table(manager: DialogManager, proposal: FigureProposal) -> None:
    manager.dialog_data[PROPOSAL] = pack(proposal)


async def view_of(manager: DialogManager) -> ProposalView:
    return await view_proposal(ctx_of(manager), duty_of(manager), table_of(manager))


async def read_table(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    view = await view_proposal(ctx, duty_of(dialog_manager), table_of(dialog_manager))
    dialog_manager.dialog_data[SEEN] = view.draft.revision
    pages: Any = dialog_manager.find("page")
    return table_data(view, page=await pages.get_page(), from_last=bool(dialog_manager.dialog_data.get(FROM_LAST)))


def table_data(view: ProposalView, *, page: int = 0, from_last: bool = False) -> dict[str, Any]:
    question, count, is_open = view.question, view.entries, view.draft.is_open
    return {
        "view": view,
        "lines": view.lines[page * PAGE : (page + 1) * PAGE],
        "pages": max(1, -(-len(view.lines) // PAGE)),
        "from_last": from_last,
        "question": question,
        "readings": _readings(question),
        "candidates": list(question.candidates) if question else [],
        "enter": f"Ghi {count} chỉ tiêu",
        "may_enter": is_open and count > 0,
        # Last period's results, unlooked at, are no report of this one: they pass the summary before they go in.
        "may_send": is_open and view.completes and not (from_last and view.unchanged),
        "may_edit": question is None and bool(editable(view)),
    }


def _readings(question: AskedLine | None) -> list[tuple[str, str]]:
    return [(str(value), f"{write_figure(value)} {question.uom}") for value in question.readings] if question else []


def editable(view: ProposalView) -> list[tuple[str, str]]:
    """Return (key, label) of what «Sửa» can change: the lines, then the words that were not understood but hold one."""
    lines = [(f"i{line.indicator}", f"{line.number}. {line.name}") for line in view.lines]
    unread = [
        (f"u{number}", f"«{words}»")
        for number, words in enumerate(view.unread)
        if any(letter.isdigit() for letter in words)
    ]
    return [*lines, *unread]


async def read_editable(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    view = await view_of(dialog_manager)
    return {"view": view, "parts": editable(view)}


async def read_line(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    view, data = await view_of(dialog_manager), dialog_manager.dialog_data
    line = view.line(str(data.get(LINE)))
    return line_data(view, line, words=str(data.get(WORDS) or (line.quote if line else "")))


def line_data(view: ProposalView, line: ProposedLine | None, *, words: str) -> dict[str, Any]:
    name, own = name_beside(words), {plain(label.partition(". ")[2]) for _, label in view.indicators}
    return {
        "view": view,
        "line": line,
        "words": words,
        "is_line": line is not None,
        "indicators": list(view.indicators),
        # The plan's own name of an indicator is not learned anew.
        "name": "" if name in own else name,
    }
