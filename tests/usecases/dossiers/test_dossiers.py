import asyncio

import pytest

from domain.duties.duties import Standing
from domain.plans.deadlines import DutyKind
from domain.plans.plans import SubjectKind
from tests.support import files
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.dossiers import DECEMBER, begin, fill, look, put, submit
from tests.support.steps.filling import acting, duty, officer
from usecases.dossiers.dossiers import (
    DossiersView,
    Proposal,
    declare_nothing,
    discard_dossier,
    list_dossiers,
    open_paper,
    start_dossier,
    submit_dossier,
)
from usecases.submissions.handing_in import withdraw
from usecases.submissions.receipts import ReceiptView, find_receipt

AFTER_THE_DEADLINE = DECEMBER.replace(day=20)


@pytest.fixture
async def officers(stage: Stage) -> None:
    """Chats 1 and 2 belong to Phường 5, chat 3 to another unit, chat 4 to an enterprise; it is December."""
    for chat_id, unit in ((1, "phuong-5"), (2, "phuong-5"), (3, "phuong-6"), (4, "cong-ty-mau")):
        await officer(stage, unit, chat_id=chat_id)
    stage.wind(DECEMBER)
    await stage.open_duties()


async def listed(stage: Stage, chat_id: int) -> DossiersView:
    found = await duty(stage, chat_id, DutyKind.DOSSIER)
    async with acting(stage, chat_id) as ctx:
        return await list_dossiers(ctx, found.id)


async def declare(stage: Stage, chat_id: int) -> ReceiptView:
    found = await duty(stage, chat_id, DutyKind.DOSSIER)
    async with acting(stage, chat_id) as ctx:
        return await declare_nothing(ctx, found.id)


@pytest.mark.usefixtures("officers")
async def test_enterprise_hands_in_five_papers(stage: Stage) -> None:
    found = await duty(stage, 4, DutyKind.DOSSIER)
    async with acting(stage, 4) as ctx:
        proposal = Proposal("bang-khen", SubjectKind.ENTERPRISE, "Công ty cổ phần Mẫu")
        dossier = await start_dossier(ctx, found.id, proposal)

    receipt = await submit(stage, 4, dossier)

    assert len(receipt.files) == 5
    assert receipt.code.startswith("HS26-")
    assert receipt.on_time


@pytest.mark.usefixtures("officers")
async def test_same_dossier_begun_twice_is_one(stage: Stage) -> None:
    first = await begin(stage, 1)

    second = await begin(stage, 2, nominees="  Phường   5 ")

    assert second == first
    assert len((await listed(stage, 1)).dossiers) == 1


@pytest.mark.usefixtures("officers")
async def test_award_out_of_no_plan_is_refused(stage: Stage) -> None:
    with refused("award-gone"):
        await begin(stage, 1, award="huan-chuong")


@pytest.mark.usefixtures("officers")
async def test_long_names_of_many_nominees_are_kept(stage: Stage) -> None:
    names = [f"{number:02} " + "Ư" * 117 for number in range(20)]

    dossier = await look(stage, 1, await begin(stage, 1, nominees="\n".join(names)))

    assert dossier.nominees == tuple(names)
    assert len(dossier.requirements) == 22


@pytest.mark.usefixtures("officers")
async def test_another_units_dossier_is_closed(stage: Stage) -> None:
    dossier = await begin(stage, 1)

    async with acting(stage, 3) as ctx:
        for forged in (submit_dossier(ctx, dossier, seen=0), discard_dossier(ctx, dossier), withdraw(ctx, dossier)):
            with refused("duty-of-another-unit"):
                await forged


@pytest.mark.usefixtures("officers")
async def test_dossier_with_a_paper_missing_is_not_taken(stage: Stage) -> None:
    dossier = await begin(stage, 1)
    await put(stage, 1, dossier, "to-trinh", files.pdf(1))

    async with acting(stage, 1) as ctx:
        with refused("dossier-incomplete"):
            await submit_dossier(ctx, dossier, seen=1)


