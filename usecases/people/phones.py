"""A phone that has changed: a new number for an old account, or a new account that brings a number known already."""

from dataclasses import dataclass

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.people.people import read_phone
from domain.roles import Right
from domain.typed_input.words import plain
from models.people.officers import Account, Person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.reminders.reachability import move_account


@dataclass(frozen=True, slots=True)
class PhoneChange:
    stored: str | None
    given: str


@query
async def compare_phone(ctx: Context, number: str) -> PhoneChange:
    """The actor's number beside the one they have just shared; refuses where there is nothing to change."""
    return await _change(ctx, number)


@command
async def change_phone(ctx: Context, number: str) -> PhoneChange:
    """Keep the old number beside the new one until somebody has confirmed it."""
    await ctx.uow.officers.find_for_update(_acting(ctx))
    change = await _change(ctx, number)
    person = await ctx.uow.officers.get(_acting(ctx))

    renumber(ctx, person, change.given)
    await ctx.uow.commit()
    return change


def renumber(ctx: Context, person: Person, number: str) -> None:
    """The one road to another number, whoever asked for it. Does not commit."""
    person.former_phone, person.phone = person.former_phone or person.phone, number
    audit(ctx, AuditAction.PHONE_CHANGED, about=person.id)


async def _change(ctx: Context, number: str) -> PhoneChange:
    person, given = await ctx.uow.officers.get(_acting(ctx)), read_phone(number)
    if person.phone == given:
        raise Refusal("phone-unchanged", "Bot đang lưu đúng số này, anh/chị không phải đổi.")
    return PhoneChange(person.phone, given)


def _acting(ctx: Context) -> int:
    if ctx.actor.person_id is None or ctx.actor.is_guest:
        raise Refusal("not-joined", "Anh/chị chưa tham gia.", way=Way.START)
    return ctx.actor.person_id


@command
async def confirm_phone(ctx: Context, person_id: int) -> str:
    """The standing body has reached somebody on the new number: the old one is forgotten. Gives their name."""
    person = await ctx.uow.officers.find_for_update(person_id)
    posts = await ctx.uow.officers.posts(person_id, day=ctx.today) if person else ()
    above = [(unit.id, await ctx.uow.units.above(unit.id)) for _, unit in posts]
    if person is None or not any(
        ctx.actor.may(Right.SEE_PHONES, unit_id=unit_id, above=authorities) for unit_id, authorities in above
    ):
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực xác nhận được số mới.", way=Way.HOME)
    if person.former_phone is None:
        raise Refusal("phone-confirmed", f"Số mới của {person.name} đã được xác nhận rồi.")

    person.former_phone = None
    audit(ctx, AuditAction.PHONE_CONFIRMED, about=person.id)
    await ctx.uow.commit()
    return person.name


async def take_over(ctx: Context, *, phone: str, name: str, channel: str, chat_id: int) -> Person | None:
    """A new account brings a number known already: older accounts of it lose access in the same instant.

    Who bears the same name is the same person, and goes on where they were; None for anybody else.
    """
    returning = None
    for person, account in await ctx.uow.officers.with_phone(phone, channel=channel):
        if returning is None and plain(person.name) == plain(name):
            await move_account(ctx, account, to=chat_id)
            returning = person
        else:
            await _shut_out(ctx, person, account)
        audit(ctx, AuditAction.ACCOUNT_REPLACED, about=person.id)
    return returning


async def _shut_out(ctx: Context, person: Person, account: Account) -> None:
    """The number is somebody else's now."""
    person.former_phone, person.phone = person.phone, None
    await ctx.uow.officers.close(account)
