"""Composition of the web page for large uploads."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import App
from web.parts import PartFolder
from web.server import make_application, serving


@asynccontextmanager
async def running_page(app: App) -> AsyncIterator[int]:
    """Serve the page until left, and yield its port. Raises Refusal if it cannot be listened on."""
    settings = app.settings
    application = make_application(app.contexts, PartFolder(settings.parts), app.files, settings.upload_limits)
    async with serving(application, host=settings.web_host, port=settings.web_port) as port:
        yield port
