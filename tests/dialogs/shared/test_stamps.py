"""A button acts once, on what was shown: pressed twice, at once or late."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Chat, InlineKeyboardMarkup, Message, User
from aiogram_dialog import Dialog
from aiogram_dialog.utils import remove_intent_id

from bot.clocks import StoppedClock
from dialogs.shared.stamps import SAME_TAP, SEPARATOR, remember_press
from dialogs.shared.unknown_input import HERE
from domain.errors import Refusal
from domain.roles import Role
from tests.dialogs.previews import manager_of, windows
from tests.support.stage import Phone, Stage
from tests.support.steps.filling import acting
from tests.support.steps.reviewing import report_in
from tests.support.steps.taps import drawn, tap_at_once, tap_twice
from usecases.reviews.queue import list_queue

NOW = datetime(2026, 5, 5, 8, tzinfo=UTC)
ANYBODY = User(id=1, is_bot=False, first_name="A")


@dataclass(frozen=True, slots=True)
class Press:
    """A button about to be pressed on its open screen."""

    dialog: Dialog
    state: State
    manager: Any
    data: str
    """What the button carries."""

    @property
    def only_leads(self) -> bool:
        window: Any = self.dialog.windows[self.state]
        return bool(window.keyboard.only_leads(self.carried))

    @property
    def carried(self) -> str:
        return self.data.rpartition(SEPARATOR)[0]

    async def says(self, words: str) -> bool:
        """Whether the press is refused in these words; else the button would act, had it the product around it."""
        return words in await refusal(self.dialog, self.state, self.manager, self.data)


async def every_button() -> AsyncIterator[Press]:
    for dialog, state in windows():
        async for manager, data in buttons_of(dialog, state):
            yield Press(dialog, state, manager, data)


async def buttons_of(dialog: Dialog, state: State) -> AsyncIterator[tuple[Any, str]]:
    markup = (await manager_of(dialog, state).show_raw()).reply_markup
    rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else []
    for data in [button.callback_data for row in rows for button in row if button.callback_data]:
        manager = manager_of(dialog, state)
        manager.middleware_data["clock"] = StoppedClock(NOW)
        await manager.show_raw()
        manager.current_stack().last_message_id = 1
        manager.middleware_data["ctx"] = SimpleNamespace(now=NOW)
        message = Message(message_id=1, date=NOW, chat=Chat(id=1, type="private"), reply_markup=markup)
        manager.press(CallbackQuery(id="1", from_user=ANYBODY, chat_instance="1", message=message, data=data))
        yield manager, remove_intent_id(data)[1]


async def refusal(dialog: Dialog, state: State, manager: Any, data: str) -> str:
    """Why the press was refused; empty where the button would have acted, had there been the product around it."""
    try:
        callback = manager.event.model_copy(update={"data": data})
        await dialog.windows[state].process_callback(callback, dialog, manager)
    except Refusal as error:
        return str(error)
    except Exception:
        return ""
    return ""


async def test_every_button_acts_on_the_screen_for_which_it_was_drawn() -> None:
    refused = [(press.state, press.data) async for press in every_button() if await press.says(HERE)]

    assert refused == []


async def test_no_button_acts_once_its_window_is_open_for_something_else() -> None:
    acted = []
    async for press in every_button():
        press.manager.dialog_data["_stamp"] = "another"
        if not await press.says(HERE):
            acted.append((press.state, press.data))

    assert acted == []


async def test_no_button_acts_again_under_the_finger_that_pressed_it() -> None:
    acted = []
    async for press in every_button():
        remember_press(press.carried, press.manager)
        press.manager.middleware_data["ctx"] = SimpleNamespace(now=NOW + SAME_TAP / 2)
        if not press.only_leads and not await press.says(HERE):
            acted.append((press.state, press.data))

    assert acted == []


async def test_a_button_that_may_be_pressed_later_acts_then() -> None:
    refused = []
    async for press in every_button():
        remember_press(press.carried, press.manager)
        press.manager.middleware_data["ctx"] = SimpleNamespace(now=NOW + SAME_TAP)
        if await press.says(HERE):
            refused.append((press.state, press.data))

    assert refused == []


async def reviewed(stage: Stage) -> Phone:
    """Somebody of the standing body, before whom the reports of two wards lie."""
    clerk = await stage.phone("Chuyên viên Sở Nội vụ", unit="tinh-mau", role=Role.STANDING_BODY)
    for unit in ("phuong-1", "phuong-2"):
        ward = await stage.phone(f"Cán bộ {unit}", unit=unit)
        await report_in(stage, ward.id)
    await clerk.send("/duyet")
    await clerk.press("Phường 1 · Báo cáo 6 tháng 2026")
    return clerk


async def waiting(stage: Stage, clerk: Phone) -> list[str]:
    async with acting(stage, clerk.id) as ctx:
        return [row.unit_name for row in (await list_queue(ctx)).mine]


@pytest.mark.parametrize("tap", [tap_twice, tap_at_once])
async def test_two_taps_on_accept_take_in_one_unit(stage: Stage, tap: Any) -> None:
    clerk = await reviewed(stage)

    await tap(clerk, "Tiếp nhận")

    assert await waiting(stage, clerk) == ["Phường 2"]
    assert "Đã tiếp nhận: Phường 1" in await clerk.screen()


@pytest.mark.parametrize("tap", [tap_twice, tap_at_once])
async def test_two_taps_on_later_skip_one_question(stage: Stage, tap: Any) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")

    alerts = await tap(officer, "Điền sau")

    assert "· 2/15" in await officer.screen()
    assert HERE in alerts[1]


async def test_a_late_press_on_accept_says_what_became_of_the_first(stage: Stage) -> None:
    clerk = await reviewed(stage)
    first = await drawn(clerk)
    await clerk.press("Tiếp nhận")

    alert = await first.press("Tiếp nhận")

    assert alert == f"✅ Đã tiếp nhận: Phường 1, Báo cáo 6 tháng 2026. {HERE}"
    assert await waiting(stage, clerk) == ["Phường 2"]


async def test_what_was_drawn_for_one_question_does_not_answer_the_next(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    first = await drawn(officer)
    await officer.send("12")

    alert = await first.press("Điền sau")

    assert alert is not None
    assert alert.startswith("✓ Thu ngân sách")
    assert "· 2/15" in await officer.screen()


async def test_later_may_be_pressed_for_one_question_after_the_other(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")

    await officer.press("Điền sau")
    screen = await officer.press("Điền sau")

    assert "· 3/15" in screen


async def test_several_campaigns_are_picked_as_fast_as_a_finger_can(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Giao ước")
    drawing = await drawn(officer)
    markup = drawing.message.reply_markup
    assert markup is not None
    labels = [button.text for row in markup.inline_keyboard[:2] for button in row]

    for label in labels:
        assert await drawing.press(label) is None

    assert sum(label.startswith("✓") for label in await officer.buttons()) == 2
