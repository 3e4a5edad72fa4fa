import asyncio
import hashlib
from pathlib import Path

import pytest

from domain.errors import Way
from domain.roles import Role
from tests.support import files
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.dossiers import DECEMBER, begin, begin_plan, look, put, submit
from tests.support.steps.filling import acting, fill_report, officer
from usecases.dossiers.attachments import expect_attachment, read_attachment, remove_attachment
from usecases.submissions.reports import read_report


@pytest.fixture
async def dossier(stage: Stage) -> int:
    """Begin a dossier as the officer of chat 1 in Phường 5; chat 2 is a colleague, chat 3 belongs to another unit."""
    await officer(stage, "phuong-5", chat_id=1)
    await officer(stage, "phuong-5", chat_id=2)
    await officer(stage, "phuong-6", chat_id=3)
    stage.wind(DECEMBER)
    await stage.open_duties()
    return await begin(stage, 1)


async def test_file_fills_its_piece(stage: Stage, dossier: int) -> None:
    after = await put(stage, 1, dossier, "to-trinh", files.pdf(2))

    filled = after.requirement("to-trinh")
    assert filled is not None
    assert (filled.file_name, filled.pages, filled.size) == ("to-trinh.pdf", 2, len(files.pdf(2)))
    assert [requirement.key for requirement in after.missing] == ["bien-ban", "bao-cao"]


async def test_bytes_lie_on_the_shelf_under_their_fingerprint(stage: Stage, dossier: int, tmp_path: Path) -> None:
    await put(stage, 1, dossier, "to-trinh", files.pdf(2))

    kept = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert [path.name for path in kept] == [hashlib.sha256(files.pdf(2)).hexdigest()]
    assert kept[0].read_bytes() == files.pdf(2)


async def test_file_is_given_back_as_it_was_sent(stage: Stage, dossier: int) -> None:
    await put(stage, 1, dossier, "to-trinh", files.pdf(2))

    async with acting(stage, 2) as ctx:
        paper = await read_attachment(ctx, dossier, requirement="to-trinh", files=stage.app.files)

    assert (paper.file_name, paper.content) == ("to-trinh.pdf", files.pdf(2))


async def test_standing_body_may_look_but_not_touch(stage: Stage, dossier: int) -> None:
    office = await officer(stage, "tinh-mau", chat_id=4, role=Role.STANDING_BODY)
    await put(stage, 1, dossier, "to-trinh", files.pdf(2))

    async with acting(stage, office) as ctx:
        paper = await read_attachment(ctx, dossier, requirement="to-trinh", files=stage.app.files)

    assert paper.content == files.pdf(2)
    with refused("duty-of-another-unit"):
        await put(stage, office, dossier, "bien-ban", files.pdf(1))


async def test_replaced_file_stays_on_record(stage: Stage, dossier: int) -> None:
    first = (await put(stage, 1, dossier, "to-trinh", files.pdf(1))).requirements[0].attachment_id
    assert first is not None

    after = await put(stage, 1, dossier, "to-trinh", files.pdf(2), replacing=first)

    assert after.requirements[0].pages == 2
    async with acting(stage, 1) as ctx:
        old = await ctx.uow.dossiers.paper(first)
    assert old is not None
    assert old.removed_at is not None


async def test_colleagues_file_is_not_overwritten_unseen(stage: Stage, dossier: int) -> None:
    await put(stage, 2, dossier, "to-trinh", files.pdf(1))

    with refused("place-just-filled"):
        await put(stage, 1, dossier, "to-trinh", files.pdf(2))

    assert (await look(stage, 1, dossier)).requirements[0].pages == 1


async def test_of_two_files_at_the_same_moment_one_is_taken(stage: Stage, dossier: int) -> None:
    results = await asyncio.gather(
        put(stage, 1, dossier, "to-trinh", files.pdf(1)),
        put(stage, 2, dossier, "to-trinh", files.pdf(2)),
        return_exceptions=True,
    )

    assert sorted(type(result).__name__ for result in results) == ["DossierView", "Refusal"]
    assert (await look(stage, 1, dossier)).done == 1


async def test_same_file_is_refused_a_second_time(stage: Stage, dossier: int) -> None:
    await put(stage, 1, dossier, "to-trinh", files.pdf(1))

    with refused("file-twice"):
        await put(stage, 1, dossier, "bien-ban", files.pdf(1))


