"""The plan's rules on proposals, shown to the officer who makes one."""

import pytest

from demo.sample import AUTHORITY, PLAN
from domain.dossiers.proposals import QuotaUse
from domain.plans.deadlines import DutyKind
from domain.plans.plans import SubjectKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.dossiers import DECEMBER, ROUTINE, TEXT, submit
from tests.support.steps.filling import acting, duty, hand_in_pledge, hand_in_report, officer
from usecases.dossiers.checklist import DossierView
from usecases.dossiers.dossiers import DossiersView, Proposal, list_dossiers, read_dossier, start_dossier
from usecases.dossiers.proposals import leave_to_year_end
from usecases.plans.loading import load_plan
from usecases.plans.quotas import QuotaTarget, set_quota
from usecases.submissions.handing_in import withdraw


@pytest.fixture
async def december(stage: Stage) -> None:
    """Phường 5 and its neighbour in the cluster have handed in nothing yet; chat 3 belongs to the other cluster."""
    for chat_id, unit in ((500, "phuong-5"), (510, "phuong-6"), (520, "phuong-3")):
        await officer(stage, unit, chat_id=chat_id)
    await load(stage, TEXT)
    stage.wind(DECEMBER)
    await stage.open_duties()


async def load(stage: Stage, text: str) -> None:
    async with stage.app.contexts.as_caretaker() as ctx:
        await load_plan(ctx, text, authority=AUTHORITY, file=PLAN)


async def start(
    stage: Stage, chat_id: int, *names: str, subject: SubjectKind = SubjectKind.INDIVIDUAL, matter: str | None = None
) -> int:
    found = await duty(stage, chat_id, DutyKind.DOSSIER)
    async with acting(stage, chat_id) as ctx:
        return await start_dossier(ctx, found.id, Proposal("bang-khen", subject, "\n".join(names), matter))


async def listed(stage: Stage, chat_id: int) -> DossiersView:
    found = await duty(stage, chat_id, DutyKind.DOSSIER)
    async with acting(stage, chat_id) as ctx:
        return await list_dossiers(ctx, found.id)


async def look(stage: Stage, chat_id: int, dossier: int) -> DossierView:
    async with acting(stage, chat_id) as ctx:
        return await read_dossier(ctx, dossier)


async def allow(stage: Stage, number: int | None, *, cluster: str | None = None) -> None:
    async with stage.app.contexts.as_caretaker() as ctx:
        await set_quota(ctx, QuotaTarget(PLAN, "bang-khen", year=2026, cluster=cluster), number=number)


@pytest.mark.usefixtures("december")
async def test_the_fourth_of_three_is_refused_with_what_to_do(stage: Stage) -> None:
    await allow(stage, 3)
    await submit(stage, 500, await start(stage, 500, "Người A", "Người B", "Người C"))

    with refused("quota-exceeded"):
        await start(stage, 510, "Người D")
    assert (await listed(stage, 510)).awards[0].tally == QuotaUse(3, 3)


@pytest.mark.usefixtures("december")
async def test_the_last_place_goes_to_who_hands_in_first(stage: Stage) -> None:
    await allow(stage, 1)
    mine, theirs = await start(stage, 500, "Người A"), await start(stage, 510, "Người B")
    await submit(stage, 500, mine)

    with refused("quota-exceeded"):
        await submit(stage, 510, theirs)

    async with acting(stage, 500) as ctx:
        await withdraw(ctx, mine)
    await submit_again(stage, 510, theirs)


async def submit_again(stage: Stage, chat_id: int, dossier: int) -> None:
    assert (await submit(stage, chat_id, dossier)).on_time


@pytest.mark.usefixtures("december")
async def test_a_cluster_has_places_of_its_own(stage: Stage) -> None:
    await allow(stage, 1, cluster="cum-1")
    await submit(stage, 500, await start(stage, 500, "Người A"))

    with refused("quota-exceeded"):
        await start(stage, 510, "Người B")
    await start(stage, 520, "Người C")


@pytest.mark.usefixtures("december")
async def test_a_limit_can_be_lifted(stage: Stage) -> None:
    await allow(stage, 0)
    await allow(stage, None)

    await start(stage, 500, "Người A")

    with refused("quota-not-set"):
        await allow(stage, None)


@pytest.mark.usefixtures("december")
async def test_only_the_standing_body_sets_the_number(stage: Stage) -> None:
    async with acting(stage, 500) as ctx:
        with refused("standing-body-only"):
            await set_quota(ctx, QuotaTarget(PLAN, "bang-khen", year=2026), number=3)


async def test_a_head_is_seen_beside_the_units_own_results(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await load(stage, TEXT)
    await hand_in_pledge(stage, 500)
    await hand_in_report(stage, 500, value="15")
    stage.wind(DECEMBER)
    await stage.open_duties()

    head = await look(stage, 500, await start(stage, 500, "Người A", subject=SubjectKind.HEAD))
    person = await look(stage, 500, await start(stage, 500, "Người A"))

    assert head.results is not None
    assert (head.results.met, head.results.targets, head.results.share) == (15, 15, 100)
    assert (head.results.on_time, head.results.due) == (1, 4)
    assert person.results is None


@pytest.mark.usefixtures("december")
async def test_figures_stand_beside_the_criteria_and_lower_awards_below(stage: Stage) -> None:
    award = (await listed(stage, 500)).awards[0]

    assert [(check.name, check.value, check.is_met) for check in award.checks] == [
        ("Tỷ lệ giải ngân vốn đầu tư công", None, None)
    ]
    assert award.fallbacks == ("thu-khen",)


@pytest.mark.usefixtures("december")
async def test_a_dossier_names_the_body_that_weighs_it(stage: Stage) -> None:
    dossier = await look(stage, 500, await start(stage, 500, "Người A", matter="thue"))

    assert dossier.matter is not None
    assert dossier.matter.body == "Chi cục Thuế"
    with refused("matter-gone"):
        await start(stage, 500, "Người B", matter="khac")


@pytest.mark.usefixtures("december")
async def test_routine_work_is_left_to_the_end_of_the_year(stage: Stage) -> None:
    found = await duty(stage, 500, DutyKind.DOSSIER)
    async with acting(stage, 500) as ctx:
        with refused("no-routine-tasks"):
            await leave_to_year_end(ctx, found.id, subject=SubjectKind.COLLECTIVE, nominees="Tổ A")
    await load(stage, TEXT + ROUTINE)

    for _ in range(2):
        async with acting(stage, 500) as ctx:
            await leave_to_year_end(ctx, found.id, subject=SubjectKind.COLLECTIVE, nominees="Tổ A")

    in_drive = await listed(stage, 500)
    await load(stage, TEXT)
    at_year_end = await listed(stage, 500)
    assert (in_drive.routine, in_drive.merits) == ("Không đề xuất nhiệm vụ thường xuyên", ())
    assert (at_year_end.routine, at_year_end.merits) == ("", ("Tổ A",))
