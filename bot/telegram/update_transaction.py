"""Transaction of one update: its actions, its dialog's state and its mark in the inbox are committed together."""

from collections.abc import AsyncIterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from aiogram import Bot, Router
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import GetUpdates, Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram_dialog import ShowMode
from aiogram_dialog.api.entities import ChatEvent
from aiogram_dialog.api.internal import CONTEXT_KEY, STACK_KEY, STORAGE_KEY
from aiogram_dialog.api.protocols import DialogManager, DialogRegistryProtocol, MessageManagerProtocol
from aiogram_dialog.context.media_storage import MediaIdStorage
from aiogram_dialog.manager.manager import ManagerImpl
from aiogram_dialog.manager.manager_factory import DefaultManagerFactory

from bot.telegram.dialog_storage import States, StateStore, UpdateStorage
from models.held_unit_of_work import HeldUnitOfWork
from models.unit_of_work import UnitOfWork
from usecases.ports import FileStore

_current: ContextVar["UpdateTransaction | None"] = ContextVar("turn", default=None)


class UpdateTransaction:
    def __init__(self, uow: HeldUnitOfWork, store: StateStore, *, number: int) -> None:
        self.storage = UpdateStorage(store, uow)
        self.manager: UpdateDialogManager | None = None
        self._uow = uow
        self._store = store
        self._number = number
        self._owes_mark = False
        self._token = _current.set(self)

    async def release(self) -> None:
        """Commit the actions before anybody hears of them, and hold no transaction while the messenger answers."""
        await self.commit()
        await self._uow.end_reading()

    async def commit(self) -> None:
        """Commit the actions, if there are any; after that the update is only shown, never done again."""
        if self._owes_mark:
            await self._uow.commit()
        if self._uow.is_held and await self._uow.release(self._add_to_act):
            self._owes_mark = False
            await self._store.publish(self._number)
            self.storage.mark_committed()

    async def release_before_file(self) -> None:
        """Commit the steps so far of an action that goes on with a file; the update is marked only when the action
        ends.
        """
        await self._uow.end_reading()
        if await self._uow.release():
            self._owes_mark = True

    async def _add_to_act(self, uow: UnitOfWork) -> None:
        if self.manager is not None:
            await self.manager.save()
        left = await self._store.prepare(uow, self._number, self.storage.changes)
        await uow.inbox.mark_processed(self._number, beside=left)

    async def give_up_unsaved(self, *, but_steps: bool) -> None:
        """Drop unsaved state after an error; with `but_steps`, the steps that use cases have closed stay to be
        committed.
        """
        self.manager = None
        self.storage.discard()
        self._owes_mark = self._owes_mark and but_steps
        if not but_steps:
            await self._uow.drop()

    async def finish(self) -> States:
        """Commit what is left; return the states to conclude the update with: what its dialogs remember of the
        answer.
        """
        await self.release()
        return dict(self.storage.changes)

    def close(self) -> None:
        _current.reset(self._token)


class CommitBeforeSending(BaseRequestMiddleware):
    """Request middleware that commits an update's actions before its first call to the messenger."""

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        turn = _current.get()
        if turn is not None and not isinstance(method, GetUpdates):
            await turn.release()
        return await make_request(bot, method)


class FilesOutsideTransaction:
    """File store that ends the update's transaction before a file is stored or fetched."""

    def __init__(self, files: FileStore, turn: UpdateTransaction) -> None:
        self._files = files
        self._turn = turn

    async def save(self, key: str, content: bytes | Path) -> None:
        await self._turn.release_before_file()
        await self._files.save(key, content)

    async def read(self, key: str) -> bytes:
        await self._turn.release_before_file()
        return await self._files.read(key)

    async def stream(self, key: str) -> AsyncIterator[bytes]:
        await self._turn.release_before_file()
        async for piece in self._files.stream(key):
            yield piece

    async def delete(self, key: str) -> None:
        await self._turn.release_before_file()
        await self._files.delete(key)


class UpdateDialogManager(ManagerImpl):
    """Dialog manager that commits before it draws: drawing takes longer than others should wait for the database."""

    async def show(self, show_mode: ShowMode | None = None) -> None:
        turn = _current.get()
        if turn is not None:
            await turn.commit()
        await super().show(show_mode)

    async def save(self) -> None:
        """Put the present context and stack into the update's storage."""
        if self.disabled or STORAGE_KEY not in self.middleware_data:
            return
        await self.storage().save_context(self.middleware_data[CONTEXT_KEY])
        await self.storage().save_stack(self.middleware_data[STACK_KEY])


class UpdateDialogManagerFactory(DefaultManagerFactory):
    def __init__(self, message_manager: MessageManagerProtocol) -> None:
        super().__init__(message_manager, MediaIdStorage(), None)  # type: ignore[no-untyped-call] # the library has no types here

    def __call__(
        self, event: ChatEvent, data: dict[str, Any], registry: DialogRegistryProtocol, router: Router
    ) -> DialogManager:
        manager = UpdateDialogManager(
            event=event,
            data=data,
            message_manager=self.message_manager,
            media_id_storage=self.media_id_storage,
            registry=registry,
            router=router,
            getter=self.getter,
        )
        turn = _current.get()
        if turn is not None:
            turn.manager = manager
        return manager
