"""A rush of submissions: the group's scoreboard keeps within the messenger's limit, and is right in the end."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from demo.sample import CLUSTERS
from tests.support.stage import TOKEN, Phone, Stage, staged
from tests.support.steps.clusters import arrive, crowd, reports_of_cluster
from tests.support.steps.filling import acting
from usecases.groups.binding import bind_cluster
from usecases.groups.turns import TURN

LIMIT = 20
"""Calls that Telegram allows in one group in a minute."""


async def bound_group(stage: Stage, head: Phone) -> int:
    bot = int(TOKEN.partition(":")[0])
    chat = await stage.post("/sandbox/chats", title="Cụm", type="supergroup", members=[head.id, bot], admins=[bot])
    await stage.settle()
    async with acting(stage, head.id) as ctx:
        await bind_cluster(ctx, channel="telegram", chat_id=chat["id"])
    await stage.service.tick()
    return int(chat["id"])


async def rush(stage: Stage, duty_ids: list[int]) -> None:
    """Have all of them handed in within a minute, evenly; the scheduler looks at its outbox after each."""
    for duty_id in duty_ids:
        await arrive(stage, duty_id)
        await stage.service.deliver()
        stage.wind(stage.clock.now() + timedelta(minutes=1) / len(duty_ids))


async def busiest_minute(stage: Stage, group: int) -> int:
    return int((await stage.get(f"/sandbox/chats/{group}/pace"))["busiest_minute"])


async def board(stage: Stage, group: int, reader: Phone) -> str:
    """Return the text of the one scoreboard in the group."""
    messages: list[dict[str, Any]] = await stage.get(f"/sandbox/chats/{group}/messages?as={reader.id}")
    (found,) = [str(message["text"]) for message in messages if "Cập nhật" in str(message["text"])]
    return found


@pytest.mark.long
async def test_two_hundred_submissions_in_a_minute_are_shown_within_the_limit(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
        await crowd(stage, 200 - len(CLUSTERS[0].members))
        group = await bound_group(stage, head)
        duty_ids = await reports_of_cluster(stage)
        assert len(duty_ids) == 200

        await rush(stage, list(duty_ids))
        stage.wind(stage.clock.now() + TURN)
        await stage.service.deliver()

        assert "✅ 200/200" in await board(stage, group, head)
        assert await busiest_minute(stage, group) <= LIMIT


async def test_two_clusters_in_a_rush_do_not_wait_for_each_other(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        heads = [await stage.phone(f"Cán bộ {unit}", unit=unit) for unit in ("phuong-1", "phuong-3")]
        groups = [await bound_group(stage, head) for head in heads]
        for beside in ("phuong-1", "phuong-3"):
            await crowd(stage, 14, beside=beside)
        mine, others = [list(await reports_of_cluster(stage, beside=unit)) for unit in ("phuong-1", "phuong-3")]

        await rush(stage, [duty_id for pair in zip(mine, others, strict=False) for duty_id in pair])
        stage.wind(stage.clock.now() + TURN)
        await stage.service.deliver()

        for group, head, count in zip(groups, heads, (len(mine), len(others)), strict=True):
            assert f"✅ {min(len(mine), len(others))}/{count}" in await board(stage, group, head)
            assert await busiest_minute(stage, group) <= LIMIT


async def test_the_first_change_shows_at_once_and_the_next_ones_together(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        head = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
        group = await bound_group(stage, head)
        stage.wind(stage.clock.now() + timedelta(minutes=1))
        first, second, third, *_ = await reports_of_cluster(stage)

        shown = []
        for duty_id in (first, second, third):
            await arrive(stage, duty_id)
            await stage.service.deliver()
            shown.append(await board(stage, group, head))
        stage.wind(stage.clock.now() + timedelta(seconds=7))
        await stage.service.deliver()
        shown.append(await board(stage, group, head))

    assert [text.partition("/6")[0][-1] for text in shown] == ["1", "1", "1", "3"]
