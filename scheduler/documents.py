"""Files that follow a message: each is sent once, and uploaded once for all who get it."""

from dataclasses import dataclass

from scheduler.contexts import OpenContext
from usecases.announcements.reading import remember_upload
from usecases.outbox.sending import QueuedMessage, note_parts_sent
from usecases.ports import Channel, DocumentUnknown, FileStore, OutgoingDocument, StoredDocument


@dataclass(frozen=True, slots=True)
class DocumentSender:
    contexts: OpenContext
    files: FileStore

    async def send(self, channel: Channel, queued: QueuedMessage, documents: tuple[StoredDocument, ...]) -> None:
        """Send the files that have not arrived yet; each is noted at once, so that a retry goes on behind it."""
        for parts, document in enumerate(documents, start=2):
            if queued.parts_sent < parts:
                await self._send(channel, queued, document)
                await self.note(queued, parts=parts)

    async def note(self, queued: QueuedMessage, *, parts: int) -> None:
        async with self.contexts.open() as ctx:
            await note_parts_sent(ctx, queued, parts=parts)

    async def _send(self, channel: Channel, queued: QueuedMessage, document: StoredDocument) -> None:
        if document.known_as is not None:
            try:
                await channel.send_document(queued.chat_id, OutgoingDocument(document.name, known_as=document.known_as))
            except DocumentUnknown:
                await self._remember(queued, document, known_as=None)
            else:
                return
        content = await self.files.read(document.key)
        known_as = await channel.send_document(queued.chat_id, OutgoingDocument(document.name, content))
        await self._remember(queued, document, known_as=known_as)

    async def _remember(self, queued: QueuedMessage, document: StoredDocument, *, known_as: str | None) -> None:
        async with self.contexts.open() as ctx:
            await remember_upload(ctx, document.id, channel=queued.channel, known_as=known_as)
