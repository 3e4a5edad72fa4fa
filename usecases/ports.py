"""What the product does not own: the hour, the files' shelf and the messengers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The hour, aware, in UTC."""
        ...


class FileStore(Protocol):
    async def save(self, key: str, content: bytes) -> None: ...

    async def read(self, key: str) -> bytes:
        """Raises FileNotFoundError if nothing is stored under the key."""
        ...

    async def delete(self, key: str) -> None:
        """What is not there any more is no error."""
        ...


@dataclass(frozen=True, slots=True)
class Button:
    text: str
    action: str
    """What pressing it sends back, such as `open:12`; 64 bytes at most."""


@dataclass(frozen=True, slots=True)
class MessageContent:
    """A message ready for a messenger; `html` is the subset of HTML that Telegram reads."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    is_quiet: bool = False
    """Comes without a sound."""


class Unreachable(Exception):  # noqa: N818 (a state of the other side, not a fault of ours)
    """The messenger says that this chat can never be written to: blocked, left, deleted."""


class AccountGone(Unreachable):
    """Of these the chat itself is no more: the account was deleted, or moved to another number."""


class ChatMoved(Exception):  # noqa: N818 (a state of the other side, not a fault of ours)
    """The chat goes by another number from now on."""

    def __init__(self, to: int) -> None:
        super().__init__(f"the chat has become {to}")
        self.to = to


class MessageNotFound(Exception):  # noqa: N818
    """The message to be edited is not there any more."""


class Channel(Protocol):
    """A road out; everything else that a call raises means «try again later»."""

    async def send(self, chat_id: int, content: MessageContent) -> int:
        """The new message's id; raises `Unreachable` or `ChatMoved`."""
        ...

    async def edit(self, chat_id: int, message_id: int, content: MessageContent) -> None:
        """Raises `Unreachable`, `ChatMoved` or `MessageNotFound`; an edit that changes nothing is no error."""
        ...

    async def pin(self, chat_id: int, message_id: int) -> None:
        """Where the bot may not pin, nothing happens."""
        ...

    async def unpin(self, chat_id: int, message_id: int) -> None:
        """Where the bot may not, or the message is not there or not pinned, nothing happens."""
        ...
