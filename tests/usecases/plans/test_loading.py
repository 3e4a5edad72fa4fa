"""A plan loaded again: the changes for each unit, the duties that stay, and the people who are told."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from cli.plans.changes import tell_loaded
from demo.sample import AUTHORITY
from domain.calendar import VIETNAM
from domain.duties.duties import Standing
from domain.plans.deadlines import DutyKind
from models.message_kinds import MessageKind
from models.plans.plans import PlanVersion
from plans.catalogue import shipped_plan
from scheduler.messages.rendering import compose
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, fill_report, hand_in_report, officer
from usecases.duties.progress import list_duties
from usecases.outbox.sending import QueuedMessage, claim
from usecases.plans.loading import LoadedPlan, load_plan, preview_plan

TEXT = shipped_plan("mau-2026")
LATER = TEXT.replace("trước ngày 15/5", "trước ngày 21/5").replace("due: 15/5", "due: 21/5")
_FROM = TEXT.index("  - code: bao-cao-6-thang")
WITHOUT_REPORT = TEXT[:_FROM] + TEXT[TEXT.index("  - code: bao-cao-nam") :]
RENAMED = TEXT.replace("title: Báo cáo 6 tháng", "title: Báo cáo sơ kết 6 tháng")
FEWER_INDICATORS = "\n".join(line for line in TEXT.splitlines() if "code: pham-phap" not in line)


async def load(stage: Stage, text: str) -> LoadedPlan:
    async with stage.app.contexts.as_caretaker() as ctx:
        return await load_plan(ctx, text, authority=AUTHORITY, file="mau-2026.yaml")


async def preview(stage: Stage, text: str) -> LoadedPlan:
    async with stage.app.contexts.as_caretaker() as ctx:
        return await preview_plan(ctx, text, authority=AUTHORITY, file="mau-2026.yaml")


async def news(stage: Stage) -> list[QueuedMessage]:
    async with stage.app.contexts.open() as ctx:
        return [queued for queued in await claim(ctx, limit=50) if queued.kind is MessageKind.PLAN_CHANGED]


async def report_of(stage: Stage, chat_id: int) -> tuple[str, date | None]:
    async with acting(stage, chat_id) as ctx:
        found = next(one for one in await list_duties(ctx) if "6 tháng" in one.title)
    return found.title, found.last_valid_day


async def titles(stage: Stage, chat_id: int) -> list[str]:
    async with acting(stage, chat_id) as ctx:
        return [one.title for one in await list_duties(ctx)]


async def versions_kept(stage: Stage) -> Sequence[PlanVersion]:
    async with AsyncSession(stage.app.contexts.engine) as session:
        return (await session.scalars(select(PlanVersion).order_by(PlanVersion.number))).all()


async def test_every_text_is_kept_with_its_fingerprint(stage: Stage) -> None:
    await load(stage, LATER)
    await load(stage, TEXT)

    versions = await versions_kept(stage)
    assert [(version.number, version.text) for version in versions] == [(1, TEXT), (2, LATER), (3, TEXT)]
    assert versions[0].sha256 == versions[2].sha256 != versions[1].sha256


async def test_the_same_text_again_does_nothing(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)

    loaded = await load(stage, TEXT)

    assert len(await versions_kept(stage)) == 1
    assert loaded.is_same
    assert await news(stage) == []


async def test_a_moved_date_moves_the_duty_and_tells_the_unit_once(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)

    await load(stage, LATER)
    await load(stage, LATER)

    assert await report_of(stage, 500) == ("Báo cáo 6 tháng 2026", date(2026, 5, 20))
    (queued,) = await news(stage)
    scheduled = await compose(stage.app.contexts, queued)
    assert scheduled is not None
    assert scheduled.content.html.splitlines() == [
        "<b>Kế hoạch Công tác thi đua, khen thưởng năm 2026 vừa được sửa</b>",
        "Báo cáo 6 tháng 2026: hạn mới hết ngày 20/5 (thứ Tư), trước là 14/5.",
    ]


async def test_a_change_is_not_told_at_night(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    stage.wind(datetime(2026, 5, 5, 22, tzinfo=VIETNAM))
    await load(stage, LATER)

    (queued,) = await news(stage)
    scheduled = await compose(stage.app.contexts, queued)

    assert scheduled is not None
    assert scheduled.hour == datetime(2026, 5, 6, 7, 30, tzinfo=VIETNAM)


async def test_a_dry_run_says_what_would_change_for_whom_and_changes_nothing(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)

    would = await preview(stage, LATER)

    lines = tell_loaded(would, is_dry=True).splitlines()
    assert lines[0] == "sẽ áp dụng Kế hoạch Công tác thi đua, khen thưởng năm 2026, bản 2. 12/12 đơn vị có việc."
    assert lines[1].startswith(
        "  bao-cao-6-thang: «Báo cáo 6 tháng 2026» từ hết ngày 14/5 (thứ Năm) sang hết ngày 20/5 (thứ Tư)"
        " · 12 đơn vị: Phường 1, Phường 2, "
    )
    assert await report_of(stage, 500) == ("Báo cáo 6 tháng 2026", date(2026, 5, 14))
    assert await news(stage) == []


async def test_a_dry_run_names_indicators(stage: Stage) -> None:
    would = await preview(stage, FEWER_INDICATORS)

    assert tell_loaded(would, is_dry=True).splitlines()[1:] == ["  bỏ chỉ tiêu: Số vụ phạm pháp hình sự"]


async def test_who_still_has_a_report_to_fill_in_hears_of_indicators(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)

    await load(stage, FEWER_INDICATORS)

    (queued,) = await news(stage)
    scheduled = await compose(stage.app.contexts, queued)
    assert scheduled is not None
    assert "Chỉ tiêu bỏ: Số vụ phạm pháp hình sự." in scheduled.content.html


async def test_only_who_is_asked_for_other_figures_hears_of_them(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "thpt-mau", chat_id=510)
    line = "group: Văn hóa, "

    would = await load(stage, TEXT.replace(line, line + "applies_to: [COMMUNE], "))

    (queued,) = await news(stage)
    scheduled = await compose(stage.app.contexts, queued)
    assert (queued.chat_id, would.indicators.removed) == (510, ())
    assert scheduled is not None
    assert "Chỉ tiêu bỏ: Số hoạt động văn hóa, thể thao." in scheduled.content.html


async def test_a_new_title_is_shown_at_once(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)

    await load(stage, RENAMED)

    assert await report_of(stage, 500) == ("Báo cáo sơ kết 6 tháng 2026", date(2026, 5, 14))


async def test_a_removed_duty_is_owed_no_more(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)

    await load(stage, WITHOUT_REPORT)

    assert "Báo cáo 6 tháng 2026" not in await titles(stage, 500)
    (queued,) = await news(stage)
    scheduled = await compose(stage.app.contexts, queued)
    assert scheduled is not None
    assert "Không còn phải nộp Báo cáo 6 tháng 2026." in scheduled.content.html


async def test_a_draft_of_a_removed_duty_stays_and_can_be_filled_on(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await fill_report(stage, 500, leave_open=6)

    await load(stage, WITHOUT_REPORT)

    report = await duty(stage, 500, DutyKind.REPORT)
    assert (report.filled, report.title) == (9, "Báo cáo 6 tháng 2026")
    assert await news(stage) == []


async def test_a_report_of_a_removed_duty_stays_handed_in(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await hand_in_report(stage, 500)

    await load(stage, WITHOUT_REPORT)

    assert (await duty(stage, 500, DutyKind.REPORT)).standing is Standing.HANDED_IN
    assert await news(stage) == []


async def test_a_duty_that_comes_back_is_owed_again(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await load(stage, WITHOUT_REPORT)

    await load(stage, TEXT)
    await stage.open_duties()

    assert "Báo cáo 6 tháng 2026" in await titles(stage, 500)


async def test_what_was_in_time_never_becomes_late(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await hand_in_report(stage, 500)

    await load(stage, TEXT.replace("due: 15/5", "due: 3/5"))

    report = await duty(stage, 500, DutyKind.REPORT)
    assert report.on_time
    assert await news(stage) == []


async def test_an_impossible_file_changes_nothing_and_names_the_line(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)

    with refused("plan-faults"):
        await load(stage, LATER.replace("due: 30/3", "due: 31/2"))

    assert await report_of(stage, 500) == ("Báo cáo 6 tháng 2026", date(2026, 5, 14))
    assert await news(stage) == []
