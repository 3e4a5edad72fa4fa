"""What is wrong with an installation is said in one line each, with what to do."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import asyncpg
import pytest
from aiogram.types import WebhookInfo
from pydantic import SecretStr

from bot.installation.doctor import examine
from bot.installation.findings import Diagnosis
from bot.installation.machine_checks import check_database, check_zone, compare_clocks, weigh_disk
from bot.installation.messenger_checks import weigh_webhook
from bot.settings import Settings
from bot.single_process import only_process
from tests.support.founded import START, RestoredPostgres, copy_founded
from tests.support.stage import TOKEN, Stage, staged

NOW = datetime(2026, 5, 5, 1, 0, tzinfo=UTC)
ADDRESS = "https://bot.example.vn/telegram"


BOT = int(TOKEN.partition(":")[0])
WEBHOOK = WebhookInfo(url="", has_custom_certificate=False, pending_update_count=0)


def wrong_lines(found: tuple[Diagnosis, ...]) -> list[str]:
    """What is wrong, but for the disk of the machine that tests."""
    return [one.line for one in found if one.is_wrong and one.subject != "Ổ đĩa"]


def settings_of(stage: Stage, **changes: object) -> Settings:
    return stage.app.settings.model_copy(update={"telegram_token": SecretStr(TOKEN), **changes})


@pytest.mark.long
async def test_a_sound_installation_then_a_mute_group_and_another_bot(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        head = await stage.phone("Cụm trưởng", unit="phuong-1")
        group = await stage.group("Cụm 1", head)
        await group.send(head, "/ganketcum Cụm 1")
        settings, now = settings_of(stage), datetime.now(UTC)
        with only_process(settings.database, bot=True, scheduler=True):
            sound = await examine(settings, now=now)
            await stage.post(f"/sandbox/chats/{group.id}/members", restrict=[BOT])
            mute = await examine(settings, now=now)
        rival = await examine(settings, now=now)

    assert wrong_lines(sound) == []
    assert "✔ Token: của @thidua_bot." in [one.line for one in sound]
    assert [line.split(".")[0] for line in wrong_lines(mute)] == ["✖ Quyền trong nhóm: Cụm 1: bot không được gửi tin"]
    assert wrong_lines(rival)[0].startswith("✖ Bot khác cùng token: có")


async def test_what_is_broken_is_told_without_a_secret_and_stops_no_other_check(tmp_path: Path) -> None:
    settings = Settings(
        telegram_token=SecretStr("4242:secret"),
        telegram_api="http://127.0.0.1:9",
        data=tmp_path,
        database_url="postgresql+asyncpg://ten:matkhau@127.0.0.1:9/thidua",
        redis_url="redis://:matkhau@127.0.0.1:9/0",
    )

    found = await examine(settings, now=NOW)

    told = "\n".join(one.line for one in found)
    assert [one.subject for one in found if one.is_wrong and one.subject != "Ổ đĩa"] == [
        *("Cơ sở dữ liệu", "Redis", "Đồng hồ", "Token")
    ]
    assert "secret" not in told
    assert "matkhau" not in told


@pytest.mark.parametrize(
    ("revision", "told"),
    [("0001", "chương trình cần bản"), ("9999", "mới hơn chương trình này")],
)
async def test_a_database_at_another_revision_is_wrong(tmp_path: Path, revision: str, told: str) -> None:
    await copy_founded(tmp_path, at=START)
    with sqlite3.connect(tmp_path / "thidua.sqlite") as database:
        database.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    database.close()

    (found,) = await check_database(Settings(data=tmp_path))

    assert found.is_wrong
    assert told in found.text


async def test_a_server_that_does_not_look_after_its_tables_is_named_and_no_other(
    postgres: RestoredPostgres, tmp_path: Path
) -> None:
    url = await postgres.as_new()
    server = await asyncpg.connect(url.replace("+asyncpg", ""))
    looks_after = await server.fetchval("SHOW autovacuum")
    await server.close()

    stands, *found = await check_database(Settings(data=tmp_path, database_url=url))

    assert not stands.is_wrong
    assert ["autovacuum = on" in one.text for one in found] == ([True] if looks_after == "off" else [])


async def test_a_database_that_is_missing_is_not_made(tmp_path: Path) -> None:
    (found,) = await check_database(Settings(data=tmp_path))

    assert found.line.endswith("Tạo mới: thidua migrate. Có bản cũ: thidua restore")
    assert names(tmp_path) == []


def names(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


@pytest.mark.parametrize(
    ("info", "url", "told"),
    [
        (WEBHOOK, None, ""),
        (WEBHOOK.model_copy(update={"url": ADDRESS}), ADDRESS, ""),
        (WEBHOOK.model_copy(update={"url": ADDRESS}), None, "không phải nơi này"),
        (WEBHOOK.model_copy(update={"url": f"{ADDRESS}2"}), ADDRESS, "không phải nơi này"),
        (WEBHOOK, ADDRESS, "chưa được đăng ký"),
        (WEBHOOK.model_copy(update={"url": ADDRESS, "last_error_message": "502"}), ADDRESS, "bị lỗi: 502"),
        (
            WEBHOOK.model_copy(
                update={"url": ADDRESS, "last_error_message": "502", "last_error_date": NOW - timedelta(days=1)}
            ),
            ADDRESS,
            "",
        ),
        (WEBHOOK.model_copy(update={"pending_update_count": 101}), None, "101 tin đang chờ"),
    ],
)
def test_what_the_messenger_delivers_to_is_compared_with_the_settings(
    info: WebhookInfo, url: str | None, told: str
) -> None:
    found = weigh_webhook(info, url=url, now=NOW)

    assert found.is_wrong == bool(told)
    assert told in found.text


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "đúng"), (29, "đúng"), (31, "nhanh 31 giây"), (-600, "chậm 600 giây")]
)
def test_a_clock_may_differ_by_half_a_minute(seconds: int, told: str) -> None:
    found = compare_clocks(NOW + timedelta(seconds=seconds), NOW)

    assert found.text.startswith(told)
    assert found.is_wrong == (told != "đúng")


def test_only_zones_with_the_hours_of_vietnam_are_right() -> None:
    assert not check_zone(ZoneInfo("Asia/Bangkok"), now=NOW).is_wrong
    assert check_zone(ZoneInfo("UTC"), now=NOW).is_wrong


@pytest.mark.parametrize(("free", "is_wrong"), [(0.5, True), (4, True), (6, False)])
def test_a_disk_is_nearly_full_below_one_gigabyte_or_one_in_twenty(free: float, is_wrong: bool) -> None:
    gigabyte = 1024**3

    assert weigh_disk(free=int(free * gigabyte), total=100 * gigabyte).is_wrong == is_wrong
