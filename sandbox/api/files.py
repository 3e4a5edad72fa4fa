"""Documents and photos: stored, named, sent again by their id, and downloaded by the bot."""

import hashlib
import mimetypes
from pathlib import PurePosixPath
from typing import Literal

from aiogram.methods import EditMessageMedia, GetFile, SendDocument, SendPhoto
from aiogram.types import Document, File, InputFile, InputMediaDocument, InputMediaPhoto, Message, PhotoSize

from sandbox.api.calls import Call, Upload, given
from sandbox.api.messages import edit, own_post, replied
from sandbox.errors import bad_request
from sandbox.text.markup import read_markup
from sandbox.text.texts import read_caption
from sandbox.world.pictures import size_of
from sandbox.world.posts import Content, publish
from sandbox.world.records import StoredFile
from sandbox.world.topics import place
from sandbox.world.world import World

Kind = Literal["document", "photo"]
ATTACHED = "attach://"
LARGEST_DOWNLOAD = 20 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024
SHOWN_PHOTO = (1280, 720)


def send_document(world: World, call: Call[SendDocument]) -> Message:
    method = call.method
    return _send(world, call, "document", method.document)


def send_photo(world: World, call: Call[SendPhoto]) -> Message:
    method = call.method
    return _send(world, call, "photo", method.photo)


def _send(world: World, call: Call[SendDocument] | Call[SendPhoto], kind: Kind, value: str | InputFile) -> Message:
    method = call.method
    chat = world.writable(method.chat_id, is_sent=True)
    caption, entities = read_caption(method.caption, given(method.parse_mode), method.caption_entities)
    keyboards = read_markup(method.reply_markup)
    reply = replied(world, chat, method.reply_parameters, method.reply_to_message_id)
    world.pace.admit(chat.id)
    file = _resolve(world, call, kind, value)
    content: Content = {
        "caption": caption or None,
        "caption_entities": entities or None,
        "reply_markup": keyboards.inline,
        "reply_to_message": reply,
        **place(world, chat, method.message_thread_id, reply),
        **shown(file),
    }
    return publish(
        world,
        chat,
        world.bot,
        keyboard=keyboards.reply,
        removes_keyboard=keyboards.removes,
        **content,
    ).message


def edit_message_media(world: World, call: Call[EditMessageMedia]) -> Message:
    method = call.method
    post = own_post(world, method.chat_id, method.message_id)
    media = method.media
    if not isinstance(media, InputMediaDocument | InputMediaPhoto):
        raise bad_request("the sandbox edits documents and photos only")
    kind: Kind = "photo" if isinstance(media, InputMediaPhoto) else "document"
    caption, entities = read_caption(media.caption, given(media.parse_mode), media.caption_entities)
    file = _resolve(world, call, kind, media.media)
    content: Content = {
        "text": None,
        "entities": None,
        "caption": caption or None,
        "caption_entities": entities or None,
        "document": None,
        "photo": None,
        **shown(file),
    }
    return edit(world, post, method.reply_markup, content)


def _resolve(
    world: World,
    call: Call[SendDocument] | Call[SendPhoto] | Call[EditMessageMedia],
    kind: Kind,
    value: str | InputFile,
) -> StoredFile:
    """Return the file of `attach://name` or of a known id; the sandbox fetches no URLs.

    Raises ApiError 400 otherwise.
    """
    text = str(value)
    if text.startswith(ATTACHED):
        upload = call.uploads.get(text.removeprefix(ATTACHED))
        if upload is None:
            raise bad_request("there is no file to attach under this name")
        return _take_from_bot(world, kind, upload)
    if text.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    known = world.files.get(text)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if known.kind != kind:
        raise bad_request(f"can't use file of type {known.kind.title()} as {kind.title()}")
    return known


def _take_from_bot(world: World, kind: Kind, upload: Upload) -> StoredFile:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if kind == "photo" and len(upload.content) > LARGEST_PHOTO:
        raise bad_request("file is too big for a photo")
    if kind == "photo" and size_of(upload.content) is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return take(world, kind, upload)


def take(world: World, kind: Kind, upload: Upload) -> StoredFile:
    """Store a file under a new id; the name stays as given, the path contains plain characters only."""
    number = world.notes.next("file", 1)
    name = PurePosixPath(upload.name.replace("\\", "/")).name or "file"
    ending = "".join(letter for letter in PurePosixPath(name).suffix if letter.isascii()) if kind == "document" else ""
    unique_id = hashlib.sha256(f"{world.bot.id} {number}".encode()).hexdigest()[:16]
    width, height = (size_of(upload.content) or SHOWN_PHOTO) if kind == "photo" else (0, 0)
    world.shelf.write(unique_id, upload.content)
    return world.files.put(
        StoredFile(
            file_id=f"SBX{kind[0].upper()}{world.bot.id}_{number}_{unique_id}",
            unique_id=unique_id,
            kind=kind,
            name=name,
            path=f"{kind}s/file_{number}{ending or ('.jpg' if kind == 'photo' else '')}",
            mime=mimetypes.guess_type(name)[0] or ("image/jpeg" if kind == "photo" else "application/octet-stream"),
            size=len(upload.content),
            width=width,
            height=height,
        )
    )


def shown(file: StoredFile) -> Content:
    """Return the part of a message that carries a file."""
    if file.kind == "photo":
        return {
            "photo": [
                PhotoSize(
                    file_id=file.file_id,
                    file_unique_id=file.unique_id,
                    width=file.width,
                    height=file.height,
                    file_size=file.size,
                )
            ]
        }
    return {
        "document": Document(
            file_id=file.file_id,
            file_unique_id=file.unique_id,
            file_name=file.name,
            mime_type=file.mime,
            file_size=file.size,
        )
    }


def get_file(world: World, call: Call[GetFile]) -> File:
    file = world.files.get(call.method.file_id)
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return File(file_id=file.file_id, file_unique_id=file.unique_id, file_size=file.size, file_path=file.path)


def at_path(world: World, path: str) -> tuple[StoredFile, bytes] | None:
    """Return the file with its content at the path that getFile gave, or None if there is none or it is too large."""
    file = next((file for file in world.files if file.path == path), None)
    if file is None or file.size > LARGEST_DOWNLOAD:
        return None
    return file, world.shelf.read(file.unique_id)
