"""«Dữ liệu của tôi»: the data kept about the actor, on a screen and as a file."""

from dataclasses import dataclass
from datetime import datetime

from domain.announcements import first_line
from domain.audit import AuditAction
from domain.people.data_requests import FIELD_NAMES, RequestKind
from domain.people.people import begins_with_name
from domain.roles import ROLE_NAMES
from models.duties.extensions import ExtensionRequest
from models.message_kinds import MessageKind
from models.outbox import OutboxMessage
from models.people.data_requests import DataRequest
from models.people.officers import Person
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context, command, query

Cell = str | int | datetime


@dataclass(frozen=True, slots=True)
class MyDataView:
    name: str
    position: str
    phone: str | None
    posts: tuple[str, ...]
    """Role and unit of each post."""
    consent: str | None
    """Version of the notice agreed to last, or None once consent was withdrawn."""
    consent_at: datetime | None
    """Local time of that consent."""
    handed_in: int
    """Number of receipts."""
    papers: int
    """Number of files sent."""
    messages: int
    """Number of messages from the bot."""
    waiting: tuple[str, ...]
    """Requests that are not answered yet."""
    office: str
    """Name of the standing body."""


@dataclass(frozen=True, slots=True)
class Section:
    """One sheet of the file."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


MESSAGE_NAMES = {
    MessageKind.REMINDER: "Nhắc hạn",
    MessageKind.NUDGE: "Lãnh đạo, cụm trưởng nhắc",
    MessageKind.WEEKLY: "Tổng hợp tuần",
    MessageKind.HANDOVER: "Được chuyển việc",
    MessageKind.PAPER_CLAIM: "Hỏi về bản giấy",
    MessageKind.PAPER_ANSWER: "Trả lời về bản giấy",
    MessageKind.PLAN_CHANGED: "Kế hoạch thay đổi",
    MessageKind.DATA_REQUEST: "Yêu cầu về dữ liệu",
    MessageKind.DATA_ANSWER: "Trả lời yêu cầu về dữ liệu",
    MessageKind.ANNOUNCEMENT: "Thông báo của cơ quan thường trực",
}


@query
async def read_my_data(ctx: Context) -> MyDataView:
    person = await ctx.uow.officers.get(acting_person(ctx))
    data = ctx.uow.personal_data
    agreed = [consent for consent in await data.consents(person.id) if consent.withdrawn_at is None]
    posts = await ctx.uow.officers.posts(person.id, day=ctx.today)
    requests = await ctx.uow.data_requests.of_person(person.id)
    return MyDataView(
        name=person.name,
        position=person.position,
        phone=person.phone,
        posts=tuple(f"{ROLE_NAMES[post.role]} · {unit.name}" for post, unit in posts),
        consent=agreed[-1].version if agreed else None,
        consent_at=ctx.local(agreed[-1].given_at) if agreed else None,
        handed_in=len(await data.receipts(person.id)),
        papers=len(await data.attachments(person.id)),
        messages=len(await data.messages(await data.accounts(person.id))),
        waiting=tuple(_request_name(request) for request in requests if request.decided_at is None),
        office=await _office(ctx, person.id),
    )


def _request_name(request: DataRequest) -> str:
    if request.kind is RequestKind.DELETION or request.field is None:
        return "xóa dữ liệu"
    return f"sửa {FIELD_NAMES[request.field]}"


async def _office(ctx: Context, person_id: int) -> str:
    posts = await ctx.uow.personal_data.posts(person_id)
    if not posts:
        return "cơ quan thường trực"
    unit = posts[0][1]
    authority = await ctx.uow.units.get(unit.authority_id) if unit.authority_id else unit
    return authority.office_name


@command
async def export_my_data(ctx: Context) -> tuple[Section, ...]:
    """Return all data kept about the actor, as sheets of a file; the export has an audit entry."""
    person = await ctx.uow.officers.get(acting_person(ctx))
    sections = await _sections(ctx, person)

    audit(ctx, AuditAction.DATA_EXPORTED, about=person.id)
    await ctx.uow.commit()
    return sections


async def _sections(ctx: Context, person: Person) -> tuple[Section, ...]:
    data = ctx.uow.personal_data
    accounts = await data.accounts(person.id)
    messages = await data.messages(accounts)
    return (
        Section(
            "Cá nhân",
            ("Mục", "Nội dung"),
            (
                ("Họ tên", person.name),
                ("Chức vụ", person.position),
                ("Số điện thoại", person.phone or ""),
                *((("Số điện thoại trước", person.former_phone),) if person.former_phone else ()),
                ("Vào bot lúc", ctx.local(person.joined_at)),
                *((f"Tài khoản {account.channel}", str(account.chat_id)) for account in accounts),
            ),
        ),
        Section(
            "Nhiệm vụ",
            ("Đơn vị", "Vai trò", "Từ ngày", "Đến ngày"),
            tuple(
                (unit.name, ROLE_NAMES[post.role], f"{post.valid_from:%d/%m/%Y}", _day(post.valid_to))
                for post, unit in await data.posts(person.id)
            ),
        ),
        Section(
            "Đồng ý",
            ("Bản thông báo", "Đồng ý lúc", "Rút lại lúc"),
            tuple(
                (row.version, ctx.local(row.given_at), ctx.local(row.withdrawn_at) if row.withdrawn_at else "")
                for row in await data.consents(person.id)
            ),
        ),
        Section(
            "Đã nộp",
            ("Mã biên nhận", "Việc", "Đơn vị", "Nộp lúc"),
            tuple(
                (receipt.code, duty.name, unit.name, ctx.local(receipt.at))
                for receipt, duty, unit in await data.receipts(person.id)
            ),
        ),
        Section(
            "Tệp đã gửi",
            ("Tên tệp", "Cỡ (byte)", "Gửi lúc", "SHA-256"),
            tuple(
                (paper.file_name, paper.size, ctx.local(paper.added_at), paper.sha256)
                for paper in await data.attachments(person.id)
            ),
        ),
        Section(
            "Đơn xin gia hạn",
            ("Việc", "Đơn vị", "Gửi lúc", "Xin đến ngày", "Lý do", "Tệp", "Kết quả"),
            tuple(
                (
                    duty.name,
                    unit.name,
                    ctx.local(row.at),
                    _day(row.wanted),
                    row.reason,
                    row.file_name or "",
                    _answer(row),
                )
                for row, duty, unit in await ctx.uow.extensions.of_person(person.id)
            ),
        ),
        Section("Được nêu tên", ("Việc", "Đơn vị", "Ghi trong hồ sơ"), await _mentions(ctx, person)),
        Section(
            "Tin bot gửi",
            ("Loại tin", "Lập lúc", "Gửi lúc"),
            tuple(_message_row(ctx, message) for message in messages),
        ),
        await _announcements(ctx, person),
        Section(
            "Lời mời đã dùng",
            ("Đơn vị", "Vai trò", "Dùng lúc"),
            tuple(
                (unit.name, ROLE_NAMES[invite.role], ctx.local(invite.used_at) if invite.used_at else "")
                for invite, unit in await data.invites(person.id)
            ),
        ),
        Section(
            "Lịch nghỉ",
            ("Từ ngày", "Đến hết ngày", "Đã hủy"),
            tuple(
                (f"{leave.first_day:%d/%m/%Y}", f"{leave.last_day:%d/%m/%Y}", "hủy" if leave.cancelled_at else "")
                for leave in await data.leaves(person.id)
            ),
        ),
        Section(
            "Danh sách cán bộ",
            ("Đơn vị", "Họ tên", "Chức vụ", "Số điện thoại", "Ghi lúc"),
            tuple(
                (unit.name, row.name, row.position or "", row.phone or "", ctx.local(row.entered_at))
                for row, unit in await data.expected(person.id)
            ),
        ),
        Section(
            "Yêu cầu",
            ("Yêu cầu", "Lúc", "Kết quả", "Lý do"),
            tuple(
                (_request_name(row), ctx.local(row.at), _outcome(row.granted), row.reason or "")
                for row in await ctx.uow.data_requests.of_person(person.id)
            ),
        ),
    )


async def _announcements(ctx: Context, person: Person) -> Section:
    """Return the announcements that the person received, when they marked them as read, and those that they sent."""
    received = [
        (first_line(row.text), unit.name, ctx.local(row.at), ctx.local(mark.read_at) if mark.read_at else "")
        for row, mark, unit in await ctx.uow.announcements.received_by(person.id)
    ]
    sent = [
        (first_line(row.text), "anh/chị gửi", ctx.local(row.at), "")
        for row in await ctx.uow.announcements.sent_by(person.id)
    ]
    return Section("Thông báo", ("Nội dung", "Đơn vị nhận", "Gửi lúc", "Đọc lúc"), (*received, *sent))


async def _mentions(ctx: Context, person: Person) -> tuple[tuple[Cell, ...], ...]:
    """Return (duty, unit, line) for nominee lines that begin with the person's name, in dossiers of their units.

    Units are those where they hold or held a post: people of the same name elsewhere are left out.
    """
    units = {unit.id for _, unit in await ctx.uow.personal_data.posts(person.id)}
    return tuple(
        (duty.name, unit.name, line)
        for nominees, duty, unit in await ctx.uow.personal_data.nominee_lines(sorted(units))
        for line in nominees.splitlines()
        if begins_with_name(line, person.name)
    )


def _answer(row: ExtensionRequest) -> str:
    return "đã rút" if row.withdrawn else _outcome(bool(row.granted) if row.decided_at else None)


def _message_row(ctx: Context, message: OutboxMessage) -> tuple[Cell, ...]:
    done = ctx.local(message.done_at) if message.done_at else ""
    return (MESSAGE_NAMES.get(message.kind, "Thông báo"), ctx.local(message.created_at), done)


def _day(value: object) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def _outcome(granted: bool | None) -> str:
    return "đang chờ" if granted is None else "đồng ý" if granted else "từ chối"
