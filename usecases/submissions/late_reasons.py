"""The written explanation that a plan asks of late submissions: «nộp trễ phải có văn bản giải trình»."""

from dataclasses import dataclass

from domain.dossiers.dossiers import ChecklistItem
from domain.duties.due_hours import is_over
from domain.errors import Refusal
from domain.plans.plans import Plan
from domain.roles import Right
from domain.typed_input.words import clean
from models.duties.duties import Duty
from models.plans.in_force import plan_in_force
from models.submissions.submissions import Submission
from usecases.context import Context, command
from usecases.duties.requirements import requires_document
from usecases.duties.views import duty_for
from usecases.submissions.drafts import draft_for, refuse_unless_editable, touch
from usecases.submissions.required_papers import LATE_ITEM, LATE_ITEM_NAME

LONGEST = 1000
SHORTEST = 10


@dataclass(frozen=True, slots=True)
class LateReason:
    """The explanation of a report or a pledge that is late."""

    needs: str
    """What the plan asks for: «văn bản giải trình»."""
    stated: str | None

    @property
    def is_missing(self) -> bool:
        return not self.stated


async def late_reason_of(ctx: Context, duty: Duty, draft: Submission | None) -> LateReason | None:
    """Return what is asked of a form of figures, or None if nothing is: it is not late, or the plan does not ask."""
    needs = _needs(ctx, await plan_in_force(ctx.uow, duty.plan_code), duty, draft)
    return LateReason(needs, draft.late_reason if draft else None) if needs else None


def late_item(ctx: Context, plan: Plan, duty: Duty, draft: Submission | None) -> ChecklistItem | None:
    """Return the file that a late dossier or document must hold besides the others, or None."""
    needs = _needs(ctx, plan, duty, draft)
    return ChecklistItem(LATE_ITEM, f"{LATE_ITEM_NAME}: {needs}") if needs else None


def _needs(ctx: Context, plan: Plan, duty: Duty, draft: Submission | None) -> str:
    rule = next((rule for rule in plan.deadlines if rule.code == duty.code), None)
    counts_from = (draft.counts_from if draft else None) or ctx.now
    return rule.late_needs if rule and is_over(duty.due_day, at=ctx.local(counts_from)) else ""


async def refuse_unexplained(ctx: Context, duty: Duty, draft: Submission) -> None:
    """Raise Refusal if a form of figures is late, the plan asks for an explanation, and none is stated."""
    late = await late_reason_of(ctx, duty, draft)
    if late is not None and late.is_missing:
        raise Refusal(
            "late-reason-missing", f"Đã quá hạn: kế hoạch yêu cầu {late.needs}. Anh/chị ghi giải trình rồi nộp."
        )


@command
async def state_late_reason(ctx: Context, duty_id: int, text: str) -> None:
    """State the explanation of a report or a pledge that is late.

    Raises Refusal if it is too short or too long, if none is asked for, or if the form has been handed in.
    """
    await ctx.uow.duties.find_for_update(duty_id)
    duty = await duty_for(ctx, duty_id, right=Right.SUBMIT)
    draft = await draft_for(ctx, duty)
    refuse_unless_editable(ctx, duty, draft)
    if await requires_document(ctx, duty) or await late_reason_of(ctx, duty, draft) is None:
        raise Refusal("late-reason-not-asked", "Việc này không cần giải trình nộp trễ.")
    reason = clean(text)
    if len(reason) < SHORTEST:
        raise Refusal("late-reason-too-short", "Anh/chị ghi rõ lý do nộp trễ, ít nhất một câu.")
    if len(reason) > LONGEST:
        raise Refusal("late-reason-too-long", f"Giải trình dài nhất {LONGEST} ký tự. Anh/chị rút gọn giúp.")

    draft.late_reason = reason
    touch(ctx, draft)
    await ctx.uow.commit()
