"""Lists of commands that the messenger offers: in private chats, for the standing body, in groups."""

import logging
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.enums import ChatType
from aiogram.exceptions import AiogramError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    CallbackQuery,
    Message,
    TelegramObject,
)

from domain.roles import Actor, Right
from usecases.clusters.heads import list_headed
from usecases.context import Context
from usecases.reviews.queue import reviews_anything

logger = logging.getLogger(__name__)

PRIVATE_COMMANDS = {
    "menu": "Trang chính",
    "viec": "Việc của tôi, gấp nhất trước",
    "han": "Lịch hạn trong năm",
    "giahan": "Xin gia hạn; đơn đang chờ (cơ quan thường trực)",
    "tinhhinh": "Tình hình nộp (lãnh đạo, cơ quan thường trực)",
    "tonghop": "Tổng hợp số liệu đã nộp (lãnh đạo, cơ quan thường trực)",
    "homnay": "Việc chờ hôm nay (cơ quan thường trực, cụm trưởng)",
    "cum": "Cụm của tôi: còn ai chưa nộp, nhắc, gọi điện (cụm trưởng)",
    "duyet": "Báo cáo, hồ sơ chờ duyệt",
    "nghi": "Lịch nghỉ, người nhận việc thay",
    "khonglienlac": "Đơn vị không liên lạc được (lãnh đạo, cơ quan thường trực)",
    "doiso": "Đổi số điện thoại",
    "bienlai": "Biên nhận của đơn vị, kiểm tra theo mã",
    "dulieucuatoi": "Dữ liệu của tôi: xem, sửa, xóa, rút lại đồng ý",
    "goiai": "Số điện thoại của cơ quan thường trực",
    "trogiup": "Trợ giúp",
    "huy": "Dừng việc đang làm, giữ số liệu, tệp đã nhập",
}
GUEST_COMMANDS = {
    "menu": "Vào bot: mã mời, giới thiệu",
    "goiai": PRIVATE_COMMANDS["goiai"],
}
"""Commands that do something for people who have not joined."""
STANDING_BODY_COMMANDS = {
    "thongbao": "Thông báo cho các đơn vị, ai đã đọc",
    "quantri": "Quản trị: đơn vị, cán bộ, giấy mời",
    "kehoach": "Kế hoạch đã nạp: ai phải nộp gì, tính từ ngày nào",
    "docvanban": "Đọc văn bản kế hoạch mới: xem từng hạn, nạp",
    "datngay": "Đặt hạn mà kế hoạch để trống",
    "kytruoc": "Nhập số liệu năm trước từ Excel",
    "yeucau": "Yêu cầu về dữ liệu cá nhân",
    "mauvanban": "Mẫu văn bản Word của cơ quan",
}
"""Commands offered only to people who may use them."""
GROUP_COMMANDS = {
    "tiendo": "Tiến độ nộp của cụm",
    "ganketcum": "Gắn nhóm này với cụm (cụm trưởng, cơ quan thường trực)",
    "nhacten": "Nhắc tên cán bộ khi đến hạn: bật, tắt (cụm trưởng, cơ quan thường trực)",
}


_SUBMITTING = frozenset({"viec", "han", "nghi"})
_REVIEWING = frozenset({"homnay", "duyet"})
_SEEING_STATUS = frozenset({"tinhhinh", "tonghop", "khonglienlac"})
_HEADING = frozenset({"cum"})
_RESTRICTED = frozenset({"giahan"}) | _SUBMITTING | _REVIEWING | _SEEING_STATUS | _HEADING


async def set_command_menus(bot: Bot) -> None:
    """Offer a guest's commands in every private chat; `OwnMenus` gives everybody else a list of their own."""
    await bot.set_my_commands(_listed(GUEST_COMMANDS), scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(_listed(GROUP_COMMANDS), scope=BotCommandScopeAllGroupChats())


class OwnMenus(BaseMiddleware):
    """Middleware that offers each person the commands they may use.

    The list follows with the first message or press after the person's posts, or the head of their cluster, change, and
    is read anew each day.
    """

    def __init__(self) -> None:
        self._day: date | None = None
        self._known: dict[int, Actor] = {}
        self._own: dict[int, dict[str, str]] = {}

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        answer = await handler(event, data)
        chat_id = _private_chat(event)
        if chat_id is not None:
            await self._show(data["ctx"], data["bot"], chat_id)
        return answer

    async def _show(self, ctx: Context, bot: Bot, chat_id: int) -> None:
        if ctx.today != self._day:
            self._day = ctx.today
            self._known.clear()
        is_known = ctx.actor.person_id is not None
        # Anybody may write; nothing is remembered of those who have no list of their own.
        if self._known.get(chat_id) == ctx.actor or not (is_known or chat_id in self._own):
            return
        commands = await commands_of(ctx)
        try:
            await self._set(bot, chat_id, commands, is_known=is_known)
        except AiogramError as error:
            # What was asked has been answered; the list is set at the next message.
            logger.warning("the list of commands of a chat could not be set: %r", error)
        else:
            self._known[chat_id] = ctx.actor

    async def _set(self, bot: Bot, chat_id: int, commands: dict[str, str], *, is_known: bool) -> None:
        scope = BotCommandScopeChat(chat_id=chat_id)
        if commands != GUEST_COMMANDS and commands != self._own.get(chat_id):
            await bot.set_my_commands(_listed(commands), scope=scope)
            self._own[chat_id] = commands
        elif commands == GUEST_COMMANDS and (is_known or chat_id in self._own):
            # Whoever held a post before this process began still has the list of that post.
            await bot.delete_my_commands(scope=scope)
            self._own.pop(chat_id, None)


def _private_chat(event: TelegramObject) -> int | None:
    message = event.message if isinstance(event, CallbackQuery) else event if isinstance(event, Message) else None
    return message.chat.id if message is not None and message.chat.type == ChatType.PRIVATE else None


async def commands_of(ctx: Context) -> dict[str, str]:
    """Return {command: description} of what the actor may use."""
    if ctx.actor.is_guest:
        return GUEST_COMMANDS
    submits, extends = (bool(ctx.actor.units_where(right)) for right in (Right.SUBMIT, Right.EXTEND))
    offered = {name for name in PRIVATE_COMMANDS if name not in _RESTRICTED}
    offered |= _SUBMITTING if submits else frozenset()
    offered |= {"giahan"} if submits or extends else frozenset()
    offered |= _SEEING_STATUS if ctx.actor.units_where(Right.SEE_STATUS) else frozenset()
    offered |= _REVIEWING if await reviews_anything(ctx) else frozenset()
    offered |= _HEADING if await list_headed(ctx) else frozenset()
    commands = {name: text for name, text in PRIVATE_COMMANDS.items() if name in offered}
    return commands | STANDING_BODY_COMMANDS if ctx.actor.units_where(Right.APPOINT) else commands


def _listed(commands: dict[str, str]) -> list[BotCommand]:
    return [BotCommand(command=name, description=description) for name, description in commands.items()]
