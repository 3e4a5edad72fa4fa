"""Requests to correct or erase one's own data, and the standing body's answers (LAW.md 8: two working days)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.audit import AuditAction
from domain.errors import AlreadyDone, Refusal, Way
from domain.people.data_requests import CorrectableField, RequestKind, alarm, due_day, read_value
from domain.plans.legal_basis import LegalMatter
from domain.roles import Right, Role
from domain.typed_input.words import read_sentence
from models.message_kinds import MessageKind
from models.people.data_requests import DataRequest
from models.people.officers import Account, Person
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.outbox.queueing import Notice, clerks_of, put_message
from usecases.people.phones import renumber
from usecases.personal_data.erasure import erase_person
from usecases.submissions.legal_basis import cited


@dataclass(frozen=True, slots=True)
class RequestView:
    id: int
    kind: RequestKind
    field: CorrectableField | None
    value: str | None
    """The new value asked for."""
    old_value: str | None
    """The value now, of a waiting correction."""
    person_name: str
    unit_name: str
    """Unit of the person's present or last post."""
    at: datetime
    due_day: date
    is_last_day: bool
    is_late: bool
    is_waiting: bool
    granted: bool | None
    reason: str | None
    kept_by: str
    """The law by which the unit's documents stay."""
    is_told: bool = True
    """Whether a message of it reaches somebody: the standing body after a request, the person after an answer."""


@command
async def ask_correction(ctx: Context, field: CorrectableField, text: str) -> RequestView:
    """Ask to have the actor's name, position or phone corrected; `text` is as typed.

    Raises Refusal for a faulty or unchanged value, if the same is asked already, and if the actor never had a post.
    """
    value = read_value(field, text)
    person = await ctx.uow.officers.get(acting_person(ctx))

    if value == _value_of(person, field):
        raise Refusal("value-unchanged", f"Bot đang ghi đúng như vậy: {value}. Anh/chị không cần sửa.")
    return await _ask(ctx, person, RequestKind.CORRECTION, field=field, value=value)


@command
async def ask_deletion(ctx: Context) -> RequestView:
    """Ask to have all that names the actor erased.

    Raises Refusal if that is asked already, and if the actor never had a post.
    """
    return await _ask(ctx, await ctx.uow.officers.get(acting_person(ctx)), RequestKind.DELETION)


async def _ask(
    ctx: Context, person: Person, kind: RequestKind, *, field: CorrectableField | None = None, value: str | None = None
) -> RequestView:
    await ctx.uow.officers.find_for_update(person.id)
    for before in await ctx.uow.data_requests.of_person(person.id):
        if before.decided_at is None and (before.kind, before.field) == (kind, field):
            raise Refusal(
                "request-waiting", f"Yêu cầu này đang chờ trả lời, chậm nhất hết ngày {before.due_day:%d/%m/%Y}."
            )

    request = DataRequest(
        person_id=person.id,
        authority_id=await _authority_of(ctx, person.id),
        kind=kind,
        field=field,
        value=value,
        at=ctx.now,
        due_day=due_day(ctx.today, calendar=ctx.calendar),
    )
    ctx.uow.data_requests.add(request)
    await ctx.uow.flush()
    is_told = await _tell_clerks(ctx, request, key=f"data-request:{request.id}")
    audit(ctx, AuditAction.DATA_REQUESTED, about=request.id, kind=kind, field=field)
    view = replace(await _view(ctx, request), is_told=is_told)
    await ctx.uow.commit()
    return view


async def _authority_of(ctx: Context, person_id: int) -> int:
    posts = await ctx.uow.personal_data.posts(person_id)
    if not posts:
        raise Refusal("no-post", "Anh/chị chưa giữ nhiệm vụ ở đơn vị nào, nên bot không biết hỏi cơ quan nào.")
    unit = posts[0][1]
    return unit.authority_id or unit.id


async def _tell_clerks(ctx: Context, request: DataRequest, *, key: str) -> bool:
    clerks = await clerks_of(ctx, request.authority_id)
    for person_id, account in clerks.items():
        await put_message(ctx, Notice(MessageKind.DATA_REQUEST, f"{key}:{person_id}", {"request": request.id}), account)
    return bool(clerks)


