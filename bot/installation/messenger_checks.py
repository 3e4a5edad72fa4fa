"""Checks with the messenger: the token, the webhook, another bot on the same token, rights in groups."""

import asyncio
from datetime import datetime, timedelta
from functools import partial

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramConflictError
from aiogram.types import ChatMemberAdministrator, ChatMemberMember, ChatMemberOwner, ChatMemberRestricted, WebhookInfo

from bot.app import TELEGRAM_CHANNEL, build_app
from bot.clocks import StoppedClock
from bot.installation.findings import ANSWERS_WITHIN, Diagnosis, checked, wrong
from bot.settings import Settings
from bot.telegram.client import make_bot, translate_startup_errors

TOKEN, WEBHOOK, RIVAL, GROUPS = "Token", "Nhận tin", "Bot khác cùng token", "Quyền trong nhóm"
_MANY = 100
"""Updates waiting that show that nobody fetches them."""
_RECENT = timedelta(hours=1)
_AT_ONCE = 5
_GROUPS_WITHIN = 120.0


async def check_messenger(
    settings: Settings, token: str, *, now: datetime, is_running: bool, listens: float
) -> tuple[Diagnosis, ...]:
    """Ask for the token first: without it there is no other answer.

    `is_running` if this installation's own bot may be fetching updates now; `listens` is for how long another one is
    waited for (seconds).
    """
    async with make_bot(token, api=settings.telegram_api) as bot:
        found = await checked(TOKEN, partial(_check_token, bot))
        if found[0].is_wrong:
            return found
        found += await checked(WEBHOOK, partial(_check_webhook, bot, settings.webhook_url, now))
        if settings.webhook_url is not None:
            return found
        if is_running:
            # Asking would displace our own bot; it ends with a sentence itself when it meets another.
            return (*found, Diagnosis(RIVAL, "không hỏi, vì bot ở đây có thể đang chạy; gặp bot khác thì nó tự báo."))
        return found + await checked(RIVAL, partial(_check_rivals, bot, listens), within=listens + ANSWERS_WITHIN)


async def check_groups(settings: Settings, token: str, *, now: datetime) -> tuple[Diagnosis, ...]:
    """Whether the bot can send and pin in every group that it is bound to; the database must be sound."""
    async with make_bot(token, api=settings.telegram_api) as bot:
        return await checked(GROUPS, partial(_check_groups, bot, settings, now), within=_GROUPS_WITHIN)


async def _check_token(bot: Bot) -> tuple[Diagnosis, ...]:
    me = await translate_startup_errors(bot.me)
    return (Diagnosis(TOKEN, f"của @{me.username}."),)


async def _check_webhook(bot: Bot, url: str | None, now: datetime) -> tuple[Diagnosis, ...]:
    return (weigh_webhook(await bot.get_webhook_info(), url=url, now=now),)


def weigh_webhook(info: WebhookInfo, *, url: str | None, now: datetime) -> Diagnosis:
    """Compare what the messenger delivers to with what the settings say; None is long polling."""
    if info.url and info.url != url:
        return wrong(
            WEBHOOK,
            f"Telegram đang gửi tin đến {info.url}, không phải nơi này. Nếu không phải máy của anh/chị: đổi token ở "
            "@BotFather (/revoke). Nếu phải: thidua run sẽ tự đổi.",
        )
    if url and not info.url:
        return wrong(WEBHOOK, f"webhook {url} chưa được đăng ký. Chạy thidua run, rồi kiểm tra lại.")
    is_recent = info.last_error_date is None or now - info.last_error_date < _RECENT
    if info.last_error_message and url and is_recent:
        return wrong(WEBHOOK, f"Telegram gọi {url} bị lỗi: {info.last_error_message}. Kiểm tra proxy và chứng thư.")
    if info.pending_update_count > _MANY:
        return wrong(WEBHOOK, f"{info.pending_update_count} tin đang chờ. Bot có đang chạy không? Chạy: thidua run")
    return Diagnosis(
        WEBHOOK, f"{'webhook ' + url if url else 'long polling'}, {info.pending_update_count} tin đang chờ."
    )


async def _check_rivals(bot: Bot, listens: float) -> tuple[Diagnosis, ...]:
    """Fetch without confirming anything: another bot that fetches displaces this call within seconds."""
    try:
        await bot.get_updates(limit=1, timeout=round(listens))
    except TelegramConflictError:
        return (wrong(RIVAL, "có. Mỗi token chỉ chạy một bot: dừng bot kia, hoặc đổi token ở @BotFather (/revoke)."),)
    return (Diagnosis(RIVAL, "không có."),)


async def _check_groups(bot: Bot, settings: Settings, now: datetime) -> tuple[Diagnosis, ...]:
    groups = await _groups(settings, now)
    turns = asyncio.Semaphore(_AT_ONCE)

    async def ask(chat_id: int, cluster: str) -> Diagnosis | None:
        async with turns:
            trouble = await _trouble(bot, chat_id)
        return wrong(GROUPS, f"{cluster}: {trouble}") if trouble else None

    found = await asyncio.gather(*(ask(chat_id, cluster) for chat_id, cluster in groups))
    return tuple(filter(None, found)) or (Diagnosis(GROUPS, f"đủ, {len(groups)} nhóm."),)


async def _groups(settings: Settings, now: datetime) -> list[tuple[int, str]]:
    """Return the groups that the bot is in, each as its chat and the name of its cluster."""
    async with build_app(settings, StoppedClock(now)) as app, app.contexts.open() as ctx:
        groups = [group for group in await ctx.uow.scoreboards.groups() if group.channel == TELEGRAM_CHANNEL]
        return [(group.chat_id, (await ctx.uow.clusters.get(group.cluster_id)).name) for group in groups]


async def _trouble(bot: Bot, chat_id: int) -> str:
    """Return what the bot cannot do in the group, and who can change it; nothing if it can do everything."""
    try:
        member = await bot.get_chat_member(chat_id, bot.id)
        allowed = (await bot.get_chat(chat_id)).permissions if isinstance(member, ChatMemberMember) else None
    except AiogramError as error:
        return f"Telegram không cho hỏi ({getattr(error, 'message', error)}). Thêm bot vào nhóm, gõ /ganketcum"
    match member:
        case ChatMemberOwner():
            return ""
        case ChatMemberAdministrator():
            can_send, can_pin = True, bool(member.can_pin_messages)
        case ChatMemberRestricted(is_member=True):
            can_send, can_pin = member.can_send_messages, member.can_pin_messages
        case ChatMemberMember():
            can_send = allowed is None or allowed.can_send_messages is not False
            can_pin = bool(allowed and allowed.can_pin_messages)
        case _:
            return "bot không còn trong nhóm. Trưởng nhóm thêm bot lại, gõ /ganketcum"
    if not can_send:
        return "bot không được gửi tin. Trưởng nhóm cho bot quyền gửi tin."
    return "" if can_pin else "bot không được ghim tin. Trưởng nhóm cho bot làm quản trị viên có quyền ghim."
