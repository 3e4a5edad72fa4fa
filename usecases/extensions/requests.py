"""«Xin gia hạn»: an officer asks for more time, with a reason, a day and perhaps a file."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.audit import AuditAction
from domain.dossiers.secrecy import refuse_marked_words
from domain.duties.extensions import days_to_offer, read_new_day, refuse_day, refuse_unextendable
from domain.errors import Refusal, Way
from domain.roles import Right
from domain.typed_input.words import read_sentence
from models.duties.duties import Duty
from models.duties.extensions import ExtensionRequest
from models.message_kinds import MessageKind
from uploads.validation import validate_upload_bounded
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.duties.progress import list_duties
from usecases.duties.views import DutyView, duty_for, owed_duty, view_duties
from usecases.outbox.queueing import Notice, clerks_of, put_message
from usecases.ports import FileStore, SentFile
from usecases.reachability.unit_notices import UnitNotice

LONGEST_REASON = 500
"""Most characters of a reason."""


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file in the file store that can be attached to a request."""

    name: str
    key: str
    """Key in the file store."""


@dataclass(frozen=True, slots=True)
class ExtensionView:
    id: int
    duty: DutyView
    by: str
    at: datetime
    """When it was asked (local time)."""
    reason: str
    wanted: date
    file_name: str | None
    decided_at: datetime | None
    granted: date | None
    refusal: str | None
    """Reason of the refusal, or None if it was not refused."""
    is_withdrawn: bool
    """Whether the unit withdrew it."""
    days: tuple[date, ...]
    """Days offered as buttons to the standing body, the wanted day first; empty if it needs no answer any more."""
    told: UnitNotice | None = None
    """People who were told of the answer, or None unless it was given just now."""

    @property
    def is_open(self) -> bool:
        return self.decided_at is None and self.duty.is_owed


@dataclass(frozen=True, slots=True)
class ExtensionChoices:
    """The choices of an officer who wants more time."""

    duty: DutyView
    waiting: ExtensionView | None
    """An earlier request that still waits for its answer."""
    days: tuple[date, ...]
    """Working days to choose from."""


@query
async def list_extendable(ctx: Context) -> tuple[DutyView, ...]:
    """Return the owed duties with a last valid day of the actor's units, the most urgent first.

    Raises Refusal if there are none.
    """
    found = tuple(duty for duty in await list_duties(ctx) if duty.is_owed and duty.last_valid_day)
    if not found:
        raise Refusal("nothing-to-extend", "Hiện không có việc nào cần gia hạn.", way=Way.DUTIES_OF_UNIT)
    return found


@query
async def prepare_extension(ctx: Context, duty_id: int) -> ExtensionChoices:
    """Return the days that can be asked for. Raises Refusal if the duty cannot be extended."""
    duty, last = await _extendable(ctx, duty_id)
    before = await _waiting(ctx, duty)
    return ExtensionChoices(
        duty=(await view_duties(ctx, [duty]))[0],
        waiting=await view_extension(ctx, duty, before) if before else None,
        days=days_to_offer(last, today=ctx.today, calendar=ctx.calendar),
    )


async def _extendable(ctx: Context, duty_id: int) -> tuple[Duty, date]:
    """Return the duty and its present due day. Raises Refusal if the duty cannot be extended."""
    duty = await owed_duty(ctx, duty_id)
    if not await ctx.uow.duties.counted([duty.id], day=ctx.today):
        raise Refusal(
            "duty-no-longer-owed",
            f"Đơn vị không còn phải nộp {duty.name}, nên không cần gia hạn.",
            way=Way.OTHER_DUTIES,
        )
    return duty, refuse_unextendable(duty.due_day, today=ctx.today)


@query
async def read_wanted(ctx: Context, duty_id: int, text: str) -> date:
    """Read a typed day. Raises Refusal if it cannot be asked for, or another request waits for its answer."""
    duty, last = await _extendable(ctx, duty_id)
    await _refuse_second(ctx, duty)
    return read_new_day(text, last_valid_day=last, today=ctx.today)


