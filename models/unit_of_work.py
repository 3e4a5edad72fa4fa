"""One transaction and the tables seen through it."""

from types import TracebackType
from typing import Self

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from models import sqlite
from models.boards import Boards
from models.calls import UnitCalls
from models.conversations import Conversations
from models.data_requests import DataRequests
from models.dossiers import Dossiers
from models.duties import Duties
from models.extensions import Extensions
from models.handovers import Handovers
from models.inbox import Inbox
from models.invites import Invites
from models.leaves import Leaves
from models.office_contacts import OfficeContacts
from models.officers import Officers
from models.outbox import Outbox
from models.paper_claims import PaperClaims
from models.personal_data import PersonalData
from models.plans import Plans
from models.pledges import Pledges
from models.proposals import Proposals
from models.reachability import Reachability
from models.reminders import Reminders
from models.reports import Reports
from models.retention import Retention
from models.reviews import Reviews
from models.rosters import Rosters
from models.seals import Seals
from models.submissions import Submissions
from models.successions import Successions
from models.trail import Trail
from models.units import Clusters, Units
from models.weekly import WeeklyNotes

_ANSWERS_WITHIN = 5
"""Seconds to open a connection, or to be lent one."""


class UnitOfWork:
    """Opens a transaction at the first question; what is not committed is forgotten."""

    def __init__(self, engine: AsyncEngine) -> None:
        session = AsyncSession(engine, expire_on_commit=False)
        self._session = session
        self.boards = Boards(session)
        self.calls = UnitCalls(session)
        self.clusters = Clusters(session)
        self.conversations = Conversations(session)
        self.data_requests = DataRequests(session)
        self.dossiers = Dossiers(session)
        self.duties = Duties(session)
        self.extensions = Extensions(session)
        self.handovers = Handovers(session)
        self.inbox = Inbox(session)
        self.invites = Invites(session)
        self.leaves = Leaves(session)
        self.office_contacts = OfficeContacts(session)
        self.officers = Officers(session)
        self.outbox = Outbox(session)
        self.paper_claims = PaperClaims(session)
        self.personal_data = PersonalData(session)
        self.plans = Plans(session)
        self.pledges = Pledges(session)
        self.reachability = Reachability(session)
        self.proposals = Proposals(session)
        self.reminders = Reminders(session)
        self.reports = Reports(session)
        self.retention = Retention(session)
        self.reviews = Reviews(session)
        self.rosters = Rosters(session)
        self.seals = Seals(session)
        self.submissions = Submissions(session)
        self.successions = Successions(session)
        self.trail = Trail(session)
        self.units = Units(session)
        self.weekly_notes = WeeklyNotes(session)

    async def only_read(self) -> None:
        """Let this transaction read beside a writer; a lock or a write in it is an error."""
        if not self._session.in_transaction():
            await self._session.connection(execution_options=sqlite.READS_ONLY)

    async def begin_step(self) -> None:
        """Called before a use case writes; it ends with `commit` or `rollback`."""

    async def flush(self) -> None:
        """Give new rows their ids."""
        await self._session.flush()

    async def commit(self) -> None:
        await self.trail.close()
        await self._session.commit()

    async def rollback(self) -> None:
        self.trail.forget()
        self.plans.read_anew()
        await self._session.rollback()
        self._session.expunge_all()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()


def make_engine(url: str) -> AsyncEngine:
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_async_engine(url)
        sqlite.prepare(engine.sync_engine)
        return engine
    # A server that does not answer is an error within seconds, which is tried again, and not half a minute of silence.
    return create_async_engine(
        url, pool_timeout=_ANSWERS_WITHIN, pool_pre_ping=True, connect_args={"timeout": _ANSWERS_WITHIN}
    )
