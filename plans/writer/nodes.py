"""Parts of a plan's file as YAML nodes: entries on one line or on several, with values as a person writes them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from textwrap import indent

import yaml

from domain.plans.periods import DayOfYear

Value = str | int | bool | date | Decimal | DayOfYear | yaml.Node
Pairs = Iterable[tuple[str, Value | None]]

_TAG = "tag:yaml.org,2002:"
_WIDTH = 1_000_000
"""No value is broken into lines: a person finds and corrects it on its own line."""


def block(pairs: Pairs) -> yaml.MappingNode:
    """Return a mapping with one key in a line; pairs without a value are left out."""
    return yaml.MappingNode(f"{_TAG}map", _nodes(pairs), flow_style=False)


def flow(pairs: Pairs) -> yaml.MappingNode:
    """Return a mapping on one line: `{code: thon, name: Thôn}`."""
    return yaml.MappingNode(f"{_TAG}map", _nodes(pairs), flow_style=True)


def inline(values: Iterable[Value]) -> yaml.SequenceNode:
    """Return a list on one line: `[COMMUNE, SCHOOL]`."""
    return yaml.SequenceNode(f"{_TAG}seq", [_node(value) for value in values], flow_style=True)


def lines(values: Iterable[Value]) -> yaml.SequenceNode | None:
    """Return a list with one entry in a line, or None if it is empty."""
    nodes = [_node(value) for value in values]
    return yaml.SequenceNode(f"{_TAG}seq", nodes, flow_style=False) if nodes else None


def written(node: yaml.Node) -> str:
    """Return the node as text with a line break at its end."""
    return str(yaml.serialize(node, allow_unicode=True, width=_WIDTH))


def listed(node: yaml.Node, comment: str = "") -> str:
    """Return the node as an entry of a list below a key, with a comment above it."""
    entry = written(yaml.SequenceNode(f"{_TAG}seq", [node], flow_style=False))
    above = f"# {' '.join(comment.split())}\n" if comment else ""
    return indent(above + entry, "  ")


def _nodes(pairs: Pairs) -> list[tuple[yaml.Node, yaml.Node]]:
    return [(_node(key), _node(value)) for key, value in pairs if value is not None]


def _node(value: Value) -> yaml.Node:
    if isinstance(value, yaml.Node):
        return value
    tag, text = _scalar(value)
    # A line break in a plain value would become a space.
    return yaml.ScalarNode(f"{_TAG}{tag}", text, style='"' if "\n" in text else None)


def _scalar(value: str | int | bool | date | Decimal | DayOfYear) -> tuple[str, str]:
    match value:
        case bool():
            return "bool", "true" if value else "false"
        case int():
            return "int", str(value)
        case date():
            return "timestamp", value.isoformat()
        case Decimal():
            figure = format(value, "f")
            return "float" if "." in figure else "int", figure
        case _:
            return "str", f"{value.day}/{value.month}" if isinstance(value, DayOfYear) else value
