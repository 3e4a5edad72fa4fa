"""A plan's document is sent; the duties read from it are kept, dropped or taken back, one by one or from a list."""

from datetime import date
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.personal import open_menu
from dialogs.links.plan_texts import open_duty_edits, open_plan_head, open_proposed
from dialogs.plan_texts.reading import read_sent_plan
from dialogs.plan_texts.samples import DRAFT, DUTY, SENTENCE
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, open_with_notice, set_notice
from dialogs.shared.sent_files import Sent, read_sent
from dialogs.states import PlanTextsSG
from domain.errors import Refusal
from domain.plan_texts.drafting.compiling import next_day_of
from domain.plan_texts.drafting.drafts import DutyMark, PlanDraft, ProposedDuty
from domain.plan_texts.drafting.periods import period_words
from domain.plan_texts.readings import WHY_NOT_NAMES, NotDeadline, WhyNot
from domain.plans.deadlines import DutyKind
from domain.typed_input.listing import shortened
from templates.filters import day as day_words
from usecases.context import Context
from usecases.plan_texts.duties import (
    DutyKey,
    begin_draft,
    discard_draft,
    find_draft,
    mark_proposed,
    next_open,
    propose_sentence,
    read_draft,
    read_proposed,
)

NUMBER, REVISION, FILE, SENTENCE_KEY = "number", "revision", "file", "sentence"
"""The duty on the screen as it was shown, the file that waits for a yes, and the sentence on the screen."""
MARKS = {DutyMark.OPEN: "⏳", DutyMark.KEPT: "✅", DutyMark.DROPPED: "⛔"}
_ROWS = 4
_LONGEST_LABEL = 34
"""Letters of a button that fit on a small phone."""
_AWAITED = "Bot đang chờ văn bản kế hoạch: tệp .docx, .pdf hoặc .txt. Anh/chị gửi tệp, hoặc bấm nút bên dưới."


async def read_door(ctx: Context, **_: Any) -> dict[str, Any]:
    draft = await find_draft(ctx)
    return {"draft": draft, "is_begun": draft is not None} | (_counts(draft) if draft else {"open": 0})


async def read_list(ctx: Context, **_: Any) -> dict[str, Any]:
    draft = await read_draft(ctx)
    doors = [(duty.number, _label(duty, next_day_of(duty, draft.header, today=ctx.today))) for duty in draft.duties]
    return {"draft": draft, "doors": doors} | _counts(draft)


