"""Whatever people type, press and send, in whatever order: the bot answers, does not fail, and shows the way on."""

from random import Random

import pytest

from domain.roles import Role
from tests.fuzz.walks import Walk
from tests.support.costly import seeds
from tests.support.stage import Phone, Stage

STEPS = 20
PEOPLE = (
    ("Khách", None, Role.GUEST),
    ("Cán bộ Phường 5", "phuong-5", Role.OFFICER),
    ("Cụm trưởng Cụm 1", "phuong-1", Role.OFFICER),
    ("Chủ tịch UBND tỉnh Mẫu", "tinh-mau", Role.LEADER),
    ("Chuyên viên Sở Nội vụ", "tinh-mau", Role.STANDING_BODY),
)


async def people(stage: Stage) -> list[Phone]:
    return [await stage.phone(name, unit=unit, role=role) for name, unit, role in PEOPLE]


@pytest.mark.parametrize("seed", seeds(4))
async def test_a_walk_by_lot_always_has_an_answer_and_a_way_on(stage: Stage, seed: int) -> None:
    walks = [Walk(phone, Random(f"{seed} {phone.id}")) for phone in await people(stage)]

    for walk in walks:
        await walk.go(STEPS)

    for walk in walks:
        assert await walk.comes_home()
