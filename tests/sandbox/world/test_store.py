from pathlib import Path

import pytest
from aiogram.types import User

from sandbox.world.posts import publish
from sandbox.world.records import SandboxUser
from sandbox.world.store import Rows
from sandbox.world.world import World


@pytest.mark.parametrize("kind", ["Person", "Post", "Note"])
def test_folders_of_earlier_demos_still_hold_their_records(tmp_path: Path, kind: str) -> None:
    rows = Rows(tmp_path / "sandbox.sqlite3")
    world = World(bot=User(id=1, is_bot=True, first_name="Bot"), timekeeper=None, rows=rows, files=None)
    person = world.people.put(SandboxUser(5, "Cán bộ"))
    chat = world.chat(person.id)
    assert chat is not None

    publish(world, chat, world.user(person), text="/start")

    assert len(rows.load(kind)) == 1
    rows.close()
