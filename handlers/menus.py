"""The lists of commands that the messenger offers: one for private chats, one for groups."""

from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

PRIVATE_COMMANDS = {
    "menu": "Trang chính",
    "viec": "Việc của tôi, gấp nhất trước",
    "han": "Lịch hạn trong năm",
    "giahan": "Xin gia hạn; đơn đang chờ (cơ quan thường trực)",
    "tinhhinh": "Tình hình nộp (lãnh đạo, cơ quan thường trực)",
    "nghi": "Lịch nghỉ, người nhận việc thay",
    "khonglienlac": "Đơn vị không liên lạc được (lãnh đạo, cơ quan thường trực)",
    "doiso": "Đổi số điện thoại",
    "bienlai": "Kiểm tra biên nhận theo mã",
    "dulieucuatoi": "Dữ liệu của tôi: xem, sửa, xóa, rút lại đồng ý",
    "trogiup": "Trợ giúp",
    "huy": "Dừng việc đang làm, giữ những gì đã nhập",
}
GROUP_COMMANDS = {
    "tiendo": "Tiến độ nộp của cụm",
    "ganketcum": "Gắn nhóm này với cụm (cụm trưởng, cơ quan thường trực)",
}


async def set_command_menus(bot: Bot) -> None:
    await bot.set_my_commands(_listed(PRIVATE_COMMANDS), scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(_listed(GROUP_COMMANDS), scope=BotCommandScopeAllGroupChats())


def _listed(commands: dict[str, str]) -> list[BotCommand]:
    return [BotCommand(command=name, description=description) for name, description in commands.items()]
