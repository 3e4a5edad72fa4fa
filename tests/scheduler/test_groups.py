"""Group chats see units: no person, phone, figure, file or receipt, whatever is said there, and by whom."""

from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from domain.roles import Role
from handlers.menus import GROUP_COMMANDS
from models.message_kinds import MessageKind
from models.outbox import OutboxMessage
from scheduler.messages.groups import IN_GROUPS
from scheduler.messages.rendering import compose
from tests.support.stage import Phone, Product, Stage, opened_product
from tests.support.steps.dossiers import begin_plan, submit
from tests.support.steps.filling import acting, fill_report, hand_in_report, officer
from tests.support.steps.reminders import at
from tests.support.steps.reviewing import BUDGET
from usecases.duties.assignments import hand_over, list_colleagues
from usecases.groups.binding import bind_cluster
from usecases.outbox.sending import QueuedMessage
from usecases.personal_data.requests import ask_deletion, grant_request
from usecases.submissions.hard_copies import claim_hard_copy

GROUP = -100500
FIGURE = "77"
PRIVATE_TALK = (
    *("/start", "/dulieucuatoi", "/yeucau", "/tinhhinh cụm 1", "/tonghop", "/cum", "/thongbao", "/mauvanban"),
    *("biểu đồ", "bhyt các phường", "so với giao ước phường 1", "tải mẫu báo cáo", "xuất excel"),
)
"""Commands and questions that in a private chat bring figures, people or files."""


WORDS = {"trouble": "PIN", "indicator": BUDGET, "old": FIGURE}
"""What messages carry besides ids."""


class Whatever(QueuedMessage):
    """A message that carries every id that is asked for."""

    def ref(self, name: str) -> int:  # noqa: ARG002
        return 1

    def refs_of(self, name: str) -> list[int]:  # noqa: ARG002
        return [1, 2, 3, 4, 5]


def refuse_private(said: str, *private: str) -> None:
    found = [word for word in (*private, FIGURE, "+849", ".pdf", "SHA-256", "Mã biên nhận") if word in said]
    assert not found, said


@pytest.mark.long
async def test_everything_said_in_a_group_is_about_units(stage: Stage) -> None:
    head = await stage.phone("Trần Thị Riêng", unit="phuong-1")
    await stage.phone("Lê Văn Tư", unit="phuong-5")
    clerk = await stage.phone("Phạm Thị Quản", unit="tinh-mau", role=Role.STANDING_BODY)
    stranger = await stage.phone("Người Lạ")
    group = await stage.group("Cụm 1", head, clerk, stranger)
    for member in (stranger, head):
        for command in ("ganketcum Cụm 1", *GROUP_COMMANDS):
            await group.send(member, f"/{command}")
    popups = [await group.press(member, "Bật nhắc tên") for member in (stranger, head)]
    receipts = [await hand_in_report(stage, head.id, value=FIGURE)]
    receipts.append(await submit(stage, head.id, await begin_plan(stage, head.id)))
    for typed in (*PRIVATE_TALK, f"/bienlai {receipts[0].code}", receipts[0].code):
        await group.send(clerk, typed)
    await head.send("ai chưa nộp báo cáo 6 tháng cụm 1")
    await head.press("Gửi vào nhóm")
    for hour in (at(5, 7), at(5, 11), at(5, 13), at(5, 14), at(5, 15)):
        await stage.speak_at(hour)
    forwarded = await text_to_forward(head)
    for chat_id, unit in enumerate(("phuong-2", "thpt-mau", "so-tai-chinh", "phuong-5", "phuong-6"), start=902):
        await hand_in_report(stage, await officer(stage, unit, chat_id=chat_id), value=FIGURE)
    await stage.speak_at(at(5, 16))
    await stage.speak_at(at(5, 18))

    messages = await heard(group.id, head)

    assert await queued(stage, group.id) == IN_GROUPS, "bring every kind of message to groups into this story"
    for message in messages:
        assert not message.get("document")
        assert not message.get("photo")
    said = [f"{message['text'] or message['caption']} {message['buttons']}" for message in messages]
    for text in (*said, *popups, forwarded):
        codes = [receipt.code for receipt in receipts]
        refuse_private(text, "Riêng", "Lê Văn", "Phạm", "Người Lạ", "Chuyên viên", *codes, str(head.id))
    assert any("Phường 5" in text for text in said)
    assert "Phường 5" in forwarded
    assert any(mentioned(message) for message in messages), "officers are mentioned by the name of their unit"


async def text_to_forward(head: Phone) -> str:
    """Return the text that `/cum` makes for a cluster head to put into the group."""
    await head.send("/cum")
    await head.press(next(label for label in await head.buttons() if "Báo cáo 6 tháng 2026" in label))
    await head.press("Văn bản để chuyển tiếp")
    texts = [str(message["text"]) for message in await head.messages()]
    return next(text for text in reversed(texts) if "Nhờ các đơn vị còn thiếu nộp" in text)


def mentioned(message: dict[str, Any]) -> bool:
    return any(entity["type"] == "text_mention" for entity in message.get("entities") or ())


async def queued(stage: Stage, chat_id: int) -> set[MessageKind]:
    async with stage.app.contexts.engine.connect() as connection:
        return set(await connection.scalars(select(OutboxMessage.kind).where(OutboxMessage.chat_id == chat_id)))


async def heard(group_id: int, member: Phone) -> list[dict[str, Any]]:
    found = await member.stage.get(f"/sandbox/chats/{group_id}/messages?as={member.id}")
    return [message for message in found if message["from"]["is_bot"]]


async def test_no_message_to_a_person_says_anything_in_a_group(tmp_path: Path) -> None:
    async with opened_product(tmp_path) as product:
        # Shortcuts are written for the whole stage; of it they use the product alone.
        await filled(cast(Stage, product))

        said = [(kind, await said_in_group(product, kind)) for kind in MessageKind if kind not in IN_GROUPS]

    # Neither of these two says more than the name of the cluster, or of nobody.
    assert {kind for kind, text in said if text is not None} == {MessageKind.GROUP_TROUBLE, MessageKind.DATA_ANSWER}
    for _, text in said:
        refuse_private(text or "", "Cán bộ phuong", "Cán bộ tinh-mau")


async def filled(product: Stage) -> None:
    """Something of every sort with the number 1; nobody is named by the answer to whoever was erased."""
    await officer(product, "phuong-5", chat_id=1)
    await officer(product, "phuong-5", chat_id=2)
    await officer(product, "tinh-mau", chat_id=3, role=Role.STANDING_BODY)
    async with acting(product, 2) as ctx:
        request = await ask_deletion(ctx)
    async with acting(product, 3) as ctx:
        await bind_cluster(ctx, channel="telegram", chat_id=GROUP, name="Cụm 1")
        await grant_request(ctx, request.id)
    await officer(product, "phuong-5", chat_id=2)
    report = await fill_report(product, 1, value=FIGURE)
    async with acting(product, 1) as ctx:
        await hand_over(ctx, report.id, to=(await list_colleagues(ctx, report.id))[0].person_id)
        await claim_hard_copy(ctx, report.id)


async def said_in_group(product: Product, kind: MessageKind) -> str | None:
    now = product.clock.now()
    queued = Whatever(
        id=1, channel="telegram", chat_id=GROUP, kind=kind, refs=WORDS, attempts=1, created_at=now, leased_until=now
    )
    try:
        scheduled = await compose(product.app.contexts, queued)
    except NoResultFound:
        # There is none with the number 1: nothing is said.
        return None
    return scheduled.content.html if scheduled else None
