"""Members of groups: joining, leaving, becoming an administrator, and what the bot learns of it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from aiogram.types import (
    Chat,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberOwner,
    ChatMemberRestricted,
    ChatMemberUpdated,
    ResultChatMemberUnion,
    User,
)

from sandbox.world.posts import deliver, publish
from sandbox.world.records import PRESENT, Group, SandboxUser
from sandbox.world.world import World

FOR_EVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class StatusChange:
    """Change of a member's status in a chat."""

    chat: Chat
    member: User
    before: str
    after: str
    by: User


def as_member(user: User, status: str) -> ResultChatMemberUnion:
    """Return a member as the Bot API describes them; administrators in the sandbox have every right."""
    match status:
        case "creator":
            return ChatMemberOwner(user=user, is_anonymous=False)
        case "administrator":
            return ChatMemberAdministrator(
                user=user,
                can_be_edited=False,
                is_anonymous=False,
                can_manage_chat=True,
                can_delete_messages=True,
                can_manage_video_chats=True,
                can_restrict_members=True,
                can_promote_members=False,
                can_change_info=True,
                can_invite_users=True,
                can_post_stories=False,
                can_edit_stories=False,
                can_delete_stories=False,
                can_send_welcome_messages=False,
                can_pin_messages=True,
            )
        case "member":
            return ChatMemberMember(user=user)
        case "restricted":
            return _muted(user)
        case "kicked":
            return ChatMemberBanned(user=user, until_date=FOR_EVER)
    return ChatMemberLeft(user=user)


def _muted(user: User) -> ChatMemberRestricted:
    """Return a member who is present and may do nothing."""
    rights = {name: False for name in ChatMemberRestricted.model_fields if name.startswith("can_")}
    return ChatMemberRestricted.model_validate({"user": user, "is_member": True, "until_date": FOR_EVER, **rights})


def set_status(world: World, group: Group, member_id: int, status: str, *, by: User) -> Group:
    """Change a member's status; the group shows who came and left, and the bot learns of itself and of others."""
    before = group.status(member_id)
    member = world.member(member_id)
    if before == status or member is None:
        return group
    group = world.groups.put(replace(group, members={**group.members, member_id: status}))
    chat = Chat(id=group.id, type="supergroup", title=group.title)
    world.events.tell("chat", group.id)
    change = StatusChange(chat, member, before, status, by)
    _tell_bot(world, change)
    _announce(world, change)
    return group


def _announce(world: World, change: StatusChange) -> None:
    if change.before not in PRESENT and change.after in PRESENT:
        deliver(world, publish(world, change.chat, change.by, new_chat_members=[change.member]).message)
    elif change.before in PRESENT and change.after not in PRESENT:
        deliver(world, publish(world, change.chat, change.by, left_chat_member=change.member).message)


def _tell_bot(world: World, change: StatusChange) -> None:
    update = ChatMemberUpdated(
        chat=change.chat,
        from_user=change.by,
        date=world.timekeeper.now(),
        old_chat_member=as_member(change.member, change.before),
        new_chat_member=as_member(change.member, change.after),
    )
    if change.member.id == world.bot.id:
        world.updates.push("my_chat_member", update)
    elif _runs(world, change.chat.id):
        world.updates.push("chat_member", update)


def _runs(world: World, chat_id: int) -> bool:
    group = world.groups.get(chat_id)
    return group is not None and group.is_run_by(world.bot.id)


def set_blocked(world: World, person: SandboxUser, *, is_blocked: bool) -> None:
    """Block or unblock the bot; the bot learns of it in the private chat."""
    if person.blocked == is_blocked:
        return
    world.people.put(replace(person, blocked=is_blocked))
    world.events.tell("user", person.id)
    chat = world.chat(person.id)
    if chat and person.started:
        before, after = ("member", "kicked") if is_blocked else ("kicked", "member")
        _tell_bot(world, StatusChange(chat, world.bot, before, after, by=world.user(person)))
