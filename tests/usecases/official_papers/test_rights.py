"""Who may take which draft, and what a draft leaves in the audit log; on both databases."""

from domain.official_papers import PaperKind
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, hand_in_pledge, hand_in_report, officer
from usecases.official_papers.compiled import draft_compiled
from usecases.official_papers.of_clusters import draft_cluster_pledge, draft_own_cluster_pledge, headed_cluster
from usecases.official_papers.of_duties import draft_late_paper, draft_nominations, list_papers
from usecases.official_papers.of_receipts import draft_of_receipt, paper_of_receipt
from usecases.official_papers.views import PledgePaper

HEAD, OFFICER, LEADER = 901, 905, 903


async def people(stage: Stage) -> None:
    await officer(stage, "phuong-1", chat_id=HEAD)
    await officer(stage, "phuong-5", chat_id=OFFICER)
    await officer(stage, "tinh-mau", chat_id=LEADER, role=Role.LEADER)


async def test_a_unit_takes_its_own_papers_and_leaders_those_of_all(stage: Stage) -> None:
    await people(stage)
    receipt = await hand_in_report(stage, HEAD)

    for chat in (HEAD, LEADER):
        async with acting(stage, chat) as ctx:
            assert (await draft_of_receipt(ctx, receipt.code)).frame.kind is PaperKind.UNIT_REPORT
    with refused("duty-of-another-unit"):
        async with acting(stage, OFFICER) as ctx:
            await draft_of_receipt(ctx, receipt.code)


async def test_papers_of_all_units_are_for_leaders_and_the_standing_body(stage: Stage) -> None:
    await people(stage)
    report = (await duty(stage, OFFICER, DutyKind.REPORT)).id

    async with acting(stage, LEADER) as ctx:
        kinds = (await list_papers(ctx, report)).kinds
        late = await draft_late_paper(ctx, report, PaperKind.LATE_LIST)
        compiled = await draft_compiled(ctx, report)
        last = await ctx.uow.audit_log.last_about(PaperKind.COMPILED_REPORT, deed="EXPORTED")
    for take in (list_papers, draft_compiled):
        with refused("status-hidden"):
            async with acting(stage, OFFICER) as ctx:
                await take(ctx, report)

    assert kinds == (PaperKind.COMPILED_REPORT, PaperKind.LATE_LIST, PaperKind.REMINDER)
    assert (late.owed, len(late.missing), compiled.compiled.owed) == (12, 12, 12)
    assert compiled.coming[0] == "Báo cáo 6 tháng năm 2026: chậm nhất ngày 14/5/2026"
    assert last is not None


async def test_the_head_of_a_cluster_takes_its_pledge_with_who_is_missing(stage: Stage) -> None:
    await people(stage)
    own, other = await hand_in_pledge(stage, HEAD), await hand_in_pledge(stage, OFFICER)

    async with acting(stage, HEAD) as ctx:
        paper = await draft_own_cluster_pledge(ctx, own.code)
    async with acting(stage, OFFICER) as ctx:
        headed = await headed_cluster(ctx, other.code)
    with refused("cluster-of-others"):
        async with acting(stage, OFFICER) as ctx:
            await draft_cluster_pledge(ctx, (await duty_of(stage, other.submission_id)), 1)

    assert headed is None
    assert paper.members[0] == "Phường 1"
    assert paper.missing == ("Phường 2", "Trường THPT Mẫu", "Sở Tài chính", "Phường 6")
    assert paper.campaigns == (("Dân vận khéo", 2),)
    assert paper.indicators[0].targets == (("Phường 1", "15"), ("Phường 5", "15"))


async def duty_of(stage: Stage, submission_id: int) -> int:
    async with stage.app.contexts.open() as ctx:
        found = await ctx.uow.submissions.find(submission_id)
        assert found is not None
        return found.duty_id


async def test_a_pledge_is_cited_with_the_laws_in_force_that_day(stage: Stage) -> None:
    await people(stage)
    receipt = await hand_in_pledge(stage, OFFICER)

    async with acting(stage, OFFICER) as ctx:
        kind, paper = await paper_of_receipt(ctx, receipt.code), await draft_of_receipt(ctx, receipt.code)

    assert isinstance(paper, PledgePaper)
    assert (kind, paper.cluster_name) == (PaperKind.PLEDGE, "Cụm 1")
    assert paper.frame.bases[:2] == ("Luật Thi đua, khen thưởng 2022", "Nghị định số 152/2025/NĐ-CP")
    assert paper.frame.bases[-1].startswith("Kế hoạch số 01/KH-UBND ngày 02/01/2026")


async def test_a_paper_about_nothing_is_refused(stage: Stage) -> None:
    await people(stage)
    report = (await duty(stage, OFFICER, DutyKind.REPORT)).id

    with refused("dossiers-missing"):
        async with acting(stage, LEADER) as ctx:
            await draft_nominations(ctx, report, PaperKind.SUBMISSION_LETTER)
    with refused("receipt-unknown"):
        async with acting(stage, OFFICER) as ctx:
            await draft_of_receipt(ctx, "BC26-ZZZZ")
