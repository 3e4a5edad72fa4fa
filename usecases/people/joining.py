"""Joining: an invite, consent, a name, a position, a phone."""

from dataclasses import dataclass

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.people.people import CONSENT_VERSION, read_name, read_phone, read_position
from domain.typed_input.codes import INVITE_LENGTH, read_invite_code
from models.people.invites import Invite
from models.people.officers import Account, Consent, Person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.people.invite_guesses import note_wrong_code, refuse_guessing
from usecases.people.invites import (
    InviteView,
    find_invite,
    find_invite_for_update,
    is_open,
    short_fingerprint,
    view_invite,
)
from usecases.people.phones import reassign_phone
from usecases.people.posts import begin_post, pass_post


@dataclass(frozen=True, slots=True)
class JoinForm:
    """Answers of a person who joins, as typed."""

    consent: str
    """Version of the notice that was agreed to."""
    name: str
    position: str
    phone: str


@dataclass(frozen=True, slots=True)
class BotOwnerView:
    """The topmost authority, whose bot this is."""

    authority_name: str
    office: str


@command
async def try_invite(ctx: Context, code: str, *, channel: str, chat_id: int) -> InviteView:
    """Return the offer of a code that was followed as a link or typed. A wrong code is counted.

    Raises Refusal if the chat has to wait after wrong codes, if the code is wrong, used, revoked or expired, and if
    the actor used it themselves.
    """
    await refuse_guessing(ctx, channel=channel, chat_id=chat_id)
    found = await find_invite(ctx, code)
    if found is not None and found.used_by is not None and found.used_by == ctx.actor.person_id:
        raise Refusal("invite-used-by-oneself", "Anh/chị đã vào bằng mã này rồi, không cần nhập lại.")

    if found is None or not await is_open(ctx, found):
        await note_wrong_code(ctx, channel=channel, chat_id=chat_id)
        await ctx.uow.commit()
        raise await _useless(ctx, found, code)
    return await view_invite(ctx, found, code)


@query
async def read_invite(ctx: Context, code: str) -> InviteView:
    """Return the offer of a code. Raises Refusal if the code is wrong, used, revoked or expired."""
    return await view_invite(ctx, await _valid(ctx, code), code)


@query
async def read_bot_owner(ctx: Context) -> BotOwnerView | None:
    """Return the first topmost authority, for strangers to read; it is None before an organisation is entered."""
    roots = await ctx.uow.units.roots()
    return BotOwnerView(roots[0].name, roots[0].office_name) if roots else None


@command
async def join(ctx: Context, code: str, form: JoinForm, *, channel: str, chat_id: int) -> None:
    """Accept an invite as a new person, or as a known one whose phone number comes with a new account.

    Raises Refusal if the invite is not good any more or is for another phone number, if the account has joined
    already, if the version of the notice is old, and for a faulty name, position or phone.
    """
    # Two people who bring the same number at once must join one after the other.
    await ctx.uow.units.roots_for_update()
    found = await _valid_for_update(ctx, code)
    if await ctx.uow.officers.person_of_chat(channel, chat_id) is not None:
        raise Refusal("already-joined", "Anh/chị đã tham gia rồi.", way=Way.MAIN_PAGE)
    if form.consent != CONSENT_VERSION:
        raise Refusal("notice-changed", "Thông báo đã được sửa. Anh/chị mở lại đường dẫn mời để đọc bản mới.")

    name, position, phone = read_name(form.name), read_position(form.position), read_phone(form.phone)
    await _refuse_another(ctx, found, phone)
    person = await reassign_phone(ctx, phone=phone, name=name, channel=channel, chat_id=chat_id)
    if person is None:
        person = Person(name=name, position=position, phone=phone, joined_at=ctx.now)
        ctx.uow.officers.add(person)
        await ctx.uow.flush()
        ctx.uow.officers.add(Account(person_id=person.id, channel=channel, chat_id=chat_id))
    person.position = position
    ctx.uow.officers.add(Consent(person_id=person.id, version=form.consent, given_at=ctx.now))
    audit(ctx, AuditAction.CONSENTED, about=person.id, version=form.consent)
    await _appoint(ctx, found, person.id)
    await ctx.uow.commit()


