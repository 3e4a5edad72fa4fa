"""The trail: what was done, each entry bound by its fingerprint to the one before it.

It names people and units by their ids only, so that personal data can be erased while the chain still holds.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum

BEGINNING = "0" * 64
"""What the first entry follows."""


class AuditAction(StrEnum):
    """What was done; a value that has been written once is never renamed."""

    HANDED_IN = "HANDED_IN"
    WITHDRAWN = "WITHDRAWN"
    DISCARDED = "DISCARDED"
    LEFT_TO_YEAR_END = "LEFT_TO_YEAR_END"
    PAPER_CLAIMED = "PAPER_CLAIMED"
    PAPER_CONFIRMED = "PAPER_CONFIRMED"
    PAPER_DENIED = "PAPER_DENIED"
    PAPER_LAPSED = "PAPER_LAPSED"
    PAST_ENTERED = "PAST_ENTERED"
    SEALED = "SEALED"
    SEAL_BROKEN = "SEAL_BROKEN"

    FILE_ADDED = "FILE_ADDED"
    FILE_REMOVED = "FILE_REMOVED"
    FILE_VIEWED = "FILE_VIEWED"
    EXPORTED = "EXPORTED"

    INVITED = "INVITED"
    INVITE_REVOKED = "INVITE_REVOKED"
    INVITES_GUESSED = "INVITES_GUESSED"
    ROLE_GIVEN = "ROLE_GIVEN"
    ROLE_TAKEN = "ROLE_TAKEN"
    POST_MOVED = "POST_MOVED"
    PASSED_ON = "PASSED_ON"
    CONSENTED = "CONSENTED"
    PHONE_CHANGED = "PHONE_CHANGED"
    PHONE_CONFIRMED = "PHONE_CONFIRMED"
    ACCOUNT_REPLACED = "ACCOUNT_REPLACED"
    TOUCH_LOST = "TOUCH_LOST"
    TOUCH_REGAINED = "TOUCH_REGAINED"
    HANDED_OVER = "HANDED_OVER"
    TAKEN_BACK = "TAKEN_BACK"
    MARKED_PAPER_REFUSED = "MARKED_PAPER_REFUSED"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    DATA_EXPORTED = "DATA_EXPORTED"
    DATA_REQUESTED = "DATA_REQUESTED"
    DATA_REQUEST_DECIDED = "DATA_REQUEST_DECIDED"
    PERSON_ERASED = "PERSON_ERASED"
    DATA_EXPIRED = "DATA_EXPIRED"
    ORGANISATION_IMPORTED = "ORGANISATION_IMPORTED"
    SHEET_ISSUED = "SHEET_ISSUED"
    LEAVE_ENTERED = "LEAVE_ENTERED"
    LEAVE_CANCELLED = "LEAVE_CANCELLED"
    EXTENSION_ASKED = "EXTENSION_ASKED"
    EXTENSION_WITHDRAWN = "EXTENSION_WITHDRAWN"
    EXTENSION_GRANTED = "EXTENSION_GRANTED"
    EXTENSION_REFUSED = "EXTENSION_REFUSED"
    EXTENSION_FILE_SEEN = "EXTENSION_FILE_SEEN"
    CHECKED = "CHECKED"
    ACCEPTED = "ACCEPTED"
    RETURNED = "RETURNED"
    CORRECTION_ASKED = "CORRECTION_ASKED"
    CORRECTION_ALLOWED = "CORRECTION_ALLOWED"
    CORRECTION_REFUSED = "CORRECTION_REFUSED"
    CHECK_UNDONE = "CHECK_UNDONE"
    ACCEPTANCE_UNDONE = "ACCEPTANCE_UNDONE"
    RETURN_TAKEN_BACK = "RETURN_TAKEN_BACK"
    CORRECTION_REOPENED = "CORRECTION_REOPENED"

    NUDGED = "NUDGED"
    UNIT_CALLED = "UNIT_CALLED"
    MESSAGE_SENT = "MESSAGE_SENT"

    PLAN_LOADED = "PLAN_LOADED"
    PLAN_COUNTED_FROM = "PLAN_COUNTED_FROM"
    PLAN_ENDED = "PLAN_ENDED"
    PLAN_RESUMED = "PLAN_RESUMED"
    DATE_SET = "DATE_SET"
    DATE_CLEARED = "DATE_CLEARED"
    QUOTA_SET = "QUOTA_SET"
    UNITS_ENTERED = "UNITS_ENTERED"
    UNIT_ENDED = "UNIT_ENDED"
    UNIT_RENAMED = "UNIT_RENAMED"
    UNIT_CHANGE_CANCELLED = "UNIT_CHANGE_CANCELLED"
    GROUP_BOUND = "GROUP_BOUND"
    GROUP_LEFT = "GROUP_LEFT"
    GROUP_MOVED = "GROUP_MOVED"
    OFFICE_CONTACT_ADDED = "OFFICE_CONTACT_ADDED"
    OFFICE_CONTACT_REMOVED = "OFFICE_CONTACT_REMOVED"


@dataclass(frozen=True, slots=True)
class PendingEntry:
    """A deed before it has its place in the chain."""

    at: str
    """The hour in UTC, as ISO 8601."""
    person_id: int | None
    """Who did it; None is the clock, or the command line."""
    posts: str
    """In which roles at which units they stood then, as «OFFICER@5 LEADER@1»."""
    deed: str
    about: str
    """A receipt, a code or an id: what it was done to."""
    unit_id: int | None
    details: str
    """Canonical JSON."""


@dataclass(frozen=True, slots=True)
class AuditEntry(PendingEntry):
    number: int
    """Counted from 1 without gaps."""
    previous: str
    """The hash of the entry before."""
    hash: str


_SAID = tuple(field.name for field in fields(AuditEntry) if field.name != "hash")


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where the trail ends; kept apart, so that an end cut off is missed."""

    count: int
    hash: str


