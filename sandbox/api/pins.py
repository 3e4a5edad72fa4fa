"""Pinned messages: a service message announces a pin, and getChat returns the newest one."""

from dataclasses import replace

from aiogram.methods import PinChatMessage, UnpinAllChatMessages, UnpinChatMessage
from aiogram.types import Chat

from sandbox.api.calls import Call
from sandbox.errors import bad_request
from sandbox.world.posts import deliver, keep, publish, without_reply
from sandbox.world.records import SandboxMessage
from sandbox.world.world import World

NO_RIGHT = "not enough rights to manage pinned messages in the chat"


def pin_chat_message(world: World, call: Call[PinChatMessage]) -> bool:
    chat = _managed(world, call.method.chat_id)
    post = world.posts.get(chat.id, call.method.message_id)
    if post is None:
        raise bad_request("message to pin not found")
    if not post.pinned:
        keep(world, replace(post, pinned=True))
        deliver(world, publish(world, chat, world.bot, pinned_message=without_reply(post.message)).message)
    return True


def unpin_chat_message(world: World, call: Call[UnpinChatMessage]) -> bool:
    chat = _managed(world, call.method.chat_id)
    message_id = call.method.message_id
    post = newest_pin(world, chat.id) if message_id is None else world.posts.get(chat.id, message_id)
    if post is None or not post.pinned:
        raise bad_request("message to unpin not found")
    keep(world, replace(post, pinned=False))
    return True


def unpin_all_chat_messages(world: World, call: Call[UnpinAllChatMessages]) -> bool:
    chat = _managed(world, call.method.chat_id)
    for post in [post for post in world.posts.of(chat.id) if post.pinned]:
        keep(world, replace(post, pinned=False))
    return True


def newest_pin(world: World, chat_id: int) -> SandboxMessage | None:
    return next((post for post in world.posts.newest_first(chat_id) if post.pinned), None)


def _managed(world: World, chat_id: int | str) -> Chat:
    chat = world.writable(chat_id)
    group = world.groups.get(chat.id)
    if group and not group.is_run_by(world.bot.id):
        raise bad_request(NO_RIGHT)
    return chat
