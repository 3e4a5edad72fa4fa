"""The question into which open report or pledge the figures of a text go that was sent elsewhere."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column
from aiogram_dialog.widgets.text import Const

from dialogs.figures.texts import open_pasted
from dialogs.links.figures import PARTS, open_offer, open_proposal
from dialogs.links.personal import open_menu
from dialogs.shared.paging import choices
from dialogs.shared.samples import DUTY, PLEDGE_DUTY
from dialogs.shared.screen import Screen, ctx_of, start_id
from dialogs.states import FiguresSG, OwnPastSG, PledgesSG, ReportsSG
from domain.errors import Refusal
from domain.figures.pasting import asks_something, is_cut, may_be_pasted, recognised
from domain.figures.proposals import FigureProposal
from usecases.context import Context
from usecases.figures.offers import FigureOffer, find_offers
from usecases.figures.proposals import propose, read_parts

_MOST_PARTS = 8
_GONE = "Các việc này đã nộp hoặc không còn mở. Anh/chị gõ /viec để xem việc của mình."
SAMPLE_OFFERS = (FigureOffer(DUTY, 12), FigureOffer(PLEDGE_DUTY, 11))


async def offer_pasted(message: Message, manager: DialogManager) -> bool:
    """Offer to take the figures of a message into an open report or pledge; return whether it names several.

    Where the form is on the screen, its table is opened without asking; where figures of the last period are entered,
    nothing is offered.

    A question stays a question, and one figure the answer to the open screen.
    """
    text = message.text or ""
    group = manager.current_context().state.group if manager.has_context() else None
    if message.edit_date or not may_be_pasted(text) or asks_something(text) or group is OwnPastSG:
        return False
    if group in (ReportsSG, PledgesSG):
        duty_id = start_id(manager, "duty_id")
        if await open_pasted(manager, duty_id, text, source=message.message_id):
            return True
    if not await find_offers(ctx_of(manager), (text,)):
        return False
    await open_offer(manager, text, source=message.message_id)
    return True


async def add_text(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """Take a further part of a text that the messenger has cut in several.

    Raises Refusal for a text that is none, and for too many parts.
    """
    text = message.text or ""
    if not may_be_pasted(text) or asks_something(text):
        raise Refusal("duty-awaited", "Bot đang chờ anh/chị chọn nơi đưa số vào. Anh/chị bấm một nút bên dưới.")
    if len(_parts(manager)) == _MOST_PARTS:
        raise Refusal("parts-too-many", "Bảng này dài quá. Anh/chị chọn nơi đưa số vào trước, rồi gửi tiếp vào bảng.")
    manager.dialog_data[PARTS] = [*_parts(manager), [message.message_id, message.text or ""]]


def _parts(manager: DialogManager) -> list[list[Any]]:
    data = manager.start_data
    started = data.get(PARTS, []) if isinstance(data, dict) else []
    return [*manager.dialog_data.get(PARTS, started)]


def _texts(manager: DialogManager) -> tuple[str, ...]:
    return tuple(text for _, text in _parts(manager))


async def read_offers(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return offers_data(await find_offers(ctx, _texts(dialog_manager)))


def offers_data(offers: tuple[FigureOffer, ...]) -> dict[str, Any]:
    several_units = len({offer.duty.unit_id for offer in offers}) > 1
    return {
        "offers": offers,
        "duties": [
            (offer.duty.id, f"Đưa vào {offer.duty.title}{f' · {offer.duty.unit_name}' if several_units else ''}")
            for offer in offers
        ],
    }


async def choose(_: CallbackQuery, __: Any, manager: DialogManager, duty_id: int) -> None:
    texts, table = _texts(manager), FigureProposal()
    readings = await read_parts(ctx_of(manager), duty_id, texts)
    for (source, _text), reading in zip(_parts(manager), readings, strict=True):
        table = propose(reading, source=source, onto=table)
    if not any(recognised(reading) for reading in readings):
        raise Refusal("offer-gone", _GONE)
    await open_proposal(manager, duty_id, table, is_cut=is_cut(texts[-1]))


async def go_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await (manager.done() if len(manager.current_stack().intents) > 1 else open_menu(manager))


def offer_window() -> Window:
    return Window(
        Screen("figures/offer"),
        MessageInput(add_text, content_types=[ContentType.TEXT]),
        Column(choices("duty", items="duties", on_click=choose, kind=int)),
        Button(Const("‹ Quay lại"), id="back", on_click=go_back),
        state=FiguresSG.offer,
        getter=read_offers,
        preview_data=offers_data(SAMPLE_OFFERS),
    )
