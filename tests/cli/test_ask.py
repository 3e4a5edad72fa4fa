"""`thidua ask`: the bot's answer on the command line."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from domain.roles import Role
from tests.cli.commands import Thidua, refused
from tests.support.environment import without_settings
from tests.support.stage import opened_product
from tests.support.steps.filling import acting, officer


async def _seat(folder: Path) -> dict[str, int]:
    found = {}
    async with opened_product(folder) as product:
        await officer(product, "tinh-mau", chat_id=999, role=Role.LEADER)
        await officer(product, "phuong-5", chat_id=905)
        for name, chat_id in (("leader", 999), ("officer", 905)):
            async with acting(product, chat_id) as ctx:
                found[name] = ctx.actor.person_id or 0
    return found


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """{who: the number of the person}."""
    without_settings(monkeypatch)
    monkeypatch.setenv("THIDUA_DATA", str(tmp_path))
    return {name: str(person_id) for name, person_id in asyncio.run(_seat(tmp_path)).items()}


@pytest.fixture
def thidua() -> Thidua:
    return lambda *command: CliRunner().invoke(app, command)


def test_a_question_is_answered_as_text_and_as_json(thidua: Thidua, people: dict[str, str]) -> None:
    text = thidua("ask", "--as", people["leader"], "ai chưa nộp báo cáo 6 tháng cụm 1").stdout
    found = json.loads(thidua("ask", "--as", people["leader"], "--json", "ai chưa nộp báo cáo 6 tháng cụm 1").stdout)

    assert text.startswith("Chưa nộp · Báo cáo 6 tháng 2026 · Cụm 1 · lúc")
    assert "<" not in text
    assert [*found] == ["understood", "reading", "choices", "text"]
    assert found["understood"] is True
    assert found["reading"] == {
        "outcome": "ANSWER",
        "intent": "MISSING",
        "cluster": "Cụm 1",
        "duty": "Báo cáo 6 tháng 2026",
    }
    assert found["choices"] == []


def test_what_is_not_clear_is_not_understood_and_offers_choices(thidua: Thidua, people: dict[str, str]) -> None:
    found = json.loads(thidua("ask", "--as", people["leader"], "--json", "bao hiem").stdout)

    assert found["understood"] is False
    assert len(found["choices"]) == 2
    assert found["text"].startswith("Anh/chị muốn hỏi điều nào?\n- Số liệu · Tỷ lệ bao phủ bảo hiểm y tế")


def test_an_officer_is_told_nothing_about_others(thidua: Thidua, people: dict[str, str]) -> None:
    found = json.loads(thidua("ask", "--as", people["officer"], "--json", "phường 3 nộp chưa").stdout)

    assert (found["understood"], found["choices"]) == (False, [])
    assert found["text"] == "Anh/chị xem được: Phường 5, việc nộp của Cụm 1."


def test_a_door_is_named_and_a_stranger_is_refused(thidua: Thidua, people: dict[str, str]) -> None:
    found = json.loads(thidua("ask", "--as", people["officer"], "--json", "xin gia han").stdout)
    stranger = thidua("ask", "--as", "424242", "quá hạn")

    assert found["reading"] == {"outcome": "DOOR", "intent": "OPEN", "door": "EXTENSION"}
    assert refused(stranger) == "Không có người nào mang mã số 424242."
