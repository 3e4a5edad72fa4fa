"""Document or photo that a person sent, kept by its id with the messenger until its content is needed."""

from dataclasses import dataclass
from typing import Any

from aiogram.types import Document, Message
from aiogram_dialog import DialogManager

from dialogs.shared.file_sending import download_file
from dialogs.shared.screen import ctx_of
from domain.dossiers.dossiers import refuse_size

_PICTURES = (".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".avif")


@dataclass(frozen=True, slots=True)
class Sent:
    file_id: str
    name: str
    """Name of the file; a photo has none and is named after its hour."""
    is_photo: bool
    size: int | None
    message_id: int
    album: str | None
    """Messenger's id of the album that it was sent in, or None."""
    words: tuple[str, ...]
    """Words of the sender about it: the document's name and the caption."""

    def kept(self) -> dict[str, Any]:
        """Return the values to store in a dialog's data; `of` reads them back."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Sent":
        return cls(**{**data, "words": tuple(data["words"])})


def read_sent(message: Message, manager: DialogManager) -> Sent:
    sent = message.document or (message.photo or [])[-1]
    ctx = ctx_of(manager)
    hour = ctx.local(ctx.now)
    moment = f"{hour.day}-{hour.month} {hour:%H.%M}"
    given = message.document.file_name if message.document else None
    return Sent(
        file_id=sent.file_id,
        name=given or (f"Tệp {moment}" if message.document else f"Ảnh {moment}"),
        is_photo=message.document is None or _is_picture(message.document),
        size=sent.file_size,
        message_id=message.message_id,
        album=message.media_group_id,
        words=tuple(words for words in (given, message.caption) if words),
    )


def _is_picture(document: Document) -> bool:
    """Whether the document is a photo sent as a file, as iPhones and messengers on computers do."""
    return (document.file_name or "").lower().endswith(_PICTURES)


async def download(sent: Sent, manager: DialogManager) -> bytes:
    """Download the file. Raises Refusal if the messenger reports it empty or too large."""
    if sent.size is not None:
        refuse_size(sent.size)
    return await download_file(manager, sent.file_id)


async def fetch(message: Message, manager: DialogManager) -> tuple[str, bytes]:
    """Return the file's name and content. Raises Refusal as `download` does."""
    sent = read_sent(message, manager)
    return sent.name, await download(sent, manager)
