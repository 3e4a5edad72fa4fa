"""Methods about chats and the bot itself."""

from aiogram.methods import (
    Close,
    GetChat,
    GetChatAdministrators,
    GetChatMember,
    GetChatMemberCount,
    GetMe,
    GetMyDescription,
    GetMyShortDescription,
    LeaveChat,
    LogOut,
    SetMyDescription,
    SetMyShortDescription,
)
from aiogram.types import (
    AcceptedGiftTypes,
    BotDescription,
    BotShortDescription,
    ChatFullInfo,
    ChatPermissions,
    ResultChatMemberUnion,
    User,
)

from sandbox.api.calls import Call
from sandbox.api.pins import newest_pin
from sandbox.errors import bad_request
from sandbox.world.members import as_member, set_status
from sandbox.world.posts import without_reply
from sandbox.world.records import PRESENT, Group
from sandbox.world.world import World

NO_GIFTS = AcceptedGiftTypes(
    unlimited_gifts=False,
    limited_gifts=False,
    unique_gifts=False,
    premium_subscription=False,
    gifts_from_channels=False,
)


def get_me(world: World, _: Call[GetMe]) -> User:
    return world.bot.model_copy(
        update={
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
    )


def get_chat(world: World, call: Call[GetChat]) -> ChatFullInfo:
    chat = world.known(call.method.chat_id)
    pin = newest_pin(world, chat.id)
    everything = dict.fromkeys(ChatPermissions.model_fields, True)
    return ChatFullInfo(
        **chat.model_dump(exclude_none=True),
        accent_color_id=0,
        max_reaction_count=11,
        accepted_gift_types=NO_GIFTS,
        pinned_message=without_reply(pin.message) if pin else None,
        permissions=ChatPermissions(**everything) if chat.id < 0 else None,
    )


def get_chat_member(world: World, call: Call[GetChatMember]) -> ResultChatMemberUnion:
    user = world.member(call.method.user_id)
    chat = world.known(call.method.chat_id)
    if user is None:
        raise bad_request("user not found")
    group = world.groups.get(chat.id)
    return as_member(user, group.status(user.id) if group else "member")


def get_chat_administrators(world: World, call: Call[GetChatAdministrators]) -> list[ResultChatMemberUnion]:
    group = _group(world, call.method.chat_id)
    return [
        as_member(user, status)
        for member_id, status in group.members.items()
        if group.is_run_by(member_id) and (user := world.member(member_id))
    ]


def get_chat_member_count(world: World, call: Call[GetChatMemberCount]) -> int:
    group = world.groups.get(world.known(call.method.chat_id).id)
    return sum(status in PRESENT for status in group.members.values()) if group else 2


def leave_chat(world: World, call: Call[LeaveChat]) -> bool:
    world.writable(call.method.chat_id)
    set_status(world, _group(world, call.method.chat_id), world.bot.id, "left", by=world.bot)
    return True


def _group(world: World, chat_id: int | str) -> Group:
    group = world.groups.get(world.known(chat_id).id)
    if group is None:
        raise bad_request("there are no administrators in the private chat")
    return group


def set_my_description(world: World, call: Call[SetMyDescription]) -> bool:
    world.notes.put("description", call.method.description or "")
    return True


def get_my_description(world: World, _: Call[GetMyDescription]) -> BotDescription:
    return BotDescription(description=world.notes.text("description") or "")


def set_my_short_description(world: World, call: Call[SetMyShortDescription]) -> bool:
    world.notes.put("short_description", call.method.short_description or "")
    return True


def get_my_short_description(world: World, _: Call[GetMyShortDescription]) -> BotShortDescription:
    return BotShortDescription(short_description=world.notes.text("short_description") or "")


def end_session(_: World, __: Call[LogOut] | Call[Close]) -> bool:
    return True
