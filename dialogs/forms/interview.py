"""What the dialogs of pledges and reports share: one figure asked at a time, and all lines looked at together."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button

from dialogs.figures.texts import open_pasted
from dialogs.forms.answer_data import (
    EDITING,
    INDICATOR,
    INSTEAD,
    REASON,
    SEEN,
    TYPED,
    VALUES,
    Sheet,
    duty_of,
    forget_sheet,
    here,
    keep_sheet,
    kept_sheet,
    line_data,
    read_as,
    replacing,
    sheet_data,
)
from dialogs.forms.kept_papers import read_kept
from dialogs.forms.receipt import show_receipt
from dialogs.links.figures import open_proposal
from dialogs.links.personal import open_menu
from dialogs.links.reviews import open_correction
from dialogs.shared.message_lines import answered_line, edited_line, remember_line
from dialogs.shared.screen import ctx_of, open_with_notice, set_notice
from domain.errors import Refusal
from domain.figures.pasting import asks_something, may_be_pasted, only_figure
from domain.roles import Right
from domain.typed_input.replies import read_reply
from templates import render
from templates.filters import deadline
from usecases.context import Context
from usecases.dossiers.kept_papers import KeptPaper
from usecases.figures.proposals import propose_last, read_pasted
from usecases.submissions.drafts import AlreadyHandedIn, HandedIn, read_handed_in
from usecases.submissions.form import Answer, AnswerOutcome, PreviousAnswer, Question
from usecases.submissions.handing_in import withdraw
from usecases.submissions.receipts import ReceiptView
from usecases.submissions.reports import explain_missing

_UNNAMED = "Bot chưa rõ số nào của chỉ tiêu nào. Anh/chị ghi tên chỉ tiêu trước mỗi số, hoặc gửi riêng số của câu này."
_HANDED_IN = "{title} đã nộp rồi, mã biên nhận {receipt}. Điều anh/chị vừa chọn hoặc gửi không được ghi thêm."
KEPT = "Bản nháp đã lưu. Anh/chị mở lại lúc nào cũng được, bot hỏi tiếp từ chỗ dừng."
_WITHDRAWN = "Đã rút lại. Sửa xong, anh/chị nộp lại"


@dataclass(frozen=True, slots=True)
class Interview:
    """One questionnaire as a conversation; the methods are what its windows read and what their buttons do."""

    read: Callable[[Context, int], Coroutine[Any, Any, Sheet]]
    answer: Callable[..., Coroutine[Any, Any, Answer]]
    choose: Callable[..., Coroutine[Any, Any, Answer]]
    submit: Callable[..., Coroutine[Any, Any, ReceiptView]]
    question: State
    asked_back: dict[AnswerOutcome, State]
    after_last: State
    summary: State
    edit: State
    receipt: State
    papers: State | None
    """The window of the photos that are kept with the form, or None if it takes none."""
    late: State | None
    """The window of the explanation of a late hand-in, or None if the form is never late."""
    taken: str
    """Template of the line that confirms an answer."""

    async def sheet(self, manager: DialogManager) -> Sheet:
        """As this update has read it last, or what it did has left it."""
        kept = kept_sheet(manager)
        if kept is None:
            kept = await self.read(ctx_of(manager), duty_of(manager))
            keep_sheet(manager, kept)
        return kept

    async def read_line(self, ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
        sheet, data = await self.sheet(dialog_manager), dialog_manager.dialog_data
        return line_data(
            sheet,
            sheet.line(here(dialog_manager)),
            several_units=len(ctx.actor.units_where(Right.SUBMIT)) > 1,
            editing=data.get(EDITING, False),
            typed=data.get(TYPED, ""),
            values=read_as(dialog_manager),
            instead=data.get(INSTEAD),
        )

    async def read_sheet(self, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
        sheet = await self.sheet(dialog_manager)
        dialog_manager.dialog_data[SEEN] = sheet.draft.revision
        pages: Any = dialog_manager.find("page")
        return sheet_data(sheet, page=await pages.get_page(), kept=await self.kept(dialog_manager))

    async def kept(self, manager: DialogManager) -> Sequence[KeptPaper]:
        """Return the photos of the signed paper that are kept with the form."""
        return await read_kept(manager) if self.papers is not None else ()

    async def ask(self, manager: DialogManager, line: Question | None) -> None:
        """Ask for this line; after the last one, go on."""
        manager.dialog_data.pop(INSTEAD, None)
        if line is None:
            await manager.switch_to(self.summary if (await self.sheet(manager)).is_back else self.after_last)
        else:
            manager.dialog_data[INDICATOR] = line.indicator
            await manager.switch_to(self.question)

    async def enter(self, message: Message, _: MessageInput, manager: DialogManager) -> None:
        """An answer to the open question, or to the earlier one that the message replies to; or a whole table."""
        if await self.takes_table(message, manager, answers=here(manager)):
            return
        indicator = answered_line(message, manager, here(manager))
        await self._take(manager, message, indicator)

    async def change(self, message: Message, _: MessageInput, manager: DialogManager) -> None:
        """An answer sent before has been edited."""
        if await self.takes_table(message, manager):
            return
        await self._take(manager, message, edited_line(message, manager))

    async def takes_table(self, message: Message, manager: DialogManager, *, answers: str = "") -> bool:
        """Open the table of what a longer text says; return whether it names indicators of this form.

        A question stays a question; one figure by the name of the open line, `answers`, is its answer. Raises Refusal
        for several lines that name none.
        """
        text = message.text or ""
        if not may_be_pasted(text) or asks_something(text):
            return False
        forget_sheet(manager)
        ctx, duty_id = ctx_of(manager), duty_of(manager)
        if (value := only_figure(await read_pasted(ctx, duty_id, text), answers)) is not None:
            await self.settle(manager, self.choose(ctx, duty_id, indicator=answers, value=value))
            return True
        if await open_pasted(manager, duty_id, text, source=message.message_id):
            return True
        if len(text.splitlines()) > 1:
            raise Refusal("figures-unnamed", _UNNAMED)
        return False

    async def repeat_last(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        """Propose the last period's figures for the lines that are open."""
        forget_sheet(manager)
        proposal = await propose_last(ctx_of(manager), duty_of(manager))
        await open_proposal(manager, duty_of(manager), proposal, from_last=True)

    async def _take(self, manager: DialogManager, message: Message, indicator: str) -> None:
        before = dict(manager.dialog_data)
        remember_line(message, manager, open_line=here(manager), answered=indicator)
        manager.dialog_data[INDICATOR], manager.dialog_data[TYPED] = indicator, message.text or ""
        answering = self.answer(
            ctx_of(manager),
            duty_of(manager),
            indicator=indicator,
            text=message.text or "",
            is_edit=message.edit_date is not None,
        )
        await self.settle(manager, answering, otherwise=before)

    async def is_handed_in(self, manager: DialogManager) -> bool:
        """Whether a colleague has handed it in meanwhile; then the receipt is shown."""
        handed_in = await read_handed_in(ctx_of(manager), duty_of(manager))
        if handed_in is None:
            return False
        await self._show_handed_in(manager, handed_in)
        return True

    async def _show_handed_in(self, manager: DialogManager, handed_in: HandedIn) -> None:
        set_notice(manager, _HANDED_IN.format(title=handed_in.title, receipt=handed_in.code))
        await manager.switch_to(self.summary)

    async def reply(self, message: Message, widget: MessageInput, manager: DialogManager) -> None:
        """Yes or no in words to «Đổi 60 thành 65?»; else another figure."""
        match read_reply(message.text or ""):
            case True:
                await self._replace(manager)
            case False:
                await self._keep(manager)
            case None:
                await self.enter(message, widget, manager)

    async def reply_readings(self, message: Message, widget: MessageInput, manager: DialogManager) -> None:
        """«Không» to two readings is neither of them."""
        if read_reply(message.text or "") is False:
            await manager.switch_to(self.question)
        else:
            await self.enter(message, widget, manager)

    async def replace(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await self._replace(manager)

    async def keep(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await self._keep(manager)

    async def _replace(self, manager: DialogManager) -> None:
        ctx, duty_id, indicator, values = ctx_of(manager), duty_of(manager), here(manager), read_as(manager)
        agreed = replacing(manager)
        if values:
            answering = self.choose(ctx, duty_id, indicator=indicator, value=values[0], replacing=agreed)
        else:
            reason = manager.dialog_data[REASON]
            answering = explain_missing(ctx, duty_id, indicator=indicator, reason=reason, replacing=agreed)
        await self.settle(manager, answering)

    async def _keep(self, manager: DialogManager) -> None:
        if not await self.is_handed_in(manager):
            await self.ask(manager, (await self.sheet(manager)).next_open(here(manager)))

    async def settle(
        self, manager: DialogManager, answering: Awaitable[Answer], *, otherwise: dict[str, Any] | None = None
    ) -> None:
        """Go on where the answer is taken, else ask it back.

        Where a colleague has handed it in meanwhile, the receipt is shown, and the dialog's data is `otherwise`.
        """
        forget_sheet(manager)
        try:
            answer = await answering
        except AlreadyHandedIn as refusal:
            if otherwise is not None:
                manager.current_context().dialog_data = otherwise
            await self._show_handed_in(manager, refusal.handed_in)
            return
        if answer.sheet is not None:
            keep_sheet(manager, answer.sheet)
        manager.dialog_data[VALUES] = [str(value) for value in answer.values]
        if answer.outcome is AnswerOutcome.REPLACES and answer.instead:
            old = None if answer.instead.value is None else str(answer.instead.value)
            manager.dialog_data[INSTEAD] = {"value": old, "name": answer.instead.name}
        if answer.outcome is AnswerOutcome.TAKEN:
            await self.advance(manager, instead=answer.instead)
        else:
            await manager.switch_to(self.asked_back[answer.outcome])

    async def advance(self, manager: DialogManager, *, instead: PreviousAnswer | None = None) -> None:
        sheet = await self.sheet(manager)
        set_notice(manager, render(self.taken, line=sheet.line(here(manager)), instead=instead))
        if manager.dialog_data.get(EDITING):
            await manager.switch_to(self.summary)
        else:
            await self.ask(manager, sheet.next_open(here(manager)))

    async def expect_figure(self, _: Message, __: MessageInput, manager: DialogManager) -> None:
        line = (await self.sheet(manager)).line(here(manager))
        raise Refusal(
            "figure-awaited",
            f"Bot đang chờ số cho «{line.name}». Nhập số, ví dụ {line.example}, hoặc bấm nút bên dưới.",
        )

    async def pick_reading(self, _: CallbackQuery, __: Any, manager: DialogManager, value: str) -> None:
        if Decimal(value) not in read_as(manager):
            raise Refusal("button-of-earlier-question", "Nút này thuộc câu trước. Anh/chị chọn trên màn hình hiện tại.")
        await self.settle(
            manager,
            self.choose(ctx_of(manager), duty_of(manager), indicator=here(manager), value=Decimal(value)),
        )

    async def skip(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        if not await self.is_handed_in(manager):
            await self.ask(manager, (await self.sheet(manager)).next_open(here(manager)))

    async def step_back(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        if not await self.is_handed_in(manager):
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
        await open_with_notice(manager, open_menu, KEPT)

    async def close(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await open_menu(manager)

    async def ask_correction(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await open_correction(manager, (await self.sheet(manager)).draft.submission_id or 0)

    async def take_back(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        sheet = await self.sheet(manager)
        forget_sheet(manager)
        await withdraw(ctx_of(manager), sheet.draft.submission_id or 0)
        last = sheet.duty.last_valid_day
        set_notice(manager, f"{_WITHDRAWN}, chậm nhất {deadline(last)}." if last else f"{_WITHDRAWN}.")

    async def send(self, _: CallbackQuery, __: Button, manager: DialogManager) -> None:
        forget_sheet(manager)
        receipt = await self.submit(ctx_of(manager), duty_of(manager), seen=manager.dialog_data[SEEN])
        await show_receipt(manager, self.receipt, receipt)
