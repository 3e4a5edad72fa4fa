"""State of the sandbox: people, groups, messages, files, and who may be written to."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from aiogram.types import Chat, User

from sandbox.errors import ControlError, bad_request, forbidden, moved
from sandbox.world.clock import Timekeeper, WoundClock
from sandbox.world.events import Events
from sandbox.world.limits import Meter, Pace
from sandbox.world.notes import Notes
from sandbox.world.records import Group, LeftLink, Menu, Query, SandboxMessage, SandboxUser, StoredFile
from sandbox.world.store import FileShelf, RecordTable, Rows
from sandbox.world.updates import Updates

FIRST_PERSON = 5_000_000_001
FIRST_GROUP = 1_000_000_000_001


class World:
    def __init__(self, *, bot: User, timekeeper: Timekeeper | None, rows: Rows, files: Path | None) -> None:
        self.bot = bot
        self.rows = rows
        self.shelf = FileShelf(files)
        self.notes = Notes(rows)
        self.timekeeper = timekeeper or self._remembered_clock()
        self.events = Events()
        self.updates = Updates(rows, self.notes)
        self.pace = Pace(Meter(self.timekeeper.now))
        self.people: RecordTable[int, SandboxUser] = RecordTable(
            rows, SandboxUser, kind="Person", key=lambda person: person.id
        )
        self.groups: RecordTable[int, Group] = RecordTable(rows, Group, kind="Group", key=lambda group: group.id)
        self.files: RecordTable[str, StoredFile] = RecordTable(
            rows, StoredFile, kind="StoredFile", key=lambda file: file.file_id
        )
        self.queries: RecordTable[str, Query] = RecordTable(rows, Query, kind="Query", key=lambda query: query.id)
        self.menus: RecordTable[str, Menu] = RecordTable(
            rows, Menu, kind="Menu", key=lambda menu: f"{menu.scope} {menu.language}"
        )
        self.links: RecordTable[str, LeftLink] = RecordTable(
            rows, LeftLink, kind="LeftLink", key=lambda link: f"{link.user_id} {link.url}"
        )
        self.posts = Posts(rows)

    def _remembered_clock(self) -> WoundClock:
        return WoundClock(timedelta(seconds=float(self.notes.text("clock_offset") or 0)))

    def user(self, person: SandboxUser) -> User:
        """Return a person as the Bot API describes them."""
        return User(id=person.id, is_bot=False, first_name=person.name, username=person.username, language_code="vi")

    def member(self, member_id: int) -> User | None:
        if member_id == self.bot.id:
            return self.bot
        person = self.people.get(member_id)
        return self.user(person) if person else None

    def chat(self, chat_id: int) -> Chat | None:
        if group := self.groups.get(chat_id):
            return Chat(id=group.id, type="supergroup", title=group.title, is_forum=group.is_forum or None)
        if person := self.people.get(chat_id):
            return Chat(id=person.id, type="private", first_name=person.name, username=person.username)
        return None

    def known(self, chat_id: int | str) -> Chat:
        """Return a chat that the bot may ask about. Raises ApiError 400 otherwise."""
        chat = self.chat(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def writable(self, chat_id: int | str, *, is_sent: bool = False) -> Chat:
        """Return a chat that the bot may write to; `is_sent` says that it sends something new.

        Raises ApiError 400 or 403 otherwise.
        """
        chat = self.known(chat_id)
        if group := self.groups.get(chat.id):
            if group.moved_to is not None:
                raise moved(group.moved_to)
            if not group.has(self.bot.id):
                was_kicked = group.status(self.bot.id) == "kicked"
                raise forbidden("bot was kicked from the supergroup chat" if was_kicked else NOT_A_MEMBER)
            if is_sent and group.status(self.bot.id) == "restricted":
                raise bad_request("not enough rights to send text messages to the chat")
            return chat
        person = self.people.get(chat.id)
        if person and person.blocked:
            raise forbidden("bot was blocked by the user")
        if person and not person.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def person(self, person_id: int) -> SandboxUser:
        person = self.people.get(person_id)
        if person is None:
            raise ControlError(404, f"Sân tập không có người số {person_id}")
        return person

    def visible_chat(self, chat_id: int, person_id: int) -> Chat:
        """Return a chat that a person sees on their phone. Raises ControlError 404 otherwise."""
        self.person(person_id)
        group = self.groups.get(chat_id)
        chat = self.chat(chat_id)
        if chat is None or not (group.has(person_id) if group else chat_id == person_id):
            raise ControlError(404, f"Người số {person_id} không ở trong cuộc trò chuyện {chat_id}")
        return chat


NOT_A_MEMBER = "bot is not a member of the supergroup chat"


class Posts:
    """Messages by chat, oldest first."""

    def __init__(self, rows: Rows) -> None:
        self._table: RecordTable[tuple[int, int], SandboxMessage] = RecordTable(
            rows, SandboxMessage, kind="Post", key=lambda post: (post.message.chat.id, post.message.message_id)
        )
        self._chats: dict[int, dict[int, SandboxMessage]] = {}
        for post in self._table:
            self._index(post)

    def put(self, post: SandboxMessage) -> SandboxMessage:
        self._table.put(post)
        self._index(post)
        return post

    def get(self, chat_id: int, message_id: int) -> SandboxMessage | None:
        """Return a message that has not been deleted, or None otherwise."""
        post = self._chats.get(chat_id, {}).get(message_id)
        return post if post and not post.deleted else None

    def of(self, chat_id: int) -> Iterator[SandboxMessage]:
        return (post for post in self._chats.get(chat_id, {}).values() if not post.deleted)

    def newest_first(self, chat_id: int) -> Iterator[SandboxMessage]:
        return (post for post in reversed(self._chats.get(chat_id, {}).values()) if not post.deleted)

    def _index(self, post: SandboxMessage) -> None:
        self._chats.setdefault(post.message.chat.id, {})[post.message.message_id] = post
