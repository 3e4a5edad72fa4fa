"""Entering a file of units, clusters and officers: looked through first, told what would come, then all or nothing."""

import hashlib
from collections import Counter
from dataclasses import dataclass

from domain.audit import AuditAction
from domain.errors import Refusal
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.organisation.founding import Organisation
from usecases.organisation.imports.checks import draw_up
from usecases.organisation.imports.drafts import ImportDraft
from usecases.organisation.imports.writing import enter


@dataclass(frozen=True, slots=True)
class ImportView:
    """What a file would change; nothing where it has faults."""

    units: int
    """New ones, as the next two."""
    clusters: int
    officers: int
    names: tuple[str, ...]
    """Of the new units, then of the new clusters."""
    changes: tuple[str, ...]
    """What stands already and would be changed, a line each."""
    faults: tuple[str, ...]
    """Each with its cell."""
    seen: str
    """A fingerprint of all this: what is entered is what was shown, or nothing."""

    @property
    def is_empty(self) -> bool:
        return not (self.units or self.clusters or self.officers or self.changes)


@query
async def preview_import(ctx: Context, organisation: Organisation) -> ImportView:
    return _view(await draw_up(ctx, organisation))


@command
async def import_organisation(ctx: Context, organisation: Organisation, *, seen: str | None = None) -> ImportView:
    """Raises Refusal with every fault, one a line, or where it is not any more what was `seen`."""
    draft = await draw_up(ctx, organisation)
    view = _view(draft)
    if view.faults:
        raise Refusal("organisation-faults", "\n".join(view.faults))
    if seen is not None and view.seen != seen:
        raise Refusal("import-changed", "Danh sách vừa thay đổi. Anh/chị gửi lại tệp để xem những gì sẽ nhập.")

    await enter(ctx, draft)
    if not view.is_empty:
        audit(
            ctx,
            AuditAction.ORGANISATION_IMPORTED,
            units=view.units,
            clusters=view.clusters,
            officers=view.officers,
            changes=len(view.changes),
        )
    await ctx.uow.commit()
    return view


def _view(draft: ImportDraft) -> ImportView:
    if draft.faults:
        return ImportView(0, 0, 0, (), (), tuple(draft.faults), seen="")
    new = [
        sorted(entry.code for entry in draft.new_units),
        sorted(entry.code for entry in draft.new_clusters),
        sorted(Counter((entry.unit, entry.role.value, entry.name) for entry in draft.new_officers).items()),
    ]
    return ImportView(
        units=len(draft.new_units),
        clusters=len(draft.new_clusters),
        officers=len(draft.new_officers),
        names=(*(entry.name for entry in draft.new_units), *(entry.name for entry in draft.new_clusters)),
        changes=tuple(draft.changes),
        faults=(),
        seen=hashlib.sha256(repr((new, draft.changes)).encode()).hexdigest(),
    )
