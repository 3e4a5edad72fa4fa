"""Command menus by scope, as the menu button of a phone shows them."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
    BotCommandScopeUnion,
)
from telegram.ext import ExtBot

from tests.sandbox.conftest import Hand


async def put(bot: Bot, command: str, scope: BotCommandScopeUnion | None = None) -> None:
    await bot.set_my_commands([BotCommand(command=command, description="Việc")], scope=scope)


async def menu(hand: Hand, chat: int, person: int) -> list[str]:
    return [item["command"] for item in await hand.get(f"chats/{chat}/commands?as={person}")]


async def test_a_private_chat_shows_the_narrowest_menu(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    menus = []
    scopes = (None, BotCommandScopeAllPrivateChats(), BotCommandScopeChat(chat_id=person))

    for number, scope in enumerate(scopes):
        await put(aiogram_bot, f"viec{number}", scope)
        menus.append(await menu(hand, person, person))

    assert menus == [["viec0"], ["viec1"], ["viec2"]]


async def test_a_group_shows_the_narrowest_menu_to_each_member(aiogram_bot: Bot, hand: Hand) -> None:
    head, officer = await hand.person("Cụm trưởng"), await hand.person()
    group = await hand.group(head, officer, "@thidua_bot", admins=[head])
    seen = []
    scopes: tuple[BotCommandScopeUnion, ...] = (
        BotCommandScopeAllGroupChats(),
        BotCommandScopeAllChatAdministrators(),
        BotCommandScopeChat(chat_id=group),
        BotCommandScopeChatAdministrators(chat_id=group),
        BotCommandScopeChatMember(chat_id=group, user_id=officer),
    )

    for number, scope in enumerate(scopes):
        await put(aiogram_bot, f"c{number}", scope)
        seen.append((await menu(hand, group, head), await menu(hand, group, officer)))

    assert seen == [
        (["c0"], ["c0"]),
        (["c1"], ["c0"]),
        (["c2"], ["c2"]),
        (["c3"], ["c2"]),
        (["c3"], ["c4"]),
    ]


async def test_a_deleted_menu_gives_way_to_the_wider_one(aiogram_bot: Bot, ptb_bot: ExtBot[None], hand: Hand) -> None:
    person = await hand.started()
    await put(aiogram_bot, "rong")
    await put(aiogram_bot, "hep", BotCommandScopeAllPrivateChats())

    await aiogram_bot.delete_my_commands(BotCommandScopeAllPrivateChats())

    assert await menu(hand, person, person) == ["rong"]
    assert [command.command for command in await ptb_bot.get_my_commands()] == ["rong"]


async def test_a_menu_in_vietnamese_goes_before_one_without_language(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    await put(aiogram_bot, "tasks")

    await aiogram_bot.set_my_commands([BotCommand(command="viec", description="Việc của tôi")], language_code="vi")

    assert await hand.get(f"chats/{person}/commands?as={person}") == [
        {"command": "viec", "description": "Việc của tôi"}
    ]


@pytest.mark.parametrize(
    ("command", "description", "reason"),
    [
        ("việc", "Việc", "BOT_COMMAND_INVALID"),
        ("Viec", "Việc", "BOT_COMMAND_INVALID"),
        ("viec", " ", "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_a_command_that_telegram_refuses_is_refused(
    aiogram_bot: Bot, command: str, description: str, reason: str
) -> None:
    with pytest.raises(TelegramBadRequest, match=reason):
        await aiogram_bot.set_my_commands([BotCommand(command=command, description=description)])


async def test_a_menu_for_an_unknown_chat_is_refused(aiogram_bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await put(aiogram_bot, "viec", BotCommandScopeChat(chat_id=999))


async def test_descriptions_are_kept(ptb_bot: ExtBot[None]) -> None:
    await ptb_bot.set_my_description("Bot thi đua, khen thưởng")
    await ptb_bot.set_my_short_description("Bot thi đua")

    assert (await ptb_bot.get_my_description()).description == "Bot thi đua, khen thưởng"
    assert (await ptb_bot.get_my_short_description()).short_description == "Bot thi đua"
