"""Request bodies of the control API, validated."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Body(BaseModel):
    model_config = ConfigDict(frozen=True, populate_by_name=True)


class NewUser(Body):
    id: int | None = Field(None, gt=0)
    name: str = Field(min_length=1)
    username: str | None = None
    phone: str | None = None


class NewChat(Body):
    """New group; members are given by id, a bot also by its username."""

    title: str = Field(min_length=1)
    type: Literal["supergroup"] = "supergroup"
    members: list[int | str]
    admins: list[int | str] = []
    is_forum: bool = False


class MembersChange(Body):
    actor: int | None = Field(None, alias="as")
    add: list[int | str] = []
    remove: list[int | str] = []
    restrict: list[int | str] = []
    """Members who may not write from now on."""
    admins: list[int | str] = []


class Act(Body):
    actor: int = Field(alias="as")


class NewTopic(Act):
    name: str = Field(min_length=1)


class TopicChange(Act):
    thread_id: int
    change: Literal["close", "delete"]


class Pinned(Act):
    message_id: int
    is_pinned: bool = True


class Words(Act):
    text: str
    thread_id: int | None = None
    reply_to: int | None = None
    is_anonymous: bool = False
    """Whether an administrator writes in the group's name."""


class Press(Act):
    text: str
    message_id: int | None = None
    is_late: bool = False
    """Whether the query has expired before the bot answers it."""


class Deleted(Act):
    message_id: int


class Migrated(Act):
    is_announced: bool = True
    """Whether the chats themselves tell the bot the new number."""


class AutoDeleted(Act):
    seconds: int = Field(86_400, ge=0)


class Edited(Act):
    message_id: int
    text: str


class Uploaded(Act):
    file_name: str = Field(min_length=1)
    content_base64: str
    caption: str | None = None
    kind: Literal["document", "photo"] = "document"
    media_group_id: str | None = None
    """Id that all files of an album share."""


class Wind(Body):
    """New time, by exactly one of the three fields."""

    now: str | None = None
    advance: float | None = None
    next: bool = False


class Wait(Body):
    timeout: float = Field(10.0, ge=0)


class NewFaults(Body):
    rate_429: float = Field(0.0, ge=0, le=1)
    retry_after: int = Field(1, ge=0)
    drop: float = Field(0.0, ge=0, le=1)
    late_presses: float = Field(0.0, ge=0, le=1)
    lost_edits: float = Field(0.0, ge=0, le=1)
    blocked_users: list[int] = []
