"""A province where every second unit has handed in, in time or late; of the others some are returned or extended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.calendar import VIETNAM
from domain.people.people import CONSENT_VERSION
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from domain.submissions.submissions import State
from domain.units import ClusterKind, ClusterRole, UnitKind
from models.base import Base
from models.duties.duties import Duty
from models.organisation.clusters import Cluster, Membership
from models.organisation.units import Unit
from models.people.officers import Account, Appointment, Consent, Person
from models.plans.plans import StoredPlan
from models.reviews.returns import Return
from models.submissions.hard_copies import HardCopyClaim
from models.submissions.reports import Figure
from models.submissions.submissions import Submission
from plans.catalogue import shipped_plan

PROVINCE_PLAN = "mau-2026"
FIGURES = 15
UNITS_OF_A_CLUSTER = 20
AUTHORITY_ID, LEADER_ID, CLERK_ID = 1, 1, 2
FIRST_CHAT = 1000
FOUNDED = date(2025, 7, 1)
OPENED = datetime(2026, 4, 1, 8, tzinfo=VIETNAM)
REPORT_TITLE = "Báo cáo 6 tháng"
NOON = datetime(2026, 5, 12, 12, tzinfo=VIETNAM)
"""Hour at which the province is looked at."""
MORNING = datetime(2026, 5, 11, 9, tzinfo=VIETNAM)
"""Hour at which reminders may be sent, three days before the last valid day of the half-year report."""

_DUTIES = (
    ("giao-uoc", DutyKind.PLEDGE, "Giao ước thi đua", date(2026, 4, 15)),
    ("bao-cao-6-thang", DutyKind.REPORT, REPORT_TITLE, date(2026, 5, 14)),
    ("bao-cao-nam", DutyKind.REPORT, "Báo cáo năm", date(2026, 11, 14)),
)
_AT_ONCE = 5000
_UNTOUCHED = (1, 11, 13, 15, 17, 19)
"""Last digits, in twenty, of the ids of units that have done nothing yet."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class HalfProvince:
    """How many units there are; every second one has handed in each duty."""

    units: int
    is_half_in: bool = True
    """False for the day on which nobody has handed in anything yet."""

    async def fill(self, engine: AsyncEngine) -> None:
        """Fill an empty, migrated database."""
        async with engine.begin() as connection:
            for table, rows in self._tables():
                await _insert(connection, table, list(rows))
                if engine.dialect.name == "postgresql" and "id" in table.__table__.columns:
                    await _number_on(connection, table)

    def _tables(self) -> Iterator[tuple[type[Base], Iterator[Row]]]:
        yield Unit, self._units()
        yield Cluster, self._clusters()
        yield Membership, self._memberships()
        yield Person, self._people()
        yield Account, ({"person_id": i, "channel": "telegram", "chat_id": FIRST_CHAT + i} for i in self._person_ids())
        yield Consent, ({"person_id": i, "version": CONSENT_VERSION, "given_at": OPENED} for i in self._person_ids())
        yield Appointment, self._appointments()
        yield StoredPlan, iter([_plan()])
        yield Duty, self._duties()
        yield Submission, self._submissions()
        yield Return, self._returns()
        yield HardCopyClaim, self._claims()
        yield Figure, self._figures()

    @property
    def officers(self) -> range:
        """Chats of the units' officers."""
        return range(FIRST_CHAT + CLERK_ID + 1, FIRST_CHAT + CLERK_ID + 1 + self.units)

    @property
    def open_officers(self) -> list[int]:
        """Chats of officers whose unit has neither handed in nor begun anything, nor been given another day."""
        return [chat for chat in self.officers if (chat - self.officers[0] + 2) % 20 in _UNTOUCHED]

    def _unit_ids(self) -> range:
        return range(AUTHORITY_ID + 1, AUTHORITY_ID + 1 + self.units)

    def _person_ids(self) -> range:
        return range(LEADER_ID, CLERK_ID + 1 + self.units)

    def _units(self) -> Iterator[Row]:
        yield _unit(AUTHORITY_ID, "UBND tỉnh Mẫu", UnitKind.AUTHORITY, None)
        for unit_id in self._unit_ids():
            yield _unit(unit_id, f"Xã Mẫu {unit_id - AUTHORITY_ID}", UnitKind.COMMUNE, AUTHORITY_ID)

    def _clusters(self) -> Iterator[Row]:
        for number in range(1, -(-self.units // UNITS_OF_A_CLUSTER) + 1):
            yield {
                "id": number,
                "code": f"cum-{number}",
                "name": f"Cụm {number}",
                "kind": ClusterKind.CLUSTER,
                "authority_id": AUTHORITY_ID,
                "valid_from": FOUNDED,
            }

    def _memberships(self) -> Iterator[Row]:
        for place, unit_id in enumerate(self._unit_ids()):
            yield {
                "cluster_id": place // UNITS_OF_A_CLUSTER + 1,
                "unit_id": unit_id,
                "role": ClusterRole.MEMBER if place % UNITS_OF_A_CLUSTER else ClusterRole.HEAD,
                "valid_from": FOUNDED,
            }

    def _people(self) -> Iterator[Row]:
        for person_id in self._person_ids():
            yield {"id": person_id, "name": "Cán bộ", "position": "Chuyên viên", "joined_at": OPENED}

    def _appointments(self) -> Iterator[Row]:
        yield _post(LEADER_ID, AUTHORITY_ID, Role.LEADER)
        yield _post(CLERK_ID, AUTHORITY_ID, Role.STANDING_BODY)
        for unit_id in self._unit_ids():
            yield _post(unit_id - AUTHORITY_ID + CLERK_ID, unit_id, Role.OFFICER)

    def _duties(self) -> Iterator[Row]:
        for duty_id, code, kind, title, last, unit_id in self._each_duty():
            yield {
                "id": duty_id,
                "plan_code": PROVINCE_PLAN,
                "code": code,
                "year": 2026,
                "turn": 0,
                "unit_id": unit_id,
                "authority_id": AUTHORITY_ID,
                "kind": kind,
                "title": title,
                "opened_at": OPENED,
                "last_valid_day": last,
                "extended_to": last + timedelta(days=40) if unit_id % 20 == 3 else None,
            }

    def _each_duty(self) -> Iterator[tuple[int, str, DutyKind, str, date, int]]:
        duty_id = 0
        for code, kind, title, last in _DUTIES:
            for unit_id in self._unit_ids():
                duty_id += 1
                yield duty_id, code, kind, title, last, unit_id

    def _submissions(self) -> Iterator[Row]:
        """Even units have handed in, most in time; of the odd ones some are returned, and some have a draft."""
        for duty_id, _, _, _, last, unit_id in self._each_duty() if self.is_half_in else ():
            if unit_id % 2 and unit_id % 20 not in (5, 7):
                continue
            state = State.SUBMITTED if not unit_id % 2 else State.RETURNED if unit_id % 20 == 5 else State.DRAFT
            is_draft = state is State.DRAFT
            day = min(last, NOON.date()) + timedelta(days=1 if unit_id % 20 == 4 else -1 - unit_id % 9)
            hour = datetime(day.year, day.month, day.day, unit_id % 24, tzinfo=VIETNAM)
            yield {
                "id": duty_id,
                "duty_id": duty_id,
                "state": state if unit_id % 4 or is_draft else State.ACCEPTED,
                "revision": FIGURES,
                "changed_at": hour,
                "changed_by": LEADER_ID,
                "submitted_at": None if is_draft else hour,
                "submitted_by": None if is_draft else LEADER_ID,
                "counts_from": None if is_draft else hour,
            }

    def _returns(self) -> Iterator[Row]:
        for row in self._submissions():
            if row["state"] is State.RETURNED:
                yield {
                    "submission_id": row["id"],
                    "turn": 1,
                    "was": State.SUBMITTED,
                    "by": CLERK_ID,
                    "at": row["changed_at"],
                    "correct_by": NOON.date() + timedelta(days=3),
                }

    def _claims(self) -> Iterator[Row]:
        for duty_id, _, _, _, _, unit_id in self._each_duty() if self.is_half_in else ():
            if unit_id % 40 == 9:
                yield {"duty_id": duty_id, "turn": 1, "by": LEADER_ID, "at": OPENED}

    def _figures(self) -> Iterator[Row]:
        for row in self._submissions():
            for number in range(FIGURES):
                yield {
                    "submission_id": row["id"],
                    "indicator": f"chi-tieu-{number}",
                    "value": Decimal(number),
                    "entered_by": LEADER_ID,
                    "entered_at": row["changed_at"],
                }


async def _insert(connection: AsyncConnection, table: type[Base], rows: Sequence[Row]) -> None:
    for begin in range(0, len(rows), _AT_ONCE):
        await connection.execute(insert(table), rows[begin : begin + _AT_ONCE])


async def _number_on(connection: AsyncConnection, table: type[Base]) -> None:
    """Let the next row of the table be numbered after the inserted ones."""
    name = table.__tablename__
    last = select(func.setval(func.pg_get_serial_sequence(name, "id"), func.max(table.__table__.columns["id"])))
    await connection.execute(last)


def _unit(unit_id: int, name: str, kind: UnitKind, authority_id: int | None) -> Row:
    return {
        "id": unit_id,
        "code": f"dv-{unit_id}",
        "name": name,
        "kind": kind,
        "authority_id": authority_id,
        "valid_from": FOUNDED,
    }


def _post(person_id: int, unit_id: int, role: Role) -> Row:
    return {"person_id": person_id, "unit_id": unit_id, "role": role, "since": OPENED, "valid_from": FOUNDED}


def _plan() -> Row:
    return {
        "code": PROVINCE_PLAN,
        "authority_id": AUTHORITY_ID,
        "text": shipped_plan(PROVINCE_PLAN),
        "loaded_at": OPENED,
        "first_loaded_at": OPENED,
    }
