"""A plan's file as a tree of YAML nodes, and the faults found in it with their lines."""

from dataclasses import dataclass, field

import yaml

from domain.errors import Refusal


@dataclass(frozen=True, slots=True, order=True)
class PlanFault:
    line: int
    """Line number, counted from 1."""
    reason: str


class PlanFaults(Refusal):
    """A plan cannot be read; lists every fault, in the order of the lines."""

    def __init__(self, file: str, faults: tuple[PlanFault, ...]) -> None:
        super().__init__("plan-faults", "\n".join(f"{file}:{fault.line}: {fault.reason}" for fault in faults))
        self.file = file
        self.faults = faults


@dataclass(frozen=True, slots=True)
class PlanFile:
    """The file that is read, with the faults found so far.

    `document` is the name of the plan's document, whose lines the sources name.
    """

    name: str
    document: str | None = None
    # This is a set, because a fault in an anchored YAML node is found again at each alias.
    faults: set[PlanFault] = field(default_factory=set)

    def tell(self, node: yaml.Node, reason: str) -> None:
        self.faults.add(PlanFault(line_of(node), reason))

    def refuse_faults(self) -> None:
        if self.faults:
            raise PlanFaults(self.name, tuple(sorted(self.faults)))


# The C loader is ten times as fast; PyYAML may have been built without it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(text: str, file: str) -> yaml.Node:
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        fault = PlanFault(mark.line + 1 if mark else 1, f"không đọc được YAML ({error.problem})")
        raise PlanFaults(file, (fault,)) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise PlanFaults(file, (PlanFault(line, "có ký tự không đọc được"),)) from error
    if node is None:
        raise PlanFaults(file, (PlanFault(1, "tệp trống"),))
    return node


def line_of(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
