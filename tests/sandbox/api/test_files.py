"""Documents and photos, up and down, with Vietnamese names."""

import base64
import struct
import zlib

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, InputMediaPhoto
from telegram import InputFile, InputMediaDocument
from telegram.error import BadRequest
from telegram.ext import ExtBot

from tests.sandbox.conftest import Hand

NAME = "Tờ trình Phường 5: «khen thưởng».pdf"


def picture(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * (width + 1) * height))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b"")


async def upload(hand: Hand, person: int, content: bytes, name: str = NAME, **more: object) -> None:
    encoded = base64.b64encode(content).decode()
    body = {"as": person, "file_name": name, "content_base64": encoded, "kind": "document", **more}
    await hand.post(f"chats/{person}/upload", **body)


async def test_aiogram_uploads_a_vietnamese_name(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()

    sent = await aiogram_bot.send_document(person, BufferedInputFile(b"%PDF-1.7", NAME), caption="<b>Tờ trình</b>")

    shown = (await hand.read(person, person))[-1]
    assert sent.document
    assert (sent.document.file_name, sent.document.file_size, sent.document.mime_type) == (NAME, 8, "application/pdf")
    assert shown["document"].keys() == {"file_name", "size", "url"}
    assert (shown["document"]["file_name"], shown["document"]["size"]) == (NAME, 8)


async def test_ptb_uploads_a_vietnamese_name(ptb_bot: ExtBot[None], hand: Hand) -> None:
    person = await hand.started()

    sent = await ptb_bot.send_document(person, InputFile(b"%PDF-1.7", filename=NAME), caption="Tờ trình")

    assert sent.document
    assert (sent.document.file_name, sent.caption) == (NAME, "Tờ trình")


async def test_the_page_downloads_what_a_message_shows(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    await aiogram_bot.send_document(person, BufferedInputFile(b"%PDF-1.7", NAME))
    url = (await hand.read(person, person))[-1]["document"]["url"]

    async with hand.session.get(hand.url + url) as response:
        content = await response.read()

    assert (response.status, content) == (200, b"%PDF-1.7")


async def test_both_libraries_download_what_an_officer_uploads(
    aiogram_bot: Bot, ptb_bot: ExtBot[None], hand: Hand
) -> None:
    person = await hand.started()
    await upload(hand, person, b"bi\xe1\xba\xbfn b\xe1\xba\xa3n", caption="Biên bản")
    message = (await aiogram_bot.get_updates())[-1].message
    assert message
    assert message.document

    by_aiogram = await aiogram_bot.download(message.document.file_id)
    by_ptb = await (await ptb_bot.get_file(message.document.file_id)).download_as_bytearray()

    assert (message.document.file_name, message.caption) == (NAME, "Biên bản")
    assert by_aiogram
    assert by_aiogram.read().decode() == by_ptb.decode() == "biến bản"


async def test_a_photo_has_its_size(ptb_bot: ExtBot[None], aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    await upload(hand, person, picture(30, 20), "ảnh.png", kind="photo")

    by_officer = (await aiogram_bot.get_updates())[-1].message
    by_bot = await ptb_bot.send_photo(person, picture(40, 10), caption="Biểu đồ")

    assert by_officer
    assert by_officer.photo
    assert (by_officer.photo[-1].width, by_officer.photo[-1].height) == (30, 20)
    assert (by_bot.photo[-1].width, by_bot.photo[-1].height) == (40, 10)
    assert (await hand.read(person, person))[-1]["photo"].keys() == {"url"}


async def test_a_file_is_sent_again_by_its_id(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    first = await aiogram_bot.send_document(person, BufferedInputFile(b"%PDF-1.7", NAME))
    assert first.document

    again = await aiogram_bot.send_document(person, first.document.file_id)

    assert again.document == first.document


async def test_media_and_caption_are_edited(aiogram_bot: Bot, ptb_bot: ExtBot[None], hand: Hand) -> None:
    person = await hand.started()
    sent = await ptb_bot.send_document(person, b"%PDF-1.7", filename="bản 1.pdf", caption="Bản 1")

    await ptb_bot.edit_message_media(
        InputMediaDocument(b"%PDF-1.8", filename="bản 2.pdf", caption="Bản 2"), person, sent.message_id
    )
    captioned = await aiogram_bot.edit_message_caption(chat_id=person, message_id=sent.message_id, caption="Bản cuối")
    pictured = await aiogram_bot.edit_message_media(
        InputMediaPhoto(media=BufferedInputFile(picture(4, 3), "ảnh.png")), chat_id=person, message_id=sent.message_id
    )

    assert not isinstance(captioned, bool)
    assert not isinstance(pictured, bool)
    assert captioned.document
    assert (captioned.document.file_name, captioned.caption) == ("bản 2.pdf", "Bản cuối")
    assert (pictured.document, bool(pictured.photo)) == (None, True)


async def test_a_bot_downloads_at_most_20_megabytes(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    await upload(hand, person, bytes(20 * 1024 * 1024 + 1))
    message = (await aiogram_bot.get_updates())[-1].message
    assert message
    assert message.document

    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await aiogram_bot.get_file(message.document.file_id)


async def test_an_officer_may_send_an_empty_file_but_a_bot_may_not(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()

    await upload(hand, person, b"")
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await aiogram_bot.send_document(person, BufferedInputFile(b"", "rỗng.pdf"))

    assert (await hand.read(person, person))[-1]["document"]["size"] == 0


async def test_what_is_no_file_is_refused(aiogram_bot: Bot, ptb_bot: ExtBot[None], hand: Hand) -> None:
    person = await hand.started()
    text = await aiogram_bot.send_message(person, "Việc")

    with pytest.raises(BadRequest, match="Image_process_failed"):
        await ptb_bot.send_photo(person, b"not a picture")
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await aiogram_bot.send_document(person, "AgACAgUAAx")
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await aiogram_bot.send_document(person, BufferedInputFile(b"1", "1.pdf"), caption="a" * 1025)
    with pytest.raises(TelegramBadRequest, match="there is no caption in the message to edit"):
        await aiogram_bot.edit_message_caption(chat_id=person, message_id=text.message_id, caption="Chú thích")
