import asyncio
from datetime import timedelta

import pytest

from domain.people.people import CONSENT_VERSION
from domain.roles import Role
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, officer
from usecases.people.invites import invite, list_invitable, revoke_invite
from usecases.people.joining import JoinForm, join, read_invite, try_invite
from usecases.people.recognition import list_posts, recognise

CHAT = 900
USELESS = "Mã mời không đúng, đã dùng hoặc hết hạn. Anh/chị xin mã mới ở Sở Nội vụ."


async def accept(stage: Stage, code: str, *, chat_id: int = CHAT, consent: str = CONSENT_VERSION) -> None:
    async with stage.app.contexts.open() as ctx:
        await join(
            ctx,
            code,
            JoinForm(consent=consent, name="Cán bộ Phường 5", position="Chuyên viên", phone="0900000001"),
            channel="telegram",
            chat_id=chat_id,
        )


async def role_of(stage: Stage, chat_id: int) -> Role:
    async with stage.app.contexts.open() as ctx:
        return (await recognise(ctx, channel="telegram", chat_id=chat_id)).role


async def test_who_accepts_an_invite_has_its_post_from_that_hour(stage: Stage) -> None:
    await accept(stage, await stage.invite(unit="phuong-5"))

    async with acting(stage, CHAT) as ctx:
        posts = await list_posts(ctx)

    assert [(post.unit_name, post.role, post.cluster_name) for post in posts] == [("Phường 5", Role.OFFICER, "Cụm 1")]


async def test_of_two_who_accept_one_invite_at_once_one_wins(stage: Stage) -> None:
    code = await stage.invite(unit="phuong-5")

    outcomes = await asyncio.gather(
        accept(stage, code, chat_id=901), accept(stage, code, chat_id=902), return_exceptions=True
    )

    roles = [await role_of(stage, 901), await role_of(stage, 902)]
    assert sorted(roles) == [Role.GUEST, Role.OFFICER]
    assert [str(outcome) for outcome in outcomes if outcome is not None] == [USELESS]


async def test_an_invite_is_good_until_its_last_hour(stage: Stage) -> None:
    code = await stage.invite(unit="phuong-5", days=2)
    stage.wind(stage.clock.now() + timedelta(days=2))

    with refused("invite-useless"):
        await accept(stage, code)


async def test_a_revoked_invite_is_useless(stage: Stage) -> None:
    code = await stage.invite(unit="phuong-5")
    async with stage.app.contexts.as_caretaker() as ctx:
        await revoke_invite(ctx, code)

    with refused("invite-useless"):
        await accept(stage, code)


async def test_nobody_joins_without_consent_to_the_notice_in_force(stage: Stage) -> None:
    code = await stage.invite(unit="phuong-5")

    with refused("notice-changed"):
        await accept(stage, code, consent="2025-01")

    assert await role_of(stage, CHAT) is Role.GUEST


async def test_a_code_is_read_however_it_is_written(stage: Stage) -> None:
    code = await stage.invite(unit="phuong-5")

    async with stage.app.contexts.open() as ctx:
        found = await read_invite(ctx, f"{code[:4]}-{code[4:8]} {code[8:].lower()}")

    assert (found.unit_name, found.office) == ("Phường 5", "Sở Nội vụ")


async def test_after_five_wrong_codes_even_the_right_one_waits_an_hour(stage: Stage) -> None:
    code = await stage.invite(unit="phuong-5")
    for _ in range(5):
        async with stage.app.contexts.open() as ctx:
            with refused("invite-useless"):
                await try_invite(ctx, "SAISAISAISAI", channel="telegram", chat_id=CHAT)

    async with stage.app.contexts.open() as ctx:
        with refused("codes-guessed"):
            await try_invite(ctx, code, channel="telegram", chat_id=CHAT)
    stage.wind(stage.clock.now() + timedelta(hours=1, seconds=1))
    async with stage.app.contexts.open() as ctx:
        found = await try_invite(ctx, code, channel="telegram", chat_id=CHAT)

    assert found.unit_name == "Phường 5"


async def test_guesses_of_one_chat_do_not_count_against_another(stage: Stage) -> None:
    code = await stage.invite(unit="phuong-5")
    for _ in range(5):
        async with stage.app.contexts.open() as ctx:
            with refused("invite-useless"):
                await try_invite(ctx, "SAISAISAISAI", channel="telegram", chat_id=CHAT)

    async with stage.app.contexts.open() as ctx:
        found = await try_invite(ctx, code, channel="telegram", chat_id=CHAT + 1)

    assert found.unit_name == "Phường 5"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER])
async def test_only_the_standing_body_invites(stage: Stage, role: Role) -> None:
    await officer(stage, "tinh-mau", chat_id=CHAT, role=role)

    async with acting(stage, CHAT) as ctx:
        with refused("standing-body-only"):
            await invite(ctx, unit="phuong-5", role=Role.OFFICER, days=30)
        with refused("standing-body-only"):
            await list_invitable(ctx)


async def test_the_standing_body_invites_for_its_own_and_for_every_unit_below(stage: Stage) -> None:
    await officer(stage, "tinh-mau", chat_id=CHAT, role=Role.STANDING_BODY)

    async with acting(stage, CHAT) as ctx:
        units = await list_invitable(ctx)

    assert len(units) == 13
    assert units[0].roles[:2] == (Role.STANDING_BODY, Role.LEADER)
    assert units[1].roles == (Role.OFFICER, Role.UNIT_HEAD)
