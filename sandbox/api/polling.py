"""Delivery of updates by long polling or by a webhook, never by both."""

from urllib.parse import urlsplit

from aiogram.methods import DeleteWebhook, GetUpdates, GetWebhookInfo, SetWebhook
from aiogram.types import WebhookInfo

from sandbox.api.calls import Call
from sandbox.errors import bad_request, conflict
from sandbox.hosts import is_loopback
from sandbox.world.world import World

WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


async def get_updates(world: World, call: Call[GetUpdates]) -> list[str]:
    """Return updates, each as JSON. Raises ApiError 409 while a webhook is set."""
    method = call.method
    if world.notes.text("webhook"):
        raise conflict(WEBHOOK_ACTIVE)
    world.updates.allow(method.allowed_updates)
    # An update must not be delivered and then be forgotten by a killed sandbox.
    world.rows.commit()
    return await world.updates.poll(method.offset or 0, method.limit or 100, float(method.timeout or 0))


def set_webhook(world: World, call: Call[SetWebhook]) -> bool:
    method = call.method
    if not method.url:
        return _remove(world, drop=bool(method.drop_pending_updates))
    if not is_loopback(urlsplit(method.url).hostname or ""):
        raise bad_request("bad webhook: the sandbox calls addresses of this machine only")
    world.updates.allow(method.allowed_updates)
    world.notes.put("webhook", method.url)
    world.notes.put("webhook_secret", method.secret_token or "")
    if method.drop_pending_updates:
        world.updates.clear()
    world.updates.oust()
    return True


def delete_webhook(world: World, call: Call[DeleteWebhook]) -> bool:
    return _remove(world, drop=bool(call.method.drop_pending_updates))


def _remove(world: World, *, drop: bool) -> bool:
    world.notes.drop("webhook")
    if drop:
        world.updates.clear()
    return True


def get_webhook_info(world: World, _: Call[GetWebhookInfo]) -> WebhookInfo:
    return WebhookInfo(
        url=world.notes.text("webhook") or "",
        has_custom_certificate=False,
        pending_update_count=len(world.updates),
        last_error_message=world.notes.text("webhook_error") or None,
        allowed_updates=world.updates.allowed or None,
    )
