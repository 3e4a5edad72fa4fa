"""Progress of a cluster with many open duties: within one message, and counted as what is still owed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import update

from dialogs.shared.replies import TEXT_LENGTH, plain
from domain.duties.tallies import Tally, TallyPart
from models.organisation.units import Unit
from templates import render
from tests.support.stage import Product, opened_product
from tests.support.steps.clusters import arrive, crowd, more_duties, reports_of_cluster
from tests.support.steps.filling import acting, officer
from usecases.groups.binding import bind_cluster
from usecases.groups.progress import MOST, ProgressView, read_progress
from usecases.groups.scoreboards import ScoreboardView

GROUP, HEAD = -100500, 901
LONG = "Báo cáo kết quả thực hiện phong trào thi đua xây dựng nông thôn mới, đô thị văn minh " * 2
NEXT_WEEK = date(2026, 5, 20)


async def bound(product: Product) -> None:
    await officer(product, "phuong-1", chat_id=HEAD)
    async with acting(product, HEAD) as ctx:
        await bind_cluster(ctx, channel="telegram", chat_id=GROUP)


async def progress(product: Product) -> ProgressView:
    async with product.app.contexts.open() as ctx:
        return await read_progress(ctx, channel="telegram", chat_id=GROUP)


async def test_thirty_duties_with_long_names_are_one_message(tmp_path: Path) -> None:
    async with opened_product(tmp_path) as product:
        await bound(product)
        await crowd(product, 54)
        await more_duties(product, [f"{number} {LONG}"[:200] for number in range(30)], last_valid_day=NEXT_WEEK)
        async with product.app.contexts.engine.begin() as connection:
            await connection.execute(update(Unit).values(name=Unit.name + " thuộc tỉnh Mẫu" * 8))

        view = await progress(product)

    said = plain(render("groups/progress", progress=replace(view, duties=tuple(map(in_every_part, view.duties)))))
    assert (len(view.duties), view.others) == (MOST, 30 + 3 - MOST)
    assert "Và 21 việc khác." in said
    assert "đang sửa 10 · chờ bản giấy 10 · được gia hạn 10" in said
    assert "và 29 đơn vị khác" in said
    assert len(said.encode("utf-16-le")) // 2 <= TEXT_LENGTH


def in_every_part(duty: ScoreboardView) -> ScoreboardView:
    """Return the duty with ten units in each part that the message counts beside those that owe."""
    units = duty.tally.missing
    beside = (TallyPart.MENDING, TallyPart.PAPER_CLAIMED, TallyPart.SPARED)
    parts = {part: units[10 * number :][:10] for number, part in enumerate(beside)}
    return replace(duty, tally=Tally({**parts, TallyPart.OWED: units[30:]}))


async def test_further_duties_are_counted_while_somebody_owes_them(tmp_path: Path) -> None:
    async with opened_product(tmp_path) as product:
        await bound(product)
        codes = await more_duties(product, [f"Báo cáo số {number}" for number in range(14)], last_valid_day=NEXT_WEEK)
        before = (await progress(product)).others

        *handed_in, last = await reports_of_cluster(product, code=codes[-1])
        for duty_id in handed_in:
            await arrive(product, duty_id)
        with_one_missing = (await progress(product)).others
        await arrive(product, last)

        assert (before, with_one_missing, (await progress(product)).others) == (5, 5, 4)


async def test_past_duties_that_all_have_handed_in_take_no_place(tmp_path: Path) -> None:
    async with opened_product(tmp_path) as product:
        await bound(product)
        codes = await more_duties(product, ["Báo cáo tháng Tư"], last_valid_day=date(2026, 5, 4))
        before = [duty.title for duty in (await progress(product)).duties]

        for duty_id in await reports_of_cluster(product, code=codes[0]):
            await arrive(product, duty_id)

        after = [duty.title for duty in (await progress(product)).duties]
        assert set(before) - set(after) == {"Báo cáo tháng Tư 2026"}
