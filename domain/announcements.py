"""Announcements: their text as it was typed, and to whom they go."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.dossiers.secrecy import refuse_marked_page
from domain.errors import Refusal
from domain.typed_input.inert import inert

LONGEST_TEXT = 3000
"""Most characters, as messengers count them (UTF-16): heading, text and a list of receivers fit into one message."""
MOST_FILES = 5
_FEWEST_LETTERS = 3


class AudienceKind(StrEnum):
    ALL = "ALL"
    """Every unit directly below the authority."""
    CLUSTER = "CLUSTER"
    UNIT_KIND = "UNIT_KIND"
    DUTY = "DUTY"
    """Units that have not handed in a duty."""


@dataclass(frozen=True, slots=True)
class Audience:
    """The units below one authority to which an announcement goes."""

    kind: AudienceKind
    authority_id: int
    target: str = ""
    """Id of the cluster or of any unit's duty, or the kind of unit; empty if it goes to all."""

    @property
    def code(self) -> str:
        """Return the audience as part of a button: «CLUSTER:1:5»; `parse` reads it back."""
        return f"{self.kind}:{self.authority_id}:{self.target}"

    @classmethod
    def parse(cls, code: str) -> "Audience":
        kind, authority_id, target = code.split(":", 2)
        return cls(AudienceKind(kind), int(authority_id), target)


@dataclass(frozen=True, slots=True)
class Reception:
    """How many people an announcement reached."""

    people: int
    read: int
    lost: int
    """People who have not read it and whom the messenger refused for good."""
    waiting: int
    """People whose message is still in the outbox."""
    needless: int
    """People who had left their post before it was sent to them."""


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """Somebody who has not read an announcement."""

    unit_name: str
    person_name: str
    is_lost: bool
    """Whether the messenger refused their message for good."""


def read_announcement_text(text: str) -> str:
    """Return the text as typed, with its line breaks, in one spelling (NFC) and without invisible marks.

    Raises Refusal if it says nothing or is too long, SecretMark if it bears a mark of secrecy.
    """
    said = inert(unicodedata.normalize("NFC", "\n".join(line.rstrip() for line in text.splitlines()))).strip()
    if sum(letter.isalpha() for letter in said) < _FEWEST_LETTERS:
        raise Refusal(
            "announcement-empty", "Anh/chị gõ nội dung bằng chữ, ví dụ: «Họp giao ban thi đua 8 giờ thứ Hai, 18/5»."
        )
    length = len(said.encode("utf-16-le", "replace")) // 2
    if length > LONGEST_TEXT:
        raise Refusal(
            "announcement-too-long",
            f"Nội dung dài {length} ký tự, quá {LONGEST_TEXT}. Anh/chị ghi gọn lại, phần dài gửi bằng tệp kèm theo.",
        )
    refuse_marked_page(said)
    return said


def fingerprint_of(audience: Audience, text: str, files: Iterable[str], *, day: date) -> str:
    """Return the same value for the same announcement to the same units on one day; `files` are SHA-256 values."""
    parts = (audience.code, text, *files)
    return f"{day:%Y%m%d}-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()}"


def first_line(text: str) -> str:
    return text.partition("\n")[0].strip()
