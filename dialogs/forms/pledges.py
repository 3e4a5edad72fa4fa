"""The pledge: campaigns to join, a target for every indicator, titles to strive for, then everything at a glance."""

from decimal import Decimal
from typing import Any, cast

from aiogram import F
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Keyboard, Row, Select, SwitchTo
from aiogram_dialog.widgets.kbd.select import OnItemClick
from aiogram_dialog.widgets.text import Case, Const, Format

from dialogs.forms.answer_data import EDITING, duty_of, forget_sheet, keep_sheet, line_data, sheet_data
from dialogs.forms.form_windows import (
    edit_window,
    question_window,
    replace_window,
    summary_window,
    two_readings_window,
)
from dialogs.forms.interview import Interview
from dialogs.forms.kept_papers import papers_window
from dialogs.forms.late_reasons import late_window
from dialogs.forms.receipt import receipt_window
from dialogs.links.figures import AT_SUMMARY
from dialogs.shared.paging import Toggles, paged
from dialogs.shared.samples import PLEDGE_DUTY
from dialogs.shared.screen import Screen, ctx_of
from dialogs.states import PledgesSG
from domain.submissions.pledges import ChoiceKind
from domain.submissions.submissions import State as Stage
from usecases.dossiers.kept_papers import KeptPaper
from usecases.submissions.drafts import DraftView
from usecases.submissions.form import AnswerOutcome
from usecases.submissions.pledges import (
    ChoiceView,
    PledgeView,
    TargetView,
    pledge_answer,
    pledge_value,
    read_pledge,
    submit_pledge,
    toggle_choice,
)

PLEDGE = Interview(
    read=read_pledge,
    answer=pledge_answer,
    choose=pledge_value,
    submit=submit_pledge,
    question=PledgesSG.question,
    asked_back={AnswerOutcome.TWO_READINGS: PledgesSG.two_readings, AnswerOutcome.REPLACES: PledgesSG.replace},
    after_last=PledgesSG.titles,
    summary=PledgesSG.summary,
    edit=PledgesSG.edit,
    receipt=PledgesSG.receipt,
    papers=PledgesSG.papers,
    late=PledgesSG.late,
    taken="submissions/pledges/taken",
)


def _sample_line(number: int) -> TargetView:
    return TargetView(
        number=number,
        indicator=f"bhyt-{number}",
        name="Tỷ lệ bao phủ bảo hiểm y tế",
        uom="%",
        example="93,4",
        is_answered=True,
        target=Decimal(95),
        previous=Decimal("92.8"),
    )


_OFFERS = tuple(ChoiceView(f"phong-trao-{n}", f"Chung sức xây dựng nông thôn mới {n}", n < 3) for n in range(1, 9))
SAMPLE = PledgeView(
    duty=PLEDGE_DUTY,
    draft=DraftView(1, revision=15, state=Stage.DRAFT, changed_by=None, changed_at=None, receipt=None),
    lines=tuple(_sample_line(number) for number in range(1, 16)),
    campaigns=_OFFERS,
    titles=_OFFERS,
)
SAMPLE_PAPERS = sheet_data(SAMPLE, kept=(KeptPaper("giay-kem#1", "Bản giấy kèm theo 1", "Ảnh.jpg"),))
SAMPLE_LINE = line_data(SAMPLE, SAMPLE.lines[3], typed="12,500", values=(Decimal("12.5"), Decimal(12500)))
SAMPLE_CHOICES = {"sheet": SAMPLE, "campaigns": _OFFERS, "titles": _OFFERS}


CHOICE = Case({True: Format("✓ {item.name}"), False: Format("{item.name}")}, selector=F["item"].chosen)


async def begin(start_data: Any, manager: DialogManager) -> None:
    """Where the unit left off; the summary once all is there, or if the pledge is opened at it."""
    if AT_SUMMARY in start_data:
        return
    pledge = cast(PledgeView, await PLEDGE.sheet(manager))
    if pledge.is_back:
        await _go_to_returned(manager, pledge)
    elif pledge.draft.is_open and not pledge.joins:
        await manager.switch_to(PledgesSG.campaigns)
    elif pledge.draft.is_open and not (pledge.is_complete and pledge.strives_for):
        await PLEDGE.ask(manager, pledge.first_open)


