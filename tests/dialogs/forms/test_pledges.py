from domain.plans.deadlines import DutyKind
from tests.support import files
from tests.support.stage import Phone, Stage
from tests.support.steps.filling import FIGURES, acting, duty, fill_pledge, hand_in_pledge
from usecases.submissions.pledges import read_pledge


async def officer_of(stage: Stage) -> Phone:
    return await stage.phone("Cán bộ Phường 5", unit="phuong-5")


async def test_whole_pledge_goes_from_campaigns_to_receipt(stage: Stage) -> None:
    officer = await officer_of(stage)

    campaigns = await officer.press("Giao ước")
    await officer.press("Dân vận khéo")
    await officer.press("Tiếp ›")
    for figure in FIGURES:
        titles = await officer.send(figure)
    await officer.press("Tập thể lao động tiên tiến")
    summary = await officer.press("Tiếp ›")
    receipt = await officer.press("Nộp giao ước")

    assert "Đơn vị tham gia phong trào thi đua nào?" in campaigns
    assert "Đơn vị phấn đấu đạt danh hiệu nào?" in titles
    assert "Phong trào: Dân vận khéo\nDanh hiệu: Tập thể lao động tiên tiến\n15 chỉ tiêu" in summary
    assert receipt.startswith("✅ Đã nhận: Giao ước thi đua 2026 · Phường 5\nMã biên nhận GU26-")


async def test_choice_is_marked_and_taken_back_by_pressing_again(stage: Stage) -> None:
    officer = await officer_of(stage)
    await officer.press("Giao ước")

    await officer.press("Dân vận khéo")
    marked = await officer.buttons()
    await officer.press("✓ Dân vận khéo")
    unmarked = await officer.buttons()

    assert "✓ Dân vận khéo" in marked
    assert "Dân vận khéo" in unmarked


async def test_target_is_confirmed_above_the_next_question(stage: Stage) -> None:
    officer = await officer_of(stage)
    await officer.press("Giao ước")
    await officer.press("Dân vận khéo")
    await officer.press("Tiếp ›")

    screen = await officer.send("13 tỷ")

    assert screen == (
        "✓ Thu ngân sách: giao ước 13 tỷ đồng\n\n"
        "Giao ước thi đua 2026 · 2/15\n"
        "Tỷ lệ giải ngân vốn đầu tư công (%)\n"
        "Nhập mức đăng ký, ví dụ: 93,4"
    )


async def test_target_that_reads_two_ways_is_asked_back(stage: Stage) -> None:
    officer = await officer_of(stage)
    await fill_pledge(stage, officer.id, leave_open=15)
    await officer.press("Giao ước")

    await officer.send("12,500")
    screen = await officer.press("12.500")

    assert screen.startswith("✓ Thu ngân sách: giao ước 12.500 tỷ đồng")


async def test_pledge_goes_on_at_the_first_target_without_a_figure(stage: Stage) -> None:
    officer = await officer_of(stage)
    await fill_pledge(stage, officer.id, leave_open=5)

    screen = await officer.press("Giao ước")

    assert screen.startswith("Giao ước thi đua 2026 · 11/15")


async def test_campaigns_are_changed_from_the_summary(stage: Stage) -> None:
    officer = await officer_of(stage)
    await fill_pledge(stage, officer.id)
    await officer.press("Giao ước")
    await officer.press("Tiếp ›")

    await officer.press("Phong trào")
    await officer.press("Đẩy mạnh cải cách hành chính")
    summary = await officer.press("Tiếp ›")

    assert "Phong trào: Đẩy mạnh cải cách hành chính; Dân vận khéo" in summary


async def test_target_is_edited_from_the_summary(stage: Stage) -> None:
    officer = await officer_of(stage)
    await fill_pledge(stage, officer.id)
    await officer.press("Giao ước")
    await officer.press("Tiếp ›")

    await officer.press("Sửa một dòng")
    await officer.press("4. Tỷ lệ bao phủ bảo hiểm y tế")
    summary = await officer.send("95%")

    assert "4. Tỷ lệ bao phủ bảo hiểm y tế: 95 %" in summary


async def test_pledge_without_a_campaign_is_not_handed_in(stage: Stage) -> None:
    officer = await officer_of(stage)
    await fill_pledge(stage, officer.id)
    await officer.press("Giao ước")
    await officer.press("Tiếp ›")
    await officer.press("Phong trào")
    await officer.press("✓ Dân vận khéo")
    await officer.press("Tiếp ›")

    alert = await officer.press("Nộp giao ước")

    assert alert == "Anh/chị chọn ít nhất một phong trào thi đua rồi nộp."


async def test_late_pledge_cannot_be_withdrawn(stage: Stage) -> None:
    officer = await officer_of(stage)
    await hand_in_pledge(stage, officer.id)

    standing = await officer.press("Giao ước")

    assert "✅ Đã nộp, mã biên nhận GU26-" in standing
    assert "Rút lại để sửa" not in await officer.buttons()


async def test_photo_instead_of_a_target_is_kept_and_no_figure_is_read_from_it(stage: Stage) -> None:
    officer = await officer_of(stage)
    await fill_pledge(stage, officer.id, leave_open=15)
    await officer.press("Giao ước")

    screen = await officer.upload("anh.jpg", files.jpg(), kind="photo")

    assert screen.startswith("✓ Đã kèm ảnh bản giấy (1 ảnh). Bot không đọc số trong ảnh")
    pledge = await duty(stage, officer.id, DutyKind.PLEDGE)
    async with acting(stage, officer.id) as ctx:
        assert (await read_pledge(ctx, pledge.id)).answered == 0
