"""Awards with a day of their own, shares of a headcount, and public posting."""

from datetime import date

import pytest

from demo.sample import AUTHORITY, PLAN
from domain.dossiers.shares import Counts
from domain.plans.deadlines import DutyKind
from domain.plans.plans import SubjectKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.dossiers import DECEMBER, WITH_CONDITIONS, fill, look
from tests.support.steps.filling import acting, officer
from usecases.dossiers.dossiers import Proposal, list_dossiers, start_dossier, submit_dossier
from usecases.dossiers.postings import state_posting
from usecases.duties.progress import list_duties
from usecases.plans.loading import load_plan


@pytest.fixture
async def december(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    async with stage.app.contexts.as_caretaker() as ctx:
        await load_plan(ctx, WITH_CONDITIONS, authority=AUTHORITY, file=PLAN)
    stage.wind(DECEMBER)
    await stage.open_duties()


async def dossier_duties(stage: Stage) -> dict[str, tuple[int, date | None]]:
    async with acting(stage, 500) as ctx:
        found = [one for one in await list_duties(ctx) if one.kind is DutyKind.DOSSIER]
    return {one.title: (one.id, one.last_valid_day) for one in found}


async def start(stage: Stage, *names: str, counts: Counts, subject: SubjectKind = SubjectKind.INDIVIDUAL) -> int:
    duties = await dossier_duties(stage)
    duty_id = next(duty_id for title, (duty_id, _) in duties.items() if title != "Hồ sơ Giấy khen 2026")
    async with acting(stage, 500) as ctx:
        return await start_dossier(ctx, duty_id, Proposal("bang-khen", subject, "\n".join(names), counts=counts))


@pytest.mark.usefixtures("december")
async def test_each_award_has_the_day_of_its_own_duty(stage: Stage) -> None:
    duties = await dossier_duties(stage)
    own_id, own_day = duties.pop("Hồ sơ Giấy khen 2026")
    ((other_id, other_day),) = duties.values()

    async with acting(stage, 500) as ctx:
        own, other = await list_dossiers(ctx, own_id), await list_dossiers(ctx, other_id)
        with refused("award-of-other-duty"):
            await start_dossier(ctx, other_id, Proposal("giay-khen", SubjectKind.COLLECTIVE, "Phường 5"))

    assert (own_day, other_day) == (date(2026, 12, 9), date(2026, 12, 19))
    assert [award.code for award in own.awards] == ["giay-khen"]
    assert "giay-khen" not in [award.code for award in other.awards]


@pytest.mark.usefixtures("december")
async def test_share_counts_the_nominees_of_all_dossiers_of_the_unit(stage: Stage) -> None:
    with refused("counts-missing"):
        await start(stage, "Người A", counts={})
    await start(stage, "Người A", "Người B", counts={"so": (2, 10)})
    await start(stage, "Người C", counts={"so": (1, 10)})

    with refused("share-not-kept"):
        await start(stage, "Người D", counts={"so": (1, 10)})
    await start(stage, "Phường 5", counts={}, subject=SubjectKind.COLLECTIVE)
    await start(stage, "Hộ A", counts={"so": (1, 10)}, subject=SubjectKind.HOUSEHOLD)


@pytest.mark.usefixtures("december")
async def test_dossier_is_handed_in_once_its_posting_is_over(stage: Stage) -> None:
    dossier = await start(stage, "Người A", counts={"so": (1, 10)})
    filled = await fill(stage, 500, dossier)

    async with acting(stage, 500) as ctx:
        with refused("posting-missing"):
            await submit_dossier(ctx, dossier, seen=filled.draft.revision)
        with refused("posting-too-short"):
            await state_posting(ctx, dossier, "20/11-28/11")
        await state_posting(ctx, dossier, "20/11-29/11")
    stated = await look(stage, 500, dossier)
    async with acting(stage, 500) as ctx:
        receipt = await submit_dossier(ctx, dossier, seen=stated.draft.revision)

    assert (filled.can_submit, stated.can_submit, receipt.on_time) == (False, True, True)
