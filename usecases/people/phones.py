"""Changes of phones: a new number for an account, or a new account that brings a number known already."""

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
    """The number in the bot, or None if there is none."""
    given: str
    """The number just shared."""


@query
async def compare_phone(ctx: Context, number: str) -> PhoneChange:
    """Return the actor's stored number and the one just shared.

    Raises Refusal if they are the same, if the number is faulty, or if the actor has no post.
    """
    return await _change(ctx, number)


@command
async def change_phone(ctx: Context, number: str) -> PhoneChange:
    """Change the actor's number; the old one is kept too until the new one is confirmed.

    Raises Refusal like `compare_phone`.
    """
    await ctx.uow.officers.find_for_update(_acting(ctx))
    change = await _change(ctx, number)
    person = await ctx.uow.officers.get(_acting(ctx))

    renumber(ctx, person, change.given)
    await ctx.uow.commit()
    return change


def renumber(ctx: Context, person: Person, number: str) -> None:
    """Give the person another number and keep the old one as the former. Does not commit.

    Every change of a number goes through here.
    """
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
    """Note that the person was reached on the new number, forget the old one, and return their name.

    Raises Refusal unless the actor may see the phones of a unit that they serve, or if the number is confirmed already.
    """
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


async def reassign_phone(ctx: Context, *, phone: str, name: str, channel: str, chat_id: int) -> Person | None:
    """Give a known phone number to a new account: older accounts with the number lose access at once.

    Return the person with this number and the same name, whose account moves to the new chat, or None if there is
    none. Does not commit.
    """
    returning = None
    for person, account in await ctx.uow.officers.with_phone(phone, channel=channel):
        if returning is None and plain(person.name) == plain(name):
            await move_account(ctx, account, to=chat_id)
            returning = person
        else:
            await _close_account(ctx, person, account)
        audit(ctx, AuditAction.ACCOUNT_REPLACED, about=person.id)
    return returning


async def _close_account(ctx: Context, person: Person, account: Account) -> None:
    """Close the account of a person whose number belongs to another person now."""
    person.former_phone, person.phone = person.phone, None
    await ctx.uow.officers.delete_account(account)
