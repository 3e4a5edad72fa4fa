"""Links to the web page: for uploads, with the files that are being uploaded by them, and for downloads."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant
from models.locking import for_update


class UploadLink(Base):
    """A link by which one person uploads one paper; only the fingerprint of its token is stored."""

    __tablename__ = "upload_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    requirement: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    """The paper that was uploaded by it."""


class UploadingFile(Base):
    """A file that is being uploaded; how much has arrived is the size of its part on disk."""

    __tablename__ = "uploading_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    """Random name of its part on disk."""
    link_id: Mapped[int] = mapped_column(ForeignKey("upload_links.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int] = mapped_column(BigInteger)
    """Size when it is complete (bytes)."""
    modified: Mapped[int | None] = mapped_column(BigInteger)
    """Milliseconds since 1970 of the file's last change, as the browser says."""


class DownloadLink(Base):
    """A link by which one person downloads one paper that the messenger does not send."""

    __tablename__ = "download_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"))
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


class UploadLinks:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: UploadLink | UploadingFile | DownloadLink) -> None:
        self._session.add(row)

    async def with_fingerprint(self, fingerprint: str) -> UploadLink | None:
        return await self._session.scalar(select(UploadLink).where(UploadLink.fingerprint == fingerprint))

    async def get(self, link_id: int) -> UploadLink:
        return await self._session.get_one(UploadLink, link_id)

    async def get_for_update(self, link_id: int) -> UploadLink:
        return (await self._session.scalars(for_update(select(UploadLink).where(UploadLink.id == link_id)))).one()

    async def replace(self, new: UploadLink) -> None:
        """Revoke the person's other links for the same paper; `new` takes over the files that they hold.

        `new` has its id. Does not commit.
        """
        same = (
            (UploadLink.person_id == new.person_id)
            & (UploadLink.submission_id == new.submission_id)
            & (UploadLink.requirement == new.requirement)
            & (UploadLink.id != new.id)
            & UploadLink.revoked_at.is_(None)
        )
        earlier = select(UploadLink.id).where(same, UploadLink.used_at.is_(None))
        held = update(UploadingFile).where(UploadingFile.link_id.in_(earlier)).values(link_id=new.id)
        await self._session.execute(held.execution_options(synchronize_session=False))
        revoked = update(UploadLink).where(same).values(revoked_at=new.created_at)
        await self._session.execute(revoked.execution_options(synchronize_session=False))

    async def files_of(self, link_id: int) -> Sequence[UploadingFile]:
        query = select(UploadingFile).where(UploadingFile.link_id == link_id).order_by(UploadingFile.id)
        return (await self._session.scalars(query)).all()

    async def delete_files(self, keys: Sequence[str]) -> None:
        await self._session.execute(delete(UploadingFile).where(UploadingFile.key.in_(keys)))

    async def abandoned(self, *, now: datetime, limit: int) -> Sequence[UploadingFile]:
        """Return files by links that cannot be used any more."""
        query = (
            select(UploadingFile)
            .join(UploadLink, UploadingFile.link_id == UploadLink.id)
            .where(
                or_(UploadLink.expires_at <= now, UploadLink.revoked_at.is_not(None), UploadLink.used_at.is_not(None))
            )
            .order_by(UploadingFile.id)
            .limit(limit)
        )
        return (await self._session.scalars(query)).all()

    async def known(self, keys: Sequence[str]) -> set[str]:
        """Return those of these keys that belong to a file."""
        return set(await self._session.scalars(select(UploadingFile.key).where(UploadingFile.key.in_(keys))))

    async def download(self, fingerprint: str) -> DownloadLink | None:
        return await self._session.scalar(select(DownloadLink).where(DownloadLink.fingerprint == fingerprint))

    async def has_expired_downloads(self, now: datetime) -> bool:
        query = select(DownloadLink.id).where(DownloadLink.expires_at <= now).limit(1)
        return await self._session.scalar(query) is not None

    async def delete_expired_downloads(self, now: datetime) -> None:
        await self._session.execute(delete(DownloadLink).where(DownloadLink.expires_at <= now))
