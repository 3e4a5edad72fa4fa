"""Lists of commands that the messenger offers: in private chats, for the standing body, in groups."""

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
from usecases.reviews.queue import reviews_anything

logger = logging.getLogger(__name__)

PRIVATE_COMMANDS = {
    "menu": "Trang chính",
    "viec": "Việc của tôi, gấp nhất trước",
    "han": "Lịch hạn trong năm",
    "giahan": "Xin gia hạn; đơn đang chờ (cơ quan thường trực)",
    "tinhhinh": "Tình hình nộp (lãnh đạo, cơ quan thường trực)",
    "homnay": "Việc chờ hôm nay (cơ quan thường trực, cụm trưởng)",
    "duyet": "Báo cáo, hồ sơ chờ duyệt",
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
    "kehoach": "Kế hoạch đã nạp: ai phải nộp gì, tính từ ngày nào",
    "datngay": "Đặt hạn mà kế hoạch để trống",
}
"""Commands offered only to people who may use them."""
GROUP_COMMANDS = {
    "tiendo": "Tiến độ nộp của cụm",
    "ganketcum": "Gắn nhóm này với cụm (cụm trưởng, cơ quan thường trực)",
}


_SUBMITTING = frozenset({"viec"})
_REVIEWING = frozenset({"homnay", "duyet"})
_SEEING_STATUS = frozenset({"tinhhinh", "khonglienlac"})
_RESTRICTED = frozenset({"giahan"}) | _SUBMITTING | _REVIEWING | _SEEING_STATUS


async def set_command_menus(bot: Bot) -> None:
    """Offer an officer's commands in every private chat; `OwnMenus` gives other people a list of their own."""
    await bot.set_my_commands(_listed(_OFFICERS), scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(_listed(GROUP_COMMANDS), scope=BotCommandScopeAllGroupChats())


_OFFICERS = {name: text for name, text in PRIVATE_COMMANDS.items() if name not in _REVIEWING | _SEEING_STATUS}


class OwnMenus(BaseMiddleware):
    """Middleware that offers each person the commands they may use, from the first command after their posts change."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, ...]] = {}
        self._own: set[int] = set()

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
        posts = tuple(ctx.actor.posts)
        if self._known.get(chat_id) == posts:
            return
        commands = await _commands_of(ctx)
        scope = BotCommandScopeChat(chat_id=chat_id)
        try:
            if commands != _OFFICERS:
                await bot.set_my_commands(_listed(commands), scope=scope)
                self._own.add(chat_id)
            elif chat_id in self._own:
                await bot.delete_my_commands(scope=scope)
                self._own.discard(chat_id)
            self._known[chat_id] = posts
        except AiogramError as error:
            # The command itself has been answered; the list is set at the next one.
            logger.warning("the list of commands of a chat could not be set: %r", error)


async def _commands_of(ctx: Context) -> dict[str, str]:
    """Return {command: description} of what the actor may use; a guest gets the officers' list."""
    if ctx.actor.is_guest:
        return _OFFICERS
    submits, extends = (bool(ctx.actor.units_where(right)) for right in (Right.SUBMIT, Right.EXTEND))
    offered = {name for name in PRIVATE_COMMANDS if name not in _RESTRICTED}
    offered |= _SUBMITTING if submits else frozenset()
    offered |= {"giahan"} if submits or extends else frozenset()
    offered |= _SEEING_STATUS if ctx.actor.units_where(Right.SEE_STATUS) else frozenset()
    offered |= _REVIEWING if await reviews_anything(ctx) else frozenset()
    commands = {name: text for name, text in PRIVATE_COMMANDS.items() if name in offered}
    return commands | STANDING_BODY_COMMANDS if ctx.actor.units_where(Right.APPOINT) else commands


def _listed(commands: dict[str, str]) -> list[BotCommand]:
    return [BotCommand(command=name, description=description) for name, description in commands.items()]
