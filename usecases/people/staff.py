"""The people of an authority and of the units below it: their posts, giving roles and ending them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.roles import ROLE_NAMES, Right, Role, roles_at
from domain.typed_input.words import plain
from models.organisation.units import Unit, UnitRecord
from models.people.officers import Appointment, Person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.people.posts import begin_post, end_post, managed_post_for_update, may_appoint

_NOT_YOURS = "Chỉ cơ quan thường trực sắp xếp được cán bộ."


@dataclass(frozen=True, slots=True)
class UnitStaff:
    """A unit with the number of people who serve it."""

    unit_id: int
    name: str
    people: int
    """Number of people."""


@dataclass(frozen=True, slots=True)
class MemberPostView:
    id: int
    role: Role
    unit_id: int
    unit_name: str

    @property
    def title(self) -> str:
        return f"{ROLE_NAMES[self.role]} · {self.unit_name}"


@dataclass(frozen=True, slots=True)
class MemberView:
    person_id: int
    name: str
    position: str
    phone: str | None
    posts: tuple[MemberPostView, ...]
    """Posts that the reader may end or pass on."""
    is_reachable: bool
    """Whether the bot can write to them."""
    away: tuple[date, date] | None
    """First and last day of the leave that they are on, or None if they are not on leave."""
    to_give: tuple[tuple[int, Role, str], ...] = ()
    """(unit_id, role, title) of further roles that they can be given at units where they serve already."""


@dataclass(frozen=True, slots=True)
class UnitMembersView:
    unit_name: str
    members: tuple[MemberView, ...]
    expected: tuple[str, ...]
    """Names of people who were entered by file and have not joined yet."""


@query
async def list_staff(ctx: Context, *, search: str = "") -> tuple[UnitStaff, ...]:
    """Return the actor's authorities and the units below them.

    A search keeps the units that have it in their own name or in that of one of their people. Raises Refusal unless
    the actor appoints somewhere.
    """
    units = await _units(ctx)
    staff = await ctx.uow.officers.staff([unit.id for unit in units], day=ctx.today)
    people: dict[int, dict[int, str]] = {}
    for post, person in staff:
        people.setdefault(post.unit_id, {})[person.id] = person.name
    return tuple(
        UnitStaff(unit.id, unit.name, len(people.get(unit.id, {})))
        for unit in units
        if any(plain(search) in plain(name) for name in (unit.name, *people.get(unit.id, {}).values()))
    )


async def _units(ctx: Context) -> Sequence[UnitRecord]:
    posts = ctx.actor.units_where(Right.APPOINT)
    if not posts:
        raise Refusal("standing-body-only", _NOT_YOURS, way=Way.HOME)
    own = await ctx.uow.units.records([post.unit_id for post in posts])
    below = [unit for id_ in own for unit in await ctx.uow.units.records_below(id_, day=ctx.today)]
    return list({unit.id: unit for unit in (*own.values(), *below)}.values())


@query
async def list_members(ctx: Context, unit_id: int) -> UnitMembersView:
    """Return the people who serve the unit, and those expected. Raises Refusal unless the actor appoints there."""
    if not await may_appoint(ctx, unit_id):
        raise Refusal("standing-body-only", _NOT_YOURS, way=Way.HOME)
    unit = await ctx.uow.units.get(unit_id)
    expected = tuple(row.name for row in await ctx.uow.rosters.at([unit_id]) if row.joined_id is None)
    return UnitMembersView(unit.name, await _members(ctx, unit), expected)


async def _members(ctx: Context, unit: Unit) -> tuple[MemberView, ...]:
    staff = await ctx.uow.officers.staff([unit.id], day=ctx.today)
    found: dict[int, list[tuple[Appointment, Unit]]] = {}
    people = {person.id: person for _, person in staff}
    for post, person in staff:
        found.setdefault(person.id, []).append((post, unit))
    return tuple([await _view(ctx, people[id_], posts) for id_, posts in found.items()])


@query
async def read_member(ctx: Context, person_id: int) -> MemberView:
    """Return a person with the roles to give. Raises Refusal if they hold no post that the actor may end."""
    person, posts = await _member(ctx, person_id)
    return await _view(ctx, person, posts, give=True)


async def _member(ctx: Context, person_id: int) -> tuple[Person, list[tuple[Appointment, Unit]]]:
    """Return a person and their posts that the actor may end. Raises Refusal if there are none."""
    held = await ctx.uow.officers.posts(person_id, day=ctx.today)
    posts = [(post, unit) for post, unit in held if await may_appoint(ctx, unit.id)]
    if not posts:
        raise Refusal(
            "member-not-arranged",
            "Người này hiện không giữ nhiệm vụ nào do anh/chị sắp xếp. Anh/chị xem lại danh sách.",
        )
    return await ctx.uow.officers.get(person_id), posts


async def _view(
    ctx: Context, person: Person, posts: Sequence[tuple[Appointment, Unit]], *, give: bool = False
) -> MemberView:
    accounts = await ctx.uow.officers.accounts(person.id)
    leaves = await ctx.uow.leaves.ahead(person.id, day=ctx.today)
    away = next(((leave.first_day, leave.last_day) for leave in leaves if leave.first_day <= ctx.today), None)
    return MemberView(
        person_id=person.id,
        name=person.name,
        position=person.position,
        phone=person.phone,
        posts=tuple(MemberPostView(post.id, post.role, unit.id, unit.name) for post, unit in posts),
        is_reachable=any(account.blocked_at is None for account in accounts),
        away=away,
        to_give=await _to_give(ctx, posts) if give else (),
    )


async def _to_give(ctx: Context, posts: Sequence[tuple[Appointment, Unit]]) -> tuple[tuple[int, Role, str], ...]:
    held = {(unit.id, post.role) for post, unit in posts}
    units = {unit.id: unit for _, unit in posts}
    owed = await ctx.uow.units.authorities_among(list(units), day=ctx.today)
    return tuple(
        (unit.id, role, f"{ROLE_NAMES[role]} · {unit.name}")
        for unit in units.values()
        for role in roles_at(unit.kind, is_owed=unit.id in owed)
        if (unit.id, role) not in held
    )


@command
async def give_role(ctx: Context, person_id: int, *, unit_id: int, role: Role) -> str:
    """Give a person a further role at a unit where they serve already, and return its title.

    Raises Refusal if they hold no post that the actor may end, if they have the role, or if the unit has no such role.
    """
    await ctx.uow.units.find_for_update(unit_id)
    _, posts = await _member(ctx, person_id)
    title = next((title for at, given, title in await _to_give(ctx, posts) if (at, given) == (unit_id, role)), None)
    if title is None:
        raise Refusal(
            "role-not-to-give",
            "Người này đã có vai trò ấy, hoặc đơn vị không có vai trò ấy. Anh/chị xem lại danh sách.",
        )

    begin_post(ctx, person_id, unit_id=unit_id, role=role)
    audit(ctx, AuditAction.ROLE_GIVEN, unit_id=unit_id, role=role, person=person_id)
    await ctx.uow.commit()
    return title


@command
async def take_role(ctx: Context, post_id: int) -> None:
    """End a post at once and tell its holder. Raises Refusal like `managed_post` and `end_post`."""
    post = await managed_post_for_update(ctx, post_id)

    await end_post(ctx, post)
    audit(ctx, AuditAction.ROLE_TAKEN, about=post.id, unit_id=post.unit_id, role=post.role, person=post.person_id)
    await ctx.uow.commit()


@command
async def revoke_access(ctx: Context, person_id: int) -> None:
    """End at once the posts of the person that the actor may end.

    Raises Refusal if there are none, and like `end_post`.
    """
    _, posts = await _member(ctx, person_id)

    for held, _ in posts:
        post = await managed_post_for_update(ctx, held.id)
        await end_post(ctx, post)
        audit(ctx, AuditAction.ROLE_TAKEN, about=post.id, unit_id=post.unit_id, role=post.role, person=post.person_id)
    await ctx.uow.commit()
