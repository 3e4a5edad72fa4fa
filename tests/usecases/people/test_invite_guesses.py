"""Guessing at invite codes from many chats: all have to wait, and the standing body is told once."""

from datetime import timedelta

import pytest

from domain.errors import Refusal
from domain.people.people import CONSENT_VERSION
from domain.roles import Role
from models.message_kinds import MessageKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, officer
from tests.support.steps.reminders import carry
from tests.support.steps.reviewing import CLERK
from usecases.people.invite_guesses import FOR_A_CHAT, FOR_ALL, pause_after, read_guessing
from usecases.people.joining import JoinForm, join, try_invite

WRONG = "K3QM7TRXPA9H"


async def guess(stage: Stage, chat_id: int, code: str = WRONG) -> str:
    """Return the answer to the stranger in this chat."""
    async with acting(stage, chat_id) as ctx:
        try:
            return (await try_invite(ctx, code, channel="telegram", chat_id=chat_id)).unit_name
        except Refusal as refusal:
            return str(refusal)


async def test_many_chats_that_guess_are_slowed_down_and_the_standing_body_hears_once(stage: Stage) -> None:
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    for chat in range(FOR_ALL + 10):
        await guess(stage, 2000 + chat)

    second_try = await guess(stage, 2000)
    alarms = await carry(stage, MessageKind.GUESSING)

    assert second_try.startswith("Mã chưa đúng 1 lần.")
    assert [alarm.chat_id for alarm in alarms] == [CLERK]
    async with acting(stage, CLERK) as ctx:
        assert (await read_guessing(ctx)).chats == FOR_ALL + 10


async def test_whoever_has_a_right_code_comes_in_while_others_guess(stage: Stage) -> None:
    code = await stage.invite(unit="phuong-5")
    for chat in range(FOR_ALL + 1):
        await guess(stage, 2000 + chat)

    assert await guess(stage, 3000, code) == "Phường 5"


async def test_an_hour_later_a_chat_may_try_again(stage: Stage) -> None:
    for chat in range(FOR_ALL + 1):
        await guess(stage, 2000 + chat)
    stage.wind(stage.clock.now() + timedelta(hours=1, seconds=1))

    assert not (await guess(stage, 2000)).startswith("Mã chưa đúng")


@pytest.mark.parametrize(
    ("wrong", "others_guess", "hours"),
    [
        (4, False, 0),
        (5, False, 1),
        (6, False, 2),
        (8, False, 8),
        (10, False, 24),
        (99, False, 24),
        (1, True, 1),
        (6, True, 2),
    ],
)
def test_the_pause_doubles_with_each_further_wrong_code(wrong: int, hours: int, *, others_guess: bool) -> None:
    assert pause_after(wrong, others_guess=others_guess) == timedelta(hours=hours)


async def test_a_chat_that_guesses_on_after_its_pause_waits_longer(stage: Stage) -> None:
    for _ in range(FOR_A_CHAT):
        await guess(stage, 2000)
    stage.wind(stage.clock.now() + timedelta(hours=1, seconds=1))
    await guess(stage, 2000)
    stage.wind(stage.clock.now() + timedelta(hours=1, minutes=59))

    assert (await guess(stage, 2000)).startswith("Mã chưa đúng 6 lần.")


async def test_an_unknown_a_used_and_an_expired_code_are_refused_alike(stage: Stage) -> None:
    used, expired = await stage.invite(unit="phuong-5"), await stage.invite(unit="phuong-5", days=1)
    await guess(stage, 3000, used)
    async with stage.app.contexts.open() as ctx:
        form = JoinForm(consent=CONSENT_VERSION, name="Cán bộ Phường 5", position="Chuyên viên", phone="0900000001")
        await join(ctx, used, form, channel="telegram", chat_id=3000)
    stage.wind(stage.clock.now() + timedelta(days=2))

    answers = {await guess(stage, 2000 + number, code) for number, code in enumerate((WRONG, used, expired))}

    assert len(answers) == 1


async def test_an_officer_does_not_read_who_guesses(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=901)

    async with acting(stage, 901) as ctx:
        with refused("standing-body-only"):
            await read_guessing(ctx)
