"""Telephone numbers of standing bodies: shown to anybody, entered by the standing body itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.people.people import read_phone, read_position
from domain.roles import Right
from domain.typed_input.words import clean_line
from models.people.office_contacts import OfficeContact
from usecases.audit import audit
from usecases.context import Context, command, query

MOST_CONTACTS = 5
"""Largest number of contacts of one standing body."""
LONGEST_HOURS = 80
"""Longest text of the hours (characters)."""


@dataclass(frozen=True, slots=True)
class ContactView:
    id: int
    name: str
    phone: str
    hours: str


@dataclass(frozen=True, slots=True)
class OfficeView:
    """One standing body and its numbers."""

    authority_id: int
    office: str
    authority_name: str
    contacts: tuple[ContactView, ...]


@query
async def list_offices(ctx: Context) -> tuple[OfficeView, ...]:
    """Return the standing bodies to which the actor's units owe; for a stranger the first topmost one."""
    return await _offices(ctx, await _authorities_above(ctx))


async def _authorities_above(ctx: Context) -> list[int]:
    """Return the ids of the authorities to which the actor's units owe; a topmost unit is its own."""
    if not ctx.actor.posts:
        return [root.id for root in (await ctx.uow.units.roots())[:1]]
    unit_ids = [post.unit_id for post in ctx.actor.posts]
    above = await ctx.uow.reachability.authorities(unit_ids)
    return list(dict.fromkeys(above.get(unit_id, unit_id) for unit_id in unit_ids))


@query
async def list_own_office(ctx: Context) -> OfficeView:
    """Return the numbers that the actor may change. Raises Refusal unless they appoint for a standing body."""
    return (await _offices(ctx, [_own_authority(ctx)]))[0]


def _own_authority(ctx: Context) -> int:
    posts = ctx.actor.units_where(Right.APPOINT)
    if not posts:
        raise Refusal("standing-body-only", "Mục này dành cho cơ quan thường trực.", way=Way.OFFICE_NUMBERS)
    return posts[0].unit_id


@command
async def add_contact(ctx: Context, *, name: str, phone: str, hours: str) -> ContactView:
    """Enter a number of the actor's own standing body; the texts are as typed.

    Raises Refusal like `list_own_office`, for a faulty text, and if there are MOST_CONTACTS already.
    """
    authority_id = _own_authority(ctx)
    name, phone, hours = read_contact_name(name), read_phone(phone), read_hours(hours)
    if len(await ctx.uow.office_contacts.of([authority_id])) >= MOST_CONTACTS:
        raise Refusal("contacts-too-many", f"Bot ghi tối đa {MOST_CONTACTS} số. Anh/chị xóa một số cũ trước.")

    contact = OfficeContact(authority_id=authority_id, name=name, phone=phone, hours=hours)
    ctx.uow.office_contacts.add(contact)
    await ctx.uow.flush()
    audit(ctx, AuditAction.OFFICE_CONTACT_ADDED, about=contact.id, unit_id=authority_id)
    view = _view(contact)
    await ctx.uow.commit()
    return view


@command
async def remove_contact(ctx: Context, contact_id: int) -> ContactView:
    """Remove a number and return what it was. Raises Refusal if it is gone, or is not the actor's to change."""
    authority_id = _own_authority(ctx)
    contact = await ctx.uow.office_contacts.find(contact_id)
    if contact is None or contact.authority_id != authority_id:
        raise Refusal("contact-removed", "Số này đã được xóa. Đây là danh sách hiện tại.")

    view = _view(contact)
    await ctx.uow.office_contacts.remove(contact)
    audit(ctx, AuditAction.OFFICE_CONTACT_REMOVED, about=contact_id, unit_id=authority_id)
    await ctx.uow.commit()
    return view


def read_contact_name(text: str) -> str:
    """Return the name of the person or desk that answers. Raises Refusal for a text that names nobody."""
    try:
        return read_position(text)
    except Refusal as fault:
        raise Refusal(
            "contact-name-unread", "Anh/chị ghi tên người hoặc bộ phận nghe máy, ví dụ: Bà Trần Thị B, hoặc Văn thư."
        ) from fault


def read_hours(text: str) -> str:
    """Return the hours at which the number is answered, in words; may be empty. Raises Refusal if it is too long."""
    hours = clean_line(text)
    if len(hours) > LONGEST_HOURS:
        raise Refusal(
            "contact-hours-too-long", f"Giờ nghe máy dài quá {LONGEST_HOURS} ký tự. Ví dụ: 7:30-11:30, 13:30-17:00."
        )
    return hours


async def _offices(ctx: Context, authority_ids: Sequence[int]) -> tuple[OfficeView, ...]:
    contacts = await ctx.uow.office_contacts.of(authority_ids)
    found = []
    for authority_id in authority_ids:
        unit = await ctx.uow.units.get(authority_id)
        own = tuple(_view(contact) for contact in contacts if contact.authority_id == authority_id)
        found.append(OfficeView(authority_id, unit.office_name, unit.name, own))
    return tuple(found)


def _view(contact: OfficeContact) -> ContactView:
    return ContactView(contact.id, contact.name, contact.phone, contact.hours)
