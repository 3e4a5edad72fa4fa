"""The names and the defaults that scripts outside the project rely on."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr

from bot.run import describe
from bot.settings import Settings, read_settings
from domain.errors import Refusal
from domain.upload_links import MEGABYTE, UploadLimits
from tests.support.environment import without_settings
from tests.support.refusals import refused

DEFAULTS = {
    "THIDUA_TELEGRAM_TOKEN": None,
    "THIDUA_TELEGRAM_API": "https://api.telegram.org",
    "THIDUA_DATA": Path("var"),
    "THIDUA_DATABASE_URL": None,
    "THIDUA_REDIS_URL": None,
    "THIDUA_FILES": None,
    "THIDUA_TIMEZONE": "Asia/Ho_Chi_Minh",
    "THIDUA_LOG_FORMAT": "text",
    "THIDUA_HEALTH_PORT": None,
    "THIDUA_WEBHOOK_URL": None,
    "THIDUA_WEBHOOK_HOST": "127.0.0.1",
    "THIDUA_WEB_URL": None,
    "THIDUA_WEB_HOST": "127.0.0.1",
    "THIDUA_WEB_PORT": 8091,
    "THIDUA_WEB_LARGEST_MB": 200,
}


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    without_settings(monkeypatch)


def test_exactly_these_settings_have_these_defaults() -> None:
    settings = read_settings()

    assert {f"THIDUA_{name.upper()}": value for name, value in settings.model_dump().items()} == DEFAULTS


def test_database_and_files_lie_in_the_data_folder() -> None:
    settings = read_settings()

    assert settings.database == "sqlite+aiosqlite:///var/thidua.sqlite"
    assert settings.shelf == "var/files"


def test_every_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "THIDUA_TELEGRAM_TOKEN": "4242:sandbox",
        "THIDUA_TELEGRAM_API": "http://127.0.0.1:8081",
        "THIDUA_DATA": "/srv/thidua",
        "THIDUA_DATABASE_URL": "postgresql+asyncpg://thidua@127.0.0.1/thidua",
        "THIDUA_REDIS_URL": "redis://127.0.0.1:6379/1",
        "THIDUA_FILES": "s3://bucket/prefix",
        "THIDUA_TIMEZONE": "Asia/Bangkok",
        "THIDUA_WEBHOOK_URL": "https://bot.example.vn/telegram",
        "THIDUA_WEBHOOK_HOST": "10.0.0.5",
        "THIDUA_WEB_URL": "https://tai.example.vn/tep/",
        "THIDUA_LOG_FORMAT": "json",
        "THIDUA_HEALTH_PORT": "9100",
        "THIDUA_WEB_HOST": "10.0.0.5",
        "THIDUA_WEB_PORT": "9000",
        "THIDUA_WEB_LARGEST_MB": "100",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)

    settings = read_settings()

    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == "4242:sandbox"
    assert settings.telegram_api == "http://127.0.0.1:8081"
    assert settings.data == Path("/srv/thidua")
    assert settings.database == "postgresql+asyncpg://thidua@127.0.0.1/thidua"
    assert settings.redis_url == "redis://127.0.0.1:6379/1"
    assert settings.shelf == "s3://bucket/prefix"
    assert settings.zone == ZoneInfo("Asia/Bangkok")
    assert settings.webhook_url == "https://bot.example.vn/telegram"
    assert (settings.log_format, settings.health_port) == ("json", 9100)
    assert settings.webhook_host == "10.0.0.5"
    assert settings.web_url == "https://tai.example.vn/tep"
    assert (settings.web_host, settings.web_port) == ("10.0.0.5", 9000)
    assert settings.upload_limits == UploadLimits(file=100 * MEGABYTE, link=100 * MEGABYTE)


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_variable_set_to_nothing_is_not_set(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "")

    assert read_settings() == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("THIDUA_TELEGRAM_TOKEN", "sandbox"),
        ("THIDUA_TELEGRAM_TOKEN", "4242:sand box"),
        ("THIDUA_TELEGRAM_API", "api.telegram.org"),
        ("THIDUA_DATABASE_URL", "thidua.sqlite"),
        ("THIDUA_DATABASE_URL", "postgresql://thidua@127.0.0.1/thidua"),
        ("THIDUA_DATABASE_URL", "nonsense+driver://thidua"),
        ("THIDUA_TIMEZONE", "Mars/Olympus"),
        ("THIDUA_TIMEZONE", "../etc"),
        ("THIDUA_TIMEZONE", "Asia"),
        ("THIDUA_WEBHOOK_URL", "bot.example.vn"),
        ("THIDUA_WEBHOOK_URL", "http://bot.example.vn/telegram"),
        ("THIDUA_DATABASE_URL", "mysql+aiomysql://thidua@127.0.0.1/thidua"),
        ("THIDUA_REDIS_URL", "redis//127.0.0.1"),
        ("THIDUA_REDIS_URL", "redis://127.0.0.1:sixty"),
        ("THIDUA_REDIS_URL", "http://127.0.0.1:6379"),
        ("THIDUA_REDIS_URL", "redis://127.0.0.1:99999"),
        ("THIDUA_TELEGRAM_API", "http://127.0.0.1:99999"),
        ("THIDUA_WEBHOOK_URL", "http://127.0.0.1:99999/telegram"),
        ("THIDUA_WEBHOOK_URL", "https://[::1/telegram"),
        ("THIDUA_WEB_URL", "https://tai.example.vn:khong"),
        ("THIDUA_DATABASE_URL", "postgresql+asyncpg://ten@may:khong/thidua"),
        ("THIDUA_FILES", "s3://"),
        ("THIDUA_FILES", "s3:///thu-muc"),
        ("THIDUA_FILES", "ftp://may-chu/tep"),
        ("THIDUA_REDIS", "redis://127.0.0.1:6379"),
        ("THIDUA_LOG_FORMAT", "xml"),
        ("THIDUA_HEALTH_PORT", "ready"),
        ("THIDUA_WEB_URL", "tai.example.vn"),
        ("THIDUA_WEB_URL", "http://tai.example.vn"),
        ("THIDUA_WEB_PORT", "65536"),
        ("THIDUA_WEB_PORT", "-1"),
        ("THIDUA_WEB_LARGEST_MB", "0"),
        ("THIDUA_WEB_LARGEST_MB", "201"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_line_with_its_name(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(Refusal) as caught:
        read_settings()

    assert caught.value.text.startswith(f"{name}: ")
    assert "\n" not in caught.value.text


def test_the_token_is_never_spelled_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_TELEGRAM_TOKEN", "4242:secret")

    assert "secret" not in repr(read_settings())


def test_a_setting_that_nobody_reads_is_refused_with_the_nearest_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_TELEGRAM_TOKN", "4242:secret")

    with refused("setting-unknown") as caught:
        read_settings()

    assert caught.value.text.endswith("Có phải anh/chị muốn ghi THIDUA_TELEGRAM_TOKEN?")
    assert "secret" not in caught.value.text


@pytest.mark.parametrize("url", ["redis://:pw@127.0.0.1:6379/1", "rediss://ten:pw@may-chu", "unix:///run/redis.sock"])
def test_every_way_to_write_an_address_of_redis_is_taken(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIDUA_REDIS_URL", url)

    assert read_settings().redis_url == url


def test_a_process_says_what_it_is_and_where_it_works_without_its_secrets() -> None:
    settings = Settings(
        telegram_token=SecretStr("4242:secret"), database_url="postgresql+asyncpg://ten:matkhau@127.0.0.1/thidua"
    )

    said = describe(settings, bot=True, scheduler=True)

    assert said.startswith("thidua 0.1.0 · bot + bộ nhắc hạn · Telegram, long polling\n")
    assert "postgresql+asyncpg://ten:***@127.0.0.1/thidua · tệp: var/files" in said
    assert "secret" not in said
    assert "matkhau" not in said
