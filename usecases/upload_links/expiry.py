"""Deletion of what uploads by links that ended have left on disk."""

from usecases.context import Context, command, query
from usecases.ports import UploadParts

BATCH = 50


async def sweep_uploads(ctx: Context, *, parts: UploadParts) -> None:
    """Delete the parts of files by links that expired, were replaced or used, and parts that nobody announced."""
    keys = await _abandoned(ctx)
    for key in keys:
        await parts.delete(key)
    if keys or await _has_expired_downloads(ctx):
        await _forget(ctx, keys)
    old = await parts.list_old()
    known = await _known(ctx, old) if old else set()
    for key in old:
        if key not in known:
            await parts.delete(key)


@query
async def _abandoned(ctx: Context) -> tuple[str, ...]:
    return tuple(file.key for file in await ctx.uow.upload_links.abandoned(now=ctx.now, limit=BATCH))


@query
async def _has_expired_downloads(ctx: Context) -> bool:
    return await ctx.uow.upload_links.has_expired_downloads(ctx.now)


@query
async def _known(ctx: Context, keys: tuple[str, ...]) -> set[str]:
    return await ctx.uow.upload_links.known(keys)


@command
async def _forget(ctx: Context, keys: tuple[str, ...]) -> None:
    await ctx.uow.upload_links.delete_files(keys)
    await ctx.uow.upload_links.delete_expired_downloads(ctx.now)
    await ctx.uow.commit()
