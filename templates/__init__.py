"""Vietnamese texts longer than a button, as Jinja2 templates; they format, they do not decide."""

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from domain.typed_input.inert import inert
from templates.bounds import bounded
from templates.filters import FILTERS


def _said(value: object) -> object:
    """Return typed text without characters that hide or reorder what stands around it; markup was checked before."""
    return inert(value) if isinstance(value, str) and not isinstance(value, Markup) else value


_TEXTS = Environment(
    loader=PackageLoader("templates", ""),
    # Otherwise every rendering asks the disk whether its files have changed.
    auto_reload=False,
    autoescape=True,
    finalize=_said,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEXTS.filters.update(FILTERS)


def render(name: str, /, **values: object) -> Markup:
    """Return the text of `templates/NAME.html` in Telegram's HTML, cut to the messenger's limit."""
    text = _TEXTS.get_template(f"{name}.html").render(**values).strip()
    return Markup(bounded(text))  # noqa: S704 (escaped by the environment above)
