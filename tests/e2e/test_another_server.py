"""The bot on a Bot API server that it did not start itself, from the first command to the menu."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from bot.run import serve
from bot.settings import read_settings
from cli.app import app
from sandbox.server import Sandbox
from tests.e2e.processes import address, forked, person, running, stopped
from tests.e2e.servers import TOKEN, settings_for
from tests.support.refusals import refused
from tests.support.services import REDIS, need, postgres_database

UNITS = (
    ("tinh-mau", "UBND tỉnh Mẫu", "UBND, cơ quan chủ quản", None, "Sở Nội vụ"),
    ("phuong-5", "Phường 5", "Xã, phường, đặc khu", "tinh-mau", None),
)
CLUSTER = ("cum-1", "Cụm 1", "Cụm", "tinh-mau", "phuong-5", "Cụm trưởng")


@pytest.fixture
async def settings(tmp_path: Path) -> AsyncIterator[dict[str, str]]:
    """Settings of a bot whose server is a sandbox in this process."""
    sandbox = Sandbox(token=TOKEN)
    await sandbox.start()
    yield settings_for(sandbox.url, tmp_path)
    await sandbox.stop()


async def test_from_an_empty_folder_to_the_menu(tmp_path: Path) -> None:
    command = ("sandbox", "--port", "0", "--token", TOKEN, "--data", str(tmp_path / "sandbox"))
    async with running(*command) as sandbox:
        settings = settings_for(await address(sandbox), tmp_path)
        link = await founded(tmp_path, settings)
        async with running("run", **settings) as program:
            await joins(settings, link)
            ends = [await stopped(program), await stopped(sandbox)]

    assert [(ended.code, ended.complained) for ended in ends] == [(0, ""), (0, "")]


async def test_bot_and_scheduler_stand_alone_on_postgresql_redis_and_a_folder(
    settings: dict[str, str], tmp_path: Path
) -> None:
    need("PostgreSQL")
    need("Redis")
    async with postgres_database() as database:
        shared = {"THIDUA_DATABASE_URL": database, "THIDUA_REDIS_URL": REDIS, "THIDUA_FILES": str(tmp_path / "shelf")}
        settings |= shared
        link = await founded(tmp_path, settings)

        async with forked("bot", **settings) as bot, forked("scheduler", **settings) as scheduler:
            await joins(settings, link)
            ends = await asyncio.gather(stopped(bot), stopped(scheduler))

    assert [(ended.code, ended.complained) for ended in ends] == [(0, ""), (0, "")]
    assert (tmp_path / "shelf").is_dir()


async def test_updates_come_by_webhook_and_afterwards_by_polling_again(
    settings: dict[str, str], tmp_path: Path
) -> None:
    link = await founded(tmp_path, settings)
    hook = {"THIDUA_WEBHOOK_URL": f"http://127.0.0.1:{free_port()}/telegram"}

    async with AsyncExitStack() as stack:
        officer = await stack.enter_async_context(person(settings["THIDUA_TELEGRAM_API"], "Cán bộ Phường 5"))
        program = await stack.enter_async_context(forked("bot", **settings, **hook))
        await officer.send(f"/start {link.split('?start=')[1]}")
        await officer.sees("Trước khi bắt đầu")
        by_webhook = await stopped(program)
        program = await stack.enter_async_context(forked("bot", **settings))
        await officer.press("Đồng ý")
        await officer.sees("Họ tên của anh/chị?")
        by_polling = await stopped(program)

    assert (by_webhook.code, by_webhook.complained) == (0, "")
    assert (by_polling.code, by_polling.complained) == (0, "")


async def test_an_invite_for_nobody_is_refused_in_one_line(settings: dict[str, str], tmp_path: Path) -> None:
    await founded(tmp_path, settings)

    unknown = await refusal_of("invite", "--unit", "phuong-9", "--role", "OFFICER", **settings)
    guest = await refusal_of("invite", "--unit", "phuong-5", "--role", "GUEST", **settings)
    leader = await refusal_of("invite", "--unit", "phuong-5", "--role", "LEADER", **settings)
    expired = await refusal_of("invite", "--unit", "phuong-5", "--role", "OFFICER", "--expires-days", "0", **settings)

    assert unknown == "Không có đơn vị mã «phuong-9».\n"
    assert guest.startswith("Không có vai trò «GUEST». Các vai trò: «Cán bộ»")
    assert leader == "Ở Phường 5 chỉ có: Cán bộ, Thủ trưởng.\n"
    assert expired == "Lời mời có hạn từ 1 đến 365 ngày.\n"


async def refusal_of(*command: str, **settings: str) -> str:
    ended = await asyncio.to_thread(CliRunner().invoke, app, command, env=settings)
    assert (ended.exit_code, ended.stdout) == (1, "")
    return ended.stderr


async def test_a_wrong_token_is_refused_at_once(settings: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (settings | {"THIDUA_TELEGRAM_TOKEN": "4242:wrong"}).items():
        monkeypatch.setenv(name, value)

    with refused("token-refused") as refusal:
        await serve(read_settings(), bot=False, scheduler=True)

    assert refusal.value.text == "Máy chủ không nhận THIDUA_TELEGRAM_TOKEN này. Anh/chị kiểm tra lại token."


async def test_a_server_out_of_reach_is_told_once_without_the_token_and_waited_for(tmp_path: Path) -> None:
    port = free_port()
    settings = settings_for(f"http://127.0.0.1:{port}", tmp_path)
    sandbox = Sandbox(token=TOKEN)
    async with forked("run", **settings) as program:
        complaint = (await asyncio.wait_for(program.stderr.readline(), 60)).decode()
        await sandbox.start(port=port)
        async with person(sandbox.url, "Cán bộ Phường 5") as stranger:
            await stranger.send("/start")
            await stranger.sees("Xin chào")
        ended = await stopped(program)
        await sandbox.stop()

    assert "cannot be reached, trying on" in complaint
    assert TOKEN not in complaint
    assert len(ended.complained.splitlines()) == 1
    assert "answers again" in ended.complained
    assert ended.code == 0


async def founded(folder: Path, settings: dict[str, str]) -> str:
    """Enter units and a plan on the command line; return an officer's invite link."""
    units = folder / "don-vi.xlsx"
    await typed("units", "template", str(units), **settings)
    fill(units)
    assert await typed("units", "import", str(units), **settings) == "Đã nhập 2 đơn vị, 1 cụm, 0 cán bộ.\n"
    await typed("plans", "load", "plans/texts/mau-2026.yaml", "--authority", "tinh-mau", **settings)
    invited = (await typed("invite", "--unit", "phuong-5", "--role", "OFFICER", **settings)).splitlines()
    assert is_png(Path(invited[-1].removeprefix("Ảnh mã QR: ")))
    assert re.fullmatch(r"https://t\.me/\w+\?start=\w+", invited[0])
    return invited[0]


async def typed(*command: str, **settings: str) -> str:
    """Return the output of a command; it runs in this process, as starting another takes seconds."""
    ended = await asyncio.to_thread(CliRunner().invoke, app, command, env=settings)
    assert ended.exit_code == 0, ended.stderr
    return ended.stdout


def fill(file: Path) -> None:
    book = load_workbook(file)
    for row in UNITS:
        book["Đơn vị"].append(row)
    book["Cụm"].append(CLUSTER)
    book.save(file)


def is_png(file: Path) -> bool:
    return file.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


async def joins(settings: dict[str, str], link: str) -> None:
    async with person(settings["THIDUA_TELEGRAM_API"], "Cán bộ Phường 5") as officer:
        await officer.send(f"/start {link.split('?start=')[1]}")
        await officer.sees("Trước khi bắt đầu")
        await officer.press("Đồng ý")
        await officer.sees("Họ tên của anh/chị?")
        await officer.send("Cán bộ Phường 5")
        await officer.sees("chức vụ")
        await officer.send("Chuyên viên")
        await officer.sees("điện thoại")
        await officer.share_contact()
        await officer.sees("Phường 5 · Cụm 1")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
