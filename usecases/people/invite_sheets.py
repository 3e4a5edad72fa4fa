"""Sheets of invites: for everybody who is expected by name, and for units without an officer in the bot."""

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
from usecases.people.invites import PostOffer, issue_invite, refuse_days

MOST_CARDS = 1000
"""Largest number of invites on one sheet."""
_NOT_YOURS = "Chỉ cơ quan thường trực được gửi lời mời."


@dataclass(frozen=True, slots=True)
class InviteCard:
    unit_name: str
    role: Role
    name: str | None
    """Name of the invited person, or None if anybody of the unit may use the invite."""
    code: str
    last_day: date
    office: str
    """Name by which the unit knows the standing body that invites it."""


@dataclass(frozen=True, slots=True)
class InviteSheetView:
    """A sheet of invites that can be issued."""

    cluster_id: int | None
    """The cluster, or None for all units."""
    name: str
    cards: int
    """Number of invites on it."""


@dataclass(frozen=True, slots=True)
class _BlankInvite:
    """An invite that has no code yet."""

    unit: Unit
    role: Role
    expected: ExpectedOfficer | None


@query
async def list_sheets(ctx: Context) -> tuple[InviteSheetView, ...]:
    """Return the sheets that can be issued: that of all units first, then one by cluster. A sheet may have no cards.

    Raises Refusal unless the actor may invite.
    """
    posts = ctx.actor.units_where(Right.INVITE)
    if not posts:
        raise Refusal("standing-body-only", _NOT_YOURS)
    blanks = await _blanks(ctx)
    sheets = [InviteSheetView(None, "Mọi đơn vị", len(blanks))]
    for post in posts:
        clusters = await ctx.uow.clusters.by_unit(post.unit_id, day=ctx.today)
        for cluster in await ctx.uow.clusters.of_authority(post.unit_id, day=ctx.today):
            members = {unit_id for unit_id, found in clusters.items() if found.id == cluster.id}
            sheets.append(InviteSheetView(cluster.id, cluster.name, sum(blank.unit.id in members for blank in blanks)))
    return tuple(sheets)


@command
async def issue_sheet(ctx: Context, *, cluster_id: int | None = None, days: int) -> tuple[InviteCard, ...]:
    """Issue new invites, good for `days` days, to all who need one, or to those of one cluster.

    Invites issued before stay good; among several for one person the first one used counts. Raises Refusal if the
    actor may not invite, if nobody needs an invite, if more than MOST_CARDS do, and for a faulty number of days.
    """
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
                PostOffer(blank.unit.id, blank.role, expected=blank.expected.id if blank.expected else None),
                days=days,
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
    served = await ctx.uow.officers.with_account(list(units), Role.OFFICER, day=ctx.today)
    expected = [row for row in await ctx.uow.rosters.at(list(units)) if row.joined_id is None]
    named = {row.unit_id for row in expected if row.role is Role.OFFICER}
    unnamed = [unit for unit in below if unit.id not in served | named]
    blanks = [_BlankInvite(units[row.unit_id], row.role, row) for row in expected]
    blanks += [_BlankInvite(unit, Role.OFFICER, None) for unit in {unit.id: unit for unit in unnamed}.values()]
    return sorted(blanks, key=lambda blank: blank.unit.id)


async def _offices(ctx: Context, units: Sequence[Unit]) -> dict[int, str]:
    """Return {unit_id: name of its standing body}."""
    above = {unit.authority_id or unit.id for unit in units}
    authorities = {unit_id: await ctx.uow.units.get(unit_id) for unit_id in above}
    found = {unit.id: authorities[unit.authority_id or unit.id] for unit in units}
    return {unit_id: authority.office_name for unit_id, authority in found.items()}
