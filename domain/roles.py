"""Roles and rights: a person has a right through a role at a unit; some roles also reach the units below it."""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Refusal
from domain.typed_input.words import plain
from domain.units import UnitKind


class Role(StrEnum):
    GUEST = "GUEST"
    OFFICER = "OFFICER"
    UNIT_HEAD = "UNIT_HEAD"
    LEADER = "LEADER"
    STANDING_BODY = "STANDING_BODY"


ROLE_NAMES = {
    Role.GUEST: "Khách",
    Role.OFFICER: "Cán bộ",
    Role.UNIT_HEAD: "Thủ trưởng",
    Role.LEADER: "Lãnh đạo",
    Role.STANDING_BODY: "Cơ quan thường trực",
}


def read_role(text: str) -> Role:
    """Return the role with this code or Vietnamese name; accents and case do not matter.

    Raises Refusal, which lists the names, if there is no such role or it is GUEST.
    """
    for role in (Role.OFFICER, Role.UNIT_HEAD, Role.LEADER, Role.STANDING_BODY):
        if plain(text) in (plain(role), plain(role.replace("_", " ")), plain(ROLE_NAMES[role])):
            return role
    names = ", ".join(f"«{name}»" for role, name in ROLE_NAMES.items() if role is not Role.GUEST)
    raise Refusal("role-unknown", f"Không có vai trò «{text}». Các vai trò: {names}.")


def roles_at(kind: UnitKind, *, is_owed: bool) -> tuple[Role, ...]:
    """Return the roles that people can hold at a unit; a unit to which others owe duties has a standing body."""
    own = (Role.OFFICER, Role.UNIT_HEAD)
    return (Role.STANDING_BODY, Role.LEADER, *own) if is_owed or kind is UnitKind.AUTHORITY else own


class Right(StrEnum):
    SUBMIT = "SUBMIT"
    """Fill in and hand in what the unit owes."""
    CHECK = "CHECK"
    """Review as first reviewer: as cluster head, or as the body that the plan names."""
    HEAD_CLUSTER = "HEAD_CLUSTER"
    """See how the units of a cluster stand that the own unit heads, have them reminded, and call them."""
    SEE_UNIT = "SEE_UNIT"
    SEE_STATUS = "SEE_STATUS"
    """See which of the units below have handed in."""
    SEE_PHONES = "SEE_PHONES"
    """See the phone numbers of people at the units below."""
    NUDGE = "NUDGE"
    """Make the bot remind units that have not handed in."""
    RECEIVE = "RECEIVE"
    """Review what units hand in, and confirm what they handed in on paper."""
    EXTEND = "EXTEND"
    """Grant units more time."""
    INVITE = "INVITE"
    APPOINT = "APPOINT"
    """Grant and revoke roles, hand posts over to successors, enter leave."""
    BIND_CLUSTER = "BIND_CLUSTER"
    ENTER_PAST = "ENTER_PAST"
    """Enter what units reported in past years."""
    ENTER_OWN_PAST = "ENTER_OWN_PAST"
    """Enter what one's own unit reported in the last period."""
    ANSWER = "ANSWER"
    """Decide on people's requests about their own data."""
    ARRANGE = "ARRANGE"
    """Set days of a plan; merge, split, rename and close units."""
    ANNOUNCE = "ANNOUNCE"
    """Send announcements to the units of the authority."""


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.GUEST: frozenset(),
    Role.OFFICER: frozenset({Right.SUBMIT, Right.CHECK, Right.HEAD_CLUSTER, Right.SEE_UNIT, Right.ENTER_OWN_PAST}),
    Role.UNIT_HEAD: frozenset({Right.SUBMIT, Right.CHECK, Right.HEAD_CLUSTER, Right.SEE_UNIT, Right.ENTER_OWN_PAST}),
    Role.LEADER: frozenset({Right.SEE_UNIT, Right.SEE_STATUS, Right.NUDGE}),
    Role.STANDING_BODY: frozenset(
        {
            Right.SEE_UNIT,
            Right.SEE_STATUS,
            Right.SEE_PHONES,
            Right.NUDGE,
            Right.RECEIVE,
            Right.EXTEND,
            Right.INVITE,
            Right.APPOINT,
            Right.BIND_CLUSTER,
            Right.ENTER_PAST,
            Right.ANSWER,
            Right.ARRANGE,
            Right.ANNOUNCE,
        }
    ),
}


def roles_with(right: Right) -> tuple[Role, ...]:
    return tuple(role for role in Role if right in RIGHTS[role])


SUBMITTERS = roles_with(Right.SUBMIT)
"""Roles of those who fill in and hand in what a unit owes."""


REACHES_BELOW = frozenset({Role.LEADER, Role.STANDING_BODY})
"""Roles whose rights also hold at the units below their own."""


@dataclass(frozen=True, slots=True)
class Post:
    """A role held at a unit today."""

    role: Role
    unit_id: int
    unit_name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts; a stranger has no person id and no posts."""

    person_id: int | None
    name: str
    posts: tuple[Post, ...] = ()
    is_lost: bool = False
    """True if the messenger last reported that messages do not reach the person."""
    has_agreed: bool = True
    """True if the person agreed to the current privacy notice; a stranger is asked when joining."""
    heads_cluster: bool = False
    """True if a unit of theirs heads a cluster today: what is offered to them follows it, what they may do does not."""

    @property
    def is_guest(self) -> bool:
        return not self.posts

    @property
    def owes_consent(self) -> bool:
        return not self.is_guest and not self.has_agreed

    def may(self, right: Right, *, unit_id: int, above: tuple[int, ...] = ()) -> bool:
        """Whether a post gives the right at this unit; `above` are the ids of the unit's authorities, nearest first."""
        return any(
            right in RIGHTS[post.role]
            and (post.unit_id == unit_id or (post.role in REACHES_BELOW and post.unit_id in above))
            for post in self.posts
        )

    @property
    def role(self) -> Role:
        """The highest role held, in the order of Role; GUEST if none is held."""
        ranks = tuple(Role)
        return max((post.role for post in self.posts), key=ranks.index, default=Role.GUEST)

    def units_where(self, right: Right) -> tuple[Post, ...]:
        return tuple(post for post in self.posts if right in RIGHTS[post.role])


GUEST = Actor(person_id=None, name="")