@command
async def queue_data_alarms(ctx: Context) -> None:
    """Remind standing bodies of waiting requests: on the last afternoon, and on each working morning after it."""
    for request in await ctx.uow.data_requests.waiting():
        come = alarm(request.due_day, now=ctx.now, calendar=ctx.calendar)
        if come is not None:
            await _tell_clerks(ctx, request, key=f"data-request:{request.id}:{come}")
    await ctx.uow.commit()


@query
async def list_requests(ctx: Context) -> tuple[RequestView, ...]:
    """Return the requests that wait for the actor's answer, most urgent first.

    Raises Refusal unless the actor answers for a standing body.
    """
    posts = ctx.actor.units_where(Right.ANSWER)
    if not posts:
        raise Refusal(
            "standing-body-only", "Chỉ cơ quan thường trực xem được các yêu cầu về dữ liệu.", way=Way.OWN_DATA
        )
    waiting = await ctx.uow.data_requests.waiting([post.unit_id for post in posts])
    return tuple([await _view(ctx, request) for request in waiting])


@query
async def read_request(ctx: Context, request_id: int) -> RequestView:
    """Return a request for the standing body, also one that is answered. Raises Refusal if it is not theirs."""
    return await _view(ctx, _own(ctx, await ctx.uow.data_requests.find(request_id)))


def _own(ctx: Context, request: DataRequest | None) -> DataRequest:
    """Return the request. Raises Refusal unless the actor's standing body answers it."""
    if request is None or not ctx.actor.may(Right.ANSWER, unit_id=request.authority_id):
        raise Refusal(
            "request-of-another-authority", "Yêu cầu này do cơ quan thường trực khác trả lời.", way=Way.DATA_REQUESTS
        )
    return request


@command
async def grant_request(ctx: Context, request_id: int) -> RequestView:
    """Grant a request and carry it out at once: set the new value, or erase the person.

    Raises Refusal if it is not the actor's to answer, and if the erasure would leave the standing body without anybody
    who can be written to; AlreadyDone if it is answered.
    """
    request = await _answerable(ctx, request_id)
    person = await ctx.uow.officers.get(request.person_id)
    accounts = await ctx.uow.personal_data.accounts(person.id)
    view = await _view(ctx, request)

    _decide(ctx, request, granted=True)
    if request.kind is RequestKind.DELETION:
        await ctx.uow.officers.held_for_update(request.authority_id, Role.STANDING_BODY, day=ctx.today)
        if not set(await clerks_of(ctx, request.authority_id)) - {person.id}:
            raise Refusal(
                "last-of-standing-body",
                "Đây là người cuối cùng của cơ quan thường trực. Anh/chị giao việc này cho người khác trước.",
            )
        await erase_person(ctx, person)
    else:
        _correct(ctx, person, request.field, request.value)
    view = replace(view, is_told=await _tell_person(ctx, request, accounts))
    await ctx.uow.commit()
    return view


@command
async def refuse_request(ctx: Context, request_id: int, *, reason: str) -> RequestView:
    """Refuse a request and tell the person the reason; the data stay as they are.

    Raises Refusal if the reason is no sentence or the request is not the actor's, AlreadyDone if it is answered.
    """
    why = read_sentence(reason, example="Chưa khớp với giấy tờ của đơn vị")
    request = await _answerable(ctx, request_id)
    accounts = await ctx.uow.personal_data.accounts(request.person_id)

    _decide(ctx, request, granted=False)
    request.reason = why
    is_told = await _tell_person(ctx, request, accounts)
    view = replace(await _view(ctx, request), is_told=is_told)
    await ctx.uow.commit()
    return view


