"""Personal links for uploads beyond what the messenger carries: how long they last, how much they take."""

import math
from dataclasses import dataclass
from datetime import timedelta

from domain.errors import Refusal

LASTS = timedelta(hours=24)
MOST_FILES = 60
"""Most files that a link holds at a time: as many as one paper may have photos."""
MANY_PHOTOS = 30
"""Photos of one paper after which the chat is slow, and a link is offered."""
MEGABYTE = 1024 * 1024
LARGEST_SENT = 50 * MEGABYTE
"""Largest file that Telegram lets a bot send (bytes)."""


class TooLargeToSend(Refusal):
    """The file is larger than what the messenger lets a bot send."""

    def __init__(self, attachment_id: int, size: int) -> None:
        super().__init__(
            "file-too-large-to-send",
            f"Tệp {math.ceil(size / MEGABYTE)} MB, quá 50 MB nên Telegram không gửi được. "
            "Anh/chị xin tệp này ở đơn vị hoặc cơ quan thường trực.",
        )
        self.attachment_id = attachment_id


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Largest sizes (bytes)."""

    file: int
    link: int
    """All files of one link together."""

    @property
    def file_words(self) -> str:
        return f"{self.file // MEGABYTE} MB"


@dataclass(frozen=True, slots=True)
class AnnouncedFile:
    """A file that a browser is about to upload, as the browser describes it."""

    name: str
    size: int
    """Size (bytes)."""
    modified: int | None = None
    """Milliseconds since 1970 of its last change, or None if the browser does not say: it is then never resumed."""


def refuse_announced(file: AnnouncedFile, *, held: int, held_bytes: int, limits: UploadLimits) -> None:
    """Raise Refusal if the file is empty or too large, or too much beside the files that the link holds already."""
    if file.size <= 0:
        raise Refusal("file-empty", "Tệp này rỗng (0 byte). Anh/chị mở lại tệp trên máy rồi chọn lại.")
    if file.size > limits.file:
        raise Refusal(
            "upload-too-large",
            f"Tệp {math.ceil(file.size / MEGABYTE)} MB, quá {limits.file_words}. "
            "Anh/chị quét lại ở mức 150-200 dpi hoặc tách thành nhiều tệp rồi chọn lại.",
        )
    if held >= MOST_FILES:
        raise Refusal("upload-too-many", f"Mỗi lần nhận nhiều nhất {MOST_FILES} tệp. Anh/chị ghép bớt rồi chọn lại.")
    if held_bytes + file.size > limits.link:
        raise Refusal(
            "upload-too-much",
            f"Các tệp cộng lại quá {limits.link // MEGABYTE} MB. Anh/chị bỏ bớt tệp hoặc quét lại nhẹ hơn.",
        )
