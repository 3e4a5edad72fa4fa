"""Creation of people and groups, and changes of a group's members."""

from collections.abc import Iterable
from dataclasses import replace

from aiogram.types import Chat, User

from sandbox.control.bodies import MembersChange, NewChat, NewUser
from sandbox.errors import ControlError
from sandbox.world.members import set_status
from sandbox.world.posts import deliver, publish
from sandbox.world.records import Group, SandboxUser
from sandbox.world.world import FIRST_GROUP, FIRST_PERSON, World


def add_person(world: World, body: NewUser) -> SandboxUser:
    """Add a person; if the id is known, replace name, username and phone and keep the rest."""
    person_id = body.id if body.id is not None else _free_id(world)
    if person_id == world.bot.id:
        raise ControlError(409, f"Số {person_id} là của bot")
    username = body.username.removeprefix("@") if body.username else None
    known = world.people.get(person_id) or SandboxUser(person_id, body.name)
    person = world.people.put(replace(known, name=body.name, username=username, phone=body.phone))
    world.events.tell("user", person.id)
    return person


def _free_id(world: World) -> int:
    while world.people.get(number := world.notes.next("person", FIRST_PERSON)):
        pass
    return number


def add_group(world: World, body: NewChat) -> Group:
    """Add a group. The first administrator, or else the first person, owns it; adding the bot raises my_chat_member."""
    admins = _ids(world, body.admins)
    members = list(dict.fromkeys([*_ids(world, body.members), *admins]))
    people = [member for member in members if member != world.bot.id]
    if not people:
        raise ControlError(400, "Nhóm cần ít nhất một người")
    owner = next((admin for admin in admins if admin != world.bot.id), people[0])
    statuses = {member: "administrator" if member in admins else "member" for member in people}
    group_id = -world.notes.next("group", FIRST_GROUP)
    group = world.groups.put(Group(group_id, body.title, {**statuses, owner: "creator"}, is_forum=body.is_forum))
    world.events.tell("chat", group.id)
    if world.bot.id in members:
        status = "administrator" if world.bot.id in admins else "member"
        group = set_status(world, group, world.bot.id, status, by=_user(world, owner))
    return group


def change_members(world: World, group_id: int, body: MembersChange) -> Group:
    """Add, remove and promote members; a person who removes themselves leaves."""
    group = world.groups.get(group_id)
    if group is None:
        raise ControlError(404, f"Sân tập không có nhóm {group_id}")
    owner = next(member for member, status in group.members.items() if status == "creator")
    actor = body.actor if body.actor is not None else owner
    changes = [
        *((member, "member") for member in _ids(world, body.add) if not group.has(member)),
        *((member, "administrator") for member in _ids(world, body.admins)),
        *((member, "restricted") for member in _ids(world, body.restrict)),
        *((member, "left" if member == actor else "kicked") for member in _ids(world, body.remove)),
    ]
    if any(member == owner for member, _ in changes):
        raise ControlError(409, "Chủ nhóm ở lại làm chủ nhóm")
    for member, status in changes:
        group = set_status(world, group, member, status, by=_user(world, actor))
    return group


def migrate(world: World, group_id: int, person_id: int, *, is_announced: bool) -> Group:
    """Give the group with its members a new number; unless announced, only a refused call tells the bot."""
    old = world.groups.get(group_id)
    if old is None or not old.has(person_id):
        raise ControlError(404, f"Sân tập không có nhóm {group_id}")
    new = world.groups.put(replace(old, id=-world.notes.next("group", FIRST_GROUP)))
    world.groups.put(replace(old, moved_to=new.id))
    if is_announced:
        mover = _user(world, person_id)
        was, is_now = (Chat(id=group.id, type="supergroup", title=group.title) for group in (old, new))
        deliver(world, publish(world, was, mover, migrate_to_chat_id=new.id).message)
        deliver(world, publish(world, is_now, mover, migrate_from_chat_id=old.id).message)
    world.events.tell("chat", new.id)
    return new


def _ids(world: World, members: Iterable[int | str]) -> list[int]:
    return [_id(world, member) for member in members]


def _id(world: World, member: int | str) -> int:
    if isinstance(member, str):
        wanted = member.removeprefix("@").lower()
        users = [world.bot, *(world.user(person) for person in world.people)]
        found = next((user.id for user in users if (user.username or "").lower() == wanted), None)
    else:
        found = member if world.member(member) else None
    if found is None:
        raise ControlError(404, f"Sân tập không có {member}")
    return found


def _user(world: World, person_id: int) -> User:
    return world.user(world.person(person_id))