async def _answerable(ctx: Context, request_id: int) -> DataRequest:
    request = _own(ctx, await ctx.uow.data_requests.find_for_update(request_id))
    if request.decided_at is not None and request.decided_by is not None:
        name = (await ctx.uow.officers.names({request.decided_by}))[request.decided_by]
        what = "đồng ý" if request.granted else "từ chối"
        raise AlreadyDone(
            "request-decided", f"{name} đã {what} yêu cầu này lúc {ctx.local(request.decided_at):%H:%M, %d/%m}."
        )
    others = set(await clerks_of(ctx, request.authority_id)) - {request.person_id}
    if request.person_id == ctx.actor.person_id and others:
        raise Refusal("request-of-oneself", "Yêu cầu của chính anh/chị do đồng nghiệp ở cơ quan thường trực trả lời.")
    return request


def _decide(ctx: Context, request: DataRequest, *, granted: bool) -> None:
    request.decided_at, request.decided_by, request.granted = ctx.now, acting_person(ctx), granted
    audit(ctx, AuditAction.DATA_REQUEST_DECIDED, about=request.id, kind=request.kind, granted=granted)


async def _tell_person(ctx: Context, request: DataRequest, accounts: Sequence[Account]) -> bool:
    for account in accounts:
        key = f"data-answer:{request.id}:{account.id}"
        await put_message(ctx, Notice(MessageKind.DATA_ANSWER, key, {"request": request.id}), account)
    return any(account.blocked_at is None for account in accounts)


@query
async def read_answer(ctx: Context, request_id: int) -> RequestView:
    """Return the answer to the person who asked. Raises Refusal for anybody else.

    An erased person is unknown to the bot, so the answer to a granted erasure is open to all: it names nobody.
    """
    request = await ctx.uow.data_requests.find(request_id)
    is_erased = request is not None and request.kind is RequestKind.DELETION and request.granted
    if request is None or (request.person_id != ctx.actor.person_id and not is_erased):
        raise Refusal("request-of-another", "Yêu cầu này không phải của anh/chị.", way=Way.OWN_DATA_PAGE)
    return await _view(ctx, request)


def ready_reasons(request: RequestView) -> tuple[str, ...]:
    """Return the usual reasons for refusing such a request, with the law if it makes the body keep the data."""
    if request.kind is RequestKind.CORRECTION:
        return (
            "Chưa khớp với giấy tờ của đơn vị. Anh/chị gửi quyết định hoặc giấy xác nhận để đối chiếu.",
            "Nội dung này đã được sửa theo một yêu cầu khác.",
        )
    return (
        f"Hồ sơ, báo cáo anh/chị nộp đang được xem xét, phải giữ tên người nộp theo {request.kept_by}; xong sẽ xóa.",
        "Anh/chị còn giữ nhiệm vụ ở đơn vị. Đơn vị cử người thay xong sẽ xóa.",
    )


def _value_of(person: Person, field: CorrectableField | None) -> str | None:
    return {
        CorrectableField.NAME: person.name,
        CorrectableField.POSITION: person.position,
        CorrectableField.PHONE: person.phone,
    }.get(field or CorrectableField.NAME)


def _correct(ctx: Context, person: Person, field: CorrectableField | None, value: str | None) -> None:
    if field is CorrectableField.NAME:
        person.name = value or person.name
    elif field is CorrectableField.POSITION:
        person.position = value or person.position
    elif field is CorrectableField.PHONE and value:
        renumber(ctx, person, value)


async def _view(ctx: Context, request: DataRequest) -> RequestView:
    person = await ctx.uow.officers.get(request.person_id)
    posts = await ctx.uow.personal_data.posts(person.id)
    is_waiting = request.decided_at is None
    return RequestView(
        id=request.id,
        kind=request.kind,
        field=request.field,
        value=request.value,
        old_value=_value_of(person, request.field) if request.field and is_waiting else None,
        person_name=person.name,
        unit_name=posts[0][1].name if posts else "",
        at=ctx.local(request.at),
        due_day=request.due_day,
        is_last_day=is_waiting and ctx.today == request.due_day,
        is_late=is_waiting and ctx.today > request.due_day,
        is_waiting=is_waiting,
        granted=request.granted,
        reason=request.reason,
        kept_by=cited(LegalMatter.ARCHIVES, day=ctx.calendar.day_of(request.at)),
    )
