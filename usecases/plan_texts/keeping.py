"""The draft of the actor's authority: who may touch it, and how it is stored."""

from pydantic import TypeAdapter

from domain.errors import Refusal, Way
from domain.plan_texts.drafting.drafts import PlanDraft
from domain.roles import Right
from models.organisation.units import Unit
from models.plans.plan_texts import PlanTextDraft
from usecases.context import Context

# pydantic turns frozen dataclasses into JSON and back, with their enums, days and figures.
_STORED = TypeAdapter(PlanDraft)


async def own_authority(ctx: Context) -> Unit:
    """Return the first authority for which the actor arranges. Raises Refusal if there is none."""
    posts = ctx.actor.units_where(Right.ARRANGE)
    if not posts:
        raise Refusal("standing-body-only", "Lệnh này dành cho cơ quan thường trực.", way=Way.BACK_HOME)
    return await ctx.uow.units.get(posts[0].unit_id)


def stored_draft(row: PlanTextDraft) -> PlanDraft:
    return _STORED.validate_python(row.content)


async def current_draft(ctx: Context) -> tuple[Unit, PlanDraft]:
    """Return the authority and its draft. Raises Refusal if there is none, or like `own_authority`."""
    unit = await own_authority(ctx)
    return unit, stored_draft(_found(await ctx.uow.plan_texts.of(unit.id)))


async def draft_to_change(ctx: Context) -> tuple[PlanTextDraft, PlanDraft]:
    """Return the row, locked, and its draft. Raises Refusal like `current_draft`."""
    unit = await own_authority(ctx)
    row = _found(await ctx.uow.plan_texts.of_for_update(unit.id))
    return row, stored_draft(row)


def keep(ctx: Context, row: PlanTextDraft, draft: PlanDraft) -> None:
    row.content = _STORED.dump_python(draft, mode="json")
    row.by, row.at = ctx.actor.person_id, ctx.now


async def put_draft(ctx: Context, draft: PlanDraft) -> None:
    """Store the draft in place of the authority's earlier one."""
    unit = await own_authority(ctx)
    row = await ctx.uow.plan_texts.of_for_update(unit.id)
    if row is None:
        row = PlanTextDraft(authority_id=unit.id)
        ctx.uow.plan_texts.add(row)
    keep(ctx, row, draft)


def _found(row: PlanTextDraft | None) -> PlanTextDraft:
    if row is None:
        raise Refusal("plan-text-gone", "Không còn bản đang đọc dở. Anh/chị gửi lại văn bản kế hoạch.")
    return row
