import ast
import re
from functools import cache
from pathlib import Path

import pytest

from domain.errors import Refusal, Way
from handlers.menus import GROUP_COMMANDS, PRIVATE_COMMANDS, STANDING_BODY_COMMANDS
from templates.refusals import word_refusal

ROOT = Path(__file__).parents[2]
ROOMS = ("domain", "models", "usecases")
PRODUCT = ("bot", "cli", "dialogs", "documents", "handlers", "plans", "uploads", *ROOMS)
RAISED = ("AlreadyDone", "Refusal")
COMMANDS = {"start", "yeucau", *PRIVATE_COMMANDS, *STANDING_BODY_COMMANDS, *GROUP_COMMANDS}
OF_A_SCREEN = re.compile(r"(?<![\w./])/[a-z]{3,}(?![\w/-])|\b([Bb]ấm|[Cc]họn) «")


@pytest.mark.parametrize("way", Way)
def test_every_way_out_is_worded_with_commands_and_buttons_that_exist(way: Way) -> None:
    words = word_refusal(Refusal("code", "Chưa được.", way=way, example="Cụm 1")).removeprefix("Chưa được.")

    assert words
    assert set(re.findall(r"(?<!\w)/([a-z]+)", words)) <= COMMANDS
    assert set(re.findall(r"(?:bấm|chọn|vào) «([^»]+)»", words)) <= _labels()


def test_a_refusal_is_read_with_its_way_out() -> None:
    gone = Refusal("code", "Việc này không còn nữa.", way=Way.DUTIES)
    cut = Refusal("code", "Anh/chị ghi số chính xác, ví dụ 12,5", way=Way.FILL_LATER)

    assert word_refusal(gone) == "Việc này không còn nữa. Anh/chị gõ /viec để xem các việc hiện có."
    assert word_refusal(cut) == "Anh/chị ghi số chính xác, ví dụ 12,5; chưa có thì bấm «Điền sau»."


def test_use_cases_and_rules_name_no_command_and_no_button() -> None:
    found = [f"{where}: {text}" for where, text in _texts(ROOMS) if OF_A_SCREEN.search(text)]

    assert found == []


def test_every_refusal_has_a_code_of_plain_words() -> None:
    codes = {f"{where}: {code}" for where, code in _codes() if not re.fullmatch(r"[a-z]+(-[a-z]+)*", code)}

    assert codes == set()


@cache
def _labels() -> set[str]:
    """Return every text that screens and pushed messages are made of, labels of buttons among them."""
    return {text.strip() for _, text in _texts(("dialogs", "scheduler"))}


@cache
def _sources(rooms: tuple[str, ...]) -> list[tuple[str, ast.Module]]:
    files = [file for room in rooms for file in sorted((ROOT / room).rglob("*.py")) if file.parent.name != "versions"]
    return [(str(file.relative_to(ROOT)), ast.parse(file.read_text(encoding="utf-8"))) for file in files]


def _texts(rooms: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return (place, text) of every string that is no docstring."""
    found = []
    for file, tree in _sources(rooms):
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found += [
            (f"{file}:{node.lineno}", node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
        ]
    return found


def _codes() -> list[tuple[str, str]]:
    """Return (place, code) of every refusal that is made in the product with a code written out."""
    return [
        (f"{file}:{node.lineno}", str(node.args[0].value))
        for file, tree in _sources(PRODUCT)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED
        if isinstance(node.args[0], ast.Constant)
    ]