def read_reason(text: str) -> str:
    """Read a reason of at most 500 characters. Raises Refusal if it is no sentence, such as a day typed too early."""
    return read_sentence(text, example="Chờ số liệu quyết toán của Kho bạc", longest=LONGEST_REASON)


@command
async def store_file(ctx: Context, duty_id: int, file: SentFile, *, files: FileStore) -> UploadedFile:
    """Validate the file and store it; it belongs to no request until `ask_extension` takes it.

    Raises Refusal if the file is not valid or the duty cannot be extended, SecretMark if its name or its caption says
    that it is secret.
    """
    refuse_marked_words(file.caption)
    upload = await asyncio.to_thread(validate_upload_bounded, file.name, file.content)
    duty, _ = await _extendable(ctx, duty_id)

    key = f"{duty.year}/{duty.unit_id}/extension-{duty.id}/{secrets.token_hex(4)}/{upload.sha256}"
    # Registered before it is saved, so that the clean-up of orphans knows of every stored file.
    await ctx.uow.extensions.register_orphan(key, at=ctx.now)
    await ctx.uow.commit()
    await files.save(key, file.content)
    return UploadedFile(upload.name, key)


@command
async def ask_extension(
    ctx: Context, duty_id: int, *, reason: str, wanted: date, file: UploadedFile | None = None
) -> ExtensionView:
    """Ask the standing body for more time; until it answers, the unit is reminded of the present due day.

    Raises Refusal if the duty cannot be extended or the day cannot be asked for, if another request waits for its
    answer, if nobody can answer, or if the attached file has been deleted.
    """
    await ctx.uow.duties.find_for_update(duty_id)
    duty, last = await _extendable(ctx, duty_id)
    clerks = await clerks_of(ctx, duty.authority_id)

    await _refuse_second(ctx, duty)
    refuse_day(wanted, last_valid_day=last, today=ctx.today)
    if not clerks:
        raise Refusal(
            "nobody-to-answer", "Cơ quan thường trực chưa có ai vào bot để trả lời.", way=Way.CALL_FOR_EXTENSION
        )

    if file is not None and not await ctx.uow.extensions.adopt(file.key):
        raise Refusal("extension-file-expired", "Tệp kèm theo gửi đã lâu nên bot đã xóa.", way=Way.SEND_FILE_AGAIN)
    request = await _put_request(ctx, duty, reason=read_reason(reason), wanted=wanted, file=file)
    for person_id, account in clerks.items():
        key = f"extension:{request.id}:{person_id}"
        await put_message(ctx, Notice(MessageKind.EXTENSION_ASKED, key, {"extension": request.id}), account)
    audit(ctx, AuditAction.EXTENSION_ASKED, about=request.id, unit_id=duty.unit_id, duty=duty.id, wanted=wanted)
    view = await view_extension(ctx, duty, request)
    await ctx.uow.commit()
    return view


@command
async def withdraw_extension(ctx: Context, duty_id: int) -> DutyView:
    """Withdraw the open request of the duty; any officer of the unit may do so.

    Raises Refusal if it has been answered or withdrawn.
    """
    await ctx.uow.duties.find_for_update(duty_id)
    duty = await duty_for(ctx, duty_id, right=Right.SUBMIT)
    latest = await _waiting(ctx, duty)
    request = await ctx.uow.extensions.find_for_update(latest.id) if latest else None
    if request is None or request.decided_at is not None:
        raise Refusal("extension-closed", "Đơn xin gia hạn đã được trả lời hoặc đã rút.", way=Way.DUTIES_OF_UNIT)

    request.decided_at, request.decided_by, request.withdrawn = ctx.now, acting_person(ctx), True
    audit(ctx, AuditAction.EXTENSION_WITHDRAWN, about=request.id, unit_id=duty.unit_id, duty=duty.id)
    view = (await view_duties(ctx, [duty]))[0]
    await ctx.uow.commit()
    return view


