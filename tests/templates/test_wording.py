"""How every text reads: whole words, no expressions that officers hear wrong, and only ways on that exist."""

import re
from datetime import date
from pathlib import Path

import pytest

from domain.plans.periods import a_year_before
from templates.filters import due, due_line, remaining

ROOT = Path(__file__).parents[2]
LAST = date(2026, 3, 29)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CODE = [
    path
    for folder in ("usecases", "dialogs", "handlers", "domain", "scheduler")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path.parts[-2:] != ("grammar", "lexicon.py")
]
"""What the product says; the words of a lexicon are read, and never said."""
SAID = {path.relative_to(ROOT).as_posix(): path.read_text() for path in (*TEMPLATES, *CODE)}
_STRING = r'f?"((?:[^"\\]|\\.)*)"'
LABELS = [
    re.compile(re.sub(r"\\\{.*?\\\}", ".+", re.escape(label)))
    for text in SAID.values()
    for label in re.findall(rf"(?:Const|Format|Button|text)[(=]\s*{_STRING}", text)
]
"""What stands on buttons, whatever fills their places."""
POINTED_AT = re.compile(r"(?:bấm|chọn|nút|rồi|/menu,|/quantri, rồi) «([^»{}]+)»")
KNOWN = {
    name for said, text in SAID.items() if said.startswith("handlers/") for name in re.findall(r'"([a-z]{2,})"', text)
}
"""Commands that are listened to, among other words of the handlers."""
COMMAND = re.compile(r"(?<![\w/<.])/([a-z]{2,})\b(?![/.])")


def test_no_template_cuts_a_text_in_mid_word() -> None:
    assert TEMPLATES
    assert [path for path in TEMPLATES if "truncate" in path.read_text()] == []


@pytest.mark.parametrize(
    "heard_wrong",
    [
        r"\b[Bb]ài\b",
        "[Tt]rung vị",
        "kỳ trước",
        "chuyển giúp",
        "rồi nhớ",
        "đã soạn",
        "Có trả lời bot",
        "xem trước",
        "với nhiệm vụ",
        "Để vào",
        "quyền ghim",
        "Lưu: 5 năm",
        "ngắn quá",
        "hạn hết ngày",
    ],
)
def test_no_text_says_what_was_heard_wrong(heard_wrong: str) -> None:
    # «Bot xem trước» of a file looks through it before anything is entered.
    said = {name: text for name, text in SAID.items() if name != "templates/organisation/imports/send.html"}

    assert [name for name, text in said.items() if re.search(rf"(?<!#){heard_wrong}", text)] == []


def test_every_button_named_in_a_text_exists() -> None:
    named = {label for text in SAID.values() for label in POINTED_AT.findall(text)}

    assert named
    assert {label for label in named if not any(known.fullmatch(label) for known in LABELS)} == set()


def test_every_command_named_in_a_text_exists() -> None:
    texts = [text if name.endswith(".html") else " ".join(re.findall(_STRING, text)) for name, text in SAID.items()]
    named = {command for text in texts for command in COMMAND.findall(re.sub(r"<[^>]*>", "", text))}

    assert "viec" in named
    assert named - KNOWN == set()


@pytest.mark.parametrize(
    ("days", "said", "line", "first"),
    [
        (
            9,
            "hết ngày 29/3 (Chủ nhật), còn 9 ngày",
            "Hạn: hết ngày 29/3 (Chủ nhật), còn 9 ngày",
            "còn 9 ngày, hết ngày",
        ),
        (0, "hết ngày 29/3 (Chủ nhật), hôm nay là ngày cuối", "Hạn: hết ngày 29/3", "hôm nay là ngày cuối, hết ngày"),
        (-37, "quá hạn 37 ngày (hạn hết 29/3)", "Quá hạn 37 ngày (hạn hết 29/3)", "quá hạn 37 ngày (hạn hết 29/3)"),
    ],
)
def test_what_is_overdue_is_not_announced_as_still_to_come(days: int, said: str, line: str, first: str) -> None:
    assert due(LAST, days) == said
    assert due_line(LAST, days).startswith(line)
    assert remaining(LAST, days).startswith(first)


def test_a_past_day_of_what_is_not_owed_any_more_is_no_reproach() -> None:
    assert due(LAST, -37, overdue=False) == "hạn 29/3"


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("6 tháng đầu năm 2026", "6 tháng 2025"),
        ("6 tháng cuối năm 2026", "6 tháng cuối năm 2025"),
        ("năm 2026", "năm 2025"),
        ("học kỳ I năm học 2025-2026", "học kỳ I năm học 2024-2025"),
    ],
)
def test_a_figure_of_the_year_before_is_named_by_its_own_period(period: str, before: str) -> None:
    assert a_year_before(period) == before
