"""The maps of the rooms name only what there is, and say the same in both languages."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENGLISH, VIETNAMESE = "docs/architecture.md", "docs/kien-truc.md"
MAPS = (ENGLISH, VIETNAMESE, "CONTRIBUTING.md")
PATH = re.compile(r"\w[\w.-]*/[\w./-]*|[\w-]+\.(?:md|toml|py)")
PLACE = re.compile(rf"({PATH.pattern}): ([\w.]+)")


def spans(page: str) -> list[str]:
    """What stands in backticks, outside of the blocks."""
    text = re.sub(r"^```.*?^```$", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"`([^`\n]+)`", text)


def defined_in(body: list[ast.stmt], prefix: str = "") -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield prefix + node.name
        if isinstance(node, ast.ClassDef):
            yield from defined_in(node.body, f"{prefix}{node.name}.")


@pytest.mark.parametrize("page", MAPS)
def test_every_path_of_a_map_exists(page: str) -> None:
    places = [place[1] if (place := PLACE.fullmatch(span)) else span for span in spans(page)]
    paths = [path for path in places if PATH.fullmatch(path)]

    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", MAPS)
def test_every_function_of_a_map_is_defined_in_its_file(page: str) -> None:
    places = [place for span in spans(page) if (place := PLACE.fullmatch(span))]

    missing = [
        place[0]
        for place in places
        if place[2] not in defined_in(ast.parse((ROOT / place[1]).read_text(encoding="utf-8")).body)
    ]

    assert missing == []


def test_both_maps_name_the_same_places_in_the_same_order() -> None:
    assert spans(ENGLISH) == spans(VIETNAMESE)


@pytest.mark.parametrize("page", [ENGLISH, VIETNAMESE])
def test_the_floors_of_a_map_are_those_of_the_contracts(page: str) -> None:
    drawn = re.findall(r'^ +F\d+\["(.+?)<br/>', (ROOT / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]

    assert drawn == next(contract["layers"] for contract in contracts if "containers" not in contract)
