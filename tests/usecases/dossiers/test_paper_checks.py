"""Papers are compared with their dossier and with other files; what is found blocks nothing and can be answered."""

import json
from datetime import date
from functools import cache

import pytest
from PIL import Image

from domain.audit import AuditAction
from domain.dossiers.paper_checks import Finding, FindingKind
from domain.roles import Role
from domain.successions import UnitChange
from models.organisation.successions import Succession, UnitName
from tests.support import files
from tests.support.papers import pictures
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.audit import audit_log
from tests.support.steps.dossiers import DECEMBER, begin, fill, put, submit
from tests.support.steps.filling import acting, officer
from usecases.dossiers.attachments import AttachmentPlace
from usecases.dossiers.checklist import DossierView
from usecases.dossiers.paper_checks import keep_papers
from usecases.dossiers.photos import Photo, add_photo
from usecases.reviews.sheet import open_reviewed_attachment


@cache
def soft() -> Image.Image:
    return pictures.blurred(pictures.page("dense"), 3)


@pytest.fixture
async def dossier(stage: Stage) -> int:
    """Begin a dossier as the officer of chat 1 in Phường 5; chat 3 belongs to another unit."""
    await officer(stage, "phuong-5", chat_id=1)
    await officer(stage, "phuong-6", chat_id=3)
    stage.wind(DECEMBER)
    await stage.open_duties()
    return await begin(stage, 1)


def word(*lines: str) -> bytes:
    return files.docx("".join(map(files.paragraph, lines)))


def found(view: DossierView, key: str = "to-trinh") -> tuple[Finding, ...]:
    requirement = view.requirement(key)
    assert requirement is not None
    return requirement.findings


@pytest.mark.parametrize(
    ("lines", "findings"),
    [
        (("ỦY BAN NHÂN DÂN", "PHƯỜNG 5", "TỜ TRÌNH năm 2026"), ()),
        (("UBND phường 6", "TỜ TRÌNH năm 2026"), (Finding(FindingKind.OTHER_UNIT, says="Phường 6"),)),
        (("UBND phường 5 gửi phường 6", "năm 2026"), ()),
        (("UBND phường 5", "ngày 12 tháng 6 năm 2025"), (Finding(FindingKind.OTHER_YEAR, says="2025"),)),
    ],
)
async def test_paper_of_another_unit_or_year_is_found(
    stage: Stage, dossier: int, lines: tuple[str, ...], findings: tuple[Finding, ...]
) -> None:
    assert found(await put(stage, 1, dossier, "to-trinh", word(*lines))) == findings


async def test_unit_is_known_by_its_old_name_and_by_that_of_a_merged_one(stage: Stage, dossier: int) -> None:
    async with stage.app.contexts.open() as ctx:
        units = await ctx.uow.units.with_codes(["phuong-5", "phuong-4"])
        own, merged = units["phuong-5"], units["phuong-4"]
        ctx.uow.successions.add(UnitName(unit_id=own.id, name="Xã Cũ", since=date(2020, 1, 1)))
        ctx.uow.successions.add(
            Succession(
                unit_id=merged.id, successor_id=own.id, change=UnitChange.MERGE, day=date(2026, 7, 1), at=ctx.now
            )
        )
        await ctx.uow.commit()

    old = await put(stage, 1, dossier, "to-trinh", word("UBND xã Cũ phối hợp phường 6, năm 2026"))
    merged_into = await put(stage, 1, dossier, "bien-ban", word("UBND phường 4 phối hợp phường 6, năm 2026"))

    assert found(old) == found(merged_into, "bien-ban") == ()


async def test_file_that_was_sent_before_is_found_and_the_other_unit_is_not_named(stage: Stage, dossier: int) -> None:
    content = files.pdf(7)
    await put(stage, 1, await begin(stage, 1, nominees="Phường 5, Tổ 2"), "to-trinh", content)
    own = await put(stage, 1, dossier, "to-trinh", content)
    other = await put(stage, 3, await begin(stage, 3, nominees="Phường 6"), "to-trinh", content)

    assert found(own) == (Finding(FindingKind.USED_BEFORE),)
    assert found(other) == (Finding(FindingKind.USED_ELSEWHERE),)


