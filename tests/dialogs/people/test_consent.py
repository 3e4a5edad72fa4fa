from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.people.people import CONSENT_VERSION
from models.people.officers import Consent
from tests.support.refusals import refused
from tests.support.stage import Phone, Stage
from tests.support.steps.filling import acting
from usecases.people.consent import give_consent


@pytest.fixture
async def officer(stage: Stage) -> Phone:
    """Has joined under a notice that has changed since."""
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    async with stage.app.contexts.engine.begin() as connection:
        await connection.execute(update(Consent).values(version="2025-07"))
    return officer


async def agreed(stage: Stage) -> list[str]:
    async with stage.app.contexts.engine.connect() as connection:
        return list(await connection.scalars(select(Consent.version).order_by(Consent.id)))


async def test_a_new_notice_is_read_before_anything_else(officer: Phone) -> None:
    command = await officer.send("/viec")
    words = await officer.send("12,5")

    assert command.startswith("Thông báo về dữ liệu có bản mới\n")
    assert "liên hệ Sở Nội vụ." in command
    assert words == command
    assert await officer.buttons() == ["Đồng ý", "Không đồng ý"]


async def test_a_button_waits_for_the_new_notice_too(officer: Phone) -> None:
    screen = await officer.press("Báo cáo")

    assert screen.startswith("Thông báo về dữ liệu có bản mới\n")


async def test_agreeing_is_stored_with_version_and_hour_and_asked_once(stage: Stage, officer: Phone) -> None:
    await officer.send("/viec")

    menu = await officer.press("Đồng ý")
    duties = await officer.send("/viec")

    assert menu.startswith("✅ Đã ghi nhận anh/chị đồng ý.")
    assert "Phường 5 · Cụm 1" in menu
    assert duties.startswith("Việc của tôi")
    assert await agreed(stage) == ["2025-07", CONSENT_VERSION]
    async with stage.app.contexts.engine.connect() as connection:
        given = (await connection.scalars(select(Consent.given_at).order_by(Consent.id.desc()))).first()
    assert given is not None
    assert stage.clock.now() - given < timedelta(minutes=1)


async def test_who_does_not_agree_finds_the_notice_again(stage: Stage, officer: Phone) -> None:
    await officer.send("/viec")

    declined = await officer.press("Không đồng ý")
    again = await officer.press("‹ Đọc lại thông báo")

    assert declined.startswith("Anh/chị chưa đồng ý bản mới, nên bot chưa nhận thêm gì.")
    assert again.startswith("Thông báo về dữ liệu có bản mới\n")
    assert await agreed(stage) == ["2025-07"]


async def test_another_version_than_the_one_in_force_is_not_agreed_to(stage: Stage, officer: Phone) -> None:
    async with acting(stage, officer.id) as ctx:
        with refused("notice-changed"):
            await give_consent(ctx, "2025-07")
