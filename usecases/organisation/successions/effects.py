"""When the day of a change has come: the people of a unit that ended go on at its heir, its invites open nothing."""

from datetime import date, datetime, time

from domain.audit import AuditAction
from domain.calendar import ONE_DAY
from domain.roles import Role
from models.organisation.successions import Succession
from models.organisation.units import Unit
from models.people.officers import Appointment
from usecases.audit import audit
from usecases.context import Context, command
from usecases.groups.scoreboards import refresh_cluster
from usecases.people.invites import short_fingerprint


@command
async def apply_due_successions(ctx: Context) -> None:
    """Read on the day itself, so that whoever joined or left since the change was entered is not forgotten."""
    for row in await ctx.uow.successions.due_for_update(day=ctx.today):
        heir = await ctx.uow.successions.succession_of(row.unit_id)
        if heir is row:
            await _settle(ctx, row)
        row.settled_at = ctx.now
    await ctx.uow.commit()


async def _settle(ctx: Context, row: Succession) -> None:
    heir = await ctx.uow.units.get(row.successor_id) if row.successor_id else None
    await _move_posts(ctx, row, heir)
    for invite in await ctx.uow.invites.open_at(row.unit_id):
        invite.revoked_at = ctx.now
        audit(
            ctx,
            AuditAction.INVITE_REVOKED,
            about=short_fingerprint(invite.fingerprint),
            unit_id=row.unit_id,
            role=invite.role,
        )
    if heir is not None:
        await ctx.uow.successions.move_subordinates(row.unit_id, to=heir.id)
    last = row.day - ONE_DAY
    for seat in await ctx.uow.clusters.memberships(row.unit_id, day=last):
        await refresh_cluster(ctx, seat.cluster_id)


async def _move_posts(ctx: Context, row: Succession, heir: Unit | None) -> None:
    there = await ctx.uow.officers.appointments(heir.id, day=ctx.today) if heir else []
    held = {(post.person_id, post.role) for post in there}
    for post in await ctx.uow.officers.appointments_since(row.unit_id, row.day):
        role = _role_at(heir, post.role, day=row.day)
        if heir is not None and (post.person_id, role) not in held:
            held.add((post.person_id, role))
            ctx.uow.officers.add(
                Appointment(
                    person_id=post.person_id,
                    unit_id=heir.id,
                    role=role,
                    since=_since(ctx, row, post.since),
                    valid_from=max(row.day, post.valid_from),
                    valid_to=post.valid_to,
                )
            )
        post.valid_to = row.day - ONE_DAY
        to = heir.id if heir else None
        audit(
            ctx,
            AuditAction.POST_MOVED,
            about=post.id,
            unit_id=row.unit_id,
            role=post.role,
            person=post.person_id,
            to=to,
        )


def _role_at(heir: Unit | None, role: Role, *, day: date) -> Role:
    # A unit that stood before has its head; that of a unit taken in is one of its officers.
    return Role.OFFICER if role is Role.UNIT_HEAD and heir is not None and heir.valid_from < day else role


def _since(ctx: Context, row: Succession, since: datetime) -> datetime:
    """From when on they are reminded for the heir: its first day, or when it was entered if that was later."""
    return max(since, row.at, ctx.calendar.at(row.day, time()))
