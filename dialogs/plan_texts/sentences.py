"""Sentences with a day that was read as no deadline: each can be looked at, and made a duty."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.plan_texts import open_proposals, open_proposed
from dialogs.plan_texts.samples import DRAFT, SENTENCE
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, open_with_notice
from dialogs.states import PlanTextSentencesSG
from domain.plan_texts.drafting.drafts import PlanDraft
from domain.plan_texts.readings import WHY_NOT_NAMES, NotDeadline, WhyNot
from domain.typed_input.listing import shortened
from usecases.context import Context
from usecases.plan_texts.duties import propose_sentence, read_draft

SHOWN = "sentence"
"""The sentence on the screen: quote, reason and line."""
_LONGEST_LABEL = 34
"""Letters of a button that fit on a small phone."""


async def read_sentences(ctx: Context, **_: Any) -> dict[str, Any]:
    draft = await read_draft(ctx)
    return {"draft": draft, "doors": _doors(draft)}


async def read_sentence(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    sentence = _sentence(dialog_manager)
    return {"quote": sentence.quote, "why": WHY_NOT_NAMES[sentence.why]}


def _doors(draft: PlanDraft) -> list[tuple[int, str]]:
    return [(place, shortened(one.quote, _LONGEST_LABEL)) for place, one in enumerate(draft.others)]


def _sentence(manager: DialogManager) -> NotDeadline:
    quote, why, line = manager.dialog_data[SHOWN]
    return NotDeadline(quote, WhyNot(why), line)


async def pick_sentence(_: CallbackQuery, __: Any, manager: DialogManager, place: int) -> None:
    others = (await read_draft(ctx_of(manager))).others
    if place < len(others):
        manager.dialog_data[SHOWN] = [others[place].quote, others[place].why, others[place].line]
        await manager.switch_to(PlanTextSentencesSG.sentence)


async def propose(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    number = await propose_sentence(ctx_of(manager), _sentence(manager))

    async def door(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
        await open_proposed(manager, number, show_mode=show_mode)

    await open_with_notice(manager, door, "✅ Đã thêm thành việc. Anh/chị bấm «Sửa» để ghi ai làm và ngày.")


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_proposals(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("plan_texts/sentences"),
            *paged(choices("sentence", items="doors", on_click=pick_sentence, kind=int), name="sentences"),
            Button(Const("‹ Danh sách"), id="leave", on_click=leave),
            state=PlanTextSentencesSG.list,
            getter=read_sentences,
            preview_data={"draft": DRAFT, "doors": _doors(DRAFT)},
        ),
        Window(
            Screen("plan_texts/sentence"),
            Column(
                Button(Const("Thêm thành việc"), id="propose", on_click=propose),
                SwitchTo(Const("‹ Quay lại"), id="to_list", state=PlanTextSentencesSG.list),
            ),
            state=PlanTextSentencesSG.sentence,
            getter=read_sentence,
            preview_data={"quote": SENTENCE.quote, "why": WHY_NOT_NAMES[SENTENCE.why]},
        ),
    )