async def _refuse_second(ctx: Context, duty: Duty) -> None:
    before = await _waiting(ctx, duty)
    if before is not None:
        asked = f"{before.wanted:%d/%m} lúc {ctx.local(before.at):%H:%M, %d/%m}"
        raise Refusal(
            "extension-waiting", f"Đơn vị đã xin gia hạn đến ngày {asked}. Bot đang chờ cơ quan thường trực trả lời."
        )


async def _waiting(ctx: Context, duty: Duty) -> ExtensionRequest | None:
    latest = (await ctx.uow.extensions.latest([duty.id])).get(duty.id)
    return latest if latest is not None and latest.decided_at is None else None


async def _put_request(
    ctx: Context, duty: Duty, *, reason: str, wanted: date, file: UploadedFile | None
) -> ExtensionRequest:
    before = (await ctx.uow.extensions.latest([duty.id])).get(duty.id)
    request = ExtensionRequest(
        duty_id=duty.id,
        turn=before.turn + 1 if before else 1,
        by=acting_person(ctx),
        at=ctx.now,
        reason=reason,
        wanted=wanted,
        file_name=file.name if file else None,
        file_key=file.key if file else None,
    )
    ctx.uow.extensions.add(request)
    await ctx.uow.flush()
    return request


@query
async def read_extension(ctx: Context, request_id: int) -> ExtensionView:
    """Return the request. Raises Refusal if it does not exist or the actor may not see the unit."""
    duty, request = await found_extension(ctx, request_id, right=Right.SEE_UNIT)
    return await view_extension(ctx, duty, request)


async def found_extension(ctx: Context, request_id: int, *, right: Right) -> tuple[Duty, ExtensionRequest]:
    """Return the request and its duty. Raises Refusal if it does not exist or the actor lacks the right at its unit."""
    request = await ctx.uow.extensions.find(request_id)
    if request is None:
        raise Refusal("extension-gone", "Đơn xin gia hạn này không còn nữa.", way=Way.EXTENSIONS)
    return await duty_for(ctx, request.duty_id, right=right), request


async def view_extension(ctx: Context, duty: Duty, request: ExtensionRequest) -> ExtensionView:
    return (await view_extensions(ctx, [(request, duty)]))[0]


async def view_extensions(ctx: Context, found: Sequence[tuple[ExtensionRequest, Duty]]) -> list[ExtensionView]:
    views = await view_duties(ctx, [duty for _, duty in found])
    names = await ctx.uow.officers.names({request.by for request, _ in found})
    return [
        _view(ctx, duty, request, view, by=names[request.by])
        for (request, duty), view in zip(found, views, strict=True)
    ]


def _view(ctx: Context, duty: Duty, request: ExtensionRequest, view: DutyView, *, by: str) -> ExtensionView:
    is_open = request.decided_at is None and view.is_owed
    return ExtensionView(
        id=request.id,
        duty=view,
        by=by,
        at=ctx.local(request.at),
        reason=request.reason,
        wanted=request.wanted,
        file_name=request.file_name,
        decided_at=ctx.local(request.decided_at) if request.decided_at else None,
        granted=request.granted,
        refusal=request.refusal,
        is_withdrawn=request.withdrawn,
        days=_days(ctx, duty, request) if is_open else (),
    )


def _days(ctx: Context, duty: Duty, request: ExtensionRequest) -> tuple[date, ...]:
    """Return the wanted day if it is still ahead, then the two offered days nearest to it."""
    if duty.due_day is None:
        return ()
    others = [
        day for day in days_to_offer(duty.due_day, today=ctx.today, calendar=ctx.calendar) if day != request.wanted
    ]
    nearest = sorted(others, key=lambda day: abs((day - request.wanted).days))[:2]
    is_ahead = request.wanted >= ctx.today and request.wanted > duty.due_day
    return (*((request.wanted,) if is_ahead else ()), *sorted(nearest))