@pytest.mark.usefixtures("officers")
async def test_dossier_is_handed_in_once(stage: Stage) -> None:
    dossier = await begin(stage, 1)
    seen = (await fill(stage, 1, dossier)).draft.revision

    async def hand_in(chat_id: int) -> ReceiptView:
        async with acting(stage, chat_id) as ctx:
            return await submit_dossier(ctx, dossier, seen=seen)

    results = await asyncio.gather(hand_in(1), hand_in(2), return_exceptions=True)

    assert sorted(type(result).__name__ for result in results) == ["ReceiptView", "Refusal"]


@pytest.mark.usefixtures("officers")
async def test_what_a_colleague_changed_is_looked_at_before_it_is_handed_in(stage: Stage) -> None:
    dossier = await begin(stage, 1)
    before = await fill(stage, 1, dossier)
    await put(stage, 2, dossier, "to-trinh", files.pdf(9), replacing=before.requirements[0].attachment_id)

    async with acting(stage, 1) as ctx:
        with refused("submission-changed"):
            await submit_dossier(ctx, dossier, seen=before.draft.revision)


@pytest.mark.usefixtures("officers")
async def test_receipt_names_every_file_with_its_fingerprint(stage: Stage) -> None:
    receipt = await submit(stage, 1, await begin(stage, 1))

    async with acting(stage, 2) as ctx:
        found = await find_receipt(ctx, receipt.code.lower())

    assert found.files == receipt.files
    assert all(len(sha256) == 64 for _, sha256 in found.files)


@pytest.mark.usefixtures("officers")
async def test_withdrawn_dossier_is_handed_in_anew(stage: Stage) -> None:
    dossier = await begin(stage, 1)
    first = await submit(stage, 1, dossier)
    async with acting(stage, 1) as ctx:
        await withdraw(ctx, dossier)

    second = await submit(stage, 1, dossier)

    assert second.code != first.code
    async with acting(stage, 1) as ctx:
        assert not (await find_receipt(ctx, first.code)).still_stands


@pytest.mark.usefixtures("officers")
async def test_nothing_is_withdrawn_after_the_deadline(stage: Stage) -> None:
    dossier = await begin(stage, 1)
    await submit(stage, 1, dossier)
    stage.wind(AFTER_THE_DEADLINE)

    async with acting(stage, 1) as ctx:
        with refused("deadline-passed"):
            await withdraw(ctx, dossier)

    assert not (await look(stage, 1, dossier)).can_withdraw


@pytest.mark.usefixtures("officers")
async def test_late_dossier_is_taken_and_said_to_be_late(stage: Stage) -> None:
    stage.wind(AFTER_THE_DEADLINE)

    receipt = await submit(stage, 1, await begin(stage, 1))

    assert not receipt.on_time


@pytest.mark.usefixtures("officers")
async def test_dropped_dossier_is_gone_but_its_papers_stay_on_record(stage: Stage) -> None:
    dossier = await begin(stage, 1)
    paper = (await put(stage, 1, dossier, "to-trinh", files.pdf(1))).requirements[0].attachment_id
    assert paper is not None

    async with acting(stage, 2) as ctx:
        await discard_dossier(ctx, dossier)

    assert (await listed(stage, 1)).dossiers == ()
    assert (await duty(stage, 1, DutyKind.DOSSIER)).standing is Standing.OWED
    async with acting(stage, 1) as ctx:
        row = await ctx.uow.dossiers.paper(paper)
    assert row is not None
    assert row.removed_at is not None
    with refused("dossier-gone"):
        await look(stage, 1, dossier)


@pytest.mark.usefixtures("officers")
async def test_dossier_may_be_dropped_after_it_was_withdrawn(stage: Stage) -> None:
    dossier = await begin(stage, 1)
    receipt = await submit(stage, 1, dossier)

    async with acting(stage, 1) as ctx:
        await withdraw(ctx, dossier)
        await discard_dossier(ctx, dossier)

    async with acting(stage, 1) as ctx:
        assert not (await find_receipt(ctx, receipt.code)).still_stands


@pytest.mark.usefixtures("officers")
async def test_what_is_handed_in_is_not_dropped(stage: Stage) -> None:
    dossier = await begin(stage, 1)
    await submit(stage, 1, dossier)

    async with acting(stage, 1) as ctx:
        with refused("duty-handed-in"):
            await discard_dossier(ctx, dossier)


