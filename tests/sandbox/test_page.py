"""The page, driven in headless Chromium: what a person at the phones sees and does."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.types import (
    BotCommand,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)
from aiohttp import ClientSession
from playwright.async_api import Browser, Page, expect

from sandbox.server import Sandbox
from tests.sandbox.conftest import TOKEN, Hand, session_at
from tests.support.browser import button, open_page, phone

pytestmark = pytest.mark.long

OFFICER = "Cán bộ Phường 5"
LEADER = "Lãnh đạo tỉnh"
HOSTILE = (
    "<b>đậm</b><script>window.broken = 1</script><img src=x onerror='window.broken = 2'>"
    "<a href='javascript:window.broken = 3' onclick='window.broken = 4'>bẫy</a><u onclick='window.broken = 5'>gạch</u>"
)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(token=TOKEN)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def hand(sandbox: Sandbox) -> AsyncIterator[Hand]:
    async with ClientSession() as session:
        yield Hand(session, sandbox.url)


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, session=session_at(sandbox.url)) as bot:
        yield bot


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    async with open_page(browser, width=1440, height=900) as page:
        yield page


def inline(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=text, callback_data=text[:8])] for text in labels]
    )


async def asked(bot: Bot) -> CallbackQuery:
    """The pressed button as it reaches the bot."""
    while True:
        for update in await bot.get_updates(timeout=5, allowed_updates=["callback_query"]):
            await bot.get_updates(offset=update.update_id + 1)
            if update.callback_query:
                return update.callback_query


async def test_a_message_of_the_bot_appears_without_reload(page: Page, hand: Hand, bot: Bot) -> None:
    officer = await hand.started()
    await page.goto(hand.url)

    await bot.send_message(officer, "✅ Đã nhận <b>báo cáo</b>. Xem /viec", parse_mode="HTML")

    log = phone(page, OFFICER).get_by_role("log")
    await expect(log).to_contain_text("✅ Đã nhận báo cáo. Xem /viec")
    await expect(log.locator("b")).to_have_text("báo cáo")


async def test_a_pressed_button_turns_until_the_bot_answers(page: Page, hand: Hand, bot: Bot) -> None:
    officer = await hand.started()
    question = await bot.send_message(officer, "Nộp báo cáo?", reply_markup=inline("Nộp", "Sửa"))
    await page.goto(hand.url)
    submit = button(phone(page, OFFICER), "Nộp")

    await submit.click()

    query = await asked(bot)
    await expect(submit).to_have_attribute("aria-busy", "true")
    await bot.edit_message_text("Đã nộp lúc 08:00", chat_id=officer, message_id=question.message_id)
    await query.answer("Bot đã nhận").as_(bot)
    await expect(phone(page, OFFICER).get_by_role("status")).to_contain_text(["Bot đã nhận"])
    await expect(submit).to_have_count(0)


async def test_edited_and_pinned_messages_are_shown_as_such(page: Page, hand: Hand, bot: Bot) -> None:
    officer = await hand.started()
    board = await bot.send_message(officer, "Cụm 1: 3/6 đã nộp")
    await page.goto(hand.url)

    await bot.edit_message_text("Cụm 1: 4/6 đã nộp", chat_id=officer, message_id=board.message_id)
    await bot.pin_chat_message(officer, board.message_id)

    shown = phone(page, OFFICER)
    message = shown.locator(f"[data-id='{board.message_id}']")
    await expect(message).to_contain_text("Cụm 1: 4/6 đã nộp")
    await expect(message).to_contain_text("đã sửa")
    await expect(shown.get_by_role("log")).to_contain_text("đã ghim một tin nhắn")
    await shown.get_by_role("button", name="Đến tin đã ghim: Cụm 1: 4/6 đã nộp").click()
    await expect(message).to_be_focused()


async def test_an_uploaded_file_stands_in_the_chat(page: Page, hand: Hand, tmp_path: Path) -> None:
    officer = await hand.started()
    paper = tmp_path / "Tờ trình Phường 5.pdf"
    paper.write_bytes(b"%PDF-1.7\n" + b"0" * 2048)
    await page.goto(hand.url)
    shown = phone(page, OFFICER)
    await shown.get_by_role("textbox").fill("Gửi bot")

    await button(shown, "Gửi tệp, ảnh hoặc thứ khác").click()
    async with page.expect_file_chooser() as chooser:
        await shown.get_by_role("menuitem", name="Tệp").click()
    await (await chooser.value).set_files(paper)

    document = shown.get_by_role("link", name="Tải về Tờ trình Phường 5.pdf, 2 KB")
    async with page.expect_download() as download:
        await document.click()
    await (await download.value).save_as(tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == paper.read_bytes()
    assert (await hand.read(officer, officer))[-1]["caption"] == "Gửi bot"


async def test_the_clock_is_wound_from_the_top_bar(page: Page, hand: Hand) -> None:
    await hand.post("clock", now="2026-05-13T08:00:00+07:00")
    await page.goto(hand.url)
    now = page.get_by_label("Giờ của sân tập")

    await expect(now).to_have_text(re.compile(r"^thứ Tư, 13/5/2026 08:0\d$"))
    await button(page, "+1 ngày").click()
    await expect(now).to_have_text(re.compile(r"^thứ Năm, 14/5/2026 08:0\d$"))
    await button(page, "+1 giờ").click()
    await expect(now).to_have_text(re.compile(r"^thứ Năm, 14/5/2026 09:0\d$"))
    await button(page, "Đến mốc nhắc kế tiếp").click()
    await expect(now).to_have_text(re.compile(r"^thứ Sáu, 15/5/2026 07:3\d$"))
    await page.get_by_label("Ngày giờ Việt Nam").fill("2026-11-15T10:20")
    await button(page, "Đặt giờ").click()
    await expect(now).to_have_text(re.compile(r"^Chủ nhật, 15/11/2026 10:2\d$"))


async def test_a_narrow_screen_shows_one_phone_and_counts_the_unread_of_others(
    page: Page, hand: Hand, bot: Bot
) -> None:
    await hand.started()
    leader = await hand.started(LEADER)
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(hand.url)
    await expect(page.get_by_role("log", include_hidden=True)).to_contain_text(["/start", "/start"])

    await bot.send_message(leader, "Tuần này: 3 đơn vị chưa nộp. " + "dài-" * 40, reply_markup=inline("Nhắc" * 20))

    await button(page, "Lãnh đạo tỉnh, 1 tin chưa đọc").click()
    await expect(phone(page, LEADER)).to_be_visible()
    await expect(phone(page, OFFICER)).to_be_hidden()
    await expect(button(page, LEADER)).to_have_attribute("aria-current", "true")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    assert await phone(page, LEADER).get_by_role("log").evaluate("log => log.scrollWidth - log.clientWidth") == 0


async def test_a_message_is_sent_with_the_keyboard_alone(page: Page, hand: Hand) -> None:
    officer = await hand.started()
    await page.goto(hand.url)
    await expect(phone(page, OFFICER).get_by_role("log")).to_contain_text("/start")

    for _ in range(40):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.localName") == "textarea":
            break
    await page.keyboard.type("dòng một")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("dòng hai")
    await page.keyboard.press("Enter")

    await expect(phone(page, OFFICER).get_by_role("log")).to_contain_text("dòng một\ndòng hai")
    assert (await hand.read(officer, officer))[-1]["text"] == "dòng một\ndòng hai"


async def test_typing_among_the_messages_goes_to_the_field(page: Page, hand: Hand, bot: Bot) -> None:
    officer = await hand.started()
    await bot.send_message(officer, "Tỷ lệ bao phủ?", reply_markup=inline("Điền sau"))
    await page.goto(hand.url)
    await button(phone(page, OFFICER), "Điền sau").focus()

    await page.keyboard.type("93,4")

    await expect(phone(page, OFFICER).get_by_role("textbox")).to_have_value("93,4")


async def test_escape_closes_the_menu_of_commands_and_enter_sends_one(page: Page, hand: Hand, bot: Bot) -> None:
    await hand.started()
    await bot.set_my_commands([BotCommand(command="viec", description="Việc của tôi")])
    await page.goto(hand.url)
    shown = phone(page, OFFICER)
    commands = button(shown, "Danh sách lệnh")

    await commands.press("Enter")
    await expect(shown.get_by_role("menuitem", name="/viec Việc của tôi")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(shown.get_by_role("menu")).to_have_count(0)
    await expect(commands).to_be_focused()
    await commands.press("Enter")
    await shown.get_by_role("menuitem").press("Enter")

    await expect(shown.get_by_role("log")).to_contain_text("/viec")


async def test_every_control_has_a_name(page: Page, hand: Hand, bot: Bot) -> None:
    officer = await hand.started()
    await hand.group(officer, 4242, admins=[4242])
    await bot.send_message(officer, "Chọn", reply_markup=inline("Được"))
    await page.goto(hand.url)
    await expect(button(phone(page, OFFICER), "Được")).to_be_visible()
    controls = {
        "button",
        "link",
        "textbox",
        "combobox",
        "menuitem",
        "checkbox",
        "DateTime",
        "log",
        "region",
        "navigation",
    }

    tree = await (await page.context.new_cdp_session(page)).send("Accessibility.getFullAXTree")

    found = [node for node in tree["nodes"] if node.get("role", {}).get("value") in controls and not node["ignored"]]
    nameless = [node for node in found if not node.get("name", {}).get("value")]
    assert len(found) > 20
    assert nameless == []


async def test_a_lost_line_is_said_and_picked_up_again(page: Page, tmp_path: Path) -> None:
    before = Sandbox(token=TOKEN, data=tmp_path)
    await before.start()
    port = int(before.url.rsplit(":", 1)[1])
    async with ClientSession() as session:
        hand = Hand(session, before.url)
        officer = await hand.started()
        await page.goto(before.url)
        await expect(phone(page, OFFICER).get_by_role("log")).to_contain_text("/start")

        await before.stop()
        await expect(page.get_by_text("Mất kết nối, đang nối lại…")).to_be_visible()
        after = Sandbox(token=TOKEN, data=tmp_path)
        await after.start(port=port)
        await hand.say(officer, officer, "sau khi nối lại")

        await expect(phone(page, OFFICER).get_by_role("log")).to_contain_text("sau khi nối lại")
        await expect(page.get_by_text("Mất kết nối, đang nối lại…")).to_be_hidden()
        await page.goto("about:blank")
        await after.stop()


async def test_a_contact_is_shared_by_the_reply_keyboard(page: Page, hand: Hand, bot: Bot) -> None:
    officer = await hand.started(phone="0900000005")
    share = KeyboardButton(text="Chia sẻ số", request_contact=True)
    await bot.send_message(officer, "Số điện thoại?", reply_markup=ReplyKeyboardMarkup(keyboard=[[share]]))
    await page.goto(hand.url)

    await button(phone(page, OFFICER), "Chia sẻ số").click()

    await expect(phone(page, OFFICER).get_by_role("log")).to_contain_text("0900000005")


async def test_a_refusal_is_told_in_vietnamese(page: Page, hand: Hand) -> None:
    await hand.started()
    await page.goto(hand.url)
    shown = phone(page, OFFICER)

    await button(shown, "Gửi tệp, ảnh hoặc thứ khác").click()
    await shown.get_by_role("menuitem", name="Số điện thoại của tôi").click()

    await expect(shown.get_by_role("alert")).to_contain_text("chưa có số điện thoại")


async def test_a_group_is_seen_and_spoken_in_as_a_chosen_member(page: Page, hand: Hand) -> None:
    officer, leader = await hand.person(), await hand.person(LEADER)
    group = await hand.group(officer, leader)
    await page.goto(hand.url)
    shown = phone(page, "Cụm 1")

    await shown.get_by_label("xem với tư cách").select_option(LEADER)
    await shown.get_by_role("textbox").fill("Cố gắng trước thứ Năm")
    await shown.get_by_role("textbox").press("Enter")

    await expect(shown.locator(".message.out")).to_contain_text("Cố gắng trước thứ Năm")
    assert (await hand.read(group, officer))[-1]["from"]["id"] == leader


async def test_ones_own_message_is_edited(page: Page, hand: Hand) -> None:
    officer = await hand.started()
    await hand.say(officer, officer, "93,4")
    await page.goto(hand.url)
    shown = phone(page, OFFICER)

    await button(shown, "Sửa tin nhắn này").last.click()
    await shown.get_by_role("textbox").fill("93,5")
    await shown.get_by_role("textbox").press("Enter")

    await expect(shown.locator(".message.out").last).to_contain_text(re.compile("93,5.*đã sửa"))


async def test_a_left_link_and_a_link_in_the_address_start_the_bot(page: Page, sandbox: Sandbox, hand: Hand) -> None:
    officer, leader = await hand.person(), await hand.person(LEADER)
    sandbox.leave_link(officer, "Sở Nội vụ gửi đường dẫn này", "https://t.me/thidua_bot?start=moi-1")

    await page.goto(f"{hand.url}/?start=moi-2&as={leader}")
    await phone(page, OFFICER).get_by_role("link", name="Mở đường dẫn").click()

    await expect(phone(page, OFFICER).get_by_role("log")).to_contain_text("/start moi-1")
    await expect(phone(page, LEADER).get_by_role("log")).to_contain_text("/start moi-2")
    await expect(page).to_have_url(f"{hand.url}/")


async def test_an_empty_sandbox_is_filled_by_hand(page: Page, hand: Hand) -> None:
    await page.goto(f"{hand.url}/?start=moi-3")

    await button(page, "Người mới…").click()
    await page.get_by_label("Họ tên hoặc chức danh").fill(OFFICER)
    await button(page, "Thêm").click()
    await expect(phone(page, OFFICER).get_by_role("log")).to_contain_text("/start moi-3")
    await button(page, "Thêm nhóm").click()
    await page.get_by_label("Tên nhóm").fill("Cụm 1")
    await button(page, "Lập nhóm").click()

    await expect(phone(page, "Cụm 1")).to_contain_text("2 thành viên")


async def test_a_keyboard_that_opens_below_does_not_hide_the_newest_message(page: Page, hand: Hand, bot: Bot) -> None:
    officer = await hand.started()
    keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text=text)] for text in ("Việc của tôi", "Lịch hạn")])
    await bot.send_message(officer, "Việc phải nộp\n" * 60)
    await bot.send_message(officer, "Chọn một việc", reply_markup=keyboard)

    await page.goto(hand.url)

    await expect(button(phone(page, OFFICER), "Lịch hạn")).to_be_visible()
    await expect(phone(page, OFFICER).get_by_text("Chọn một việc")).to_be_in_viewport(ratio=1)


async def test_no_markup_but_the_allowed_reaches_the_page(page: Page, hand: Hand) -> None:
    await page.goto(hand.url)

    shown = await page.evaluate(
        """async (html) => {
            const { richText } = await import("/static/phone/richtext.js");
            const host = document.createElement("div");
            host.append(richText(html, {}));
            document.body.append(host);
            host.querySelectorAll("*").forEach((element) => element.click());
            return [host.innerHTML, window.broken ?? null];
        }""",
        HOSTILE,
    )

    assert shown == ["<b>đậm</b>bẫy<u>gạch</u>", None]
