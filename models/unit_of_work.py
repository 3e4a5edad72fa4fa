"""The unit of work: one transaction and the repositories that use it."""

from types import TracebackType
from typing import Self

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from models import sqlite
from models.announcements import Announcements
from models.audit import AuditLog
from models.compilation import Compilations
from models.conversations import Conversations
from models.duties.assignments import Handovers
from models.duties.calls import UnitCalls
from models.duties.duties import Duties
from models.duties.extensions import Extensions
from models.duties.leaves import Leaves
from models.duties.reachability import Reachability
from models.duties.reminders import Reminders
from models.duties.scoreboards import Scoreboards
from models.duties.tallies import Tallies
from models.duties.weekly import WeeklyNotes
from models.inbox import Inbox
from models.official_papers import OfficeTemplates
from models.organisation.successions import Successions
from models.organisation.units import Clusters, Units
from models.outbox import Outbox
from models.people.data_requests import DataRequests
from models.people.invites import Invites
from models.people.office_contacts import OfficeContacts
from models.people.officers import Officers
from models.people.rosters import Rosters
from models.personal_data import PersonalData
from models.plans.plan_texts import PlanTextDrafts
from models.plans.plans import Plans
from models.retention import Retention
from models.submissions.dossiers import Dossiers
from models.submissions.figure_synonyms import FigureSynonyms
from models.submissions.hard_copies import HardCopyClaims
from models.submissions.measures import Measures
from models.submissions.past_reports import PastReports
from models.submissions.pledges import Pledges
from models.submissions.proposals import Proposals
from models.submissions.reports import Reports
from models.submissions.reviews import Reviews
from models.submissions.seals import Seals
from models.submissions.submissions import Submissions
from models.submissions.upload_links import UploadLinks

_ANSWERS_WITHIN = 5
"""Longest wait for a new connection or one from the pool (seconds)."""


class UnitOfWork:
    """One transaction, opened by the first statement; changes that are not committed are lost."""

    def __init__(self, engine: AsyncEngine) -> None:
        session = AsyncSession(engine, expire_on_commit=False)
        self._session = session
        self.announcements = Announcements(session)
        self.scoreboards = Scoreboards(session)
        self.calls = UnitCalls(session)
        self.clusters = Clusters(session)
        self.compilations = Compilations(session)
        self.conversations = Conversations(session)
        self.data_requests = DataRequests(session)
        self.dossiers = Dossiers(session)
        self.duties = Duties(session)
        self.extensions = Extensions(session)
        self.figure_synonyms = FigureSynonyms(session)
        self.handovers = Handovers(session)
        self.inbox = Inbox(session)
        self.invites = Invites(session)
        self.leaves = Leaves(session)
        self.measures = Measures(session)
        self.office_contacts = OfficeContacts(session)
        self.office_templates = OfficeTemplates(session)
        self.officers = Officers(session)
        self.outbox = Outbox(session)
        self.hard_copy_claims = HardCopyClaims(session)
        self.past_reports = PastReports(session)
        self.personal_data = PersonalData(session)
        self.plan_texts = PlanTextDrafts(session)
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
        self.tallies = Tallies(session)
        self.audit_log = AuditLog(session)
        self.units = Units(session)
        self.upload_links = UploadLinks(session)
        self.weekly_notes = WeeklyNotes(session)

    async def only_read(self) -> None:
        """Make a new transaction read-only, so that it does not wait for a writer; a lock or a write is an error."""
        if not self._session.in_transaction():
            await self._session.connection(execution_options=sqlite.READS_ONLY)

    async def end_question(self) -> None:
        """End the transaction after a query (a use case that only reads)."""
        await self.rollback()

    async def begin_step(self) -> None:
        """Begin a command (a use case that writes); it ends with `commit` or `rollback`."""

    async def flush(self) -> None:
        """Write new rows to the transaction, so that they get their ids."""
        await self._session.flush()

    async def commit(self) -> None:
        await self.audit_log.chain_pending()
        await self._session.commit()

    async def rollback(self) -> None:
        self.audit_log.forget()
        self.plans.clear_cache()
        self.units.clear_cache()
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
    # A server that does not answer becomes an error within seconds, which is retried, and not a wait of half a minute.
    return create_async_engine(
        url, pool_timeout=_ANSWERS_WITHIN, pool_pre_ping=True, connect_args={"timeout": _ANSWERS_WITHIN}
    )
