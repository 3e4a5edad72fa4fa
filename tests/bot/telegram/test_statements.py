"""How many statements an update sends to the database, on SQLite and on PostgreSQL; BEGIN and COMMIT count as well."""

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest

from demo.sample import AUTHORITY
from dialogs.menu import read_menu
from domain.roles import Role
from tests.support.stage import Phone, Product, Stage, opened_product, staged
from tests.support.statements import at_most
from tests.support.steps.filling import (
    fill_pledge,
    fill_report,
    hand_in_pledge,
    hand_in_report,
    officer,
    remember_last_year,
)
from usecases.status.status import list_status, read_status

A_FIGURE = 20
COMMITS = ["the update is kept", "what it did is done", "its answer is shown"]


@pytest.fixture
async def stage(tmp_path: Path, database: str | None) -> AsyncIterator[Stage]:
    async with staged(tmp_path, database_url=database) as stage:
        yield stage


@pytest.fixture
async def product(tmp_path: Path, database: str | None) -> AsyncIterator[Product]:
    """Without the bot, whose own first look into the database would be counted as well."""
    async with opened_product(tmp_path, database_url=database) as product:
        yield product


@pytest.fixture
async def phone(stage: Stage) -> Phone:
    """An officer's, with the second question of a report open."""
    phone = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await phone.press("Báo cáo")
    await phone.send("12,5 tỷ")
    return phone


async def test_a_typed_figure(stage: Stage, phone: Phone) -> None:
    with at_most(A_FIGURE, stage.app.contexts.engine) as sent:
        screen = await phone.send("46,2%")

    assert screen.startswith("✓ Tỷ lệ giải ngân vốn đầu tư công: 46,2 %")
    assert sent.count("COMMIT") == len(COMMITS)


async def test_a_typed_figure_beside_a_pledge_and_last_year(stage: Stage, phone: Phone) -> None:
    await hand_in_pledge(stage, phone.id)
    await remember_last_year(stage, "phuong-5", by=phone.id, figures={"giai-ngan": Decimal(45)})

    with at_most(A_FIGURE, stage.app.contexts.engine):
        screen = await phone.send("46,2%")

    assert screen.startswith("✓ Tỷ lệ giải ngân vốn đầu tư công: 46,2 %")


async def test_a_typed_target(stage: Stage, phone: Phone) -> None:
    pledge = await fill_pledge(stage, phone.id, leave_open=3)
    await phone.send("/viec")
    await phone.press(next(label for label in await phone.buttons() if pledge.title in label))

    with at_most(A_FIGURE + 5, stage.app.contexts.engine):
        screen = await phone.send("12")

    assert screen.startswith("✓")


async def test_a_report_handed_in(stage: Stage, phone: Phone) -> None:
    await fill_report(stage, phone.id)
    await phone.send("/menu")
    await phone.press("Báo cáo")

    with at_most(34, stage.app.contexts.engine):
        screen = await phone.press("Nộp báo cáo")

    assert "biên nhận" in screen


async def test_a_step_without_a_write(stage: Stage, phone: Phone) -> None:
    with at_most(18, stage.app.contexts.engine):
        screen = await phone.press("Điền sau")

    assert "3/15" in screen


async def test_a_figure_that_cannot_be_read(stage: Stage, phone: Phone) -> None:
    with at_most(27, stage.app.contexts.engine):
        screen = await phone.send("không rõ")

    assert "2/15" in screen


async def test_an_officers_menu_and_duties(stage: Stage, phone: Phone) -> None:
    with at_most(18, stage.app.contexts.engine):
        await phone.send("/menu")
    with at_most(18, stage.app.contexts.engine):
        await phone.send("/viec")


async def test_the_menu_queue_and_status_of_a_standing_body(stage: Stage) -> None:
    clerk = await stage.phone("Thường trực", unit=AUTHORITY, role=Role.STANDING_BODY)
    for number in (1, 2, 3):
        await hand_in_report(stage, await officer(stage, f"phuong-{number}", chat_id=700 + number))

    with at_most(23, stage.app.contexts.engine):
        await clerk.send("/menu")
    with at_most(26, stage.app.contexts.engine):
        await clerk.send("/duyet")
    with at_most(18, stage.app.contexts.engine):
        await clerk.send("/tinhhinh")


async def test_the_cluster_of_its_head(stage: Stage) -> None:
    head = await stage.phone("Cụm trưởng", unit="phuong-1")
    for number in (2, 5, 6):
        await officer(stage, f"phuong-{number}", chat_id=700 + number)

    with at_most(25, stage.app.contexts.engine):
        await head.send("/cum")
    with at_most(27, stage.app.contexts.engine):
        await head.press("⏳ Báo cáo 6 tháng 2026 (0/6)")
    with at_most(56, stage.app.contexts.engine):
        await head.press("Gọi điện")


async def test_the_status_of_a_duty_and_of_all(product: Product) -> None:
    async with product.app.contexts.as_caretaker() as ctx:
        with at_most(3, product.app.contexts.engine):
            statuses = await list_status(ctx)
    async with product.app.contexts.as_caretaker() as ctx:
        with at_most(7, product.app.contexts.engine):
            await read_status(ctx, statuses[0].duty_id)


async def test_the_menus_of_a_leader_and_a_standing_body(product: Product) -> None:
    for chat_id, role, most in ((801, Role.LEADER, 8), (802, Role.STANDING_BODY, 18)):
        await officer(product, AUTHORITY, chat_id=chat_id, role=role)
        async with product.app.contexts.open_for(channel="telegram", chat_id=chat_id) as ctx:
            with at_most(most, product.app.contexts.engine):
                await read_menu(ctx)
