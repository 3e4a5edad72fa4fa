"""A paper from its Word template and values; a template can read its fields and nothing else."""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree  # type: ignore[import-untyped]

from domain.errors import Refusal
from domain.typed_input.inert import inert

FILTERS = ("upper", "lower", "length", "default")
"""Filters that a template may use."""
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Filter,
)
_NOT_XML = re.compile("[\ufffe\uffff]")


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja without functions, macros, arithmetic and nested loops, so that no template costs more than its rows."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        # Everything that is rendered passes here, the properties of the file included.
        tree = super()._parse(source, name, filename)
        refuse_program(tree)
        return tree


def refuse_program(tree: nodes.Template) -> None:
    """Raise Refusal if the template does more than show, repeat and choose."""
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Getattr) and (not isinstance(node.node, nodes.Name) or node.attr.startswith("_")):
            raise _forbidden(f"«.{node.attr}»")
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            raise _forbidden(f"«|{node.name}»")
        if not isinstance(node, _ALLOWED):
            raise _forbidden(f"lệnh {type(node).__name__}")
    for loop in tree.find_all(nodes.For):
        if any(inner is not loop for inner in loop.find_all(nodes.For)):
            raise _forbidden("vòng lặp nằm trong vòng lặp khác")


def _forbidden(what: str) -> Refusal:
    return Refusal("template-program", f"Mẫu này dùng {what}; mẫu chỉ được dùng trường, «for» và «if».")


class _StrictTemplate(DocxTemplate):  # type: ignore[misc] # The library has no types.
    def fix_tables(self, xml: str) -> Any:
        """Refuse markup that a misplaced row tag has broken: the library would drop a part of the paper silently."""
        try:
            etree.fromstring(xml)
        except etree.XMLSyntaxError as fault:
            raise Refusal(
                "template-markup-broken",
                "Mẫu này bị lỗi ở bảng hoặc ở đoạn có «for», «if»: mỗi lệnh {%tr …%} phải ở một dòng riêng của bảng, "
                "mỗi lệnh {%p …%} ở một đoạn riêng.",
            ) from fault
        return super().fix_tables(xml)


def render_paper(template: bytes, values: Mapping[str, object]) -> bytes:
    """Return the .docx. Raises Refusal if the template is more than fields, `for` and `if`, or its markup breaks.

    Texts are shown as they are, markup and tags included, without control characters. Slow: keep it off the event loop.
    """
    paper = _StrictTemplate(BytesIO(template))
    paper.render({name: _shown(value) for name, value in values.items()}, TemplateEnvironment(), autoescape=True)
    file = BytesIO()
    paper.save(file)
    return file.getvalue()


def _shown(value: object) -> object:
    if isinstance(value, str):
        return _NOT_XML.sub("", inert(value)).replace("\t", " ")
    if isinstance(value, Mapping):
        return {name: _shown(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(item) for item in value]
    return value