class ChainFaultKind(StrEnum):
    ALTERED = "ALTERED"
    """The entry is not what its hash was made of."""
    REMOVED = "REMOVED"
    """Nothing stands at this number."""
    INSERTED = "INSERTED"
    """It stands where nothing was written."""
    BROKEN = "BROKEN"
    """It does not follow the entry before: one of the two was replaced."""
    HEAD = "HEAD"
    """The end is not the one that was noted."""
    REWRITTEN = "REWRITTEN"
    """What was known of the trail from elsewhere does not stand in it."""


@dataclass(frozen=True, slots=True)
class ChainFault:
    kind: ChainFaultKind
    number: int
    """Of the entry."""
    through: int
    """The last number of several removed; otherwise the same."""


def canonical(value: object) -> str:
    """JSON in the one spelling that is hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def fingerprint(entry: AuditEntry) -> str:
    """SHA-256 of all that the entry says, its number and the hash before it included."""
    said = {name: getattr(entry, name) for name in _SAID}
    # Text that is none has a fingerprint as well, and one that no text has.
    return hashlib.sha256(canonical(said).encode(errors="surrogatepass")).hexdigest()


def details_of(entry: AuditEntry) -> dict[str, object]:
    """{name: value}; empty where what is stored is not the JSON that was written."""
    try:
        details = json.loads(entry.details)
    except ValueError:
        return {}
    return details if isinstance(details, dict) else {}


def chain(notes: Iterable[PendingEntry], head: ChainHead) -> tuple[tuple[AuditEntry, ...], ChainHead]:
    """The notes as entries after this head, and the head after them."""
    entries = []
    for note in notes:
        bare = AuditEntry(**asdict(note), number=head.count + 1, previous=head.hash, hash="")
        entry = replace(bare, hash=fingerprint(bare))
        entries.append(entry)
        head = ChainHead(entry.number, entry.hash)
    return tuple(entries), head


class ChainVerifier:
    """Reads entries in the order of their numbers, as many as there are, and notes every fault.

    Whoever may write everything may also write the whole chain anew: only a head known from before tells that.
    """

    def __init__(self, known: ChainHead | None = None) -> None:
        self.faults: list[ChainFault] = []
        self._reached = ChainHead(0, BEGINNING)
        self._known = known

    def read(self, entry: AuditEntry) -> None:
        due = self._reached.count + 1
        if entry.number < due:
            self._accuse(ChainFaultKind.INSERTED, entry.number)
            return
        if entry.number > due:
            self._accuse(ChainFaultKind.REMOVED, due, through=entry.number - 1)
        elif entry.previous != self._reached.hash:
            self._accuse(ChainFaultKind.BROKEN, entry.number)
        if fingerprint(entry) != entry.hash:
            self._accuse(ChainFaultKind.ALTERED, entry.number)
        if self._known is not None and entry.number == self._known.count and entry.hash != self._known.hash:
            self._accuse(ChainFaultKind.REWRITTEN, entry.number)
        self._reached = ChainHead(entry.number, entry.hash)

    def end(self, head: ChainHead | None) -> None:
        """Compare the end that was reached with the one that was noted; None where that is gone."""
        reached = self._reached
        # SQLite lets words stand in a column of numbers.
        is_readable = head is not None and isinstance(head.count, int)
        if head is None or not is_readable or (reached.count == head.count and reached.hash != head.hash):
            self._accuse(ChainFaultKind.HEAD, reached.count)
        elif reached.count < head.count:
            self._accuse(ChainFaultKind.REMOVED, reached.count + 1, through=head.count)
        elif reached.count > head.count:
            self._accuse(ChainFaultKind.INSERTED, head.count + 1, through=reached.count)
        if self._known is not None and reached.count < self._known.count:
            self._accuse(ChainFaultKind.REWRITTEN, self._known.count)

    def _accuse(self, kind: ChainFaultKind, number: int, *, through: int | None = None) -> None:
        self.faults.append(ChainFault(kind, number, through=number if through is None else through))
