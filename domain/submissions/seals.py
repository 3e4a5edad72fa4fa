"""A seal: salted digests of everything that was handed in, part by part, and one root digest over them.

The receipt and the audit trail carry the root. The salt prevents guessing a small figure from its digest.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from domain.audit import canonical

Content = Mapping[str, object]
"""{part: sealed value}; parts: `receipt`, `nomination`, `choices:KIND`, `line:CODE`, `target:CODE`, `file:PLACE`."""


class SealPart(StrEnum):
    """Kinds of sealed parts; a kind with several parts has a code after a colon. The last four only name faults."""

    RECEIPT = "receipt"
    CHOICES = "choices"
    NOMINATION = "nomination"
    LINE = "line"
    TARGET = "target"
    FILE = "file"
    SEAL = "seal"
    """The seal itself: its root differs from the one in the audit trail."""
    BYTES = "bytes"
    """A stored file: its bytes are missing or are not those that were handed in."""
    STATE = "state"
    """The submission: handed in according to the audit trail, not handed in according to the database."""
    UNREADABLE = "unreadable"
    """The rows: they cannot be read at all."""


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
    """Random text (hexadecimal), new for each hand-in."""
    digests: Mapping[str, str]
    """{part: SHA-256 in hexadecimal}."""

    @property
    def root(self) -> str:
        """SHA-256 over the salt and all digests (hexadecimal)."""
        return _sha256(canonical([self.salt, dict(self.digests)]))


def part(kind: SealPart, code: str) -> str:
    """Return the name of a part with a code: `line:bhyt`."""
    return f"{kind}:{code}"


def kind_of(name: str) -> tuple[SealPart, str]:
    """Return the kind and the code of a part; the code is empty if the kind has only one part."""
    kind, _, code = name.partition(":")
    return SealPart(kind), code


def seal(content: Content, *, salt: str) -> Seal:
    digests = {name: _sha256(canonical([salt, name, value])) for name, value in content.items()}
    return Seal(salt, MappingProxyType(digests))


def differences(content: Content, sealed: Seal) -> tuple[str, ...]:
    """Return the names of the parts that differ from the seal (altered, missing or added), sorted."""
    found = seal(content, salt=sealed.salt).digests
    return tuple(sorted(name for name in found.keys() | sealed.digests if found.get(name) != sealed.digests.get(name)))


def _sha256(text: str) -> str:
    # Tampered text may contain lone surrogates, which are not valid Unicode; they are hashed too.
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