@pytest.mark.usefixtures("officers")
async def test_plan_is_owed_and_not_dropped(stage: Stage) -> None:
    found = await duty(stage, 1, DutyKind.PLAN)
    async with acting(stage, 1) as ctx:
        plan = await open_paper(ctx, found.id)

        with refused("duty-not-discardable"):
            await discard_dossier(ctx, plan)


@pytest.mark.usefixtures("officers")
async def test_plan_that_was_merely_opened_is_not_begun(stage: Stage) -> None:
    found = await duty(stage, 1, DutyKind.PLAN)

    async with acting(stage, 1) as ctx:
        plan = await open_paper(ctx, found.id)
    opened = (await duty(stage, 1, DutyKind.PLAN)).standing
    await put(stage, 1, plan, "ke-hoach", files.pdf())
    filled = (await duty(stage, 1, DutyKind.PLAN)).standing

    assert (opened, filled) == (Standing.OWED, Standing.DRAFTED)


@pytest.mark.usefixtures("officers")
async def test_plan_is_begun_once_by_two_officers(stage: Stage) -> None:
    found = await duty(stage, 1, DutyKind.PLAN)

    async def open_it(chat_id: int) -> int:
        async with acting(stage, chat_id) as ctx:
            return await open_paper(ctx, found.id)

    one, other = await asyncio.gather(open_it(1), open_it(2))

    assert one == other


@pytest.mark.usefixtures("officers")
async def test_proposing_nobody_is_an_answer_with_a_receipt(stage: Stage) -> None:
    receipt = await declare(stage, 1)

    assert receipt.nothing
    assert (await duty(stage, 1, DutyKind.DOSSIER)).standing is Standing.HANDED_IN
    with refused("duty-handed-in"):
        await declare(stage, 2)


@pytest.mark.usefixtures("officers")
async def test_who_proposes_nobody_begins_no_dossier(stage: Stage) -> None:
    await declare(stage, 1)

    with refused("nothing-declared"):
        await begin(stage, 2)


@pytest.mark.usefixtures("officers")
async def test_declaration_taken_back_lets_dossiers_begin(stage: Stage) -> None:
    await declare(stage, 1)
    declared = (await listed(stage, 1)).declared_nothing
    assert declared is not None
    assert declared.submission_id is not None

    async with acting(stage, 1) as ctx:
        await withdraw(ctx, declared.submission_id)

    assert (await listed(stage, 1)).declared_nothing is None
    assert await begin(stage, 1)


@pytest.mark.usefixtures("officers")
async def test_unfinished_dossier_stands_against_proposing_nobody(stage: Stage) -> None:
    dossier = await begin(stage, 1)

    with refused("dossier-begun"):
        await declare(stage, 1)

    async with acting(stage, 1) as ctx:
        await discard_dossier(ctx, dossier)
    assert (await declare(stage, 1)).nothing


@pytest.mark.usefixtures("officers")
async def test_one_dossier_handed_in_answers_the_duty(stage: Stage) -> None:
    await submit(stage, 1, await begin(stage, 1))
    await begin(stage, 1, nominees="Tổ Văn phòng")

    assert (await duty(stage, 1, DutyKind.DOSSIER)).standing is Standing.HANDED_IN
    with refused("dossier-handed-in"):
        await declare(stage, 1)


async def test_dossier_is_stamped_with_the_law_of_the_day_it_was_received(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=1)
    stage.wind(DECEMBER)
    await stage.open_duties()

    receipt = await submit(stage, 1, await begin(stage, 1))

    async with acting(stage, 1) as ctx:
        checked = await find_receipt(ctx, receipt.code)
    assert checked.basis is not None
    assert checked.basis == receipt.basis
    assert checked.basis.names == (
        "Luật Thi đua, khen thưởng 2022",
        "Luật 06/2026/QH16 (sửa đổi, bổ sung)",
        "Nghị định 152/2025/NĐ-CP",
        "Thông tư 15/2025/TT-BNV",
    )
    assert not checked.basis.to_check
