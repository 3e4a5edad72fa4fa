"""Invites by the sheet: for everybody who is expected by name, and for units where nobody has come in yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.audit import AuditAction
from domain.errors import Refusal
from domain.roles import Right, Role
from models.organisation.units import Unit
from models.people.rosters import ExpectedOfficer
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.people.joining import issue_invite, refuse_days

MOST_CARDS = 1000
_NOT_YOURS = "Chỉ cơ quan thường trực được gửi lời mời."


@dataclass(frozen=True, slots=True)
class InviteCard:
    unit_name: str
    role: Role
    name: str | None
    """None where whoever serves the unit may take it."""
    code: str
    last_day: date
    office: str


@dataclass(frozen=True, slots=True)
class InviteSheetView:
    """A sheet that could be printed."""

    cluster_id: int | None
    """None for all units."""
    name: str
    cards: int


@dataclass(frozen=True, slots=True)
class _BlankInvite:
    """A card without its code."""

    unit: Unit
    role: Role
    expected: ExpectedOfficer | None


@query
async def list_sheets(ctx: Context) -> tuple[InviteSheetView, ...]:
    """All units first, then each cluster; what nobody needs has no cards."""
    posts = ctx.actor.units_where(Right.INVITE)
    if not posts:
        raise Refusal("standing-body-only", _NOT_YOURS)
    blanks = await _blanks(ctx)
    sheets = [InviteSheetView(None, "Mọi đơn vị", len(blanks))]
    for post in posts:
        clusters = await ctx.uow.clusters.by_unit(post.unit_id, day=ctx.today)
        for cluster in await ctx.uow.clusters.of_authority(post.unit_id, day=ctx.today):
            held = {unit_id for unit_id, found in clusters.items() if found.id == cluster.id}
            sheets.append(InviteSheetView(cluster.id, cluster.name, sum(blank.unit.id in held for blank in blanks)))
    return tuple(sheets)


@command
async def issue_sheet(ctx: Context, *, cluster_id: int | None = None, days: int) -> tuple[InviteCard, ...]:
    """Fresh invites; those handed out before stay good, and of several for one person the first used counts."""
    refuse_days(days)
    blanks = await _blanks(ctx)
    if cluster_id is not None:
        members = {unit.id for unit in await ctx.uow.clusters.members(cluster_id, day=ctx.today)}
        blanks = [blank for blank in blanks if blank.unit.id in members]
    if not blanks:
        raise Refusal("nobody-to-invite", "Đơn vị nào ở đây cũng đã có cán bộ vào bot, không còn ai cần giấy mời.")
    if len(blanks) > MOST_CARDS:
        raise Refusal(
            "invites-too-many", f"Có {len(blanks)} giấy mời, quá {MOST_CARDS} cho một tệp. Anh/chị chọn từng cụm."
        )

    offices = await _offices(ctx, [blank.unit for blank in blanks])
    cards = tuple(
        InviteCard(
            unit_name=blank.unit.name,
            role=blank.role,
            name=blank.expected.name if blank.expected else None,
            code=issue_invite(
                ctx,
                unit_id=blank.unit.id,
                role=blank.role,
                days=days,
                expected=blank.expected.id if blank.expected else None,
            ),
            last_day=ctx.today + timedelta(days=days),
            office=offices[blank.unit.id],
        )
        for blank in blanks
    )
    audit(ctx, AuditAction.SHEET_ISSUED, about=cluster_id or "", invites=len(cards))
    await ctx.uow.commit()
    return cards


async def _blanks(ctx: Context) -> list[_BlankInvite]:
    posts = ctx.actor.units_where(Right.INVITE)
    if not posts:
        raise Refusal("standing-body-only", _NOT_YOURS)
    own = [await ctx.uow.units.get(post.unit_id) for post in posts]
    below = [unit for authority in own for unit in await ctx.uow.units.below(authority.id, day=ctx.today)]
    units = {unit.id: unit for unit in (*own, *below)}
    served = await ctx.uow.officers.served(list(units), Role.OFFICER, day=ctx.today)
    expected = [row for row in await ctx.uow.rosters.at(list(units)) if row.joined_id is None]
    named = {row.unit_id for row in expected if row.role is Role.OFFICER}
    unnamed = [unit for unit in below if unit.id not in served | named]
    blanks = [_BlankInvite(units[row.unit_id], row.role, row) for row in expected]
    blanks += [_BlankInvite(unit, Role.OFFICER, None) for unit in {unit.id: unit for unit in unnamed}.values()]
    return sorted(blanks, key=lambda blank: blank.unit.id)


async def _offices(ctx: Context, units: Sequence[Unit]) -> dict[int, str]:
    """What each unit calls who invites it."""
    above = {unit.authority_id or unit.id for unit in units}
    authorities = {unit_id: await ctx.uow.units.get(unit_id) for unit_id in above}
    found = {unit.id: authorities[unit.authority_id or unit.id] for unit in units}
    return {unit_id: authority.office_name for unit_id, authority in found.items()}
