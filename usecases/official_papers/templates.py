"""Templates that an office has set in place of the shipped ones: listing, taking out, putting back, dropping."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from domain.audit import AuditAction
from domain.errors import Refusal
from domain.official_papers import PAPER_NAMES, PaperKind
from domain.roles import Right
from models.official_papers import OfficeTemplate
from models.organisation.units import Unit
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.ports import FileStore


@dataclass(frozen=True, slots=True)
class TemplateView:
    """The template of one paper at one office."""

    kind: PaperKind
    name: str
    is_own: bool
    """Whether the office has set one; the shipped one holds otherwise."""
    set_at: datetime | None = None
    """Local time at which the office set its own."""


@dataclass(frozen=True, slots=True)
class NewTemplate:
    """A template that has been checked: its fields are known, and a paper can be made of it."""

    kind: PaperKind
    content: bytes
    sha256: str


@query
async def list_templates(ctx: Context, *, authority: str | None = None) -> tuple[TemplateView, ...]:
    """Return the template of every paper at an authority, given by its code; at the actor's own without one.

    Raises Refusal unless the actor arranges there.
    """
    unit = await _authority(ctx, authority)
    own = {row.kind: row for row in await ctx.uow.office_templates.of(unit.id)}
    return tuple(_view(ctx, kind, own.get(kind)) for kind in PaperKind)


def _view(ctx: Context, kind: PaperKind, row: OfficeTemplate | None) -> TemplateView:
    return TemplateView(kind, PAPER_NAMES[kind], row is not None, ctx.local(row.at) if row else None)


async def take_template(
    ctx: Context, kind: PaperKind, *, files: FileStore, authority: str | None = None
) -> bytes | None:
    """Return the office's own template, or None if the shipped one holds. Raises Refusal like `list_templates`.

    Taking it out has an audit entry.
    """
    key = await _export_key(ctx, kind, authority)
    return await files.read(key) if key else None


@command
async def _export_key(ctx: Context, kind: PaperKind, authority: str | None) -> str | None:
    unit = await _authority(ctx, authority)
    row = await ctx.uow.office_templates.find(unit.id, kind)
    audit(ctx, AuditAction.EXPORTED, about=f"template {kind}", unit_id=unit.id)
    await ctx.uow.commit()
    return row.file_key if row else None


async def template_for(ctx: Context, authority_id: int, kind: PaperKind, *, files: FileStore) -> bytes | None:
    """Return the template that holds for papers of this authority, or None for the shipped one. Asks for no right."""
    key = await _key_of(ctx, authority_id, kind)
    return await files.read(key) if key else None


@query
async def _key_of(ctx: Context, authority_id: int, kind: PaperKind) -> str | None:
    row = await ctx.uow.office_templates.find(authority_id, kind)
    return row.file_key if row else None


async def put_template(
    ctx: Context, new: NewTemplate, *, files: FileStore, authority: str | None = None
) -> TemplateView:
    """Set a template that has been checked; the file is saved outside any transaction.

    Raises Refusal like `list_templates`; the earlier template then stays.
    """
    key = await _note_template(ctx, new.kind, authority)
    await files.save(key, new.content)
    return await _put(ctx, new, key=key, authority=authority)


@command
async def _note_template(ctx: Context, kind: PaperKind, authority: str | None) -> str:
    """Register a key for the file and return it: the clean-up of orphans then knows of every stored file."""
    unit = await _authority(ctx, authority)
    key = f"templates/{unit.id}/{kind}/{secrets.token_hex(8)}"
    await ctx.uow.extensions.register_orphan(key, at=ctx.now)
    await ctx.uow.commit()
    return key


@command
async def _put(ctx: Context, new: NewTemplate, *, key: str, authority: str | None) -> TemplateView:
    unit = await _authority(ctx, authority)
    await ctx.uow.units.find_for_update(unit.id)
    row = await ctx.uow.office_templates.find_for_update(unit.id, new.kind)
    if not await ctx.uow.extensions.adopt(key):
        raise Refusal("file-stored-too-late", "Bot lưu tệp này chậm quá nên đã bỏ. Anh/chị gửi lại tệp giúp.")

    if row is None:
        row = OfficeTemplate(authority_id=unit.id, kind=new.kind)
        ctx.uow.office_templates.add(row)
    else:
        await ctx.uow.retention.mark_for_deletion(row.file_key)
    row.file_key, row.sha256, row.by, row.at = key, new.sha256, ctx.actor.person_id, ctx.now
    audit(ctx, AuditAction.TEMPLATE_SET, about=new.kind, unit_id=unit.id, sha256=new.sha256)
    view = _view(ctx, new.kind, row)
    await ctx.uow.commit()
    return view


@command
async def drop_template(ctx: Context, kind: PaperKind, *, authority: str | None = None) -> TemplateView:
    """Drop the office's own template, so that the shipped one holds again. Raises Refusal like `list_templates`."""
    unit = await _authority(ctx, authority)
    row = await ctx.uow.office_templates.find_for_update(unit.id, kind)
    if row is not None:
        await ctx.uow.retention.mark_for_deletion(row.file_key)
        await ctx.uow.office_templates.remove(row)
        audit(ctx, AuditAction.TEMPLATE_DROPPED, about=kind, unit_id=unit.id)
    await ctx.uow.commit()
    return _view(ctx, kind, None)


async def _authority(ctx: Context, code: str | None) -> Unit:
    """Return the authority of this code, or the actor's own. Raises Refusal unless the actor arranges there."""
    posts = ctx.actor.units_where(Right.ARRANGE)
    if not posts:
        raise Refusal("standing-body-only", "Mục này dành cho cơ quan thường trực.")
    if code is None:
        return await ctx.uow.units.get(posts[0].unit_id)
    unit = await ctx.uow.units.with_code(code)
    if unit is None:
        raise Refusal("unit-unknown", f"Không có đơn vị mã «{code}».")
    if not ctx.actor.may(Right.ARRANGE, unit_id=unit.id, above=await ctx.uow.units.above(unit.id)):
        raise Refusal("standing-body-only", "Mẫu văn bản của cơ quan này do cơ quan thường trực ở đó đặt.")
    return unit
