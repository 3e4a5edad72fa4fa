"""The people who are reminded if a unit's officers cannot be written to."""

import pytest

from domain.roles import Role
from models.message_kinds import MessageKind
from scheduler.messages.rendering import compose
from tests.support.stage import Stage
from tests.support.steps.filling import hand_in_report, officer
from tests.support.steps.hours import at
from tests.support.steps.reachability import back, look, lose, refuse, send, words
from usecases.outbox.sending import QueuedMessage

OFFICER, HEAD, CLUSTER_HEAD, CLERK = 500, 501, 510, 520


async def people(stage: Stage, *, without: tuple[int, ...] = ()) -> None:
    """Seat one person on every level of escalation above Phường 5."""
    posts = {
        OFFICER: ("phuong-5", Role.OFFICER),
        HEAD: ("phuong-5", Role.UNIT_HEAD),
        CLUSTER_HEAD: ("phuong-1", Role.OFFICER),
        CLERK: ("tinh-mau", Role.STANDING_BODY),
    }
    for chat_id, (unit, role) in posts.items():
        if chat_id not in without:
            await officer(stage, unit, chat_id=chat_id, role=role)
    await hand_in_report(stage, CLUSTER_HEAD)


def reminded(queued_messages: tuple[QueuedMessage, ...]) -> list[int]:
    return sorted(queued.chat_id for queued in queued_messages if queued.kind is MessageKind.REMINDER)


async def buttons(stage: Stage, queued: QueuedMessage) -> list[str]:
    scheduled = await compose(stage.app.contexts, queued)
    return [button.text for row in scheduled.content.buttons for button in row] if scheduled else []


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        ((), OFFICER),
        ((OFFICER,), HEAD),
        ((OFFICER, HEAD), CLUSTER_HEAD),
        ((OFFICER, HEAD, CLUSTER_HEAD), CLERK),
        ((HEAD,), OFFICER),
        ((OFFICER, CLUSTER_HEAD), HEAD),
    ],
)
async def test_the_next_rung_is_reminded_instead(stage: Stage, lost: tuple[int, ...], told: int) -> None:
    await people(stage)
    for chat_id in lost:
        await lose(stage, chat_id)

    queued_messages = await look(stage, at(11))

    assert reminded(queued_messages) == [told]
    assert "Phường 5" in await words(stage, queued_messages[0])


async def test_the_head_reads_why_and_can_hand_in(stage: Stage) -> None:
    await people(stage)
    stage.wind(at(8))
    await lose(stage, OFFICER)

    (queued,) = await look(stage, at(11))

    assert await words(stage, queued) == (
        "<b>Nhắc hạn · Phường 5</b>\n"
        "⏳ Báo cáo 6 tháng 2026: còn 3 ngày, hết ngày 14/5 (thứ Năm).\n"
        "Cán bộ Phường 5 không nhận được tin của bot từ 8/5. Nhờ anh/chị báo giúp đơn vị."
    )
    assert (await buttons(stage, queued))[0] == "Nộp ngay"


async def test_the_head_of_the_cluster_reads_unit_and_duty_and_opens_nothing(stage: Stage) -> None:
    await people(stage, without=(HEAD,))
    stage.wind(at(8))
    await lose(stage, OFFICER)

    (queued,) = await look(stage, at(11))

    assert await words(stage, queued) == (
        "<b>Nhờ anh/chị báo giúp các đơn vị sau</b>\n"
        "⏳ Phường 5 (không nhận được tin của bot từ 8/5): "
        "Báo cáo 6 tháng 2026, còn 3 ngày, hết ngày 14/5 (thứ Năm).\n"
        "Tin để chuyển tiếp:\n"
        "<blockquote>Bot thi đua, khen thưởng chưa nhắn được cho đơn vị mình. "
        "Đơn vị còn phải nộp Báo cáo 6 tháng 2026. "
        "Nhờ anh/chị mở bot để nộp, hoặc gọi cơ quan thường trực.</blockquote>\n"
        "Cần số điện thoại: /goiai"
    )
    assert await buttons(stage, queued) == []


async def test_the_standing_body_is_given_the_list_to_call(stage: Stage) -> None:
    await people(stage)
    for chat_id in (OFFICER, HEAD, CLUSTER_HEAD):
        await lose(stage, chat_id)

    (queued,) = await look(stage, at(11))

    assert await words(stage, queued) == (
        "<b>Nhờ anh/chị gọi điện</b>\n1 đơn vị không nhận được tin của bot mà còn việc phải nộp: Phường 5."
    )
    assert await buttons(stage, queued) == ["Danh sách gọi"]


async def test_a_step_that_the_officer_was_told_is_not_told_above(stage: Stage) -> None:
    await people(stage)
    await send(stage, *await look(stage, at(11)))

    await lose(stage, OFFICER)

    assert await look(stage, at(11, 9)) == ()
    later = reminded(await look(stage, at(13)))
    assert (HEAD in later, OFFICER in later) == (True, False)


async def test_a_reminder_refused_on_the_way_goes_to_the_next_rung_at_once(stage: Stage) -> None:
    await people(stage)
    await refuse(stage, *await look(stage, at(11)))

    assert reminded(await look(stage, at(11, 7, 31))) == [HEAD]


async def test_who_comes_back_is_served_again_and_the_head_is_left_alone(stage: Stage) -> None:
    await people(stage)
    await lose(stage, OFFICER)
    await send(stage, *await look(stage, at(11)))

    await back(stage, OFFICER)

    returned = await look(stage, at(11, 9))
    await send(stage, *returned)
    assert reminded(returned) == [OFFICER]
    later = reminded(await look(stage, at(13)))
    assert (HEAD in later, OFFICER in later) == (False, True)


async def test_the_officer_comes_back_before_the_head_is_told(stage: Stage) -> None:
    await people(stage)
    await lose(stage, OFFICER)
    (queued,) = await look(stage, at(11))

    await back(stage, OFFICER)

    assert await words(stage, queued) == ""


async def test_a_unit_that_nobody_joined_is_passed_on_once_it_had_time_to(stage: Stage) -> None:
    await people(stage, without=(OFFICER, HEAD))
    early = await look(stage, at(11))
    late = [queued for queued in await look(stage, at(13)) if queued.chat_id == CLUSTER_HEAD]

    assert reminded(early) == []
    assert "⏳ Phường 5 (chưa có cán bộ nào vào bot): Báo cáo 6 tháng 2026" in await words(stage, late[0])
