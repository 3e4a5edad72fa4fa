"""/healthz, /readyz and /metrics on a local port.

The server has a thread of its own and asks the event loop, so that a loop that is stuck is told and not waited for.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseServer
from threading import Thread
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.engines import ANSWERS_WITHIN
from bot.health.readiness import ProcessStanding, Readiness
from domain.errors import Refusal

HOST = "127.0.0.1"
_LOOP_ANSWERS_WITHIN = ANSWERS_WITHIN + 1.0
_CLIENT_SPEAKS_WITHIN = 5.0
_STOPS_WITHIN = 0.1


@dataclass(frozen=True, slots=True)
class HealthAnswer:
    status: HTTPStatus
    body: bytes
    kind: str = "application/json"


@asynccontextmanager
async def serving_health(readiness: Readiness, *, port: int) -> AsyncIterator[int]:
    """Serve until left, and yield the port. Raises Refusal if it cannot be listened on."""
    answer = partial(_answer, asyncio.get_running_loop(), readiness)
    try:
        server = ThreadingHTTPServer((HOST, port), partial(_Handler, answer))
    except OSError as error:
        raise Refusal(
            "port-unopened", f"Không mở được {HOST}:{port} cho THIDUA_HEALTH_PORT ({error.strerror})."
        ) from error
    thread = Thread(target=server.serve_forever, args=(_STOPS_WITHIN,), name="health", daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        await asyncio.to_thread(server.shutdown)
        server.server_close()


def _answer(loop: asyncio.AbstractEventLoop, readiness: Readiness, path: str) -> HealthAnswer:
    if path not in ("/healthz", "/readyz", "/metrics"):
        return HealthAnswer(HTTPStatus.NOT_FOUND, b"{}")
    question = _nothing() if path == "/healthz" else readiness.look()
    asked = asyncio.run_coroutine_threadsafe(question, loop)
    try:
        standing = asked.result(_LOOP_ANSWERS_WITHIN)
    except TimeoutError:
        asked.cancel()
        return HealthAnswer(HTTPStatus.SERVICE_UNAVAILABLE, b'{"alive": false}')
    if path == "/metrics":
        return HealthAnswer(HTTPStatus.OK, generate_latest(), CONTENT_TYPE_LATEST)
    if standing is None:
        return HealthAnswer(HTTPStatus.OK, b'{"alive": true}')
    status = HTTPStatus.OK if standing.is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return HealthAnswer(status, json.dumps(standing.as_json()).encode())


async def _nothing() -> ProcessStanding | None:
    """Return at once: that it is run at all shows that the loop is not stuck."""
    return None


class _Handler(BaseHTTPRequestHandler):
    timeout = _CLIENT_SPEAKS_WITHIN

    def __init__(
        self, answer: Callable[[str], HealthAnswer], request: Any, client_address: Any, server: BaseServer
    ) -> None:
        self._answer = answer
        super().__init__(request, client_address, server)

    def do_GET(self) -> None:
        answer = self._answer(self.path.partition("?")[0])
        # A probe that has given up waiting is no fault of ours.
        with suppress(ConnectionError):
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the library's)
        """Keep each probe out of the log."""
