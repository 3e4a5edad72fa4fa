"""Topics of a forum: where a message may go, and what the chat shows when one is opened, closed or deleted."""

from dataclasses import replace
from typing import TypedDict

from aiogram.types import Chat, ForumTopicClosed, ForumTopicCreated, Message, User

from sandbox.errors import ControlError, bad_request
from sandbox.world.posts import deliver, keep, publish
from sandbox.world.records import Group, Topic
from sandbox.world.world import World


class InTopic(TypedDict, total=False):
    """Fields by which a message is in a topic."""

    message_thread_id: int | None
    is_topic_message: bool | None


BLUE = 7_322_096
"""Colour of a topic's icon."""


def place(world: World, chat: Chat, thread_id: int | None, reply: Message | None = None) -> InTopic:
    """Return the fields of a message in this topic; a reply without one goes to the topic of what it answers.

    Raises ApiError 400 if there is no such topic, or if it is closed: the bot does not manage topics.
    """
    wanted = thread_id if thread_id is not None else _topic_of(reply)
    if wanted is None:
        return {}
    group = world.groups.get(chat.id)
    topic = group.topics.get(wanted) if group else None
    if topic is None:
        raise bad_request("message thread not found")
    if topic.is_closed:
        raise bad_request("TOPIC_CLOSED")
    return in_topic(wanted)


def in_topic(thread_id: int | None) -> InTopic:
    return {} if thread_id is None else {"message_thread_id": thread_id, "is_topic_message": True}


def open_topic(world: World, group_id: int, person: User, name: str) -> int:
    """Open a topic and return its id, which is that of the message that announces it."""
    group, chat = _forum(world, group_id)
    created = ForumTopicCreated(name=name, icon_color=BLUE)
    post = publish(world, chat, person, forum_topic_created=created, is_topic_message=True)
    thread_id = post.message.message_id
    post = keep(world, replace(post, message=post.message.model_copy(update={"message_thread_id": thread_id})))
    world.groups.put(replace(group, topics={**group.topics, thread_id: Topic(name)}))
    deliver(world, post.message)
    return thread_id


def close_topic(world: World, group_id: int, person: User, thread_id: int) -> None:
    """Close a topic; a message in it tells the bot."""
    group, chat = _forum(world, group_id)
    topic = _topic(group, thread_id)
    world.groups.put(replace(group, topics={**group.topics, thread_id: replace(topic, is_closed=True)}))
    deliver(world, publish(world, chat, person, forum_topic_closed=ForumTopicClosed(), **in_topic(thread_id)).message)


def delete_topic(world: World, group_id: int, thread_id: int) -> None:
    """Delete a topic with its messages; the bot is not told, as with Telegram."""
    group, _ = _forum(world, group_id)
    _topic(group, thread_id)
    topics = {number: topic for number, topic in group.topics.items() if number != thread_id}
    world.groups.put(replace(group, topics=topics))
    for post in [post for post in world.posts.of(group_id) if _topic_of(post.message) == thread_id]:
        keep(world, replace(post, deleted=True))


def _topic_of(message: Message | None) -> int | None:
    return message.message_thread_id if message and message.is_topic_message else None


def _forum(world: World, group_id: int) -> tuple[Group, Chat]:
    group, chat = world.groups.get(group_id), world.chat(group_id)
    if group is None or chat is None or not group.is_forum:
        raise ControlError(404, f"Sân tập không có nhóm chia chủ đề số {group_id}")
    return group, chat


def _topic(group: Group, thread_id: int) -> Topic:
    if thread_id not in group.topics:
        raise ControlError(404, f"Nhóm không có chủ đề số {thread_id}")
    return group.topics[thread_id]