async def read_duty(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    view = await read_proposed(ctx, _number(dialog_manager))
    dialog_manager.dialog_data.update({NUMBER: view.duty.number, REVISION: view.duty.revision})
    duty = view.duty
    return {
        "view": view,
        "period": period_words(duty.rule.owes) if duty.rule.kind in (DutyKind.REPORT, DutyKind.PLEDGE) else "",
        "is_open": duty.mark is DutyMark.OPEN,
        "is_dropped": duty.mark is DutyMark.DROPPED,
        "can_drop": duty.mark is not DutyMark.DROPPED,
        "has_before": view.place > 1,
        "has_after": view.place < view.count,
    }


async def read_sentences(ctx: Context, **_: Any) -> dict[str, Any]:
    draft = await read_draft(ctx)
    labels = [shortened(one.quote, _LONGEST_LABEL) for one in draft.others]
    return {"draft": draft, "doors": list(enumerate(labels))}


async def read_sentence(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    sentence = _sentence(dialog_manager)
    return {"quote": sentence.quote, "why": WHY_NOT_NAMES[sentence.why]}


def _counts(draft: PlanDraft) -> dict[str, int]:
    return {
        name: len(draft.marked(mark))
        for name, mark in (("open", DutyMark.OPEN), ("kept", DutyMark.KEPT), ("dropped", DutyMark.DROPPED))
    }


def _label(duty: ProposedDuty, last_valid_day: date | None) -> str:
    day = f"{day_words(last_valid_day)} · " if last_valid_day else ""
    return f"{MARKS[duty.mark]} {shortened(f'{day}{duty.rule.title}', _LONGEST_LABEL)}"


def _number(manager: DialogManager) -> int:
    started = manager.start_data if isinstance(manager.start_data, dict) else {}
    return int(manager.dialog_data.get(NUMBER) or started.get(NUMBER, 0))


def _shown(manager: DialogManager) -> DutyKey:
    return DutyKey(_number(manager), int(manager.dialog_data.get(REVISION, 0)))


def _sentence(manager: DialogManager) -> NotDeadline:
    quote, why, line = manager.dialog_data[SENTENCE_KEY]
    return NotDeadline(quote, WhyNot(why), line)


async def take(message: Message, _: MessageInput, manager: DialogManager) -> None:
    sent = read_sent(message, manager)
    draft = await find_draft(ctx_of(manager))
    if draft is not None and len(draft.marked(DutyMark.OPEN)) < len(draft.duties):
        manager.dialog_data[FILE] = sent.kept()
        await manager.switch_to(PlanTextsSG.replace)
        return
    await _read(sent, manager)


async def replace_draft(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _read(Sent.of(manager.dialog_data[FILE]), manager)


async def _read(sent: Sent, manager: DialogManager) -> None:
    draft = await begin_draft(ctx_of(manager), await read_sent_plan(sent, manager), file=sent.name)
    found = f"✅ Đã đọc: {len(draft.duties)} hạn, {len(draft.others)} câu có ngày mà không phải hạn."
    set_notice(manager, found)
    await manager.switch_to(PlanTextsSG.list)


async def expect_file(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("file-awaited", _AWAITED)


async def discard(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await discard_draft(ctx_of(manager))
    set_notice(manager, "✅ Đã bỏ bản đang xem dở.")


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, number: int) -> None:
    manager.dialog_data[NUMBER] = number
    await manager.switch_to(PlanTextsSG.duty)


async def begin(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _go_on(manager, next_open(await read_draft(ctx_of(manager))))


async def keep(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _go_on(manager, await mark_proposed(ctx_of(manager), _shown(manager), DutyMark.KEPT))


async def drop(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _go_on(manager, await mark_proposed(ctx_of(manager), _shown(manager), DutyMark.DROPPED))


async def restore(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await mark_proposed(ctx_of(manager), _shown(manager), DutyMark.OPEN)


async def _go_on(manager: DialogManager, waiting: ProposedDuty | None) -> None:
    """Show the next duty that is not decided, or the list if there is none."""
    if waiting is not None:
        manager.dialog_data[NUMBER] = waiting.number
    await manager.switch_to(PlanTextsSG.list if waiting is None else PlanTextsSG.duty)


async def edit(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_duty_edits(manager, _number(manager))


async def turn_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _turn(manager, -1)


async def turn_on(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _turn(manager, 1)


async def _turn(manager: DialogManager, step: int) -> None:
    numbers = [duty.number for duty in (await read_draft(ctx_of(manager))).duties]
    place = numbers.index(_number(manager)) + step
    manager.dialog_data[NUMBER] = numbers[min(max(place, 0), len(numbers) - 1)]


async def pick_sentence(_: CallbackQuery, __: Any, manager: DialogManager, place: int) -> None:
    others = (await read_draft(ctx_of(manager))).others
    if place < len(others):
        manager.dialog_data[SENTENCE_KEY] = [others[place].quote, others[place].why, others[place].line]
        await manager.switch_to(PlanTextsSG.sentence)


async def propose(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    number = await propose_sentence(ctx_of(manager), _sentence(manager))

    async def door(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
        await open_proposed(manager, number, show_mode=show_mode)

    await open_with_notice(manager, door, "✅ Đã thêm thành việc. Anh/chị bấm «Sửa» để ghi ai làm và ngày.")


async def show_head(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_plan_head(manager)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


_TALLY = {"open": 2, "kept": 8, "dropped": 2}


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("plan_texts/send"),
            MessageInput(take, content_types=ContentType.DOCUMENT),
            MessageInput(expect_file),
            Column(
                SwitchTo(Const("Xem tiếp bản đang dở"), id="to_list", state=PlanTextsSG.list, when="is_begun"),
                Button(Const("Bỏ bản đang dở"), id="discard", on_click=discard, when="is_begun"),
                Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            ),
            state=PlanTextsSG.send,
            getter=read_door,
            preview_data={"draft": DRAFT, "is_begun": True} | _TALLY,
        ),
        Window(
            Screen("plan_texts/replace"),
            Column(
                Button(Const("Đọc tệp mới"), id="replace", on_click=replace_draft),
                SwitchTo(Const("‹ Giữ bản cũ"), id="to_send", state=PlanTextsSG.send),
            ),
            state=PlanTextsSG.replace,
            getter=read_door,
            preview_data={"draft": DRAFT} | _TALLY,
        ),
        Window(
            Screen("plan_texts/list"),
            *paged(choices("duty", items="doors", on_click=pick, kind=int), name="duties", rows=_ROWS),
            Button(Const("Xem hạn tiếp theo"), id="begin", on_click=begin, when="open"),
            Row(
                SwitchTo(Const("Không phải hạn"), id="others", state=PlanTextsSG.sentences),
                Button(Const("Nạp kế hoạch…"), id="head", on_click=show_head),
            ),
            SwitchTo(Const("‹ Quay lại"), id="to_send", state=PlanTextsSG.send),
            state=PlanTextsSG.list,
            getter=read_list,
            preview_data={
                "draft": DRAFT,
                "doors": [(duty.number, _label(duty, DUTY.next_day)) for duty in DRAFT.duties],
            }
            | _TALLY,
        ),
        Window(
            Screen("plan_texts/duty"),
            Row(
                Button(Const("Đúng"), id="keep", on_click=keep, when="is_open"),
                Button(Const("Lấy lại"), id="restore", on_click=restore, when="is_dropped"),
                Button(Const("Sửa"), id="edit", on_click=edit),
                Button(Const("Bỏ"), id="drop", on_click=drop, when="can_drop"),
            ),
            Row(
                Button(Const("‹ Trước"), id="before", on_click=turn_back, when="has_before"),
                Button(Const("Sau ›"), id="after", on_click=turn_on, when="has_after"),
            ),
            SwitchTo(Const("‹ Danh sách"), id="to_list", state=PlanTextsSG.list),
            state=PlanTextsSG.duty,
            getter=read_duty,
            preview_data={
                "view": DUTY,
                "period": "6 tháng đầu năm",
                "is_open": True,
                "is_dropped": False,
                "can_drop": True,
                "has_before": True,
                "has_after": True,
            },
        ),
        Window(
            Screen("plan_texts/sentences"),
            *paged(choices("sentence", items="doors", on_click=pick_sentence, kind=int), name="sentences"),
            SwitchTo(Const("‹ Danh sách"), id="to_list", state=PlanTextsSG.list),
            state=PlanTextsSG.sentences,
            getter=read_sentences,
            preview_data={
                "draft": DRAFT,
                "doors": [(place, shortened(one.quote, _LONGEST_LABEL)) for place, one in enumerate(DRAFT.others)],
            },
        ),
        Window(
            Screen("plan_texts/sentence"),
            Column(
                Button(Const("Thêm thành việc"), id="propose", on_click=propose),
                SwitchTo(Const("‹ Quay lại"), id="to_sentences", state=PlanTextsSG.sentences),
            ),
            state=PlanTextsSG.sentence,
            getter=read_sentence,
            preview_data={"quote": SENTENCE.quote, "why": WHY_NOT_NAMES[SENTENCE.why]},
        ),
    )
