"""A process that cannot start says in one sentence why."""

from pathlib import Path

import pytest

from bot.run import serve, serve_page
from bot.settings import read_settings
from domain.errors import Refusal
from tests.support.environment import without_settings

TOKEN = {"THIDUA_TELEGRAM_TOKEN": "4242:sandbox"}
POSTGRES = "THIDUA_DATABASE_URL"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({}, "token-missing"),
        ({**TOKEN, "THIDUA_DATA": "/dev/null"}, "data-folder-unwritable"),
        ({**TOKEN, "THIDUA_DATA": "/dev/null/con"}, "data-folder-unwritable"),
        ({**TOKEN, POSTGRES: "sqlite+aiosqlite:////dev/null/thidua.sqlite"}, "database-folder-unwritable"),
        ({**TOKEN, POSTGRES: "sqlite+aiosqlite:////dev"}, "database-unopened"),
        ({**TOKEN, POSTGRES: "postgresql+asyncpg://ten@127.0.0.1/thidua?sslmode=require"}, "database-unopened"),
        ({**TOKEN, "THIDUA_FILES": "/dev/null/tep"}, "file-store-unopened"),
        ({**TOKEN, "THIDUA_WEB_URL": "http://127.0.0.1"}, "web-url-local"),
    ],
    ids=str,
)
async def test_a_wrong_setting_ends_the_start_with_one_sentence(
    settings: dict[str, str], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set(monkeypatch, {"THIDUA_DATA": str(tmp_path), **settings})

    with pytest.raises(Refusal) as caught:
        await serve(read_settings(), bot=True, scheduler=True)

    assert caught.value.code == code
    assert "\n" not in caught.value.text


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({}, "web-url-missing"),
        ({"THIDUA_WEB_URL": "https://tai.example.vn", "THIDUA_WEB_HOST": "192.0.2.1"}, "port-unopened"),
        ({"THIDUA_WEB_URL": "https://tai.example.vn", "THIDUA_WEB_HOST": "khong co"}, "port-unopened"),
    ],
    ids=str,
)
async def test_a_page_that_cannot_be_served_says_why(
    settings: dict[str, str], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set(monkeypatch, {"THIDUA_DATA": str(tmp_path), **settings})

    with pytest.raises(Refusal) as caught:
        await serve_page(read_settings())

    assert caught.value.code == code
    assert "\n" not in caught.value.text


def _set(monkeypatch: pytest.MonkeyPatch, settings: dict[str, str]) -> None:
    without_settings(monkeypatch)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
