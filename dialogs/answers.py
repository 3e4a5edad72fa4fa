"""What the dialogs of pledges and reports share: one figure asked at a time, and all lines looked at together."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from dialogs.screens import ctx_of, land, say, started_with
from dialogs.states import open_correction, open_menu
from dialogs.submissions import show_receipt
from domain.errors import Refusal
from domain.figures import write_figure
from domain.roles import Right
from templates import render
from usecases.answers import Answer, Colleagues, Outcome, Question, Questionnaire
from usecases.context import Context
from usecases.submissions import ReceiptView, withdraw

Sheet = Questionnaire[Question]

INDICATOR = "indicator"
EDITING = "editing"
"""Set while one line is corrected from the summary: the way then leads back there."""
TYPED = "typed"
VALUES = "values"
"""What the answer was read as; decimals kept as text."""
SEEN = "seen"
"""The revision that the summary on the screen shows."""

PAGE = 8
KEPT = "Bản nháp đã lưu. Anh/chị mở lại lúc nào cũng được, bot hỏi tiếp từ chỗ dừng."
WITHDRAWN = "Đã rút lại. Anh/chị sửa rồi nhớ nộp lại nhé."


def duty_of(manager: DialogManager) -> int:
    return started_with(manager, "duty_id")


def here(manager: DialogManager) -> str:
    return str(manager.dialog_data[INDICATOR])


def read_as(manager: DialogManager) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in manager.dialog_data.get(VALUES, ()))


def line_data(
    sheet: Sheet,
    line: Question,
    *,
    several_units: bool = False,
    editing: bool = False,
    typed: str = "",
    values: Sequence[Decimal] = (),
) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "line": line,
        "several_units": several_units,
        "editing": editing,
        "on_the_way": not editing,
        "has_one_before": not editing and sheet.before(line.indicator) is not None,
        "typed": typed,
        "values": values,
        "readings": [(str(value), write_figure(value)) for value in values],
    }


def sheet_data(sheet: Sheet, *, page: int = 0) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "total": len(sheet.lines),
        "go_on": "Sửa tiếp" if sheet.is_back else f"Điền tiếp ({sheet.answered}/{len(sheet.lines)})",
        "lines": sheet.unlocked[page * PAGE : (page + 1) * PAGE],
        "received": len(sheet.lines) - len(sheet.unlocked),
        "pages": max(1, -(-len(sheet.unlocked) // PAGE)),
        "is_open": sheet.draft.is_open,
        "may_submit": sheet.draft.is_open and sheet.is_complete,
        "is_unfinished": sheet.draft.is_open and not sheet.is_complete,
        "may_withdraw": sheet.may_withdraw,
        "may_ask": sheet.draft.may_ask_correction,
        "is_closed": not sheet.draft.is_open,
    }


@dataclass(frozen=True, slots=True)
class Interview:
    """One questionnaire as a conversation; the methods are what its windows read and what their buttons do."""

    read: Callable[[Context, int], Coroutine[Any, Any, Sheet]]
    answer: Callable[..., Coroutine[Any, Any, Answer]]
    choose: Callable[..., Coroutine[Any, Any, Answer]]
    submit: Callable[..., Coroutine[Any, Any, ReceiptView]]
    question: State
    asked_back: dict[Outcome, State]
    after_last: State
    summary: State
    edit: State
    receipt: State
    taken: str
    """Template of the line that confirms an answer."""

    async def sheet(self, manager: DialogManager) -> Sheet:
        return await self.read(ctx_of(manager), duty_of(manager))

    async def read_line(self, ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
        sheet, data = await self.read(ctx, duty_of(dialog_manager)), dialog_manager.dialog_data
        return line_data(
            sheet,
            sheet.line(here(dialog_manager)),
            several_units=len(ctx.actor.units_where(Right.SUBMIT)) > 1,
            editing=data.get(EDITING, False),
            typed=data.get(TYPED, ""),
            values=read_as(dialog_manager),
        )

    async def read_sheet(self, ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
        sheet = await self.read(ctx, duty_of(dialog_manager))
        dialog_manager.dialog_data[SEEN] = sheet.draft.revision
        pages: Any = dialog_manager.find("page")
        return sheet_data(sheet, page=await pages.get_page())

    async def ask(self, manager: DialogManager, line: Question | None) -> None:
        """Ask for this line; after the last one, go on."""
        if line is None:
            await manager.switch_to(self.summary if (await self.sheet(manager)).is_back else self.after_last)
        else:
            manager.dialog_data[INDICATOR] = line.indicator
            await manager.switch_to(self.question)

    async def enter(self, message: Message, _: MessageInput, manager: DialogManager) -> None:
        typed = manager.dialog_data[TYPED] = message.text or ""
        answer = await self.answer(ctx_of(manager), duty_of(manager), indicator=here(manager), text=typed)
        await self.settle(manager, answer)

    async def settle(self, manager: DialogManager, answer: Answer) -> None:
        """Go on where the answer was taken, else ask it back."""
        manager.dialog_data[VALUES] = [str(value) for value in answer.values]
        if answer.outcome is Outcome.TAKEN:
            await self.advance(manager, instead=answer.instead)
        else:
            await manager.switch_to(self.asked_back[answer.outcome])

    async def advance(self, manager: DialogManager, *, instead: Colleagues | None = None) -> None:
        sheet = await self.sheet(manager)
        say(manager, render(self.taken, line=sheet.line(here(manager)), instead=instead))
        if manager.dialog_data.get(EDITING):
            await manager.switch_to(self.summary)
        else:
            await self.ask(manager, sheet.next_open(here(manager)))

    async def expect_figure(self, _: Message, __: MessageInput, manager: DialogManager) -> None:
        line = (await self.sheet(manager)).line(here(manager))
        raise Refusal(f"Bot đang chờ số cho «{line.name}». Nhập số, ví dụ {line.example}, hoặc bấm nút bên dưới.")

    async def pick_reading(self, _: CallbackQuery, __: Any, manager: DialogManager, value: str) -> None:
        if Decimal(value) not in read_as(manager):
            raise Refusal("Nút này thuộc câu trước. Anh/chị chọn trên màn hình hiện tại.")
        indicator = here(manager)
        await self.settle(
            manager, await self.choose(ctx_of(manager), duty_of(manager), indicator=indicator, value=Decimal(value))
        )

    async def skip(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await self.ask(manager, (await self.sheet(manager)).next_open(here(manager)))

    async def step_back(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await self.ask(manager, (await self.sheet(manager)).before(here(manager)))

    async def resume(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        manager.dialog_data[EDITING] = False
        await self.ask(manager, (await self.sheet(manager)).first_open)

    async def pick_line(self, _: CallbackQuery, __: Any, manager: DialogManager, indicator: str) -> None:
        manager.dialog_data[EDITING] = True
        await self.ask(manager, (await self.sheet(manager)).line(indicator))

    async def correct(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        manager.dialog_data[EDITING] = True

    async def leave(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await land(manager, open_menu, KEPT)

    async def close(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await open_menu(manager)

    async def ask_correction(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await open_correction(manager, (await self.sheet(manager)).draft.submission_id or 0)

    async def take_back(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await withdraw(ctx_of(manager), (await self.sheet(manager)).draft.submission_id or 0)
        say(manager, WITHDRAWN)

    async def send(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        receipt = await self.submit(ctx_of(manager), duty_of(manager), seen=manager.dialog_data[SEEN])
        await show_receipt(manager, self.receipt, receipt)
