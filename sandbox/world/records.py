"""Records of the sandbox; a record is never changed, only replaced."""

from dataclasses import dataclass, field

from aiogram.types import BotCommand, Message, ReplyKeyboardMarkup

PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
ADMINISTRATORS = frozenset({"creator", "administrator"})


@dataclass(frozen=True, slots=True)
class SandboxUser:
    id: int
    name: str
    username: str | None = None
    phone: str | None = None
    started: bool = False
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """Topic of a forum; «General» is none of them."""

    name: str
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Supergroup; `members` is {id: status in Telegram's words} and includes people who left."""

    id: int
    title: str
    members: dict[int, str] = field(default_factory=dict)
    moved_to: int | None = None
    """Id of the supergroup that this group has become; the group itself is then closed."""
    is_forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    """{message_thread_id: topic}."""

    def status(self, member: int) -> str:
        return self.members.get(member, "left")

    def has(self, member: int) -> bool:
        return self.status(member) in PRESENT

    def is_run_by(self, member: int) -> bool:
        return self.status(member) in ADMINISTRATORS


@dataclass(frozen=True, slots=True)
class SandboxMessage:
    """Message as stored: what the chat shows, and details that the Bot API does not tell."""

    message: Message
    keyboard: ReplyKeyboardMarkup | None = None
    removes_keyboard: bool = False
    pinned: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class StoredFile:
    file_id: str
    unique_id: str
    kind: str
    name: str
    path: str
    mime: str
    size: int
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Pending:
    """Update that waits to be confirmed, as the JSON that is delivered."""

    update_id: int
    body: str
    chat: int | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """Pressed button without an answer yet; `asked` is real time, since a bot has real seconds to answer."""

    id: str
    asked: float


@dataclass(frozen=True, slots=True)
class Menu:
    """Command menu of one scope and language; `scope` is the scope's key."""

    scope: str
    language: str
    commands: tuple[BotCommand, ...]


@dataclass(frozen=True, slots=True)
class LeftLink:
    """Card on a user's phone before the first message, such as an invite from the office."""

    user_id: int
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class StoredValue:
    """Single stored value: a counter, the webhook, the clock's offset."""

    name: str
    text: str
