"""Returned items of a submission: only these may be changed until it is handed in again."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import Refusal
from domain.submissions.returns import WHOLE, is_unlocked
from domain.submissions.submissions import State
from domain.typed_input.listing import listed
from models.reviews.returns import ReturnedItem
from models.submissions.submissions import Submission
from usecases.context import Context


@dataclass(frozen=True, slots=True)
class ReturnedView:
    """One returned item."""

    key: str
    name: str
    old: str
    """Content of the item when it was returned."""
    reason: str
    is_corrected: bool

    @property
    def is_whole(self) -> bool:
        return self.key == WHOLE


def view_item(item: ReturnedItem) -> ReturnedView:
    return ReturnedView(item.key, item.name, item.old, item.reason, is_corrected=item.corrected_at is not None)


async def returned_items(ctx: Context, draft: Submission | None) -> dict[str, ReturnedView]:
    """Return {key: returned item}, corrected or not; empty if the submission is not returned."""
    return {key: view_item(item) for key, item in (await _items(ctx, draft)).items()}


def awaits_correction(back: Mapping[str, ReturnedView], key: str) -> bool:
    """Whether this item was returned and has not been corrected yet."""
    return key in back and not back[key].is_corrected


async def _items(ctx: Context, draft: Submission | None) -> dict[str, ReturnedItem]:
    if draft is None or draft.state is not State.RETURNED:
        return {}
    last = await ctx.uow.returns.last(draft.id)
    return {item.key: item for item in await ctx.uow.returns.items(last.id)} if last else {}


async def refuse_locked(ctx: Context, draft: Submission, key: str) -> None:
    """Raise Refusal if the submission was returned, but not this item."""
    items = await _items(ctx, draft)
    if draft.state is State.RETURNED and not is_unlocked(key, returned=items.keys()):
        names = listed((f"«{item.name}»" for item in items.values()), more="mục khác")
        raise Refusal("item-locked", f"Mục này đã được nhận nên không sửa nữa. Anh/chị chỉ sửa: {names}.")


async def mark_corrected(ctx: Context, draft: Submission, key: str) -> None:
    """Mark the item as corrected if it was returned. Does not commit."""
    item = (await _items(ctx, draft)).get(key)
    if item is not None:
        item.corrected_at = ctx.now


async def refuse_uncorrected(ctx: Context, draft: Submission) -> None:
    """Raise Refusal if a returned item has not been corrected yet."""
    left = [item.name for key, item in (await _items(ctx, draft)).items() if key != WHOLE and item.corrected_at is None]
    if left:
        raise Refusal(
            "items-uncorrected", f"Còn {len(left)} mục chưa sửa: {', '.join(left)}. Anh/chị sửa xong rồi nộp lại."
        )
