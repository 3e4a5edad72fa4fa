"""Pages in Vietnamese, rendered on the server, and the headers that every answer carries."""

from collections.abc import Mapping
from pathlib import Path

from aiohttp.web import Response
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined
from markupsafe import Markup

from domain.typed_input.inert import inert
from templates.filters import FILTERS

STATIC = Path(__file__).parent / "static"


def _said(value: object) -> object:
    """Return typed text without characters that hide or reorder what stands around it."""
    return inert(value) if isinstance(value, str) and not isinstance(value, Markup) else value


_PAGES = Environment(
    # Words that the chat says as well, such as what the checks of a paper found, stand in `templates`.
    loader=ChoiceLoader([FileSystemLoader(Path(__file__).parent / "html"), PackageLoader("templates", "")]),
    autoescape=True,
    finalize=_said,
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
    "Server": "thidua",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


def page(name: str, /, *, status: int = 200, **values: object) -> Response:
    """Return the page of `html/NAME.html`."""
    return Response(text=_PAGES.get_template(f"{name}.html").render(**values), content_type="text/html", status=status)
