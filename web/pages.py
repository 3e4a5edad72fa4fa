"""Pages in Vietnamese, rendered on the server, and the headers that every answer carries."""

from collections.abc import Mapping
from pathlib import Path

from aiohttp.web import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from templates.filters import FILTERS

STATIC = Path(__file__).parent / "static"

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "html"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.filters.update(FILTERS)

HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    # The address of the page is its key: no other site learns it.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


def page(name: str, /, *, status: int = 200, **values: object) -> Response:
    """Return the page of `html/NAME.html`."""
    return Response(text=_PAGES.get_template(f"{name}.html").render(**values), content_type="text/html", status=status)
