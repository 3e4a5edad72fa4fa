"""The lists of commands that the messenger offers: for private chats, for the standing body, for groups."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.exceptions import AiogramError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    Message,
    TelegramObject,
)

from domain.roles import Right
from usecases.context import Context

logger = logging.getLogger(__name__)

PRIVATE_COMMANDS = {
    "menu": "Trang chính",
    "viec": "Việc của tôi, gấp nhất trước",
    "han": "Lịch hạn trong năm",
    "giahan": "Xin gia hạn; đơn đang chờ (cơ quan thường trực)",
    "tinhhinh": "Tình hình nộp (lãnh đạo, cơ quan thường trực)",
    "homnay": "Việc chờ hôm nay (cơ quan thường trực, cụm trưởng)",
    "duyet": "Bài chờ duyệt (cơ quan thường trực, cụm trưởng)",
    "nghi": "Lịch nghỉ, người nhận việc thay",
    "khonglienlac": "Đơn vị không liên lạc được (lãnh đạo, cơ quan thường trực)",
    "doiso": "Đổi số điện thoại",
    "bienlai": "Biên nhận của đơn vị, kiểm tra theo mã",
    "dulieucuatoi": "Dữ liệu của tôi: xem, sửa, xóa, rút lại đồng ý",
    "goiai": "Số điện thoại của cơ quan thường trực",
    "trogiup": "Trợ giúp",
    "huy": "Dừng việc đang làm, giữ những gì đã nhập",
}
STANDING_BODY_COMMANDS = {
    "quantri": "Quản trị: đơn vị, cán bộ, giấy mời",
    "datngay": "Đặt hạn mà kế hoạch để trống",
}
"""Offered to those alone who may use them."""
GROUP_COMMANDS = {
    "tiendo": "Tiến độ nộp của cụm",
    "ganketcum": "Gắn nhóm này với cụm (cụm trưởng, cơ quan thường trực)",
}


async def set_command_menus(bot: Bot) -> None:
    await bot.set_my_commands(_listed(PRIVATE_COMMANDS), scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(_listed(GROUP_COMMANDS), scope=BotCommandScopeAllGroupChats())


class OwnMenus(BaseMiddleware):
    """Shows those of the standing body a longer list, from the first command they give, and takes it back."""

    def __init__(self) -> None:
        self._shown: set[int] = set()

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        answer = await handler(event, data)
        if isinstance(event, Message):
            await self._show(data["ctx"], data["bot"], event.chat.id)
        return answer

    async def _show(self, ctx: Context, bot: Bot, chat_id: int) -> None:
        appoints = bool(ctx.actor.units_where(Right.APPOINT))
        if appoints == (chat_id in self._shown):
            return
        scope = BotCommandScopeChat(chat_id=chat_id)
        try:
            if appoints:
                await bot.set_my_commands(_listed(PRIVATE_COMMANDS | STANDING_BODY_COMMANDS), scope=scope)
                self._shown.add(chat_id)
            else:
                await bot.delete_my_commands(scope=scope)
                self._shown.discard(chat_id)
        except AiogramError as error:
            # The command itself has been answered; the list is set at the next one.
            logger.warning("the list of commands of a chat could not be set: %r", error)


def _listed(commands: dict[str, str]) -> list[BotCommand]:
    return [BotCommand(command=name, description=description) for name, description in commands.items()]
