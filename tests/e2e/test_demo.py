"""The demo's process: how it ends, continues where it stopped, and what it does not start with."""

import asyncio
import shutil
import signal
import socket
import sqlite3
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Any

import aiohttp

from demo.sample import GROUP_TITLE, PEOPLE
from tests.e2e.processes import FINISHES_WITHIN, STOPS_WITHIN, Program, address, finished, forked, run, running

INVITED = [person.id for person in PEOPLE if not person.has_joined]
HEAD, LEADER = 103, 104


def demo(folder: Path, *more: str) -> tuple[str, ...]:
    return ("demo", "--port", "0", "--data", str(folder), *more)


async def read(http: aiohttp.ClientSession, url: str) -> Any:
    async with http.get(url) as answer:
        return await answer.json()


async def test_a_beginning_that_was_killed_is_finished_by_the_next_start(tmp_path: Path) -> None:
    await killed_once(tmp_path, lambda: any(tmp_path.glob("thidua.new/*-wal")))
    await killed_once(tmp_path, lambda: count_people(tmp_path) == 3)
    await killed_once(tmp_path, lambda: count_people(tmp_path) == len(PEOPLE))

    async with running(*demo(tmp_path)) as program, AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession())
        url = await address(program)
        state = await read(http, f"{url}/sandbox/state")
        groups = [chat["id"] for chat in state["chats"] if chat["title"] == GROUP_TITLE]
        head = await read(http, f"{url}/sandbox/chats/{HEAD}/messages?as={HEAD}")
        board = await read(http, f"{url}/sandbox/chats/{groups[0]}/messages?as={HEAD}")
        cards = [await read(http, f"{url}/sandbox/links?as={person}") for person in INVITED]
        await ends_at_once_and_quietly_with_a_page_open_in_the_middle_of_a_winding(program, http, url)

    assert [user["id"] for user in state["users"]] == [person.id for person in PEOPLE]
    assert len(groups) == 1
    assert [message["text"] for message in head if message["from"]["id"] == HEAD] == ["/start"]
    assert [message["text"].splitlines()[0] for message in board if message["pinned"]] == [
        "Cụm 1 · Báo cáo 6 tháng 2026"
    ]
    assert [len(links) for links in cards] == [1, 1]


async def test_a_used_folder_goes_on_at_its_hour_with_what_was_said(tmp_path: Path, opened_demo: Path) -> None:
    shutil.copytree(opened_demo, tmp_path, dirs_exist_ok=True)
    async with forked(*demo(tmp_path)) as program, aiohttp.ClientSession() as http:
        url = await address(program)
        await http.post(f"{url}/sandbox/clock", json={"now": "2026-05-11T09:00"})
        before = await read(http, f"{url}/sandbox/chats/{LEADER}/messages?as={LEADER}")
        program.kill()
        await program.wait()

    async with forked(*demo(tmp_path)) as program, aiohttp.ClientSession() as http:
        url = await address(program)
        state = await read(http, f"{url}/sandbox/state")
        after = await read(http, f"{url}/sandbox/chats/{LEADER}/messages?as={LEADER}")
        await ends_at_once_and_quietly_while_answers_wait_for_their_turn(program, http, url)

    assert state["now"].startswith("2026-05-11T09:0")
    assert len(state["users"]) == len(PEOPLE)
    assert after == before


async def test_a_busy_port_is_refused_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])

        refused = await run("demo", "--port", port, "--data", str(tmp_path))

    assert refused.code == 1
    assert (
        refused.complained
        == f"Không mở được 127.0.0.1:{port} (Address already in use). Thử cổng khác, ví dụ --port 8090.\n"
    )


async def killed_once(folder: Path, when: Callable[[], bool]) -> None:
    """Start the demo and kill it as soon as the condition holds."""
    async with forked(*demo(folder)) as program, asyncio.timeout(FINISHES_WITHIN):
        while not when():  # noqa: ASYNC110 (another process has no event)
            await asyncio.sleep(0.01)
        program.kill()
        await program.wait()


async def ends_at_once_and_quietly_with_a_page_open_in_the_middle_of_a_winding(
    program: Program, http: aiohttp.ClientSession, url: str
) -> None:
    page = await http.get(f"{url}/sandbox/events")
    await page.content.readuntil(b"\n\n")
    winding = asyncio.create_task(http.post(f"{url}/sandbox/clock", json={"now": "2026-12-30T08:00"}))
    await asyncio.sleep(0.5)
    await ends_at_once_and_quietly(program, signal.SIGTERM)
    page.close()
    await asyncio.gather(winding, return_exceptions=True)


async def ends_at_once_and_quietly_while_answers_wait_for_their_turn(
    program: Program, http: aiohttp.ClientSession, url: str
) -> None:
    for _ in range(6):
        await http.post(f"{url}/sandbox/chats/{LEADER}/send", json={"as": LEADER, "text": "/tinhhinh"})
    await ends_at_once_and_quietly(program, signal.SIGINT)


async def ends_at_once_and_quietly(program: Program, told: signal.Signals) -> None:
    begun = time.monotonic()
    program.send_signal(told)
    ended = await finished(program, within=STOPS_WITHIN)
    took = time.monotonic() - begun

    assert (ended.code, ended.complained) == (0, "")
    assert took < 3


def count_people(folder: Path) -> int:
    """Count the people in the sandbox of a running demo."""
    file = folder / "sandbox" / "sandbox.sqlite3"
    if not file.exists():
        return 0
    with closing(sqlite3.connect(file)) as rows:
        try:
            return int(rows.execute("SELECT count(*) FROM record WHERE kind = 'Person'").fetchone()[0])
        except sqlite3.OperationalError:
            # The file exists before its table.
            return 0
