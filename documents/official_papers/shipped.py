"""The templates that the product ships, for offices that have set none of their own."""

from functools import cache
from importlib.resources import files

from domain.official_papers import PaperKind


@cache
def shipped_template(kind: PaperKind) -> bytes:
    return files("documents.official_papers").joinpath("templates", f"{kind}.docx").read_bytes()
