"""What a stranger sees: whose bot this is, and how to join."""

from typing import Any

from aiogram_dialog import Dialog, Window
from aiogram_dialog.widgets.kbd import SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.screens import Screen
from dialogs.states import WelcomeSG
from usecases.context import Context
from usecases.people import HouseView, read_house

SAMPLE = {"house": HouseView(authority_name="UBND xã Mẫu", office="Phòng Văn hóa - Xã hội")}


async def read_welcome(ctx: Context, **_: Any) -> dict[str, Any]:
    return {"house": await read_house(ctx)}


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("welcome/guest"),
            SwitchTo(Const("Bot này làm gì?"), id="about", state=WelcomeSG.about),
            state=WelcomeSG.guest,
            getter=read_welcome,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("welcome/about"),
            SwitchTo(Const("‹ Quay lại"), id="back", state=WelcomeSG.guest),
            state=WelcomeSG.about,
            getter=read_welcome,
            preview_data=SAMPLE,
        ),
    )
