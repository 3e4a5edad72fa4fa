"""The draft's proposed duties: kept, dropped, taken back, edited, and sentences made into duties."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from domain.errors import Refusal
from domain.plan_texts.drafting.compiling import fault_of, next_day_of
from domain.plan_texts.drafting.drafts import DutyMark, PlanDraft, ProposedDuty
from domain.plan_texts.drafting.editing import marked
from domain.plan_texts.drafting.proposing import draft_of, with_sentence
from domain.plan_texts.readings import NotDeadline, PlanReading
from usecases.context import Context, command, query
from usecases.plan_texts.keeping import current_draft, draft_to_change, keep, own_authority, put_draft, stored_draft

MOST_SENTENCES = 600
"""Most sentences with a day in one draft: each screen reads the whole of it."""


@dataclass(frozen=True, slots=True)
class DutyKey:
    """A proposed duty as it was shown."""

    number: int
    revision: int


@dataclass(frozen=True, slots=True)
class ProposedDutyView:
    duty: ProposedDuty
    place: int
    """Its place among all, from 1."""
    count: int
    next_day: date | None
    """The next last valid day, or the last one of a duty that is over; None if it has none."""
    is_over: bool
    """Whether no day lies ahead."""
    fault: str
    """Why it would never fall due; empty if it does."""


@query
async def find_draft(ctx: Context) -> PlanDraft | None:
    """Return the draft of the actor's authority, or None. Raises Refusal unless the actor arranges for one."""
    unit = await own_authority(ctx)
    row = await ctx.uow.plan_texts.of(unit.id)
    return stored_draft(row) if row else None


@query
async def read_draft(ctx: Context) -> PlanDraft:
    """Return the draft. Raises Refusal if there is none, or unless the actor arranges for an authority."""
    return (await current_draft(ctx))[1]


@command
async def begin_draft(ctx: Context, reading: PlanReading, *, file: str) -> PlanDraft:
    """Store the reading of a text as the draft of the actor's authority, in place of an earlier one.

    Raises Refusal if it names neither a deadline nor another day, or too many of them, or unless the actor arranges for
    an authority.
    """
    unit = await own_authority(ctx)
    found = len(reading.deadlines) + len(reading.not_deadlines)
    if found > MOST_SENTENCES:
        raise Refusal(
            "plan-text-too-long",
            f"Văn bản này có {found} câu có ngày, bot chỉ nhận {MOST_SENTENCES}. Anh/chị gửi riêng phần kế hoạch.",
        )
    if not found:
        raise Refusal(
            "plan-text-without-days",
            "Bot không thấy hạn nào trong tệp này. Anh/chị gửi văn bản kế hoạch, hoặc bản có cả phần thực hiện.",
        )

    draft = draft_of(reading, file=file, issuer=unit.name, first_revision=int(ctx.now.timestamp()))
    await put_draft(ctx, draft)
    await ctx.uow.commit()
    return draft


@command
async def discard_draft(ctx: Context) -> None:
    """Remove the draft. Raises Refusal if there is none, or unless the actor arranges for an authority."""
    row, _ = await draft_to_change(ctx)
    await ctx.uow.plan_texts.remove(row)
    await ctx.uow.commit()


@query
async def read_proposed(ctx: Context, number: int) -> ProposedDutyView:
    """Return one duty of the draft. Raises Refusal if there is none with this number, or like `read_draft`."""
    _, draft = await current_draft(ctx)
    duty = _duty(draft, number)
    place = draft.duties.index(duty)
    next_day = next_day_of(duty, draft.header, today=ctx.today)
    return ProposedDutyView(
        duty=duty,
        place=place + 1,
        count=len(draft.duties),
        next_day=next_day,
        is_over=next_day is not None and next_day < ctx.today,
        fault=fault_of(duty, draft.header),
    )


@command
async def change_proposed(
    ctx: Context, key: DutyKey, change: Callable[[ProposedDuty], ProposedDuty]
) -> ProposedDuty | None:
    """Change one duty by a function of `editing`; return the next duty that is not decided, or None.

    Raises Refusal if the duty was changed since it was shown, or like the function or `read_draft`.
    """
    row, draft = await draft_to_change(ctx)
    duty = _duty(draft, key.number)
    if duty.revision != key.revision:
        raise Refusal("proposed-duty-changed", "Việc này vừa được sửa ở máy khác. Đây là bản mới, anh/chị xem lại.")

    changed = draft.with_duty(change(duty))
    keep(ctx, row, changed)
    await ctx.uow.commit()
    return next_open(changed, after=key.number)


async def mark_proposed(ctx: Context, key: DutyKey, mark: DutyMark) -> ProposedDuty | None:
    """Keep, drop or take back one duty; return like `change_proposed`."""
    return await change_proposed(ctx, key, lambda duty: marked(duty, mark))


@command
async def propose_sentence(ctx: Context, sentence: NotDeadline) -> int:
    """Make a duty of a sentence that was read as no deadline, and return its number.

    Raises Refusal if it is one already, or like `read_draft`.
    """
    row, draft = await draft_to_change(ctx)
    if sentence not in draft.others:
        raise Refusal("sentence-proposed", "Câu này đã được thêm thành việc. Anh/chị xem trong danh sách.")

    changed = with_sentence(draft, draft.others.index(sentence))
    keep(ctx, row, changed)
    await ctx.uow.commit()
    return changed.duties[-1].number


def next_open(draft: PlanDraft, *, after: int = 0) -> ProposedDuty | None:
    """Return the next duty that is not decided, from the one after this number on and around."""
    waiting = draft.marked(DutyMark.OPEN)
    return next((duty for duty in waiting if duty.number > after), waiting[0] if waiting else None)


def _duty(draft: PlanDraft, number: int) -> ProposedDuty:
    duty = draft.duty(number)
    if duty is None:
        raise Refusal("proposed-duty-gone", "Bản đọc này đã được thay bằng bản khác. Anh/chị mở lại danh sách.")
    return duty
