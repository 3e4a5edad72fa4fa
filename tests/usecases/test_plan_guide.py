"""The guide docs/ke-hoach.md lists the keys that the reader of plans knows, and no others."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from domain.plans.awards import SubjectKind
from domain.plans.deadlines import Bearer, Boundary, DutyKind
from domain.plans.events import DayCount
from domain.plans.indicators import Aggregate, Better, Comparator
from domain.plans.periods import CalendarKind, PeriodKind
from domain.plans.plans import RuleKind
from domain.plans.recurrence import Recurrence
from domain.units import UnitKind
from plans.catalogue import parse_plan

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "ke-hoach.md").read_text("utf-8")
READERS = [ROOT / "plans" / "catalogue.py", *sorted((ROOT / "plans" / "reader").glob("*.py"))]
SECTIONS = {
    "parse_plan": "Văn bản",
    "parse_deadline": "`deadlines`",
    "_period": "`period`",
    "_part": "`parts`",
    "parse_event": "`event`",
    "parse_original": "`original`",
    "parse_share": "`shares`",
    "parse_posting": "`posting`",
    "parse_school_year": "`school_year`",
    "parse_indicator": "`indicators`",
    "parse_aim": "`aims`",
    "_campaign": "`campaigns`",
    "_title": "`titles`",
    "parse_award": "`awards`",
    "parse_requirement": "`pieces`",
    "_criteria_for": "`criteria`",
    "_criterion_with": "`all_of`, `any_of`",
    "parse_rule": "`rules`",
    "parse_lead_proposer": "`lead_proposers`",
    "parse_field_body": "`field_bodies`",
    "parse_span": "`span`",
    "parse_standing_body": "`standing_body`",
    "parse_unit_group": "`units`",
    "parse_erratum": "`corrections`",
}
KINDS = (
    UnitKind, DutyKind, Boundary, Recurrence, Bearer, CalendarKind, PeriodKind, Better, Comparator, SubjectKind,
    RuleKind, Aggregate, DayCount,
)  # fmt: skip


def test_the_guide_has_a_section_for_each_mapping_of_a_plan() -> None:
    assert set(keys_known()) == set(SECTIONS)


@pytest.mark.parametrize(("reader", "section"), SECTIONS.items(), ids=SECTIONS)
def test_a_section_lists_the_keys_that_the_reader_knows(reader: str, section: str) -> None:
    assert keys_listed(section) == keys_known()[reader]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_guide_names_every_value(kind: type[StrEnum]) -> None:
    assert [value for value in kind if f"`{value}`" not in GUIDE and f'`"{value}"`' not in GUIDE] == []


def test_the_example_of_the_guide_is_a_plan() -> None:
    example = re.search(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    assert example is not None

    assert [rule.code for rule in parse_plan(example[1], file="ke-hoach.md").deadlines] == ["bao-cao-6-thang"]


def keys_listed(section: str) -> set[str]:
    body = re.split(r"\n##+ ", GUIDE.split(f"# {section}\n", 1)[1], maxsplit=1)[0]
    return set(re.findall(r"^\| `(\w+)` \|", body, re.MULTILINE))


def keys_known() -> dict[str, set[str]]:
    """Return the keys by the function of the reader that reads the mapping."""
    everywhere = {name: keys for file in READERS for name, keys in tuples_of(file)}
    found: dict[str, set[str]] = {}
    for file in READERS:
        named = everywhere | dict(tuples_of(file))
        for function in ast.parse(file.read_text("utf-8")).body:
            if isinstance(function, ast.FunctionDef):
                keys = {key for call in entries_of(function) for key in keys_of(call, named | local(function))}
                found |= {function.name: keys} if keys else {}
    return found


def entries_of(function: ast.FunctionDef) -> Iterator[ast.Call]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "MappingReader":
            yield node


def keys_of(call: ast.Call, named: dict[str, set[str]]) -> Iterator[str]:
    for keyword in call.keywords:
        yield from keys_in(keyword.value, named)


def keys_in(node: ast.expr, named: dict[str, set[str]]) -> set[str]:
    words = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return words.union(*(named.get(one.id, set()) for one in ast.walk(node) if isinstance(one, ast.Name)))


def tuples_of(file: Path) -> Iterator[tuple[str, set[str]]]:
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, keys_in(node.value, {})


def local(function: ast.FunctionDef) -> dict[str, set[str]]:
    return {
        node.targets[0].id: keys_in(node.value, {})
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
