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
