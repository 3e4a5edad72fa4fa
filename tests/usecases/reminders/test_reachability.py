"""Who cannot be written to, and what they are told when they can be again."""

from domain.audit import AuditAction
from domain.duties.reachability import Loss
from models.message_kinds import MessageKind
from models.people.officers import Account
from scheduler.messages.rendering import compose
from tests.support.stage import Stage
from tests.support.steps.audit import audit_log
from tests.support.steps.filling import acting, officer
from tests.support.steps.hours import at
from tests.support.steps.reachability import CHAT, back, look, lose, refuse, send, take
from usecases.duties.assignments import hand_over
from usecases.duties.progress import list_duties


async def account(stage: Stage, chat_id: int = CHAT) -> Account:
    async with stage.app.contexts.open() as ctx:
        found = await ctx.uow.officers.account("telegram", chat_id)
        assert found is not None
        return found


async def test_since_when_somebody_is_lost_is_kept_and_the_latest_reason_counts(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=CHAT)
    stage.wind(at(6))
    await lose(stage)
    stage.wind(at(8))
    await lose(stage, loss=Loss.GONE)

    lost = await account(stage)

    assert lost.blocked_at is not None
    assert (lost.blocked_at.day, lost.loss) == (6, Loss.GONE)


async def test_each_change_is_noted_in_the_trail_once(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=CHAT)
    for _ in range(2):
        await lose(stage)
    for _ in range(2):
        await back(stage)

    deeds = [entry.deed for entry in (await audit_log(stage))[0]]

    assert deeds[-2:] == [AuditAction.TOUCH_LOST, AuditAction.TOUCH_REGAINED]
    assert deeds.count(AuditAction.TOUCH_LOST) == 1


async def test_who_comes_back_is_told_once_what_came_meanwhile(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=CHAT)
    await lose(stage)
    away = [queued for day in (7, 11) for queued in await look(stage, at(day))]

    await back(stage)

    (queued,) = await take(stage)
    assert away == []
    assert (queued.kind, queued.chat_id, len(queued.refs_of("duties"))) == (MessageKind.REMINDER, CHAT, 1)
    await send(stage, queued)
    assert await look(stage, at(11, 9)) == ()
    assert await look(stage, at(12)) == ()


async def test_a_reminder_that_was_refused_is_told_when_they_come_back_and_only_then(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=CHAT)
    await refuse(stage, *await look(stage, at(7)))
    away = await look(stage, at(8))

    stage.wind(at(8, 9))
    await back(stage)

    (queued,) = await take(stage)
    await send(stage, queued)
    assert away == ()
    assert await look(stage, at(9)) == ()


async def test_what_was_sent_before_they_left_is_not_told_again(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=CHAT)
    await send(stage, *await look(stage, at(7)))
    stage.wind(at(8))
    await lose(stage)

    stage.wind(at(8, 10))
    await back(stage)

    assert await take(stage) == ()


async def test_missed_messages_and_reminders_come_as_one(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=501)
    await officer(stage, "phuong-5", chat_id=CHAT)
    async with acting(stage, CHAT) as ctx:
        colleague = ctx.actor.person_id or 0
    async with acting(stage, 501) as ctx:
        report = next(duty for duty in await list_duties(ctx) if duty.title.startswith("Báo cáo"))
        pledge = next(duty for duty in await list_duties(ctx) if duty.title.startswith("Giao ước"))
        for duty in (report, pledge):
            await hand_over(ctx, duty.id, to=colleague)
    await refuse(stage, *await take(stage))

    stage.wind(at(11))
    await back(stage)

    (queued,) = await take(stage)
    scheduled = await compose(stage.app.contexts, queued)
    assert scheduled is not None
    assert scheduled.content.html.count("Việc được chuyển") == 2
    assert scheduled.content.html.startswith("<b>Nhắc hạn · Phường 5</b>")
    labels = [button.text for row in scheduled.content.buttons for button in row]
    assert labels[-4:] == ["1. Nộp ngay", "1. Khác…", "2. Nộp ngay", "2. Khác…"]


async def test_who_was_never_lost_hears_nothing_by_coming_back(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=CHAT)
    stage.wind(at(11))

    await back(stage)
    await back(stage, chat_id=999)

    assert await take(stage) == ()
