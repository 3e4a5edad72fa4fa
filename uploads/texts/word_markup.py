"""The markup of Word files: what a paragraph shows, and the parts below an element. Inserted text counts, deleted,
hidden and struck text does not.
"""

import re
from collections.abc import Iterator
from typing import Any

_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "txbxContent", "pPr", "tbl", "instrText", "delText"})
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def text_of(element: Any) -> str:
    """Return the text that a paragraph shows, with tabs and breaks."""
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        name = name_of(child)
        if name == "r":
            yield _run(child)
        elif name not in _LEFT_OUT:
            yield from _pieces(child)


def _run(run: Any) -> str:
    looks = next((child for child in run if name_of(child) == "rPr"), ())
    marks = {name_of(look): value_of(look) for look in looks}
    if any(marks.get(mark, "0") not in ("0", "false", "off") for mark in ("vanish", "strike", "dstrike")):
        return ""
    text = "".join(_MARKS.get(name_of(child), child.text or "" if name_of(child) == "t" else "") for child in run)
    # A raised 1 is the mark of a footnote, and 12¹ is not 121.
    return text.translate(_RAISED) if marks.get("vertAlign") == "superscript" else text


def below(element: Any, name: str) -> Iterator[Any]:
    """Yield the children of this name, also those within content controls and insertions."""
    for child in element:
        if name_of(child) == name:
            yield child
        elif name_of(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from below(child, name)


def continues_above(cell: Any) -> bool:
    """Whether the cell belongs to a merged one above it."""
    merged = [one for looks in cell if name_of(looks) == "tcPr" for one in looks if name_of(one) == "vMerge"]
    return any(value_of(one) != "restart" for one in merged)


def has_mark(element: Any, looks: str, name: str) -> bool:
    """Whether the element's looks (`trPr`) have this mark."""
    return any(name_of(one) == name for child in element if name_of(child) == looks for one in child)


def number_of(element: Any, looks: str, name: str) -> int:
    """Return the number that a mark in the element's looks (`tcPr`) has, or 0."""
    found = [value_of(one) for child in element if name_of(child) == looks for one in child if name_of(one) == name]
    return int(found[0]) if found and re.fullmatch(r"[0-9]{1,4}", found[0]) else 0


def name_of(element: Any) -> str:
    """Return the name without its namespace; comments and instructions have none."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def value_of(element: Any) -> str:
    """Return the value; a mark without one is set."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == "val"), "1")
