"""A plan's file as a tree of YAML nodes, and the fault that names one of its lines."""

from dataclasses import dataclass
from typing import NoReturn

import yaml

from domain.errors import Refusal


class PlanFault(Refusal):
    """A plan that cannot be read; `line` counts from 1."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, dòng {line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PlanFile:
    """The file that is read, and the document whose lines its sources name."""

    name: str
    document: str | None = None


# Ten times as fast, where the library was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(text: str, file: str) -> yaml.Node:
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise PlanFault(file, mark.line + 1 if mark else 1, f"không đọc được YAML ({error.problem})") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise PlanFault(file, line, "có ký tự không đọc được") from error
    if node is None:
        raise PlanFault(file, 1, "tệp trống")
    return node


def text_of(file: PlanFile, node: yaml.Node, key: str) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        refuse(file, node, f"«{key}» cần một giá trị")
    return str(node.value).strip()


def line_of(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def refuse(file: PlanFile, node: yaml.Node, reason: str) -> NoReturn:
    raise PlanFault(file.name, line_of(node), reason)
