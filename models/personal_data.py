"""All stored data about one person, from all tables: to be shown to them, and to be erased."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.people.data_requests import ERASED_NAME
from models.announcements import AnnouncementRecipient
from models.conversations import Conversation
from models.duties.duties import Duty
from models.duties.leaves import Leave
from models.organisation.units import Unit
from models.outbox import OutboxMessage
from models.people.data_requests import DataRequest
from models.people.invites import Invite
from models.people.officers import Account, Appointment, Consent
from models.people.rosters import ExpectedOfficer
from models.submissions.dossiers import Attachment, Nomination
from models.submissions.proposals import Merit
from models.submissions.submissions import Receipt, Submission


class PersonalData:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def accounts(self, person_id: int) -> Sequence[Account]:
        query = select(Account).where(Account.person_id == person_id).order_by(Account.id)
        return (await self._session.scalars(query)).all()

    async def posts(self, person_id: int) -> Sequence[tuple[Appointment, Unit]]:
        """Return all posts that the person has ever held, newest first."""
        query = select(Appointment, Unit).join(Unit, Appointment.unit_id == Unit.id)
        query = query.where(Appointment.person_id == person_id).order_by(Appointment.id.desc())
        return (await self._session.execute(query)).all()

    async def consents(self, person_id: int) -> Sequence[Consent]:
        return (await self._session.scalars(select(Consent).where(Consent.person_id == person_id))).all()

    async def receipts(self, person_id: int) -> Sequence[tuple[Receipt, Duty, Unit]]:
        """Return the receipts of the person's submissions, without those withdrawn or handed in again since."""
        query = (
            select(Receipt, Duty, Unit)
            .join(Submission, Receipt.submission_id == Submission.id)
            .join(Duty, Submission.duty_id == Duty.id)
            .join(Unit, Duty.unit_id == Unit.id)
            .where(Submission.submitted_by == person_id, Submission.submitted_at == Receipt.at)
            .order_by(Receipt.at)
        )
        return (await self._session.execute(query)).all()

    async def attachments(self, person_id: int) -> Sequence[Attachment]:
        query = select(Attachment).where(Attachment.added_by == person_id).order_by(Attachment.added_at)
        return (await self._session.scalars(query)).all()

    async def nominee_lines(self, unit_ids: Sequence[int]) -> Sequence[tuple[str, Duty, Unit]]:
        """Return (nominees, duty, unit) of these units' dossiers and year-end merits; nominees are one a line."""
        dossiers = (
            select(Nomination.nominees, Duty, Unit)
            .join(Submission, Nomination.submission_id == Submission.id)
            .join(Duty, Submission.duty_id == Duty.id)
            .join(Unit, Duty.unit_id == Unit.id)
            .where(Duty.unit_id.in_(unit_ids))
            .order_by(Nomination.submission_id)
        )
        merits = (
            select(Merit.nominees, Duty, Unit)
            .join(Duty, Merit.duty_id == Duty.id)
            .join(Unit, Merit.unit_id == Unit.id)
            .where(Merit.unit_id.in_(unit_ids))
            .order_by(Merit.id)
        )
        return [*(await self._session.execute(dossiers)).all(), *(await self._session.execute(merits)).all()]

    async def messages(self, accounts: Sequence[Account]) -> Sequence[OutboxMessage]:
        if not accounts:
            return ()
        query = select(OutboxMessage).where(_to(accounts)).order_by(OutboxMessage.created_at)
        return (await self._session.scalars(query)).all()

    async def invites(self, person_id: int) -> Sequence[tuple[Invite, Unit]]:
        query = select(Invite, Unit).join(Unit, Invite.unit_id == Unit.id).where(Invite.used_by == person_id)
        return (await self._session.execute(query)).all()

    async def leaves(self, person_id: int) -> Sequence[Leave]:
        query = select(Leave).where(Leave.person_id == person_id).order_by(Leave.first_day)
        return (await self._session.scalars(query)).all()

    async def expected(self, person_id: int) -> Sequence[tuple[ExpectedOfficer, Unit]]:
        """Return what the standing body had entered about the person before they joined."""
        query = (
            select(ExpectedOfficer, Unit)
            .join(Unit, ExpectedOfficer.unit_id == Unit.id)
            .where(ExpectedOfficer.joined_id == person_id)
        )
        return (await self._session.execute(query)).all()

    async def erase(self, person_id: int) -> None:
        """Erase the person's accounts, messages, dialogs, what they read, and their data in rosters and data requests.

        Does not commit, and does not change the person's own row.
        """
        accounts = await self.accounts(person_id)
        if accounts:
            await self._session.execute(delete(OutboxMessage).where(_to(accounts)))
            chats = [account.chat_id for account in accounts]
            await self._session.execute(delete(Conversation).where(Conversation.chat.in_(chats)))
        await self._session.execute(delete(Account).where(Account.person_id == person_id))
        await self._session.execute(delete(AnnouncementRecipient).where(AnnouncementRecipient.person_id == person_id))
        bare = {"name": ERASED_NAME, "position": None, "phone": None}
        await self._session.execute(update(ExpectedOfficer).where(ExpectedOfficer.joined_id == person_id).values(bare))
        await self._session.execute(update(DataRequest).where(DataRequest.person_id == person_id).values(value=None))


def _to(accounts: Sequence[Account]) -> ColumnElement[bool]:
    return or_(
        *(
            and_(OutboxMessage.channel == account.channel, OutboxMessage.chat_id == account.chat_id)
            for account in accounts
        )
    )
