"""Every paper drafted from a real database and read as pages: what stands on it, and what must not."""

import re
from pathlib import Path

import pytest

from documents.official_papers.drafts import write_draft
from domain.official_papers import PaperKind
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from tests.support.office import need_office, pages_of
from tests.support.stage import Stage, staged
from tests.support.steps.dossiers import DECEMBER, begin, submit
from tests.support.steps.filling import acting, duty, hand_in_pledge, hand_in_report, officer
from usecases.official_papers.compiled import draft_compiled
from usecases.official_papers.of_clusters import draft_own_cluster_pledge
from usecases.official_papers.of_duties import draft_late_paper, draft_nominations
from usecases.official_papers.of_receipts import draft_of_receipt
from usecases.official_papers.views import Paper

HEAD, CLERK = 901, 990
NOMINEE = "Tổ <Văn phòng> & {{ x }}"


async def drafts(stage: Stage) -> list[Paper]:
    """Return each paper once; Phường 1 has handed in all, the report late."""
    await officer(stage, "phuong-1", chat_id=HEAD)
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    reports, dossiers = [(await duty(stage, HEAD, kind)).id for kind in (DutyKind.REPORT, DutyKind.DOSSIER)]
    pledge, report = await hand_in_pledge(stage, HEAD), await hand_in_report(stage, HEAD, value="96")
    dossier = await submit(stage, HEAD, await begin(stage, HEAD, nominees=f"Phường 1\n{NOMINEE}"))
    async with acting(stage, HEAD) as ctx:
        own: list[Paper] = [await draft_of_receipt(ctx, one.code) for one in (pledge, report, dossier)]
        own.append(await draft_own_cluster_pledge(ctx, pledge.code))
    async with acting(stage, CLERK) as ctx:
        return [
            *own,
            await draft_late_paper(ctx, reports, PaperKind.LATE_LIST),
            await draft_late_paper(ctx, reports, PaperKind.REMINDER),
            await draft_nominations(ctx, dossiers, PaperKind.SUBMISSION_LETTER),
            await draft_nominations(ctx, dossiers, PaperKind.MINUTES),
            await draft_compiled(ctx, reports),
        ]


SAID = {
    PaperKind.UNIT_REPORT: ("Kính gửi: UBND tỉnh Mẫu (qua Sở Nội vụ)", "Thu ngân sách", "96", "640"),
    PaperKind.PLEDGE: ("BẢN ĐĂNG KÝ GIAO ƯỚC THI ĐUA", "- Dân vận khéo.", "Căn cứ Luật Thi đua, khen thưởng 2022;"),
    PaperKind.CLUSTER_PLEDGE: ("Cụm 1 năm 2026", "Phường 1: 15", "Đơn vị chưa đăng ký giao ước: Phường 2", "Phường 6"),
    PaperKind.DOSSIER_RECEIPT: ("Mã biên nhận: HS26-", f"- {NOMINEE}.", "bien-ban.pdf", "(đúng hạn)"),
    PaperKind.LATE_LIST: ("1 đơn vị đã nộp", "Trường THPT Mẫu", "Chưa nộp, quá hạn", "01/12/2026"),
    PaperKind.REMINDER: ("V/v đôn đốc nộp báo cáo", "- Phường 2;", "- Công ty cổ phần Mẫu.", "trước ngày ……"),
    PaperKind.SUBMISSION_LETTER: ("TỜ TRÌNH", "02 tập thể", "Chưa tiếp", "Kính trình UBND tỉnh Mẫu xem xét"),
    PaperKind.MINUTES: ("BIÊN BẢN", "Thời gian bắt đầu: …… giờ ……", "Cuộc họp kết thúc vào", "THƯ KÝ", "CHỦ TỌA"),
    PaperKind.COMPILED_REPORT: ("1/12 đơn vị đã nộp", "Tổng (1/7)", "Cụm 2", "Đôn đốc 11 đơn vị chưa nộp"),
}
MOST_PAGES = {PaperKind.COMPILED_REPORT: 4}
WRITTEN_BY_HAND = (r"Số:\s+\d", r"ngày \d+ tháng \d+ năm", r"\{%", r"\{\{ [a-z_.]{2,} \}\}")


@pytest.fixture
async def pages(tmp_path: Path) -> dict[str, list[str]]:
    need_office()
    async with staged(tmp_path, at=DECEMBER) as stage:
        made = {paper.frame.kind.value: write_draft(paper, None) for paper in await drafts(stage)}
    return pages_of(tmp_path, made)


@pytest.mark.long
async def test_every_paper_says_what_is_known_and_invents_nothing(pages: dict[str, list[str]]) -> None:
    assert pages.keys() == {kind.value for kind in PaperKind}
    for kind in PaperKind:
        found = [" ".join(page.split()) for page in pages[kind]]
        text = " ".join(found)
        missing = [words for words in ("DỰ THẢO", *SAID[kind]) if words not in text]
        invented = [pattern for pattern in WRITTEN_BY_HAND if re.search(pattern, text)]
        assert (kind, missing, invented) == (kind, [], [])
        assert 1 <= len(found) <= MOST_PAGES.get(kind, 2)
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in found[0]
        # The page number is hidden on the first page and stands above all others.
        assert not re.match(r"\d", found[0])
        assert [page.split()[0] for page in found[1:]] == [str(number) for number in range(2, len(found) + 1)]
