"""What a questionnaire keeps between two messages, and what its windows show."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from aiogram_dialog import DialogManager

from dialogs.shared.screen import start_id
from domain.typed_input.figures import write_figure
from usecases.dossiers.kept_papers import KeptPaper
from usecases.submissions.form import Question, Questionnaire, Replacing
from usecases.submissions.report_sheet import ReportView

Sheet = Questionnaire[Question]

INDICATOR = "indicator"
EDITING = "editing"
"""Set while one line is corrected from the summary: the way then leads back there."""
TYPED = "typed"
VALUES = "values"
"""What the answer was read as; decimals kept as text."""
INSTEAD = "instead"
"""The figure that the answer would replace, and the colleague who entered it."""
REASON = "reason"
"""Typed where no figure can be given, while it is asked whether that replaces a figure."""
SEEN = "seen"
"""The revision that the summary on the screen shows."""

PAGE = 8

_SHEET = "sheet_of_update"


def duty_of(manager: DialogManager) -> int:
    return start_id(manager, "duty_id")


def keep_sheet(manager: DialogManager, sheet: Sheet) -> None:
    """What the update has read is shown by the window that follows; it is not read again for that."""
    manager.middleware_data[_SHEET] = sheet


def kept_sheet(manager: DialogManager) -> Sheet | None:
    """The sheet of the dialog's own duty that this update has read; None if it has read none."""
    kept: Sheet | None = manager.middleware_data.get(_SHEET)
    return kept if kept is not None and kept.duty.id == duty_of(manager) else None


def forget_sheet(manager: DialogManager) -> None:
    """To be called before anything is done that changes what it shows."""
    manager.middleware_data.pop(_SHEET, None)


def here(manager: DialogManager) -> str:
    return str(manager.dialog_data[INDICATOR])


def read_as(manager: DialogManager) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in manager.dialog_data.get(VALUES, ()))


def replacing(manager: DialogManager) -> Replacing:
    """The figure that was shown as the one to be replaced."""
    instead = manager.dialog_data.get(INSTEAD)
    return () if instead is None else (None if instead["value"] is None else Decimal(instead["value"]),)


def may_repeat(sheet: Sheet) -> bool:
    """Whether an open line has a figure of the last period, which can be proposed again."""
    return any(not line.is_answered and line.previous is not None for line in sheet.unlocked)


def last_period(sheet: Sheet) -> str:
    """«6 tháng 2025»; of a pledge «năm trước»."""
    return sheet.previous_period if isinstance(sheet, ReportView) else "năm trước"


def line_data(  # noqa: PLR0913 (each is shown on the screen)
    sheet: Sheet,
    line: Question,
    *,
    several_units: bool = False,
    editing: bool = False,
    typed: str = "",
    values: Sequence[Decimal] = (),
    instead: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    old = Decimal(instead["value"]) if instead and instead["value"] is not None else None
    return {
        "sheet": sheet,
        "line": line,
        "several_units": several_units,
        "editing": editing,
        "on_the_way": not editing,
        "last_period": last_period(sheet),
        "may_repeat": not editing and not sheet.answered and may_repeat(sheet),
        "has_one_before": not editing and sheet.before(line.indicator) is not None,
        "typed": typed,
        "values": values,
        "readings": [(str(value), write_figure(value)) for value in values],
        "old": old,
        "new": values[0] if values else None,
        "colleague": instead["name"] if instead else None,
        "keep": "Giữ như cũ" if old is None else f"Giữ {write_figure(old)}",
    }


def sheet_data(sheet: Sheet, *, page: int = 0, kept: Sequence[KeptPaper] = ()) -> dict[str, Any]:
    needs_reason = sheet.late is not None and sheet.late.is_missing
    return {
        "kept": kept,
        "papers": [(paper.key, paper.name) for paper in kept],
        "papers_label": f"Ảnh kèm theo ({len(kept)})",
        "may_drop": bool(kept) and sheet.draft.is_open,
        "sheet": sheet,
        "total": len(sheet.lines),
        "go_on": "Sửa tiếp" if sheet.is_back else f"Điền tiếp ({sheet.answered}/{len(sheet.lines)})",
        "lines": sheet.unlocked[page * PAGE : (page + 1) * PAGE],
        "received": len(sheet.lines) - len(sheet.unlocked),
        "pages": max(1, -(-len(sheet.unlocked) // PAGE)),
        "is_open": sheet.draft.is_open,
        "last_period": last_period(sheet),
        "may_repeat": sheet.draft.is_open and may_repeat(sheet),
        "may_submit": sheet.draft.is_open and sheet.is_complete and not needs_reason,
        "may_explain": sheet.draft.is_open and sheet.late is not None,
        "is_unfinished": sheet.draft.is_open and not sheet.is_complete,
        "may_withdraw": sheet.may_withdraw,
        "may_ask": sheet.draft.may_ask_correction,
        "is_closed": not sheet.draft.is_open,
    }
