"""Command menus: set for a scope; a person sees that of the narrowest scope that has one."""

import re

from aiogram.methods import DeleteMyCommands, GetMyCommands, SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeUnion

from sandbox.api.calls import Call
from sandbox.errors import bad_request
from sandbox.world.records import Menu
from sandbox.world.world import World

NAME = re.compile(r"[a-z0-9_]{1,32}")
LONGEST_DESCRIPTION = 256
MOST_COMMANDS = 100
LANGUAGE_OF_USERS = "vi"


def set_my_commands(world: World, call: Call[SetMyCommands]) -> bool:
    method = call.method
    scope = _scope(world, method.scope)
    if len(method.commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = tuple(_checked(command) for command in method.commands)
    world.menus.put(Menu(scope, method.language_code or "", commands))
    world.events.tell("chat")
    return True


def get_my_commands(world: World, call: Call[GetMyCommands]) -> list[BotCommand]:
    scope = _scope(world, call.method.scope)
    menu = world.menus.get(f"{scope} {call.method.language_code or ''}")
    return list(menu.commands) if menu else []


def delete_my_commands(world: World, call: Call[DeleteMyCommands]) -> bool:
    scope = _scope(world, call.method.scope)
    world.menus.drop(f"{scope} {call.method.language_code or ''}")
    world.events.tell("chat")
    return True


def commands_for(world: World, chat_id: int, person_id: int) -> list[BotCommand]:
    """Return the commands that this person sees in this chat, in Telegram's order of scopes."""
    for scope in _scopes(world, chat_id, person_id):
        for language in (LANGUAGE_OF_USERS, ""):
            menu = world.menus.get(f"{scope} {language}")
            if menu and menu.commands:
                return list(menu.commands)
    return []


def _scopes(world: World, chat_id: int, person_id: int) -> list[str]:
    group = world.groups.get(chat_id)
    if group is None:
        return [_key("chat", chat_id), _key("all_private_chats"), _key("default")]
    runs = group.is_run_by(person_id)
    return [
        _key("chat_member", chat_id, person_id),
        *([_key("chat_administrators", chat_id)] if runs else []),
        _key("chat", chat_id),
        *([_key("all_chat_administrators")] if runs else []),
        _key("all_group_chats"),
        _key("default"),
    ]


def _scope(world: World, scope: BotCommandScopeUnion | None) -> str:
    """Return a scope's key. Raises ApiError 400 if the scope's chat does not exist."""
    if scope is None:
        return _key("default")
    numbers = [number for name in ("chat_id", "user_id") if (number := getattr(scope, name, None)) is not None]
    if numbers:
        numbers[0] = world.known(_number(numbers[0])).id
    return _key(scope.type, *numbers)


def _key(kind: str, *numbers: int) -> str:
    return ":".join([str(kind), *map(str, numbers)])


def _number(chat_id: int | str) -> int | str:
    """Return the chat's number, which may be given as text inside JSON."""
    return int(chat_id) if isinstance(chat_id, str) and re.fullmatch(r"-?\d+", chat_id) else chat_id


def _checked(command: BotCommand) -> BotCommand:
    name = command.command.removeprefix("/")
    if not NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(command.description.strip()) <= LONGEST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return command.model_copy(update={"command": name})
