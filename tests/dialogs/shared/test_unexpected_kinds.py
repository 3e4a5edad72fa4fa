"""Each kind of message gets its own true sentence, and what is awaited is asked again, whatever screen is open."""

from typing import Any

import pytest
from aiogram.types import Contact, Document, Location, PhotoSize, Poll, Sticker, Video, Voice

from tests.support.stage import Phone, Stage
from tests.support.steps.dossiers import strange

FIGURE = "Bot đang chờ số cho «Thu ngân sách». Nhập số, ví dụ 12,5, hoặc bấm nút bên dưới."


def document(name: str) -> dict[str, Any]:
    return {"document": Document(file_id="d", file_unique_id="d", file_name=name, file_size=9)}


KINDS: dict[str, tuple[dict[str, Any], str]] = {
    "excel": (document("so-lieu.xlsx"), "Bot không lấy chữ, số từ tệp Excel ở bước này"),
    "word": (document("bao-cao.doc"), "Bot không lấy chữ, số từ tệp Word ở bước này"),
    "pdf": (document("BAO CAO.PDF"), "Bot không lấy chữ, số từ tệp PDF ở bước này"),
    "photo": (
        {"photo": [PhotoSize(file_id="p", file_unique_id="p", width=9, height=9)]},
        "Bot không đọc được chữ, số trong ảnh",
    ),
    "sticker": (
        {
            "sticker": Sticker(
                file_id="s", file_unique_id="s", type="regular", width=9, height=9, is_animated=False, is_video=False
            )
        },
        "Bot không hiểu nhãn dán.",
    ),
    "voice": ({"voice": Voice(file_id="v", file_unique_id="v", duration=3)}, "Bot không nghe được tin thoại"),
    "video": (
        {"video": Video(file_id="v", file_unique_id="v", width=9, height=9, duration=3)},
        "Bot không xem được video.",
    ),
    "contact": (
        {"contact": Contact(phone_number="+84900000001", first_name="A")},
        "Ở bước này bot không cần số điện thoại.",
    ),
    "location": ({"location": Location(latitude=10, longitude=106)}, "Ở bước này bot không cần vị trí."),
    "poll": (
        {
            "poll": Poll(
                id="1",
                question="?",
                options=[],
                total_voter_count=0,
                is_closed=False,
                is_anonymous=True,
                type="regular",
                allows_multiple_answers=False,
                allows_revoting=False,
                members_only=False,
            )
        },
        "Bot không trả lời cuộc bình chọn.",
    ),
}

READ_OR_KEPT = ("excel", "word", "pdf", "photo")
"""Kinds that a form takes."""


async def officer_of(stage: Stage) -> Phone:
    return await stage.phone("Cán bộ Phường 5", unit="phuong-5")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("contact", *READ_OR_KEPT)])
async def test_each_kind_is_told_where_a_figure_is_asked(stage: Stage, kind: str) -> None:
    content, said = KINDS[kind]
    officer = await officer_of(stage)
    await officer.press("Báo cáo")

    screen = await strange(stage, officer, **content)

    assert screen.startswith(f"{FIGURE} {said}")
    assert "Báo cáo 6 tháng 2026 · 1/15" in screen


async def test_photo_where_a_reason_is_asked_is_told_how_paper_counts(stage: Stage) -> None:
    officer = await officer_of(stage)
    await officer.press("Báo cáo")
    await officer.press("Không có số liệu")

    screen = await strange(stage, officer, **KINDS["photo"][0])

    assert "Đã nộp bản giấy thì bấm «Đã nộp bản giấy» ở tin nhắc hạn." in screen


@pytest.mark.parametrize("kind", ["sticker", "voice", "video", "location", "poll"])
async def test_each_kind_is_told_in_the_menu(stage: Stage, kind: str) -> None:
    content, said = KINDS[kind]
    officer = await officer_of(stage)

    screen = await strange(stage, officer, **content)

    assert screen.startswith(f"Bot chưa hiểu tin này. Anh/chị bấm một nút bên dưới. {said}")


async def test_words_are_answered_with_what_can_be_asked(stage: Stage) -> None:
    officer = await officer_of(stage)

    screen = await officer.send("chào bot")

    assert screen.startswith("Bot chưa hiểu tin này. Anh/chị bấm một nút bên dưới, hoặc hỏi, ví dụ: «")
