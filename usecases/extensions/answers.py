"""The standing body's side of extensions: open requests, their answers, and the attached file."""

from dataclasses import dataclass, replace
from datetime import date

from domain.audit import AuditAction
from domain.duties.extensions import read_new_day, refuse_day, refuse_unextendable
from domain.duties.reminders import STEPS
from domain.errors import AlreadyDone, Refusal, Way
from domain.roles import Right
from domain.typed_input.words import read_sentence
from models.duties.duties import Duty
from models.duties.extensions import ExtensionRequest
from models.message_kinds import MessageKind
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.duties.schedule import reset_future_steps, schedules_in_force
from usecases.duties.views import view_duties
from usecases.extensions.requests import ExtensionView, found_extension, view_extension, view_extensions
from usecases.groups.scoreboards import refresh_scoreboards
from usecases.locks import extension_for_update
from usecases.ports import FileStore
from usecases.reachability.unit_notices import notify_unit

REFUSALS = ("Cấp trên đã ấn định hạn này, không lùi được", "Lý do chưa rõ, đề nghị gửi văn bản")
"""Usual reasons for a refusal, offered as buttons."""


@dataclass(frozen=True, slots=True)
class ExtensionFile:
    """The file that was attached to a request."""

    file_name: str
    content: bytes
    caption: str


@query
async def list_open_extensions(ctx: Context) -> tuple[ExtensionView, ...]:
    """Return the requests that wait for an answer of the actor's standing body, the oldest first.

    Raises Refusal if the actor belongs to no standing body.
    """
    authorities = [post.unit_id for post in ctx.actor.units_where(Right.EXTEND)]
    if not authorities:
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực xem được các đơn xin gia hạn.", way=Way.OWN_DUTIES)
    found = await ctx.uow.extensions.open_of(authorities, day=ctx.today)
    living = set(await ctx.uow.units.existing([duty.unit_id for _, duty in found], day=ctx.today))
    views = await view_extensions(ctx, [(request, duty) for request, duty in found if duty.unit_id in living])
    return tuple(view for view in views if view.is_open)


@command
async def grant_extension(ctx: Context, request_id: int, *, until: date) -> ExtensionView:
    """Extend the due day to `until`; the unit is in time through it and is reminded of it. Tell the unit.

    The plan's own last valid day does not change: a receipt after it says that it is in time by the extension. Raises
    Refusal if the request has been answered, needs no answer, or `until` is no day that can be granted.
    """
    duty, request = await _undecided_for_update(ctx, request_id)
    last = refuse_unextendable(duty.due_day, today=ctx.today)
    refuse_day(until, last_valid_day=last, today=ctx.today)

    request.granted = duty.extended_to = until
    _decide(ctx, duty, request)
    await reset_future_steps(ctx, duty, steps=(await schedules_in_force(ctx)).get(duty.plan_code, STEPS))
    await refresh_scoreboards(ctx, duty)
    return await _answered(ctx, duty, request)


@command
async def refuse_extension(ctx: Context, request_id: int, *, reason: str) -> ExtensionView:
    """Refuse the request and tell the unit the reason; the due day does not change.

    Raises Refusal if the request has been answered or needs no answer.
    """
    duty, request = await _undecided_for_update(ctx, request_id)

    request.refusal = read_sentence(reason, example=REFUSALS[0])
    _decide(ctx, duty, request)
    return await _answered(ctx, duty, request)


@query
async def read_undecided(ctx: Context, request_id: int) -> ExtensionView:
    """Return a request that the actor may answer. Raises Refusal if it has been answered or needs no answer."""
    return await view_extension(ctx, *await _undecided(ctx, request_id))


@query
async def read_grant(ctx: Context, request_id: int, text: str) -> date:
    """Read a typed day. Raises Refusal if it is no day, or no day that can be granted."""
    duty, _ = await _undecided(ctx, request_id)
    last = refuse_unextendable(duty.due_day, today=ctx.today)
    return read_new_day(text, last_valid_day=last, today=ctx.today)


