"""Where files stand: few to a folder, and no test file is a library of another."""

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST = 15
PACKAGES = sorted(marker.parent for marker in ROOT.glob("*/__init__.py"))
PYTHON = sorted(file.relative_to(ROOT) for package in PACKAGES for file in package.rglob("*.py"))


def test_no_folder_holds_more_files_than_one_can_look_over() -> None:
    held = Counter(str(file.parent) for file in PYTHON if file.name != "__init__.py" and file.parent.name != "versions")

    assert {folder: count for folder, count in held.items() if count > MOST} == {}


def test_no_test_file_imports_a_test_file() -> None:
    found = [
        f"{file}: {node.module}"
        for file in PYTHON
        if file.parts[0] == "tests"
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and re.match(r"tests\.(\w+\.)*test_", node.module or "")
    ]

    assert found == []


ONLY_DIALOGS = {
    "forms": "the one conversation that reports and pledges share",
    "links": "the ways from one subject's dialog to another's",
    "shared": "what every window stands on",
}
ONLY_TEMPLATES = {
    "errors": "what is said when the bot itself fails",
    "menu": "the main page, which leads to every subject",
}
ONLY_USECASES = {
    "actor": "who acts is asked by every subject",
    "batches": "whoever writes much holds the writer for a short time",
    "context": "what every use case is given",
    "locks": "rows of several subjects are locked in one way",
    "ports": "what the product does not own",
}


def test_a_subject_has_one_name_on_every_floor() -> None:
    subjects = _folders("usecases")
    elsewhere = _folders("dialogs") | _folders("templates") | _stems("models") | _stems("domain")

    assert subjects - elsewhere == set()
    assert _folders("dialogs") - subjects == set(ONLY_DIALOGS)
    assert _folders("templates") - subjects == set(ONLY_TEMPLATES)


def test_a_use_case_without_a_folder_stands_on_another_floor_or_says_why_not() -> None:
    alone = {file.stem for file in (ROOT / "usecases").glob("*.py")} - {"__init__"}

    assert alone - _stems("models") - _stems("domain") == set(ONLY_USECASES)


def test_no_two_classes_of_the_product_share_a_name() -> None:
    homes: dict[str, list[str]] = {}
    for file in PYTHON:
        if file.parts[0] != "tests" and file.parent.name != "versions":
            for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    homes.setdefault(node.name, []).append(str(file))

    assert {name: files for name, files in homes.items() if len(files) > 1} == {}


def _folders(room: str) -> set[str]:
    return {path.name for path in (ROOT / room).iterdir() if path.is_dir() and path.name != "__pycache__"}


def _stems(room: str) -> set[str]:
    files = [file for file in PYTHON if file.parts[0] == room]
    return {file.stem for file in files} | {part for file in files for part in file.parts[1:-1]}