async def _go_to_returned(manager: DialogManager, pledge: PledgeView) -> None:
    windows = {ChoiceKind.CAMPAIGN.value: PledgesSG.campaigns, ChoiceKind.TITLE.value: PledgesSG.titles}
    waiting = [windows[item.key] for item in pledge.choices_back if not item.is_corrected]
    manager.dialog_data[EDITING] = bool(waiting)
    if waiting:
        await manager.switch_to(waiting[0])
    else:
        await PLEDGE.ask(manager, pledge.first_open)


async def read_choices(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    pledge = cast(PledgeView, await PLEDGE.sheet(dialog_manager))
    return {"sheet": pledge, "campaigns": pledge.campaigns, "titles": pledge.titles}


async def toggle_campaign(_: CallbackQuery, __: Any, manager: DialogManager, code: str) -> None:
    await _toggle(manager, ChoiceKind.CAMPAIGN, code)


async def toggle_title(_: CallbackQuery, __: Any, manager: DialogManager, code: str) -> None:
    await _toggle(manager, ChoiceKind.TITLE, code)


async def _toggle(manager: DialogManager, kind: ChoiceKind, code: str) -> None:
    forget_sheet(manager)
    keep_sheet(manager, await toggle_choice(ctx_of(manager), duty_of(manager), kind=kind, code=code))


async def after_campaigns(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    if manager.dialog_data.get(EDITING):
        await manager.switch_to(PledgesSG.summary)
    else:
        await PLEDGE.ask(manager, (await PLEDGE.sheet(manager)).first_open)


def choices_window(
    subject: str,
    state: State,
    toggle: OnItemClick[Select[str], str],
    on: Keyboard,
) -> Window:
    """Any number of the plan's campaigns or titles; `on` leads to what comes next."""
    return Window(
        Screen(f"submissions/pledges/{subject}"),
        *paged(
            Toggles(
                CHOICE,
                id="pick",
                item_id_getter=lambda choice: choice.code,
                items=subject,
                on_click=toggle,
            ),
            name=subject,
        ),
        Row(on, Button(Const("Lưu, làm sau"), id="later", on_click=PLEDGE.leave)),
        state=state,
        getter=read_choices,
        preview_data=SAMPLE_CHOICES,
    )


def dialog() -> Dialog:
    return Dialog(
        choices_window(
            "campaigns",
            PledgesSG.campaigns,
            toggle_campaign,
            Button(Const("Tiếp ›"), id="on", on_click=after_campaigns),
        ),
        question_window(PLEDGE, "submissions/pledges/question", preview=SAMPLE_LINE),
        two_readings_window(PLEDGE, preview=SAMPLE_LINE),
        replace_window(PLEDGE, preview=SAMPLE_LINE),
        choices_window(
            "titles", PledgesSG.titles, toggle_title, SwitchTo(Const("Tiếp ›"), id="on", state=PledgesSG.summary)
        ),
        summary_window(
            PLEDGE,
            "submissions/pledges/summary",
            "Nộp giao ước",
            SwitchTo(Const("Phong trào"), id="campaigns", state=PledgesSG.campaigns, on_click=PLEDGE.correct),
            SwitchTo(Const("Danh hiệu"), id="titles", state=PledgesSG.titles),
            preview=sheet_data(SAMPLE),
        ),
        edit_window(PLEDGE, preview=sheet_data(SAMPLE)),
        late_window(PLEDGE, preview=SAMPLE_PAPERS),
        papers_window(PledgesSG.papers, summary=PledgesSG.summary, getter=PLEDGE.read_sheet, preview=SAMPLE_PAPERS),
        receipt_window(PledgesSG.receipt),
        on_start=begin,
    )
