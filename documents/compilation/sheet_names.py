"""Names of sheets: Excel refuses some signs, more than 31 characters, and two names that differ in case only."""

import re
from collections.abc import Iterable

from domain.typed_input.inert import inert

_LONGEST = 31
_REFUSED = re.compile(r"[\[\]:*?/\\]+")
_RESERVED = "history"


def sheet_names(names: Iterable[str], *, taken: Iterable[str] = ()) -> list[str]:
    """Return a name of a sheet for each of these names, all different from each other and from those taken."""
    found: list[str] = []
    used = {_RESERVED, *(name.casefold() for name in taken)}
    for name in names:
        plain = " ".join(_REFUSED.sub("-", inert(name)).split()).strip("'") or "Cụm"
        safe, number = _cut(plain, _LONGEST), 1
        while safe.casefold() in used:
            number += 1
            ending = f" ({number})"
            safe = _cut(plain, _LONGEST - len(ending)) + ending
        used.add(safe.casefold())
        found.append(safe)
    return found


def _cut(name: str, longest: int) -> str:
    """Cut a name to a length as Excel counts it: a sign beyond the basic plane counts twice."""
    while len(name.encode("utf-16-le")) // 2 > longest:
        name = name[:-1]
    return name.strip(" '")
