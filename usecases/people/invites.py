"""Invites: issuing, listing, finding and revoking them."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.audit import AuditAction
from domain.errors import Refusal
from domain.roles import ROLE_NAMES, Right, Role, roles_at
from domain.typed_input.codes import INVITE_LENGTH, LETTERS, read_invite_code
from models.organisation.units import Unit
from models.people.invites import Invite
from usecases.audit import audit
from usecases.context import Context, command, query


@dataclass(frozen=True, slots=True)
class InviteView:
    """The offer of an invite, shown before it is accepted."""

    code: str
    unit_name: str
    role: Role
    authority_name: str
    office: str
    """Name of the standing body that invites."""
    name: str | None = None
    """Name of the invited person as the standing body entered it, or None if the invite is for anybody."""
    position: str | None = None
    """Position of the invited person as the standing body entered it."""


@dataclass(frozen=True, slots=True)
class PostOffer:
    """The post that an invite offers."""

    unit_id: int
    role: Role
    replaces: int | None = None
    """Id of the post that ends when the invite is accepted, or None for a further post."""
    expected: int | None = None
    """Id of the roster entry of the invited person, or None if the invite is for anybody."""


@dataclass(frozen=True, slots=True)
class InvitableUnit:
    id: int
    code: str
    name: str
    roles: tuple[Role, ...]
    """Roles for which a person can be invited there."""


@command
async def invite(ctx: Context, *, unit: str, role: Role, days: int) -> str:
    """Issue an invite for a role at a unit, and return its one-time code; only the code's fingerprint is stored.

    `unit` is the unit's code. Raises Refusal if it is unknown or has ended, if the actor may not invite there, if the
    unit has no such role, and for a faulty number of days.
    """
    row = await ctx.uow.units.with_code(unit)
    if row is None:
        raise Refusal("unit-unknown", f"Không có đơn vị mã «{unit}».")
    if not await _may_invite(ctx, row.id):
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực được gửi lời mời.")
    if row.valid_to is not None and row.valid_to < ctx.today:
        raise Refusal(
            "unit-ended",
            f"{row.name} thôi hoạt động sau ngày {row.valid_to:%d/%m/%Y}. Anh/chị mời vào đơn vị thay thế.",
        )
    if role not in (roles := (await _roles_at(ctx, [row]))[row.id]):
        raise Refusal("role-not-at-unit", f"Ở {row.name} chỉ có: {', '.join(ROLE_NAMES[role] for role in roles)}.")
    refuse_days(days)

    code = issue_invite(ctx, PostOffer(row.id, role), days=days)
    await ctx.uow.commit()
    return code


def refuse_days(days: int) -> None:
    """Raise Refusal unless an invite may be good for so many days."""
    if not 1 <= days <= 365:
        raise Refusal("invite-days-out-of-bounds", "Lời mời có hạn từ 1 đến 365 ngày.")


def issue_invite(ctx: Context, offer: PostOffer, *, days: int) -> str:
    """Add an invite that is good for `days` days, and return its code. Does not commit."""
    code = "".join(secrets.choice(LETTERS) for _ in range(INVITE_LENGTH))
    fingerprint = _fingerprint(code)
    ctx.uow.invites.add(
        Invite(
            fingerprint=fingerprint,
            unit_id=offer.unit_id,
            role=offer.role,
            created_at=ctx.now,
            expires_at=ctx.now + timedelta(days=days),
            replaces_id=offer.replaces,
            expected_id=offer.expected,
        )
    )
    audit(
        ctx,
        AuditAction.INVITED,
        about=short_fingerprint(fingerprint),
        unit_id=offer.unit_id,
        role=offer.role,
        days=days,
        replaces=offer.replaces,
    )
    return code


@query
async def list_invitable(ctx: Context) -> tuple[InvitableUnit, ...]:
    """Return the actor's authorities and the units below them. Raises Refusal unless the actor may invite."""
    posts = ctx.actor.units_where(Right.INVITE)
    if not posts:
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực được gửi lời mời.")
    living = await ctx.uow.units.existing([post.unit_id for post in posts], day=ctx.today)
    own = [await ctx.uow.units.get(unit_id) for unit_id in living]
    below = [unit for post in posts for unit in await ctx.uow.units.below(post.unit_id, day=ctx.today)]
    roles = await _roles_at(ctx, [*own, *below])
    return tuple(InvitableUnit(unit.id, unit.code, unit.name, roles[unit.id]) for unit in [*own, *below])


async def _roles_at(ctx: Context, units: Sequence[Unit]) -> dict[int, tuple[Role, ...]]:
    owed = await ctx.uow.units.authorities_among([unit.id for unit in units], day=ctx.today)
    return {unit.id: roles_at(unit.kind, is_owed=unit.id in owed) for unit in units}


@command
async def revoke_invite(ctx: Context, code: str) -> InviteView:
    """Revoke an unused invite and return what it had offered.

    Raises Refusal if the code is unknown or the actor may not invite there, and if it is used, revoked or expired.
    """
    found = await find_invite_for_update(ctx, code)
    if found is None or not await _may_invite(ctx, found.unit_id):
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực được thu hồi lời mời.")
    if found.used_at:
        raise Refusal("invite-used", "Đã có người vào bằng lời mời này, nên không thu hồi được nữa.")
    if not await is_open(ctx, found):
        raise Refusal("invite-ended", "Lời mời này đã thu hồi hoặc hết hạn rồi, không ai dùng được nữa.")

    found.revoked_at = ctx.now
    audit(
        ctx,
        AuditAction.INVITE_REVOKED,
        about=short_fingerprint(found.fingerprint),
        unit_id=found.unit_id,
        role=found.role,
    )
    await ctx.uow.commit()
    return await view_invite(ctx, found, code)


async def _may_invite(ctx: Context, unit_id: int) -> bool:
    return ctx.actor.may(Right.INVITE, unit_id=unit_id, above=await ctx.uow.units.above(unit_id))


async def view_invite(ctx: Context, found: Invite, code: str) -> InviteView:
    """Return the offer of an invite that was found by this code."""
    unit = await ctx.uow.units.get(found.unit_id)
    authority = await ctx.uow.units.get(unit.authority_id) if unit.authority_id else unit
    expected = await ctx.uow.rosters.get(found.expected_id) if found.expected_id else None
    return InviteView(
        code=code,
        unit_name=unit.name,
        role=found.role,
        authority_name=authority.name,
        office=authority.office_name,
        name=expected.name if expected else None,
        position=expected.position if expected else None,
    )


async def is_open(ctx: Context, found: Invite) -> bool:
    """Whether the invite can be used: one by name is useless once its person has joined by another."""
    if found.used_at or found.revoked_at or found.expires_at <= ctx.now:
        return False
    return found.expected_id is None or (await ctx.uow.rosters.get(found.expected_id)).joined_id is None


def format_code(code: str) -> str:
    """Return the code as it is printed: K3QM-7TRX-PA9H."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


async def find_invite(ctx: Context, code: str) -> Invite | None:
    """Return the invite of a typed code, by each way to read letters that look alike."""
    for reading in read_invite_code(code):
        if found := await ctx.uow.invites.with_fingerprint(_fingerprint(reading)):
            return found
    return None


async def find_invite_for_update(ctx: Context, code: str) -> Invite | None:
    """Return the invite of a typed code, locked."""
    found = await find_invite(ctx, code)
    return await ctx.uow.invites.with_fingerprint_for_update(found.fingerprint) if found else None


def _fingerprint(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def short_fingerprint(fingerprint: str) -> str:
    """Return the part that the audit log names an invite by."""
    return fingerprint[:12]
