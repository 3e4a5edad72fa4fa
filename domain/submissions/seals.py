"""A seal: salted digests of everything that a receipt stands for, part by part, and one root over them.

The root is what the receipt and the audit trail carry. The salt keeps small figures from being guessed from a digest.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from domain.audit import canonical

Content = Mapping[str, object]
"""What is sealed, {part: value}: `receipt`, `nomination`, `choices:KIND`, `line:CODE`, `target:CODE`, `file:PLACE`."""


class SealPart(StrEnum):
    """The kinds of parts; those of which there are several carry a code behind a colon."""

    RECEIPT = "receipt"
    CHOICES = "choices"
    NOMINATION = "nomination"
    LINE = "line"
    TARGET = "target"
    FILE = "file"
    SEAL = "seal"
    """The seal itself: its root is not the one that the audit trail holds."""
    BYTES = "bytes"
    """A stored file: its bytes are gone, or are not those that were handed in."""
    STATE = "state"
    """The submission: the audit trail says that it was handed in, the database that it was not."""
    UNREADABLE = "unreadable"
    """The rows cannot be read at all."""


PART_NAMES = {
    SealPart.RECEIPT: "thông tin của biên nhận",
    SealPart.CHOICES: "phong trào, danh hiệu đăng ký",
    SealPart.NOMINATION: "hình thức khen và danh sách đề nghị",
    SealPart.LINE: "dòng",
    SealPart.TARGET: "mức đăng ký",
    SealPart.FILE: "tệp",
    SealPart.SEAL: "niêm phong",
    SealPart.BYTES: "nội dung tệp",
    SealPart.STATE: "trạng thái nộp",
    SealPart.UNREADABLE: "dữ liệu không đọc được",
}


@dataclass(frozen=True, slots=True)
class Seal:
    salt: str
    """Hexadecimal, new for each hand-in."""
    digests: Mapping[str, str]
    """{part: SHA-256 in hexadecimal}."""

    @property
    def root(self) -> str:
        """SHA-256 over the salt and all digests, in hexadecimal."""
        return _sha256(canonical([self.salt, dict(self.digests)]))


def part(kind: SealPart, code: str) -> str:
    """Name of one of several parts of a kind: `line:bhyt`."""
    return f"{kind}:{code}"


def kind_of(name: str) -> tuple[SealPart, str]:
    """Kind and code of a part; the code is empty where a kind has only one part."""
    kind, _, code = name.partition(":")
    return SealPart(kind), code


def seal(content: Content, *, salt: str) -> Seal:
    digests = {name: _sha256(canonical([salt, name, value])) for name, value in content.items()}
    return Seal(salt, MappingProxyType(digests))


def differences(content: Content, sealed: Seal) -> tuple[str, ...]:
    """Names of the parts that are not what was sealed: altered, missing or added; sorted."""
    found = seal(content, salt=sealed.salt).digests
    return tuple(sorted(name for name in found.keys() | sealed.digests if found.get(name) != sealed.digests.get(name)))


def _sha256(text: str) -> str:
    # Text that was tampered with may hold what is no Unicode; it has a digest as well.
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
