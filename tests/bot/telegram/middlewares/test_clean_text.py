import unicodedata
from typing import Any

import pytest
from aiogram.types import Update

from bot.telegram.middlewares.clean_text import clean_command, clean_update
from domain.roles import Role
from tests.support.stage import Stage

PERSON = {"id": 7, "is_bot": False, "first_name": "Hoa\u200b", "last_name": "Leˆ"}
CHAT = {"id": 7, "type": "private", "first_name": "Hoa\u200b"}
TYPED = unicodedata.normalize("NFD", "Số\u00a0liệu １２\u200e")


def update(**parts: Any) -> Update:
    return Update.model_validate({"update_id": 1, **parts})


def message(**parts: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 0, "chat": CHAT, "from": PERSON, **parts}


@pytest.mark.parametrize("kind", ["message", "edited_message"])
@pytest.mark.parametrize("part", ["text", "caption"])
def test_texts_and_captions_come_in_clean(kind: str, part: str) -> None:
    cleaned = clean_update(update(**{kind: message(**{part: TYPED})}))

    assert getattr(cleaned.message, part) == "Số liệu 12"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1\tThu ngân sách\t\t12,5 \u200b\n2\tBHYT\t%\t９３,４", "1\tThu ngân sách\t\t12,5\n2\tBHYT\t%\t93,4"),
        ("NS   tỷ    12,5\nBHYT   %   93,4", "NS  tỷ  12,5\nBHYT  %  93,4"),
        ("NS   12,5", "NS 12,5"),
        ("tên\tchức vụ", "tên chức vụ"),
    ],
)
def test_what_parts_the_cells_of_a_table_stays(typed: str, kept: str) -> None:
    cleaned = clean_update(update(message=message(text=unicodedata.normalize("NFD", typed)))).message

    assert cleaned is not None
    assert cleaned.text == kept


def test_names_of_files_contacts_and_people_come_in_clean() -> None:
    document = {"file_id": "a", "file_unique_id": "a", "file_name": TYPED + "\n.pdf"}
    contact = {"phone_number": "+8490\u200b1", "first_name": TYPED}

    cleaned = clean_update(update(message=message(document=document, contact=contact))).message

    assert cleaned is not None
    assert cleaned.document is not None
    assert cleaned.contact is not None
    assert cleaned.from_user is not None
    assert cleaned.document.file_name == "Số liệu 12 .pdf"
    assert (cleaned.contact.phone_number, cleaned.contact.first_name) == ("+84901", "Số liệu 12")
    assert cleaned.from_user.first_name == "Hoa"


def test_what_the_bot_wrote_stays_as_it_is() -> None:
    own = {"message_id": 4, "date": 0, "chat": CHAT, "text": "12\u00a0tỷ"}

    pressed = clean_update(update(callback_query={"id": "1", "from": PERSON, "chat_instance": "1", "message": own}))
    answered = clean_update(update(message=message(text="vâng", reply_to_message=own)))

    assert pressed.callback_query is not None
    assert pressed.callback_query.from_user.first_name == "Hoa"
    assert pressed.callback_query.message is not None
    assert pressed.callback_query.message.model_dump()["text"] == "12\u00a0tỷ"
    assert answered.message is not None
    assert answered.message.reply_to_message is not None
    assert answered.message.reply_to_message.text == "12\u00a0tỷ"


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("/Viec", "/viec"),
        ("/VIEC@Thidua_Bot", "/viec@Thidua_Bot"),
        ("/việc", "/viec"),
        ("/ Hạn", "/han"),
        ("/Bienlai BC26-7K3Q", "/bienlai BC26-7K3Q"),
        ("/start K3QM7TRXPA9H", "/start K3QM7TRXPA9H"),
        ("12/5", "12/5"),
    ],
)
def test_a_command_is_meant_in_any_case_and_with_accents(typed: str, command: str) -> None:
    assert clean_command(typed) == command


@pytest.mark.parametrize("typed", ["/Viec", "/VIỆC", "／viec", "/viec\u200b"])
async def test_a_command_opens_its_screen_however_it_is_typed(stage: Stage, typed: str) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    assert (await officer.send(typed)).startswith("Việc của tôi")


async def test_an_invite_opens_with_a_letter_that_the_keyboard_has_changed(stage: Stage) -> None:
    guest = await stage.phone("Lê Thị Hoa")
    code = await stage.invite(unit="phuong-5", role=Role.OFFICER)
    while "W" not in code:
        code = await stage.invite(unit="phuong-5", role=Role.OFFICER)
    await guest.send("/start")
    await guest.press("Nhập mã mời")

    screen = await guest.send(code.lower().replace("w", "ư"))

    assert screen.startswith("Trước khi bắt đầu")
