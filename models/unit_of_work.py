"""The unit of work: one transaction and the repositories that use it."""

from collections.abc import Callable
from types import TracebackType
from typing import Generic, Self, TypeVar

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import configure_mappers

from models.announcements import Announcements
from models.audit import AuditLog
from models.compilation import Compilations
from models.conversations import Conversations
from models.duties.assignments import Handovers
from models.duties.calls import UnitCalls
from models.duties.duties import Duties
from models.duties.extensions import Extensions
from models.duties.leaves import Leaves
from models.duties.occurrences import Occurrences
from models.duties.reachability import Reachability
from models.duties.reminders import Reminders
from models.duties.scoreboards import Scoreboards
from models.duties.tallies import Tallies
from models.duties.weekly import WeeklyNotes
from models.inbox import Inbox
from models.official_papers import OfficeTemplates
from models.organisation.clusters import Clusters
from models.organisation.reference import reference_of, remember
from models.organisation.successions import Successions
from models.organisation.units import Units
from models.outbox import Outbox
from models.people.data_requests import DataRequests
from models.people.invites import Invites
from models.people.known_people import KnownPeople
from models.people.office_contacts import OfficeContacts
from models.people.officers import Officers
from models.people.rosters import Rosters
from models.personal_data import PersonalData
from models.plans.plan_texts import PlanTextDrafts
from models.plans.plans import Plans
from models.retention import Retention
from models.reviews.correction_requests import CorrectionRequests
from models.reviews.returns import Returns
from models.reviews.reviews import Reviews
from models.sqlite.connections import READS_ONLY, prepare
from models.statements.kept import write_pending
from models.submissions.dossiers import Dossiers
from models.submissions.figure_synonyms import FigureSynonyms
from models.submissions.hard_copies import HardCopyClaims
from models.submissions.measures import Measures
from models.submissions.past_reports import PastReports
from models.submissions.pledges import Pledges
from models.submissions.progress import Progress
from models.submissions.proposals import Proposals
from models.submissions.reports import Reports
from models.submissions.seals import Seals
from models.submissions.submissions import Submissions
from models.submissions.upload_links import UploadLinks

_ANSWERS_WITHIN = 5
"""Longest wait for a new connection or one from the pool (seconds)."""
# None is closed when it is returned: opening them anew would cost most when there is most to do.
_POOL = {"pool_size": 15, "max_overflow": 0}
_READING = "reading_engine"


R = TypeVar("R")


class Repository(Generic[R]):
    """A unit of work's repository of one kind, made when it is first asked for."""

    def __init__(self, kind: Callable[[AsyncSession], R]) -> None:
        self._kind = kind

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, uow: "UnitOfWork", owner: type) -> R:
        made = self._kind(uow._session)
        # Found in the instance from now on, before this descriptor is.
        uow.__dict__[self._name] = made
        return made


class UnitOfWork:
    """One transaction, opened by the first statement; changes that are not committed are lost."""

    announcements = Repository(Announcements)
    audit_log = Repository(AuditLog)
    calls = Repository(UnitCalls)
    clusters = Repository(Clusters)
    compilations = Repository(Compilations)
    conversations = Repository(Conversations)
    correction_requests = Repository(CorrectionRequests)
    data_requests = Repository(DataRequests)
    dossiers = Repository(Dossiers)
    duties = Repository(Duties)
    extensions = Repository(Extensions)
    figure_synonyms = Repository(FigureSynonyms)
    handovers = Repository(Handovers)
    hard_copy_claims = Repository(HardCopyClaims)
    inbox = Repository(Inbox)
    invites = Repository(Invites)
    known_people = Repository(KnownPeople)
    leaves = Repository(Leaves)
    measures = Repository(Measures)
    occurrences = Repository(Occurrences)
    office_contacts = Repository(OfficeContacts)
    office_templates = Repository(OfficeTemplates)
    officers = Repository(Officers)
    outbox = Repository(Outbox)
    past_reports = Repository(PastReports)
    personal_data = Repository(PersonalData)
    plan_texts = Repository(PlanTextDrafts)
    plans = Repository(Plans)
    pledges = Repository(Pledges)
    progress = Repository(Progress)
    proposals = Repository(Proposals)
    reachability = Repository(Reachability)
    reference = Repository(reference_of)
    reminders = Repository(Reminders)
    reports = Repository(Reports)
    retention = Repository(Retention)
    returns = Repository(Returns)
    reviews = Repository(Reviews)
    rosters = Repository(Rosters)
    scoreboards = Repository(Scoreboards)
    seals = Repository(Seals)
    submissions = Repository(Submissions)
    successions = Repository(Successions)
    tallies = Repository(Tallies)
    units = Repository(Units)
    upload_links = Repository(UploadLinks)
    weekly_notes = Repository(WeeklyNotes)

    def __init__(self, engine: AsyncEngine) -> None:
        self._session = AsyncSession(engine, expire_on_commit=False)
        self._writing, self._reading = engine.sync_engine, engine.sync_engine.get_execution_options()[_READING]
        self.is_in_use_case = False
        """True while a use case runs: what it calls belongs to its transaction."""

    async def only_read(self) -> None:
        """Make the next transaction read-only, so that it does not wait for a writer; a lock or a write is an error."""
        if not self._session.in_transaction():
            self._session.sync_session.bind = self._reading

    async def end_question(self) -> None:
        """End the transaction after a query (a use case that only reads)."""
        await self.rollback()

    async def begin_step(self) -> None:
        """Begin a command (a use case that writes); it ends with `commit` or `rollback`."""

    async def flush(self) -> None:
        """Write new rows to the transaction, so that they get their ids."""
        await write_pending(self._session)

    async def commit(self) -> None:
        await self._chain_audit_log()
        await self._session.commit()

    async def _chain_audit_log(self) -> None:
        """Chain the pending entries; all other rows are written first, for the chain is locked from then on."""
        if self.audit_log.is_pending:
            await write_pending(self._session)
            await self.audit_log.chain_pending()

    async def rollback(self) -> None:
        self.audit_log.forget()
        await self._end()

    async def _end(self) -> None:
        """Roll back; the next transaction may write."""
        if self._session.in_transaction():
            await self._session.rollback()
        self._session.sync_session.bind = self._writing
        self._session.expunge_all()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()


def make_engine(url: str) -> AsyncEngine:
    # The first that a process reads may be objects by a kept statement, which wait for no mapper.
    configure_mappers()
    if make_url(url).get_backend_name() == "sqlite":
        # The loop's thread executes short statements itself, while the connection's own has nothing to do.
        pool = _POOL if make_url(url).database else {}
        engine = create_async_engine(url, connect_args={"check_same_thread": False}, **pool)
        prepare(engine.sync_engine)
    else:
        # A server that does not answer becomes an error within seconds, which is retried, not a wait of half a minute.
        # Where it takes a small query for a costly one it would compile it, which takes longer than to run it.
        answering = {"timeout": _ANSWERS_WITHIN, "server_settings": {"jit": "off"}}
        engine = create_async_engine(
            url, pool_timeout=_ANSWERS_WITHIN, pool_pre_ping=True, connect_args=answering, **_POOL
        )
    remember(engine.sync_engine)
    # Shares the connections, but its transactions are read-only.
    reading = engine.sync_engine.execution_options(**READS_ONLY)
    engine.sync_engine.update_execution_options(**{_READING: reading})
    return engine
