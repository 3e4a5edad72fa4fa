"""Content of each queued message, read when it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain.duties.reminders import next_sending_hour
from domain.errors import Refusal
from models.message_kinds import MessageKind
from scheduler.contexts import OpenContext
from scheduler.messages.alarms import write_guessing, write_seal_broken
from scheduler.messages.announcements import write_announcements
from scheduler.messages.catch_up import merged
from scheduler.messages.compilation import write_completed
from scheduler.messages.groups import IN_GROUPS
from scheduler.messages.mornings import write_morning
from scheduler.messages.personal_data import write_consent_withdrawn, write_data_answer, write_data_request
from scheduler.messages.reminders import door, write_digest
from scheduler.messages.reviews import REVIEW_MESSAGES, write_acceptances
from scheduler.messages.scheduled_message import ROWS, Addressed, ScheduledMessage, Write, WriteAll
from scheduler.messages.troubles import write_trouble
from scheduler.messages.upload_links import write_uploaded
from scheduler.messages.weekly import write_weekly
from templates import render
from templates.filters import full_day
from usecases.context import Context
from usecases.duties.assignments import read_handover
from usecases.extensions.requests import ExtensionView, read_extension
from usecases.organisation.successions.notices import read_cancelled_notice, read_unit_change_notice
from usecases.outbox.sending import QueuedMessage, read_missed
from usecases.people.farewells import read_farewell
from usecases.people.leaves import read_deputising
from usecases.plans.date_notices import DateNotice, read_date_notices
from usecases.plans.loading import PlanNotice, read_plan_notices
from usecases.ports import Button, MessageContent
from usecases.reminders.digest import DigestRequest, DigestView, read_digests
from usecases.submissions.hard_copies import read_claim
from usecases.submissions.replaced_figures import read_replaced

DIGESTS = (MessageKind.REMINDER, MessageKind.NUDGE)
"""Kinds of which the content is a digest of duties."""
ALONE = (MessageKind.WEEKLY,)
"""Kinds of which the composing writes what was said."""


async def compose(contexts: OpenContext, queued: QueuedMessage) -> ScheduledMessage | None:
    """Return the message with what the person missed; None if nothing is left to say, or nobody may hear it."""
    async with contexts.open_for(channel=queued.channel, chat_id=queued.chat_id) as ctx:
        scheduled = await _to_person(ctx, queued)
        if "missed" not in queued.refs:
            return scheduled
        missed = [await _to_person(ctx, one) for one in await read_missed(ctx, queued)]
        return merged(scheduled, [one for one in missed if one])


def is_composed_alone(queued: QueuedMessage) -> bool:
    """Whether the message is read by itself: what is said is remembered, goes to a group, or was missed before."""
    return queued.kind in ALONE or queued.kind in IN_GROUPS or "missed" in queued.refs


async def compose_together(
    ctx: Context, kind: MessageKind, addressed: Sequence[Addressed]
) -> Sequence[ScheduledMessage | None]:
    """Return the contents of many messages of this kind to people, as `compose` does; `ctx` only reads."""
    if kind in _TO_MANY:
        return await _TO_MANY[kind](ctx, addressed)
    return [await _to_person(replace(ctx, actor=one.reader), one.queued) for one in addressed]


async def _to_person(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    try:
        if queued.kind in _TO_MANY:
            return (await _TO_MANY[queued.kind](ctx, [Addressed(queued, ctx.actor)]))[0]
        return await _TO_PEOPLE[queued.kind](ctx, queued)
    except Refusal:
        # A person who lost the right between queueing and sending gets nothing.
        return None


async def _digests(ctx: Context, addressed: Sequence[Addressed]) -> list[ScheduledMessage | None]:
    digests = await read_digests(ctx, [_digest_request(one) for one in addressed])
    return [_scheduled_digest(ctx, one.queued, digest) for one, digest in zip(addressed, digests, strict=True)]


def _digest_request(one: Addressed) -> DigestRequest:
    queued = one.queued
    nudger = queued.ref("by") if "by" in queued.refs else None
    by_leader = queued.kind is MessageKind.NUDGE
    return DigestRequest(one.reader, tuple(queued.refs_of("duties")), by_leader=by_leader, nudger=nudger)


def _scheduled_digest(ctx: Context, queued: QueuedMessage, digest: DigestView | None) -> ScheduledMessage | None:
    if digest is None:
        return None
    # A leader who reminds units means now, whatever the hour.
    hour = ctx.now if queued.kind is MessageKind.NUDGE else digest.hour
    return ScheduledMessage(write_digest(digest), hour=hour)


async def _plan_news(ctx: Context, addressed: Sequence[Addressed]) -> list[ScheduledMessage | None]:
    of_version: dict[int, list[Addressed]] = {}
    for one in addressed:
        of_version.setdefault(one.queued.ref("version"), []).append(one)
    found: dict[int, PlanNotice | None] = {}
    for version, told in of_version.items():
        notices = await read_plan_notices(ctx, version, [one.reader for one in told])
        found |= {one.queued.id: notice for one, notice in zip(told, notices, strict=True)}
    return [_quiet_news(ctx, "plans/changed", news=found[one.queued.id]) for one in addressed]


def _quiet_news(ctx: Context, template: str, *, news: object) -> ScheduledMessage | None:
    """Return a message that waits for the end of the quiet hours, or None without news."""
    if news is None:
        return None
    return ScheduledMessage(
        MessageContent(render(template, news=news)), hour=next_sending_hour(ctx.now, calendar=ctx.calendar)
    )


async def _cancelled_news(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    change = await read_cancelled_notice(ctx, person_id=queued.ref("person"), said=str(queued.refs["cancelled"]))
    if change is None:
        return None
    html = render("organisation/scheduled_successions/news", change=change)
    return ScheduledMessage(MessageContent(html), hour=next_sending_hour(ctx.now, calendar=ctx.calendar))


async def _unit_news(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    if "cancelled" in queued.refs:
        return await _cancelled_news(ctx, queued)
    is_name = "name" in queued.refs
    news = await read_unit_change_notice(
        ctx,
        person_id=queued.ref("person"),
        succession_ids=() if is_name else queued.refs_of("successions"),
        name_id=queued.ref("name") if is_name else None,
    )
    if news is None:
        return None
    return ScheduledMessage(
        MessageContent(render("organisation/successions/news", news=news)),
        hour=next_sending_hour(ctx.now, calendar=ctx.calendar),
    )


async def _date_news(ctx: Context, addressed: Sequence[Addressed]) -> list[ScheduledMessage | None]:
    notices = await read_date_notices(ctx, [(one.reader, one.queued.refs_of("duties")) for one in addressed])
    return [_scheduled_dates(ctx, news) if news is not None else None for news in notices]


def _scheduled_dates(ctx: Context, news: DateNotice) -> ScheduledMessage:
    html = render("plans/dates", duties=news.duties[:ROWS], others=len(news.duties[ROWS:]), gone=news.gone)
    return ScheduledMessage(MessageContent(html), hour=next_sending_hour(ctx.now, calendar=ctx.calendar))


async def _handover(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    handover = await read_handover(ctx, queued.ref("handover"))
    if handover is None:
        return None
    duty = handover.duty
    html = render("reminders/handover", handover=handover)
    buttons = ((door(duty, None, is_alone=True),), (Button("Khác…", action=f"others:{duty.id}"),))
    # The message is a colleague's, who knows what hour it is.
    return ScheduledMessage(MessageContent(html, buttons), hour=ctx.now)


async def _figure_replaced(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    indicator, old = str(queued.refs["indicator"]), str(queued.refs["old"])
    news = await read_replaced(ctx, queued.ref("duty"), indicator=indicator, old=old)
    if news is None:
        return None
    buttons = ((Button("Mở báo cáo", action=f"duty:{news.duty.id}"),),)
    return ScheduledMessage(MessageContent(render("submissions/reports/replaced", news=news), buttons), hour=ctx.now)


async def _farewell(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    farewell = await read_farewell(ctx, queued.ref("post"), successor=queued.ref("successor"))
    if farewell is None:
        return None
    content = MessageContent(render("people/staff/farewell", farewell=farewell))
    return ScheduledMessage(content, hour=next_sending_hour(ctx.now, calendar=ctx.calendar))


async def _deputy(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    deputising = await read_deputising(ctx, queued.ref("leave"))
    if deputising is None:
        return None
    content = MessageContent(render("people/leaves/told", deputising=deputising))
    return ScheduledMessage(content, hour=next_sending_hour(ctx.now, calendar=ctx.calendar))


async def _paper_claim(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    claim = await read_claim(ctx, queued.ref("claim"))
    if not claim.is_waiting or not claim.duty.is_owed:
        return None
    answers = (
        Button("Xác nhận đã nhận", action=f"received:{claim.id}"),
        Button("Chưa nhận được", action=f"missing:{claim.id}"),
    )
    content = MessageContent(render("reminders/paper_claim", claim=claim), (answers,))
    return ScheduledMessage(content, hour=next_sending_hour(ctx.now, calendar=ctx.calendar))


async def _paper_answer(ctx: Context, queued: QueuedMessage) -> ScheduledMessage:
    claim = await read_claim(ctx, queued.ref("claim"))
    if claim.receipt is not None:
        html = render("submissions/receipt", receipt=claim.receipt, next_duty=claim.duty, waiting=())
        return ScheduledMessage(MessageContent(html), hour=ctx.now)
    said_again = Button("Đã nộp bản giấy", action=f"paper:{claim.duty.id}")
    buttons = ((door(claim.duty, None, is_alone=True),), (said_again,)) if claim.duty.is_owed else ()
    return ScheduledMessage(MessageContent(render("reminders/paper_missing", claim=claim), buttons), hour=ctx.now)


async def _extension_asked(ctx: Context, queued: QueuedMessage) -> ScheduledMessage | None:
    request = await read_extension(ctx, queued.ref("extension"))
    if not request.is_open:
        return None
    content = MessageContent(render("extensions/ask", request=request), _ways_to_answer(request))
    return ScheduledMessage(content, hour=next_sending_hour(ctx.now, calendar=ctx.calendar))


def _ways_to_answer(request: ExtensionView) -> tuple[tuple[Button, ...], ...]:
    days = tuple((Button(f"Cho đến {full_day(day)}", action=f"grant:{request.id}:{day}"),) for day in request.days)
    refusal = Button("Không đồng ý", action=f"deny:{request.id}")
    proof = (Button("Xem tệp", action=f"proof:{request.id}"),) if request.file_name else ()
    return (*days, (*proof, refusal))


async def _extension_answer(ctx: Context, queued: QueuedMessage) -> ScheduledMessage:
    request = await read_extension(ctx, queued.ref("extension"))
    buttons = ((door(request.duty, None, is_alone=True),),) if request.duty.is_owed else ()
    return ScheduledMessage(MessageContent(render("extensions/answer", request=request), buttons), hour=ctx.now)


_TO_PEOPLE: Mapping[MessageKind, Write] = {
    MessageKind.WEEKLY: write_weekly,
    MessageKind.HANDOVER: _handover,
    MessageKind.DEPUTY: _deputy,
    MessageKind.FAREWELL: _farewell,
    MessageKind.PAPER_CLAIM: _paper_claim,
    MessageKind.PAPER_ANSWER: _paper_answer,
    MessageKind.DATA_REQUEST: write_data_request,
    MessageKind.DATA_ANSWER: write_data_answer,
    MessageKind.CONSENT_WITHDRAWN: write_consent_withdrawn,
    MessageKind.EXTENSION_ASKED: _extension_asked,
    MessageKind.EXTENSION_ANSWER: _extension_answer,
    MessageKind.MORNING: write_morning,
    **REVIEW_MESSAGES,
    MessageKind.UNIT_CHANGED: _unit_news,
    MessageKind.SEAL_BROKEN: write_seal_broken,
    MessageKind.GUESSING: write_guessing,
    MessageKind.FIGURE_REPLACED: _figure_replaced,
    MessageKind.GROUP_TROUBLE: write_trouble,
    MessageKind.COMPLETED: write_completed,
    MessageKind.UPLOADED: write_uploaded,
}

_TO_MANY: Mapping[MessageKind, WriteAll] = {
    **dict.fromkeys(DIGESTS, _digests),
    MessageKind.ANNOUNCEMENT: write_announcements,
    MessageKind.PLAN_CHANGED: _plan_news,
    MessageKind.DATE_SET: _date_news,
    MessageKind.ACCEPTED: write_acceptances,
}
"""Kinds of which many are read with hardly more queries than one."""
