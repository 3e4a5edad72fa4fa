"""Interfaces to what lies outside the product: the clock, the file store and the messengers."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as its sender sent it."""

    name: str
    content: bytes | Path
    """The bytes, or the path of a large file, which no process then holds whole."""
    caption: str = ""


class FileStore(Protocol):
    async def save(self, key: str, content: bytes | Path) -> None:
        """Store the bytes, or the file at a path piece by piece."""
        ...

    async def read(self, key: str) -> bytes:
        """Return the bytes. Raises FileNotFoundError if nothing is stored under the key."""
        ...

    def stream(self, key: str) -> AsyncIterator[bytes]:
        """Return the bytes piece by piece. Raises FileNotFoundError as `read` does."""
        ...

    async def delete(self, key: str) -> None:
        """Delete the bytes; a key without any is no error."""
        ...


class UploadParts(Protocol):
    """Files on this machine's disk that are being uploaded, each under its key."""

    def path(self, key: str) -> Path: ...

    async def size(self, key: str) -> int:
        """Return how many bytes have arrived; 0 if nothing has."""
        ...

    async def delete(self, key: str) -> None:
        """Delete what has arrived; a key without anything is no error."""
        ...

    async def list_old(self) -> tuple[str, ...]:
        """Return the keys of files that were last written more than two days ago."""
        ...


@dataclass(frozen=True, slots=True)
class Button:
    text: str
    action: str
    """Data that pressing it sends back, such as `open:12` (64 bytes at most)."""


@dataclass(frozen=True, slots=True)
class MessageContent:
    """A message ready for a messenger; `html` is the subset of HTML that Telegram reads."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    is_quiet: bool = False
    """Whether it arrives without a sound."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A file of the file store that is sent with a message."""

    id: int
    name: str
    key: str
    known_as: str | None
    """The messenger's own id of it, or None if it was not sent there yet."""


@dataclass(frozen=True, slots=True)
class OutgoingDocument:
    """A file ready for a messenger: its bytes, or the messenger's own id of a file that it has already."""

    name: str
    content: bytes | None = None
    known_as: str | None = None


class Unreachable(Exception):  # noqa: N818 (a state of the other side, not a fault of ours)
    """The messenger says that this chat can never be written to: it is blocked, left or deleted."""


class AccountGone(Unreachable):
    """The chat itself does not exist any more: the account was deleted, or moved to another number."""


class ChatMoved(Exception):  # noqa: N818 (a state of the other side, not a fault of ours)
    """The chat has another id from now on: `to`."""

    def __init__(self, to: int) -> None:
        super().__init__(f"the chat has become {to}")
        self.to = to


class MessageNotFound(Exception):  # noqa: N818
    """The message to be edited does not exist any more."""


class DocumentUnknown(Exception):  # noqa: N818
    """The messenger does not know a file by the id that it gave it: its bytes have to be sent again."""


class TopicClosed(Exception):  # noqa: N818 (a state of the other side, not a fault of ours)
    """The topic of a forum in which to write was closed or deleted."""


class WritingForbidden(Exception):  # noqa: N818 (a state of the other side, not a fault of ours)
    """The bot is in the group, and may not write there."""


class Channel(Protocol):
    """A messenger; every other exception that a call raises means «try again later»."""

    async def send(self, chat_id: int, content: MessageContent, *, thread_id: int | None = None) -> int:
        """Send a new message, into a topic of a forum if given, and return its id.

        Raises Unreachable or ChatMoved; in a group also TopicClosed or WritingForbidden.
        """
        ...

    async def send_document(self, chat_id: int, document: OutgoingDocument) -> str | None:
        """Send a file and return the messenger's own id of it, by which it can be sent to others.

        Raises Unreachable, ChatMoved or DocumentUnknown.
        """
        ...

    async def edit(self, chat_id: int, message_id: int, content: MessageContent) -> None:
        """Replace a message's content; an edit that changes nothing is no error.

        Raises Unreachable, ChatMoved or MessageNotFound; in a group also TopicClosed or WritingForbidden.
        """
        ...

    async def pin(self, chat_id: int, message_id: int) -> bool:
        """Pin a message, which may be pinned already. Return False if the bot may not pin there."""
        ...

    async def pinned(self, chat_id: int) -> int | None:
        """Return the id of the newest pinned message, or None if none is pinned or it cannot be asked."""
        ...

    async def unpin(self, chat_id: int, message_id: int) -> None:
        """Unpin a message; does nothing if the bot may not, or if the message is gone or not pinned."""
        ...
