"""The processes of the compose file, started as plain ones: two bots behind one address, two schedulers, the page."""

import asyncio
import itertools
import re
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import ClientSession

from sandbox.server import Sandbox
from tests.support.costly import is_complete
from tests.support.environment import fresh
from tests.support.servers.proxy import free_port, listening, proxy
from tests.support.services import REDIS, need, postgres_database

ROOT = Path(__file__).parents[2]
OURS: dict[str, Any] = {
    name: service
    for name, service in yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))[
        "services"
    ].items()
    if service["image"] == "thidua"
}
TOKEN = "4243:sandbox"
"""Of a bot of its own: other tests keep the dialogs of theirs in the same database of Redis at the same time."""
STANDS_BY = "another scheduler is active, standing by"
WITHIN = 120.0
"""Seconds; five processes start beside all other tests."""


async def test_the_processes_of_the_compose_file_answer_a_person_and_end(tmp_path: Path) -> None:
    if not is_complete():
        pytest.skip("five processes take ten seconds; CI starts them")
    need("PostgreSQL")
    need("Redis")
    port, page = free_port(), free_port()
    async with AsyncExitStack() as stack:
        sandbox = Sandbox(token=TOKEN)
        await sandbox.start()
        stack.push_async_callback(sandbox.stop)
        places = {
            "THIDUA_TELEGRAM_TOKEN": TOKEN,
            "THIDUA_TELEGRAM_API": sandbox.url,
            "THIDUA_DATA": str(tmp_path),
            "THIDUA_DATABASE_URL": await stack.enter_async_context(postgres_database()),
            "THIDUA_REDIS_URL": REDIS,
            "THIDUA_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
            "THIDUA_WEB_URL": "https://tai.example.vn",
            "THIDUA_WEB_HOST": "127.0.0.1",
            "THIDUA_WEB_PORT": str(page),
        }
        seen = await stack.enter_async_context(proxy(port, ["127.0.0.2", "127.0.0.3"]))
        lines = command_lines()
        running = [
            await stack.enter_async_context(started(line, places, log=tmp_path / f"{number}.log"))
            for number, line in enumerate(lines)
        ]
        http = await stack.enter_async_context(ClientSession())
        async with asyncio.timeout(WITHIN):
            await listening("127.0.0.2", port)
            await listening("127.0.0.3", port)
            await listening("127.0.0.1", page)
            person = await post(http, f"{sandbox.url}/sandbox/users", name="Cán bộ Phường 5", phone="+84900000001")
            for text in ("/start", "/menu"):
                await post(
                    http, f"{sandbox.url}/sandbox/chats/{person['id']}/send", **{"as": person["id"], "text": text}
                )
                assert (await post(http, f"{sandbox.url}/sandbox/idle", timeout=20))["idle"]
            async with http.get(f"{sandbox.url}/sandbox/chats/{person['id']}/messages?as={person['id']}") as answer:
                said = [message["text"] for message in await answer.json() if message["from"]["is_bot"]]
            answers = [await health(http, int(own["THIDUA_HEALTH_PORT"])) for _, own in lines]
            while not any(STANDS_BY in log for log in logs_in(tmp_path)):  # noqa: ASYNC110 (processes have no event)
                await asyncio.sleep(0.1)
        codes = [await ended(process) for process in running]
    logs = logs_in(tmp_path)

    assert {*OURS} == {"bot", "scheduler", "web"}
    assert len(said) >= 2
    assert {*seen} == {"127.0.0.2", "127.0.0.3"}
    assert sum(STANDS_BY in log for log in logs) == 1
    assert [log for log in logs if re.search("Traceback|ERROR", log)] == []
    assert answers == [200] * 5
    assert codes == [0] * 5


def command_lines() -> list[tuple[list[str], dict[str, str]]]:
    """Return each process with the settings that tell it from its like."""
    hosts = itertools.count(2)
    return [
        (
            service["command"],
            {
                "THIDUA_HEALTH_PORT": str(free_port()),
                **({"THIDUA_WEBHOOK_HOST": f"127.0.0.{next(hosts)}"} if name == "bot" else {}),
            },
        )
        for name, service in OURS.items()
        for _ in range(service.get("deploy", {}).get("replicas", 1))
    ]


@asynccontextmanager
async def started(
    line: tuple[list[str], dict[str, str]], places: dict[str, str], *, log: Path
) -> AsyncIterator[Process]:
    words, own = line
    with open(log, "wb") as said:  # noqa: ASYNC230 (opened once, before anything runs)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "cli", *words), env=fresh(**places, **own), cwd=ROOT, stdout=said, stderr=said
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def ended(process: Process) -> int:
    """Tell the process to stop, and return its code."""
    process.send_signal(signal.SIGTERM)
    return await asyncio.wait_for(process.wait(), timeout=20)


def logs_in(folder: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.log"))]


async def health(http: ClientSession, port: int) -> int:
    await listening("127.0.0.1", port)
    async with http.get(f"http://127.0.0.1:{port}/healthz") as answer:
        return answer.status


async def post(http: ClientSession, address: str, **body: Any) -> Any:
    async with http.post(address, json=body) as answer:
        answer.raise_for_status()
        return await answer.json()