@command
async def take_post(ctx: Context, code: str) -> None:
    """Accept an invite as a person who has joined before: one person may serve several units.

    Raises Refusal if the invite is not good any more or is for another phone number, if the actor has not joined, and
    if they have this role at the unit already.
    """
    found = await _valid_for_update(ctx, code)
    if ctx.actor.person_id is None:
        raise Refusal("not-joined", "Anh/chị chưa tham gia. Mở lại đường dẫn mời để bắt đầu.")
    if not found.replaces_id and any(
        post.unit_id == found.unit_id and post.role is found.role for post in ctx.actor.posts
    ):
        raise Refusal("role-held", "Anh/chị đã có vai trò này rồi.", way=Way.MAIN_PAGE)

    await _refuse_another(ctx, found, (await ctx.uow.officers.get(ctx.actor.person_id)).phone)
    await _appoint(ctx, found, ctx.actor.person_id)
    await ctx.uow.commit()


async def _refuse_another(ctx: Context, found: Invite, phone: str | None) -> None:
    """Raise Refusal if the invite is for another phone number, so that a lost sheet is of no use to a finder."""
    expected = await ctx.uow.rosters.get(found.expected_id) if found.expected_id else None
    if expected is not None and expected.phone not in (None, phone):
        office = (await view_invite(ctx, found, "")).office
        raise Refusal(
            "invite-of-another-phone",
            f"Lời mời này ghi cho số điện thoại khác (tận cùng {(expected.phone or '')[-3:]}). "
            f"Anh/chị dùng tài khoản của số ấy, hoặc nhờ {office} mời lại.",
        )


async def _appoint(ctx: Context, found: Invite, person_id: int) -> None:
    await ctx.uow.units.find_for_update(found.unit_id)
    found.used_at, found.used_by = ctx.now, person_id
    if found.expected_id:
        (await ctx.uow.rosters.get(found.expected_id)).joined_id = person_id
    before = await ctx.uow.officers.post(found.replaces_id) if found.replaces_id else None
    holding = await ctx.uow.officers.held_for_update(found.unit_id, found.role, day=ctx.today)
    if before in holding and before is not None and before.person_id != person_id:
        await pass_post(ctx, before, to=person_id)
    elif any(post.person_id == person_id for post in holding):
        # A person who came back with another account holds the post already.
        return
    else:
        begin_post(ctx, person_id, unit_id=found.unit_id, role=found.role)
    invite = short_fingerprint(found.fingerprint)
    audit(ctx, AuditAction.ROLE_GIVEN, about=invite, unit_id=found.unit_id, role=found.role, person=person_id)


async def _valid(ctx: Context, code: str) -> Invite:
    return await _refuse_useless(ctx, await find_invite(ctx, code), code)


async def _valid_for_update(ctx: Context, code: str) -> Invite:
    found = await find_invite_for_update(ctx, code)
    if found is not None and found.expected_id is not None:
        # Only one of several invites by name may be used, so they wait for one another on the roster entry.
        await ctx.uow.rosters.find_for_update(found.expected_id)
    return await _refuse_useless(ctx, found, code)


async def _refuse_useless(ctx: Context, found: Invite | None, code: str) -> Invite:
    if found is None or not await is_open(ctx, found):
        raise await _useless(ctx, found, code)
    return found


async def _useless(ctx: Context, found: Invite | None, code: str) -> Refusal:
    """Return the refusal of a code, the same for a wrong, used, expired and revoked one, so that guessing is no use.

    Text that cannot be a code is refused with the form of a code.
    """
    if not any(len(reading) == INVITE_LENGTH for reading in read_invite_code(code)):
        example = "ví dụ: K3QM-7TRX-PA9H"
        return Refusal(
            "invite-code-unknown", f"Không có mã này. Mã mời gồm {INVITE_LENGTH} ký tự, {example}. Anh/chị gõ lại giúp."
        )
    office = (await view_invite(ctx, found, "")).office if found else await _first_office(ctx)
    return Refusal("invite-useless", f"Mã mời không đúng, đã dùng hoặc hết hạn. Anh/chị xin mã mới ở {office}.")


async def _first_office(ctx: Context) -> str:
    roots = await ctx.uow.units.roots()
    return roots[0].office_name if roots else "cơ quan thường trực"
