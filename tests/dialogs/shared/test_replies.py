"""One way of answering: plain words stay plain, whatever people are called."""

import ast
from pathlib import Path

import pytest
from markupsafe import Markup

from dialogs.shared.replies import OutgoingFile, marked, plain, send_file
from tests.support.stage import Stage

ROOT = Path(__file__).parents[3]
ANSWERERS = {"dialogs/shared/replies.py", "dialogs/shared/message_manager.py"}
SENDING = {
    "reply",
    "send_message",
    "send_document",
    "send_photo",
    "edit_message_text",
    "edit_message_caption",
    "edit_message_reply_markup",
    "edit_text",
    "edit_caption",
}
ANSWERED = {"callback", "press", "message", "query"}


def calls(file: Path) -> list[str]:
    """Calls that send something by themselves."""
    found = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
            if node.func.attr in SENDING or (node.func.attr == "answer" and owner in ANSWERED):
                found.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    return found


def test_nothing_is_sent_but_by_the_functions_that_escape_and_survive() -> None:
    files = [*(ROOT / "handlers").rglob("*.py"), *(ROOT / "dialogs").rglob("*.py")]
    others = [file for file in files if str(file.relative_to(ROOT)) not in ANSWERERS]

    assert [call for file in others for call in calls(file)] == []


@pytest.mark.parametrize("name", ["Lê <D>", "Minh & Anh", '<a href="http://x.vn">xem</a>', "</b><i>", "Tô &lt; Hoà"])
async def test_a_name_in_a_caption_is_read_as_it_is_written(stage: Stage, name: str) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    await send_file(stage.telegram_bot.bot, officer.id, OutgoingFile(b"%PDF-1.7", "x.pdf", f"Biên bản · {name}"))

    assert (await officer.last())["caption"] == f"Biên bản · {name}"


async def test_a_caption_that_does_not_fit_is_a_message_of_its_own(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    await send_file(stage.telegram_bot.bot, officer.id, OutgoingFile(b"%PDF-1.7", "x.pdf", "Biên bản " * 150))

    words, file = (await officer.messages())[-2:]
    assert words["text"] == ("Biên bản " * 150).strip()
    assert (file["caption"], file["document"]["file_name"]) == (None, "x.pdf")


def test_markup_is_shown_in_a_popup_as_it_is_read() -> None:
    assert plain(Markup("<b>Phường &lt;5&gt; &amp; 6</b>\nhết hạn")) == "Phường <5> & 6\nhết hạn"
    assert plain("Phường <5> &amp; 6") == "Phường <5> &amp; 6"


def test_direction_and_zero_width_marks_are_not_passed_on() -> None:
    assert marked("Lê\u202e fdp.exe\u200b\u2066 <D>") == "Lê fdp.exe &lt;D&gt;"
