"""The page's server: its routes, and where it listens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from domain.errors import Refusal
from domain.upload_links import UploadLimits
from usecases.ports import FileStore
from web.contexts import OpenPageContext
from web.download_page import DownloadPage
from web.guesses import GuessLimit
from web.pages import STATIC
from web.parts import PartFolder
from web.refusals import answer_refusals
from web.tus import TusRoutes
from web.upload_page import UploadPage

PATIENCE = 30.0
"""Seconds that a client may be silent, in the middle of a request or before it."""
_LINGERS = 5.0
"""Seconds for the rest of a refused body, and for requests under way when the server stops."""


def make_application(
    contexts: OpenPageContext, parts: PartFolder, files: FileStore, limits: UploadLimits, *, patience: float = PATIENCE
) -> web.Application:
    application = web.Application(middlewares=[answer_refusals(GuessLimit())])
    application.add_routes(UploadPage(contexts, parts, files, limits, patience=patience).routes())
    application.add_routes(TusRoutes(contexts, parts, limits, patience=patience).routes())
    application.add_routes(DownloadPage(contexts, files).routes())
    application.router.add_static("/static", STATIC)
    return application


@asynccontextmanager
async def serving(
    application: web.Application, *, host: str, port: int, patience: float = PATIENCE
) -> AsyncIterator[int]:
    """Serve the page until left, and yield the port. Raises Refusal if it cannot be listened on."""
    # The address of a page is its key: no access log holds it.
    runner = web.AppRunner(
        application,
        access_log=None,
        keepalive_timeout=patience,
        lingering_time=min(patience, _LINGERS),
        shutdown_timeout=_LINGERS,
    )
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise Refusal(
                "port-unopened", f"Không mở được {host}:{port} cho trang tải tệp (THIDUA_WEB_PORT): {error.strerror}."
            ) from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
