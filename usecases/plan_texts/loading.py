"""The drafted plan as a file, what loading it would change, and loading it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.errors import Refusal
from domain.plan_texts.drafting.compiling import Missing, comments_of, fault_of, missing_of, next_day_of, plan_of
from domain.plan_texts.drafting.drafts import DutyMark, PlanDraft
from domain.plans.plans import Plan
from domain.units import UnitKind
from models.organisation.units import Unit
from plans.catalogue import parse_plan
from plans.writer.plans import write_plan
from usecases.context import Context, command, query
from usecases.duties.opening import open_duties
from usecases.plan_texts.heads import basis_of, code_of
from usecases.plan_texts.keeping import current_draft, draft_to_change, own_authority
from usecases.plans.deadlines import list_deadlines
from usecases.plans.loading import LoadedPlan, foresee, put_in_force

_AHEAD = timedelta(days=365)
_HEAD = "Bot đọc từ {file}, cơ quan thường trực đã xem từng hạn.\n«L12» là dòng 12 của phần chữ mà bot đọc từ tệp."


@dataclass(frozen=True, slots=True)
class PlanFileView:
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class DayAhead:
    """One duty in the next twelve months."""

    last_valid_day: date
    """The first one."""
    title: str
    applies_to: tuple[UnitKind, ...]
    times: int
    """How often it falls due."""


@dataclass(frozen=True, slots=True)
class DraftPreview:
    loaded: LoadedPlan
    days: tuple[DayAhead, ...]
    """Duties of the next twelve months, the earliest first."""
    undated: tuple[str, ...]
    """Titles of duties without a day."""
    over: tuple[str, ...]
    """Titles of duties whose days are all past: nobody owes them."""
    seen: str
    """Digest of what is shown: only that is loaded."""


@query
async def write_draft(ctx: Context) -> PlanFileView:
    """Return the plan's file as it is so far. Raises Refusal if it is not complete, or like `preview_draft`."""
    unit, draft = await current_draft(ctx)
    text = await _text(ctx, draft, unit)
    return PlanFileView(f"{code_of(draft)}.yaml", text)


@query
async def preview_draft(ctx: Context) -> DraftPreview:
    """Return what loading the draft would change.

    Raises Refusal if something is missing, a duty would never fall due, or a loaded plan has its code; if there is no
    draft, or unless the actor arranges for an authority.
    """
    unit, draft = await current_draft(ctx)
    text = await _text(ctx, draft, unit)
    loaded = await foresee(
        ctx, text, authority=unit.code, file=draft.file, counts_from=await _first_day(ctx, code_of(draft))
    )
    return DraftPreview(
        loaded=loaded,
        days=_days_ahead(ctx, loaded.plan),
        undated=tuple(rule.title for rule in loaded.plan.deadlines if rule.due is None),
        over=tuple(
            duty.rule.title
            for duty in draft.marked(DutyMark.KEPT)
            if (day := next_day_of(duty, draft.header, today=ctx.today)) is not None and day < ctx.today
        ),
        seen=_digest(text),
    )


async def load_draft(ctx: Context, *, seen: str) -> LoadedPlan:
    """Load the plan and open its duties; the draft is done with.

    Raises Refusal if the draft was changed since it was shown (`seen`), or like `preview_draft`.
    """
    loaded = await _load(ctx, seen)
    await open_duties(ctx)
    return loaded


@command
async def _load(ctx: Context, seen: str) -> LoadedPlan:
    row, draft = await draft_to_change(ctx)
    unit = await own_authority(ctx)
    text = await _text(ctx, draft, unit)
    if _digest(text) != seen:
        raise Refusal("plan-draft-changed", "Bản này vừa được sửa. Anh/chị xem lại rồi nạp.")

    first = await _first_day(ctx, code_of(draft))
    loaded = await put_in_force(ctx, text, authority=unit.code, file=draft.file, counts_from=first)
    await ctx.uow.plan_texts.remove(row)
    await ctx.uow.commit()
    return loaded


async def _first_day(ctx: Context, code: str) -> date | None:
    """Return today for a new plan, and None for a loaded one, whose first day stays."""
    return None if await ctx.uow.plans.with_code(code) else ctx.today


async def _text(ctx: Context, draft: PlanDraft, unit: Unit) -> str:
    _refuse_incomplete(missing_of(draft))
    for duty in draft.marked(DutyMark.KEPT):
        if fault := fault_of(duty, draft.header):
            raise Refusal("plan-draft-fault", f"«{duty.rule.title}»: {fault}. Anh/chị sửa hoặc bỏ việc ấy.")
    code = code_of(draft)
    if not draft.is_new_version and await ctx.uow.plans.with_code(code) is not None:
        raise Refusal(
            "plan-code-taken", f"Đã có kế hoạch mã «{code}». Anh/chị cho biết đây là bản mới của nó, hoặc đổi mã."
        )
    plan = plan_of(draft, await basis_of(ctx, draft, unit))
    text = write_plan(plan, head=_HEAD.format(file=draft.file), comments=comments_of(draft))
    # What goes out as a file is what `thidua plans check` accepts.
    parse_plan(text, file=code)
    return text


def _refuse_incomplete(missing: Iterable[Missing]) -> None:
    for one in missing:
        raise Refusal("plan-draft-incomplete", _MISSING[one])


_MISSING = {
    Missing.UNDECIDED: "Còn hạn chưa xem. Anh/chị xem từng hạn: đúng thì giữ, không thì bỏ.",
    Missing.NOTHING_KEPT: "Chưa có hạn nào được giữ. Anh/chị lấy lại một hạn, hoặc thêm từ các câu không phải hạn.",
    Missing.NUMBER: "Còn thiếu số, ký hiệu của kế hoạch.",
    Missing.TITLE: "Còn thiếu tên kế hoạch.",
    Missing.ISSUED: "Còn thiếu ngày ban hành.",
    Missing.INDICATORS: "Có báo cáo hoặc giao ước: anh/chị chọn chỉ tiêu trước.",
    Missing.AWARDS: "Có hồ sơ khen thưởng: anh/chị chọn hình thức khen thưởng trước.",
}


def _days_ahead(ctx: Context, plan: Plan) -> tuple[DayAhead, ...]:
    years = (ctx.today.year, ctx.today.year + 1)
    listed = (view for year in years for view in list_deadlines([plan], year=year, calendar=ctx.calendar))
    found: dict[str, DayAhead] = {}
    for view in listed:
        if ctx.today <= view.last_valid_day <= ctx.today + _AHEAD:
            known = found.get(view.code, DayAhead(view.last_valid_day, view.title, view.applies_to, times=0))
            found[view.code] = replace(known, times=known.times + 1)
    return tuple(found.values())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