async def test_refused_file_leaves_the_others_alone(stage: Stage, dossier: int) -> None:
    await put(stage, 1, dossier, "to-trinh", files.pdf(1))

    with refused("file-is-program"):
        await put(stage, 1, dossier, "bien-ban", files.program())

    assert [requirement.file_name for requirement in (await look(stage, 1, dossier)).requirements] == [
        "to-trinh.pdf",
        None,
        None,
    ]


async def test_removed_file_stays_on_record_and_is_asked_again(stage: Stage, dossier: int) -> None:
    paper = (await put(stage, 1, dossier, "to-trinh", files.pdf(1))).requirements[0].attachment_id
    assert paper is not None

    async with acting(stage, 2) as ctx:
        await remove_attachment(ctx, dossier, requirement="to-trinh", seen=paper)

    assert (await look(stage, 1, dossier)).missing[0].key == "to-trinh"
    async with acting(stage, 1) as ctx:
        row = await ctx.uow.dossiers.paper(paper)
    assert row is not None
    assert row.removed_at is not None


async def test_removed_file_may_be_sent_again(stage: Stage, dossier: int) -> None:
    paper = (await put(stage, 1, dossier, "to-trinh", files.pdf(1))).requirements[0].attachment_id
    assert paper is not None
    async with acting(stage, 1) as ctx:
        await remove_attachment(ctx, dossier, requirement="to-trinh", seen=paper)

    after = await put(stage, 1, dossier, "to-trinh", files.pdf(1))

    assert after.done == 1


async def test_only_the_file_that_was_looked_at_is_removed(stage: Stage, dossier: int) -> None:
    old = (await put(stage, 1, dossier, "to-trinh", files.pdf(1))).requirements[0].attachment_id
    assert old is not None
    await put(stage, 2, dossier, "to-trinh", files.pdf(2), replacing=old)

    async with acting(stage, 1) as ctx:
        with refused("place-just-filled"):
            await remove_attachment(ctx, dossier, requirement="to-trinh", seen=old)

    assert (await look(stage, 1, dossier)).done == 1


async def test_empty_piece_has_no_file_to_look_at(stage: Stage, dossier: int) -> None:
    async with acting(stage, 1) as ctx:
        with refused("place-just-emptied"):
            await read_attachment(ctx, dossier, requirement="to-trinh", files=stage.app.files)


async def test_piece_out_of_no_checklist_is_refused(stage: Stage, dossier: int) -> None:
    with refused("requirement-unknown"):
        await put(stage, 1, dossier, "xac-nhan-thue", files.pdf(1))


async def test_another_units_dossier_is_closed(stage: Stage, dossier: int) -> None:
    with refused("duty-of-another-unit"):
        await look(stage, 3, dossier)
    with refused("duty-of-another-unit"):
        await put(stage, 3, dossier, "to-trinh", files.pdf(1))


async def test_no_file_goes_into_what_is_handed_in(stage: Stage, dossier: int) -> None:
    await submit(stage, 1, dossier)

    with refused("duty-handed-in"):
        await put(stage, 1, dossier, "to-trinh", files.pdf(9), replacing=1)


async def test_no_file_goes_into_a_report(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=1)
    report = await fill_report(stage, 1, leave_open=1)
    async with acting(stage, 1) as ctx:
        draft = (await read_report(ctx, report.id)).draft.submission_id
    assert draft is not None

    with refused("duty-without-file"):
        await put(stage, 1, draft, "to-trinh", files.pdf(1))


async def test_full_checklist_waits_for_no_file(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=1)
    plan = await begin_plan(stage, 1)

    async with acting(stage, 1) as ctx:
        with refused("dossier-full"):
            await expect_attachment(ctx, plan, requirement=None)


async def test_plan_is_a_checklist_of_one(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=1)
    plan = await begin_plan(stage, 1)

    receipt = await submit(stage, 1, plan)

    assert receipt.code.startswith("KH26-")
    assert not receipt.on_time
    assert [name for name, _ in receipt.files] == ["ke-hoach.pdf"]


async def test_after_the_deadline_nobody_is_sent_to_a_button_that_is_gone(stage: Stage, dossier: int) -> None:
    await submit(stage, 1, dossier)
    stage.wind(DECEMBER.replace(day=20))

    async with acting(stage, 1) as ctx:
        with refused("duty-handed-in") as refusal:
            await expect_attachment(ctx, dossier, requirement="to-trinh")

    assert refusal.value.way is Way.CALL_OFFICE_TO_CORRECT
