"""The table of pasted texts: what officers write, and what is read, asked back and left of it.

In `texts.txt` an empty line parts the cases. After «=>»: «= code value» is read, «? code why readings» is asked back,
«- piece» is left unread, «~ code value» is meant to be read and is not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from domain.figures.reading import read_text
from domain.figures.readings import FiguresReading, Wanted
from domain.plans.plans import Plan
from plans.catalogue import parse_plan, shipped_plan
from usecases.figures.wanted import wanted_of

YEAR = 2026


@dataclass(slots=True)
class Case:
    text: str
    plan: str = "mau-2026"
    duty: str = ""
    previous: dict[str, Decimal] = field(default_factory=dict)
    expected: list[str] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, str]:
        """{code: value} of what is read."""
        return dict(line.split()[1:] for line in self.expected if line.startswith("= "))

    @property
    def missed(self) -> int:
        return sum(line.startswith("~ ") for line in self.expected)

    @property
    def settled(self) -> list[str]:
        return [line for line in self.expected if not line.startswith("~ ")]


@cache
def plan_of(code: str) -> Plan:
    return parse_plan(shipped_plan(code), file=code)


def wanted_for_case(case: Case) -> tuple[Wanted, ...]:
    return tuple(
        wanted_of(indicator, previous=case.previous.get(indicator.code)) for indicator in plan_of(case.plan).indicators
    )


def read_case(case: Case, text: str | None = None) -> FiguresReading:
    duty = case.duty or ("bao-cao-6-thang" if case.plan == "mau-2026" else "")
    period = plan_of(case.plan).period_of(duty, year=YEAR)
    said = case.text if text is None else text
    return read_text(said, wanted_for_case(case), period=period, pledging=duty == "giao-uoc")


def lines_of(reading: FiguresReading) -> list[str]:
    """Return the reading as the table writes it."""
    asked = (
        " ".join(
            ["?", one.indicator or "/".join(one.candidates), one.why.value, *(f"{value:f}" for value in one.readings)]
        )
        for one in reading.ask
    )
    read = (f"= {one.indicator} {one.value:f}" for one in reading.read)
    return [*read, *asked, *(f"- {piece}" for piece in reading.unread)]


def cases(name: str = "texts.txt") -> Iterator[Case]:
    table = Path(__file__).with_name(name).read_text("utf-8")
    for block in table.strip("\n").split("\n\n"):
        lines = block.split("\n")
        end = lines.index("=>")
        options = [line.split() for line in lines if line.startswith("@")]
        case = Case("\n".join(lines[len(options) : end]), expected=lines[end + 1 :])
        for option, *values in options:
            match option:
                case "@plan":
                    case.plan = values[0]
                case "@duty":
                    case.duty = values[0]
                case _:
                    case.previous[values[0]] = Decimal(values[1])
        yield case
