"""Messages that go to many: eight of a kind are composed with hardly more statements than one."""

from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot.app import App
from bot.settings import Settings
from domain.announcements import AudienceKind
from domain.submissions.submissions import State
from models.announcements import Announcement, AnnouncementRecipient
from models.duties.duties import Duty
from models.message_kinds import MessageKind, Refs
from models.outbox import OutboxMessage
from models.plans.plans import PlanChange, PlanVersion
from models.submissions.submissions import Submission
from plans.catalogue import shipped_plan
from scheduler.composing import Composer
from simulation.half_province import AUTHORITY_ID, CLERK_ID, FIRST_CHAT, MORNING, PROVINCE_PLAN, HalfProvince
from simulation.measuring.provinces import open_province
from tests.support.statements import at_most
from usecases.outbox.sending import QueuedMessage, claim

MANY = 8
KINDS = {
    MessageKind.REMINDER: 16,
    MessageKind.NUDGE: 19,
    MessageKind.ANNOUNCEMENT: 9,
    MessageKind.PLAN_CHANGED: 9,
    MessageKind.DATE_SET: 9,
    MessageKind.ACCEPTED: 9,
}
"""{kind: statements in which that many of it are composed, BEGIN and ROLLBACK included}."""
PROVINCE = HalfProvince(80)


def _person(unit_id: int) -> int:
    return unit_id - AUTHORITY_ID + CLERK_ID


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    async with open_province(PROVINCE, settings=Settings(data=tmp_path), hour=MORNING) as app:
        yield app


async def _fill(app: App) -> None:
    """Announce something, and load another version of the plan."""
    units = range(AUTHORITY_ID + 1, AUTHORITY_ID + 1 + PROVINCE.units)
    announcement = {
        "id": 1,
        "fingerprint": "1",
        "authority_id": AUTHORITY_ID,
        "audience_kind": next(iter(AudienceKind)),
        "audience_target": "",
        "audience_name": "Mọi đơn vị",
        "unit_ids": [*units],
        "text": "Kính gửi các đơn vị",
        "by": CLERK_ID,
        "at": MORNING,
        "people": len(units),
        "asked_at": MORNING,
    }
    version = {"plan_code": PROVINCE_PLAN, "text": shipped_plan(PROVINCE_PLAN), "sha256": "", "at": MORNING}
    async with app.contexts.engine.begin() as connection:
        await connection.execute(insert(Announcement), [announcement])
        recipients = [{"announcement_id": 1, "person_id": _person(unit), "unit_id": unit} for unit in units]
        await connection.execute(insert(AnnouncementRecipient), recipients)
        await connection.execute(insert(PlanVersion), [{"id": n, "number": n, **version} for n in (1, 2)])
        change = {"version_id": 2, "code": "bao-cao-nam", "old_title": "Báo cáo", "new_title": "Báo cáo năm"}
        await connection.execute(insert(PlanChange), [{**change, "unit_id": unit} for unit in units])


async def _refs(app: App, kind: MessageKind) -> Iterator[tuple[int, Refs]]:
    """Return (unit_id, refs) of messages of this kind."""
    async with app.contexts.engine.connect() as connection:
        submitted = select(Duty.unit_id, Submission.id).join(Duty, Submission.duty_id == Duty.id)
        submitted = submitted.where(Duty.code == "bao-cao-6-thang")
        accepted = (await connection.execute(submitted.where(Submission.state == State.ACCEPTED))).all()
        owed = [chat - FIRST_CHAT - CLERK_ID + AUTHORITY_ID for chat in PROVINCE.open_officers]
        reports = select(Duty.unit_id, Duty.id).where(Duty.code == "bao-cao-6-thang", Duty.unit_id.in_(owed))
        duties = (await connection.execute(reports)).all()
    match kind:
        case MessageKind.ANNOUNCEMENT:
            return ((unit, {"announcement": 1, "round": 0}) for unit, _ in duties)
        case MessageKind.PLAN_CHANGED:
            return ((unit, {"version": 2}) for unit, _ in duties)
        case MessageKind.ACCEPTED:
            return ((unit, {"submissions": [id_]}) for unit, id_ in accepted)
        case MessageKind.NUDGE:
            return ((unit, {"duties": [id_], "by": CLERK_ID}) for unit, id_ in duties)
        case _:
            return ((unit, {"duties": [id_]}) for unit, id_ in duties)


async def _claimed(app: App, kind: MessageKind) -> Sequence[QueuedMessage]:
    rows = [
        {
            "key": f"{kind}:{unit}",
            "channel": "telegram",
            "chat_id": FIRST_CHAT + _person(unit),
            "kind": kind,
            "refs": {"person": _person(unit), **refs},
            "created_at": MORNING,
            "due_at": MORNING,
        }
        for unit, refs in await _refs(app, kind)
    ]
    async with app.contexts.engine.begin() as connection:
        await connection.execute(insert(OutboxMessage), rows)
    async with app.contexts.open() as ctx:
        return await claim(ctx, limit=MANY)


@pytest.mark.parametrize(("kind", "statements"), KINDS.items())
async def test_many_of_a_kind_are_composed_with_few_statements(app: App, kind: MessageKind, statements: int) -> None:
    await _fill(app)
    queued = await _claimed(app, kind)
    composer = Composer(app.contexts)

    with at_most(statements, app.contexts.engine):
        await composer.compose_ahead(queued)
        together = [await composer.compose(one) for one in queued]

    alone = [await Composer(app.contexts).compose(one) for one in queued]
    assert len(queued) == MANY
    assert None not in together
    assert together == alone
