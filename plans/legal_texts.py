"""The legal texts, read once from `law/legal_basis.yaml`."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from domain.plans.legal_basis import LegalMatter, LegalText, TextKind
from domain.units import UnitKind


@cache
def legal_texts() -> tuple[LegalText, ...]:
    return parse_legal_texts(files("plans").joinpath("law", "legal_basis.yaml").read_text("utf-8"))


def parse_legal_texts(written: str) -> tuple[LegalText, ...]:
    return tuple(_text(entry) for entry in yaml.safe_load(written))


def _text(entry: dict[str, Any]) -> LegalText:
    return LegalText(
        code=entry["code"],
        kind=TextKind(entry["kind"]),
        name=entry["name"],
        number=entry["number"],
        since=entry["from"],
        until=entry.get("until"),
        governs=frozenset(LegalMatter(matter) for matter in entry["governs"]),
        units=frozenset(UnitKind(kind) for kind in entry.get("units", UnitKind)),
    )