async def test_album_keeps_what_was_found_on_each_page(stage: Stage, dossier: int) -> None:
    for message_id, content in ((3, pictures.photo(soft())), (1, files.png(1)), (2, files.png(2))):
        photo = Photo(message_id, "77", "Ảnh", content)
        async with acting(stage, 1) as ctx:
            place = AttachmentPlace("to-trinh")
            view = await add_photo(ctx, dossier, place=place, photo=photo, files=stage.app.files)

    assert found(view) == (Finding(FindingKind.BLURRED, (3,)),)


async def test_reason_is_kept_with_the_file_and_in_the_trail_and_goes_with_the_file(stage: Stage, dossier: int) -> None:
    view = await put(stage, 1, dossier, "to-trinh", pictures.scanned(soft()))
    seen = [requirement.attachment_id for requirement in view.doubtful if requirement.attachment_id]
    async with acting(stage, 1) as ctx:
        kept = await keep_papers(ctx, dossier, attachment_ids=seen, reason="  Bản gốc   chỉ có vậy ")
    entries, _ = await audit_log(stage)
    after = await put(stage, 1, dossier, "to-trinh", files.pdf(9), replacing=seen[0])

    assert kept.requirements[0].kept_reason == "Bản gốc chỉ có vậy"
    assert kept.doubtful == ()
    assert (entries[-1].deed, json.loads(entries[-1].details)["findings"]) == (AuditAction.FILE_KEPT, "BLURRED")
    assert "Bản gốc" not in str(entries[-1])
    assert after.requirements[0].kept_reason is None


async def test_only_what_was_seen_is_kept(stage: Stage, dossier: int) -> None:
    view = await put(stage, 1, dossier, "to-trinh", pictures.scanned(soft()))
    async with acting(stage, 1) as ctx:
        with refused("nothing-to-keep"):
            await keep_papers(ctx, dossier, attachment_ids=(), reason="Bản gốc chỉ có vậy")
    async with acting(stage, 1) as ctx:
        with refused("keeping-reason-unusable"):
            await keep_papers(ctx, dossier, attachment_ids=(1,), reason="..")
    async with acting(stage, 3) as ctx:
        with refused("duty-of-another-unit"):
            await keep_papers(ctx, dossier, attachment_ids=(1,), reason="Bản gốc chỉ có vậy")

    assert view.doubtful


async def test_findings_stop_nobody_from_handing_in(stage: Stage, dossier: int) -> None:
    await put(stage, 1, dossier, "to-trinh", pictures.scanned(soft()))

    await submit(stage, 1, dossier)

    assert len((await fill(stage, 1, dossier)).doubtful) == 1


async def test_standing_body_gets_standard_names_numbered_over_all_dossiers_of_the_unit(
    stage: Stage, dossier: int
) -> None:
    office = await officer(stage, "tinh-mau", chat_id=4, role=Role.STANDING_BODY)
    another = await begin(stage, 1, nominees="Phường 5, Tổ 2")
    await submit(stage, 1, dossier)
    await put(stage, 1, another, "to-trinh", files.pdf(8))
    await submit(stage, 1, another)

    names = []
    for submission, requirement in ((dossier, "to-trinh"), (another, "to-trinh"), (another, "bien-ban")):
        async with acting(stage, office) as ctx:
            paper = await open_reviewed_attachment(ctx, submission, requirement=requirement, files=stage.app.files)
        names.append(paper.file_name)

    assert names == ["TTr_PHUONG-5_2026.pdf", "TTr_PHUONG-5_2026_2.pdf", "BB_PHUONG-5_2026_2.pdf"]
