"""The audit trail: a chain of entries, each of which carries the hash of the entry before it.

It names people and units by their ids only, so that personal data can be erased and the chain still verifies.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum

BEGINNING = "0" * 64
"""`previous` of the first entry: there is no entry before it."""


class AuditAction(StrEnum):
    """Kinds of audited action; a value that has been written once is never renamed."""

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
    UPLOAD_LINK_ISSUED = "UPLOAD_LINK_ISSUED"
    FILE_KEPT = "FILE_KEPT"
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
    PHONES_SEEN = "PHONES_SEEN"
    UNIT_CALLED = "UNIT_CALLED"
    MESSAGE_SENT = "MESSAGE_SENT"
    ANNOUNCED = "ANNOUNCED"
    UNREAD_REMINDED = "UNREAD_REMINDED"

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
    GROUP_MENTIONS = "GROUP_MENTIONS"
    ANSWER_POSTED = "ANSWER_POSTED"
    OFFICE_CONTACT_ADDED = "OFFICE_CONTACT_ADDED"
    OFFICE_CONTACT_REMOVED = "OFFICE_CONTACT_REMOVED"
    TEMPLATE_SET = "TEMPLATE_SET"
    TEMPLATE_DROPPED = "TEMPLATE_DROPPED"


@dataclass(frozen=True, slots=True)
class PendingEntry:
    """An audited action that has no number and no hash yet."""

    at: str
    """Time of the action (UTC, ISO 8601)."""
    person_id: int | None
    """Id of the person who acted, or None if it was a scheduled job or the command line."""
    posts: str
    """Roles and unit ids that the person held then: «OFFICER@5 LEADER@1»."""
    deed: str
    about: str
    """Receipt code, other code or id of the thing that was acted on."""
    unit_id: int | None
    details: str
    """Canonical JSON of {name: value}."""


@dataclass(frozen=True, slots=True)
class AuditEntry(PendingEntry):
    number: int
    """Place in the chain, counted from 1 without gaps."""
    previous: str
    """Hash of the entry before."""
    hash: str


_HASHED_FIELDS = tuple(field.name for field in fields(AuditEntry) if field.name != "hash")


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last number and hash of the trail, stored apart from it, so that a cut-off end is noticed."""

    count: int
    hash: str


class ChainFaultKind(StrEnum):
    ALTERED = "ALTERED"
    """The content of the entry does not match its hash."""
    REMOVED = "REMOVED"
    """There is no entry with this number."""
    INSERTED = "INSERTED"
    """There is an entry with a number that was used already, or that lies past the stored head."""
    BROKEN = "BROKEN"
    """`previous` is not the hash of the entry before: one of the two was replaced."""
    HEAD = "HEAD"
    """The stored head is missing, unreadable, or has another hash than the last entry."""
    REWRITTEN = "REWRITTEN"
    """The trail does not contain the head that was known from elsewhere."""


@dataclass(frozen=True, slots=True)
class ChainFault:
    kind: ChainFaultKind
    number: int
    """Number of the entry."""
    through: int
    """Last number of a run of removed or inserted entries; otherwise the same as `number`."""


def canonical(value: object) -> str:
    """Return the value as JSON in the one spelling that is hashed: sorted keys, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def fingerprint(entry: AuditEntry) -> str:
    """Return the SHA-256 (hexadecimal) of all fields of the entry but its own hash."""
    hashed = {name: getattr(entry, name) for name in _HASHED_FIELDS}
    # Lone surrogates are not valid Unicode; they are hashed too, so that tampered text is reported and does not crash.
    return hashlib.sha256(canonical(hashed).encode(errors="surrogatepass")).hexdigest()


def details_of(entry: AuditEntry) -> dict[str, object]:
    """Return {name: value}; empty if the stored text is not a JSON object."""
    try:
        details = json.loads(entry.details)
    except ValueError:
        return {}
    return details if isinstance(details, dict) else {}


def chain(pending: Iterable[PendingEntry], head: ChainHead) -> tuple[tuple[AuditEntry, ...], ChainHead]:
    """Number and hash the pending entries after `head`; return them and the new head."""
    entries = []
    for action in pending:
        unhashed = AuditEntry(**asdict(action), number=head.count + 1, previous=head.hash, hash="")
        entry = replace(unhashed, hash=fingerprint(unhashed))
        entries.append(entry)
        head = ChainHead(entry.number, entry.hash)
    return tuple(entries), head


class ChainVerifier:
    """Checks entries that are given in the order of their numbers and collects every fault.

    Somebody with full write access can recompute the whole chain: only a head known from elsewhere reveals that.
    """

    def __init__(self, known: ChainHead | None = None) -> None:
        self.faults: list[ChainFault] = []
        self._reached = ChainHead(0, BEGINNING)
        self._known = known

    def read(self, entry: AuditEntry) -> None:
        expected = self._reached.count + 1
        if entry.number < expected:
            self._accuse(ChainFaultKind.INSERTED, entry.number)
            return
        if entry.number > expected:
            self._accuse(ChainFaultKind.REMOVED, expected, through=entry.number - 1)
        elif entry.previous != self._reached.hash:
            self._accuse(ChainFaultKind.BROKEN, entry.number)
        if fingerprint(entry) != entry.hash:
            self._accuse(ChainFaultKind.ALTERED, entry.number)
        if self._known is not None and entry.number == self._known.count and entry.hash != self._known.hash:
            self._accuse(ChainFaultKind.REWRITTEN, entry.number)
        self._reached = ChainHead(entry.number, entry.hash)

    def end(self, head: ChainHead | None) -> None:
        """Compare the last entry with the stored head; `head` is None if it is missing."""
        reached = self._reached
        # SQLite accepts text in an integer column, so the stored count may be no number.
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
