"""Refusals as answers over HTTP: a page for a person, JSON for the page's script, nothing that helps to guess."""

import logging
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from domain.dossiers.secrecy import SecretMark
from domain.errors import Refusal
from domain.references import note_failure
from web.guesses import WITHIN, GuessLimit, address_of
from web.pages import HEADERS, page
from web.parts import PartBusy
from web.streams import ClientLost

_STATUS = {
    "link-unknown": 404,
    "upload-unknown": 404,
    "link-replaced": 410,
    "link-expired": 410,
    "link-used": 410,
    "upload-too-large": 413,
    "upload-too-much": 413,
    "upload-too-many": 413,
    "disk-full": 507,
    "part-busy": 423,
    "offset-differs": 409,
}
_OTHER = 422
_WAYS = {
    "place-just-filled": "Anh/chị tải lại trang để xem; vẫn muốn thay thì gửi lại, không phải tải lại từ đầu.",
    "place-just-emptied": "Anh/chị tải lại trang rồi gửi lại, không phải tải lại từ đầu.",
    "duty-handed-in": "Muốn thay tệp, anh/chị mở lại việc này trong cuộc chat với bot.",
    "dossier-gone": "Anh/chị xem các việc hiện có trong cuộc chat với bot.",
    "duty-gone": "Anh/chị xem các việc hiện có trong cuộc chat với bot.",
    "duty-of-another-unit": "Có thể nhiệm vụ của anh/chị đã thay đổi; anh/chị hỏi cơ quan thường trực.",
}
"""{code of a refusal: where to go on from the page}; the ways of `templates.refusals` are of the chat."""
_BUSY = "Tệp này đang được tải ở một trang khác, hoặc đang được kiểm tra. Trang tự thử lại sau ít giây."
_FAULT = "Có lỗi phía máy chủ, không phải do anh/chị. Phần đã tải vẫn còn. Mã lỗi: {code}."
_TOO_OFTEN = "Địa chỉ mạng này vừa mở quá nhiều đường dẫn sai. Anh/chị chờ một phút rồi mở lại."

logger = logging.getLogger(__name__)


def answer_refusals(guesses: GuessLimit) -> Middleware:
    """Return a middleware that answers refusals and failures, and limits unknown links from one address."""

    @web.middleware
    async def answer(request: web.Request, handler: Handler) -> web.StreamResponse:
        address = address_of(request)
        if "token" in request.match_info and guesses.is_over(address):
            too_often = refused(request, Refusal("too-often", _TOO_OFTEN), status=HTTPStatus.TOO_MANY_REQUESTS)
            too_often.headers["Retry-After"] = f"{WITHIN:.0f}"
            return too_often
        try:
            response = await handler(request)
        except web.HTTPException as error:
            _with_headers(error)
            raise
        except ClientLost:
            # What has arrived is kept: the client goes on behind it.
            response = web.Response(status=HTTPStatus.REQUEST_TIMEOUT)
            response.force_close()
        except PartBusy:
            response = refused(request, Refusal("part-busy", _BUSY))
        except Refusal as refusal:
            if refusal.code == "link-unknown":
                guesses.note(address)
            response = refused(request, refusal)
        except Exception:
            code = note_failure()
            # The address of the page is its key, and is not written into the log.
            logger.exception("reference code %s: %s failed", code, request.method)
            response = refused(request, Refusal("internal", _FAULT.format(code=code)), status=500)
        _with_headers(response)
        return response

    return answer


def _with_headers(response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def refused(request: web.Request, refusal: Refusal, *, status: int | None = None) -> web.Response:
    status = status or (451 if isinstance(refusal, SecretMark) else _STATUS.get(refusal.code, _OTHER))
    text = f"{refusal.text.strip()} {_WAYS.get(refusal.code, '')}".strip()
    if request.method in ("GET", "POST") and not wants_json(request):
        may_try = status not in (404, 410, 429)
        # Relative, for a proxy may have taken the beginning of the path away.
        root = "../" * (request.path.count("/") - 1)
        is_download = request.path.startswith("/o/")
        response = page("refused", status=status, text=text, may_try=may_try, root=root, is_download=is_download)
    else:
        response = web.json_response({"code": refusal.code, "text": text}, status=status)
    # What is left of a refused body is not read.
    if request.body_exists and not request.content.is_eof():
        response.force_close()
    _with_headers(response)
    return response


def wants_json(request: web.Request) -> bool:
    return "Tus-Resumable" in request.headers or "application/json" in request.headers.get("Accept", "")