async def _undecided(ctx: Context, request_id: int) -> tuple[Duty, ExtensionRequest]:
    request = await ctx.uow.extensions.find(request_id)
    return await _answerable(ctx, await ctx.uow.duties.find(request.duty_id) if request else None, request)


async def _undecided_for_update(ctx: Context, request_id: int) -> tuple[Duty, ExtensionRequest]:
    request = await extension_for_update(ctx, request_id)
    return await _answerable(ctx, await ctx.uow.duties.find(request.duty_id) if request else None, request)


async def _answerable(
    ctx: Context, duty: Duty | None, request: ExtensionRequest | None
) -> tuple[Duty, ExtensionRequest]:
    if request is None or duty is None or not ctx.actor.may(Right.EXTEND, unit_id=duty.authority_id):
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực của kế hoạch trả lời được đơn xin gia hạn này.")
    await _refuse_decided(ctx, request)
    view = (await view_duties(ctx, [duty]))[0]
    if not view.is_owed:
        raise AlreadyDone("extension-needless", f"{view.unit_name} đã nộp {view.title}, không cần gia hạn nữa.")
    is_asked = await ctx.uow.duties.counted([duty.id], day=ctx.today)
    if not is_asked or not await ctx.uow.units.existing([duty.unit_id], day=ctx.today):
        raise AlreadyDone(
            "duty-no-longer-owed",
            f"{view.unit_name} không còn phải nộp {view.title}: đơn vị đã sáp nhập, hoặc kế hoạch đã bỏ việc.",
        )
    return duty, request


async def _refuse_decided(ctx: Context, request: ExtensionRequest) -> None:
    if request.decided_at is not None and request.decided_by is not None:
        name = (await ctx.uow.officers.names({request.decided_by}))[request.decided_by]
        if request.withdrawn:
            raise AlreadyDone(
                "extension-withdrawn", f"{name} đã rút đơn này lúc {ctx.local(request.decided_at):%H:%M, %d/%m}."
            )
        what = f"cho gia hạn đến ngày {request.granted:%d/%m/%Y}" if request.granted else "không đồng ý gia hạn"
        raise AlreadyDone("extension-decided", f"{name} đã {what} lúc {ctx.local(request.decided_at):%H:%M, %d/%m}.")


def _decide(ctx: Context, duty: Duty, request: ExtensionRequest) -> None:
    request.decided_at, request.decided_by = ctx.now, acting_person(ctx)
    deed = AuditAction.EXTENSION_GRANTED if request.granted else AuditAction.EXTENSION_REFUSED
    audit(ctx, deed, about=request.id, unit_id=duty.unit_id, duty=duty.id, until=request.granted)


async def _answered(ctx: Context, duty: Duty, request: ExtensionRequest) -> ExtensionView:
    """Tell all officers of the unit, and commit."""
    key = f"extension-answer:{request.id}"
    told = await notify_unit(ctx, MessageKind.EXTENSION_ANSWER, duty, key=key, extension=request.id)
    view = replace(await view_extension(ctx, duty, request), told=told)
    await ctx.uow.commit()
    return view


@command
async def read_extension_file(ctx: Context, request_id: int, *, files: FileStore) -> ExtensionFile:
    """Return the attached file, and record in the audit log that the actor opened it.

    Raises Refusal if the actor may not see the unit, or there is no file or it has been deleted.
    """
    duty, request = await found_extension(ctx, request_id, right=Right.SEE_UNIT)
    view = await view_extension(ctx, duty, request)
    if request.file_name is not None and request.file_key is None:
        raise Refusal("file-expired", f"Tệp «{request.file_name}» đã hết hạn lưu nên bot đã hủy.")
    if request.file_key is None or request.file_name is None:
        raise Refusal("extension-without-file", "Đơn xin gia hạn này không kèm tệp nào.")

    audit(ctx, AuditAction.EXTENSION_FILE_SEEN, about=request.id, unit_id=duty.unit_id)
    await ctx.uow.commit()
    content = await files.read(request.file_key)
    caption = f"{view.duty.unit_name} xin gia hạn {view.duty.title}"
    return ExtensionFile(request.file_name, content, caption)
