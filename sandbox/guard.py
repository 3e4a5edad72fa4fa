"""Access to the sandbox: only programs and pages of this machine, under this machine's names."""

import logging
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.errors import ControlError
from sandbox.hosts import is_loopback

log = logging.getLogger(__name__)


def check_address(host: str) -> None:
    """Raise ValueError unless this host is the loopback interface."""
    if not is_loopback(host):
        raise ValueError(f"the sandbox listens on this machine only (127.0.0.1), not on {host!r}")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a foreign Host, which means DNS rebinding, and a foreign Origin, which means another page posts here."""
    if not is_loopback(_name_of(request.host)):
        return _refused("Sân tập chỉ trả lời dưới tên của chính máy này, ví dụ http://127.0.0.1")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        return _refused("Sân tập không nhận yêu cầu từ trang khác")
    return await handler(request)


@web.middleware
async def explain(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every refusal and every internal error into JSON."""
    try:
        return await handler(request)
    except ControlError as refusal:
        body: dict[str, object] = {"error": refusal.message}
        if refusal.labels is not None:
            body["labels"] = refusal.labels
        return web.json_response(body, status=refusal.status)
    except web.HTTPException as refusal:
        return _told(request, refusal.status, refusal.reason)
    except Exception:
        log.exception("%s %s failed", request.method, request.path)
        return _told(request, 500, "Internal Server Error")


def _told(request: web.Request, status: int, reason: str) -> web.Response:
    if request.path.startswith(("/bot", "/file")):
        return web.json_response({"ok": False, "error_code": status, "description": reason}, status=status)
    return web.json_response({"error": reason}, status=status)


def _name_of(host: str) -> str:
    return urlsplit(f"//{host}").hostname or ""


def _refused(reason: str) -> web.Response:
    return web.json_response({"error": reason}, status=403)
