"""A document or photo that a person sent, kept by its id with the messenger until its bytes are wanted."""

from dataclasses import dataclass
from typing import Any

from aiogram.types import Message
from aiogram_dialog import DialogManager

from dialogs.shared.file_sending import take_bytes
from dialogs.shared.screen import ctx_of
from domain.dossiers.dossiers import refuse_size


@dataclass(frozen=True, slots=True)
class Sent:
    file_id: str
    name: str
    """A photo, which has none, is called by its hour."""
    is_photo: bool
    size: int | None
    message_id: int
    album: str | None
    """The messenger's id of the group that it was sent in."""
    words: tuple[str, ...]
    """What its sender says of it: the name of a document, and the line sent with it."""

    def kept(self) -> dict[str, Any]:
        """As a dialog's data holds it."""
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
        is_photo=message.document is None,
        size=sent.file_size,
        message_id=message.message_id,
        album=message.media_group_id,
        words=tuple(words for words in (given, message.caption) if words),
    )


async def download(sent: Sent, manager: DialogManager) -> bytes:
    """Raises Refusal when the messenger tells that it is empty or too large."""
    if sent.size is not None:
        refuse_size(sent.size)
    return await take_bytes(manager, sent.file_id)


async def fetch(message: Message, manager: DialogManager) -> tuple[str, bytes]:
    """The file's name and bytes."""
    sent = read_sent(message, manager)
    return sent.name, await download(sent, manager)
