"""Commands that the messenger offers: each person sees those that they may use, and no others."""

import re
from datetime import timedelta

from domain.roles import Role
from handlers.menus import GROUP_COMMANDS, PRIVATE_COMMANDS, STANDING_BODY_COMMANDS, set_command_menus
from tests.support.stage import Phone, Stage
from tests.support.steps.clusters import change_head
from tests.support.steps.reviewing import heads_first

EVERYBODY = {"menu", "doiso", "bienlai", "dulieucuatoi", "goiai", "trogiup", "huy"}
SUBMITTING = EVERYBODY | {"viec", "han", "giahan", "nghi"}
BODY = EVERYBODY | {"giahan", "tinhhinh", "tonghop", "khonglienlac", "homnay", "duyet", *STANDING_BODY_COMMANDS}
NOT_THEIRS = re.compile(
    r"[\w ]+ dành cho|Chỉ cơ quan thường trực|Hiện không có việc nào cần gia hạn"
    r"|(.*\n)?.*không giữ việc nộp|.*\nKế hoạch hiện không giao việc"
)
"""Beginning of what is said to a person for whom the command has nothing."""


async def offered(phone: Phone) -> set[str]:
    found = await phone.stage.get(f"/sandbox/chats/{phone.id}/commands?as={phone.id}")
    return {item["command"] for item in found}


async def test_each_role_is_offered_what_works_for_it_and_nothing_else(stage: Stage) -> None:
    await set_command_menus(stage.telegram_bot.bot)
    await heads_first(stage)
    guest = await stage.phone("Người chưa vào")
    await guest.send("/menu")
    people = [
        (await stage.phone("Cán bộ", unit="phuong-5"), SUBMITTING),
        (
            await stage.phone("Cụm trưởng", unit="phuong-1", role=Role.UNIT_HEAD),
            SUBMITTING | {"cum", "duyet", "homnay"},
        ),
        (
            await stage.phone("Lãnh đạo", unit="tinh-mau", role=Role.LEADER),
            EVERYBODY | {"tinhhinh", "tonghop", "khonglienlac"},
        ),
        (await stage.phone("Thường trực", unit="tinh-mau", role=Role.STANDING_BODY), BODY),
    ]

    assert await offered(guest) == {"menu", "goiai"}
    for person, commands in people:
        assert await offered(person) == commands
        works = set()
        for command in PRIVATE_COMMANDS | STANDING_BODY_COMMANDS:
            if not NOT_THEIRS.match(await person.send(f"/{command}")):
                works.add(command)
        assert works == commands
        named = set(re.findall(r"(?<!\w)/(\w+)", await person.send("/trogiup"))) - set(GROUP_COMMANDS)
        assert named | {"trogiup"} == commands


async def test_a_unit_head_is_offered_what_an_officer_is(stage: Stage) -> None:
    await set_command_menus(stage.telegram_bot.bot)

    head = await stage.phone("Thủ trưởng", unit="phuong-5", role=Role.UNIT_HEAD)

    assert await offered(head) == SUBMITTING


async def test_a_new_cluster_head_is_offered_the_cluster_with_the_next_press_and_the_former_one_no_longer(
    stage: Stage,
) -> None:
    await set_command_menus(stage.telegram_bot.bot)
    former = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    heir = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    before = "cum" in await offered(former), "cum" in await offered(heir)
    await change_head(stage, to="phuong-5")

    for phone in (former, heir):
        await phone.press("Lịch hạn")

    assert before == (True, False)
    assert ("cum" in await offered(former), "cum" in await offered(heir)) == (False, True)


async def test_a_person_who_gave_up_the_last_post_is_offered_what_a_guest_is(stage: Stage) -> None:
    await set_command_menus(stage.telegram_bot.bot)
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    async with stage.app.contexts.as_caretaker() as ctx:
        unit = await ctx.uow.units.with_code("phuong-5")
        assert unit is not None
        for post in await ctx.uow.officers.appointments(unit.id, day=ctx.today):
            post.valid_to = (stage.clock.now() - timedelta(days=1)).date()
        await ctx.uow.commit()

    await officer.send("/menu")

    assert await offered(officer) == {"menu", "goiai"}


async def test_groups_are_offered_the_commands_of_groups(stage: Stage) -> None:
    await set_command_menus(stage.telegram_bot.bot)
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    group = await stage.group("Cụm 1", officer)

    found = await stage.get(f"/sandbox/chats/{group.id}/commands?as={officer.id}")

    assert [item["command"] for item in found] == [*GROUP_COMMANDS]
