"""Dispatcher: every update passes the middlewares, then commands, then dialogs, then what nobody expected."""

import secrets
from collections.abc import Iterable

from aiogram import Dispatcher, Router
from aiogram.dispatcher.middlewares.error import ErrorsMiddleware
from aiogram.fsm.storage.memory import DisabledEventIsolation
from aiogram_dialog import setup_dialogs
from aiogram_dialog.api.entities import stack

from bot.health.receiving import CountUpdates
from bot.telegram.chat_order import ChatOrder
from bot.telegram.middlewares.clean_text import CleanTypedText
from bot.telegram.middlewares.in_flight import TrackInFlight
from bot.telegram.middlewares.limit import LimitQueuePerChat
from bot.telegram.middlewares.mark_handled import MarkUpdateHandled
from bot.telegram.middlewares.serialize import SerializePerChat
from bot.telegram.routing import UpdateRouter
from bot.telegram.update_attempts import RaiseForRetry, RetryUpdate
from bot.telegram.update_inbox import UpdateInbox
from bot.telegram.update_transaction import UpdateDialogManagerFactory
from dialogs.registry import make_dialogs
from dialogs.shared.filters import resolve_in_place
from dialogs.shared.message_manager import ResilientMessageManager
from handlers import routers_after_dialogs, routers_before_dialogs
from handlers.menus import OwnMenus
from handlers.moves import remember_moves
from handlers.strays import read_missing_data_as_empty, read_nameless_reply_as_none


def make_routers() -> tuple[Router, ...]:
    """Return all routers in the order in which they are asked; none knows the app or has a dispatcher yet."""
    return (*routers_before_dialogs(), *make_dialogs(), *routers_after_dialogs())


def build_dispatcher(
    routers: Iterable[Router],
    *,
    attempts: RetryUpdate,
    in_flight: TrackInFlight,
    inbox: UpdateInbox,
    chat_turns: ChatOrder,
) -> Dispatcher:
    # aiogram's own FSM would read a state with every update; dialogs keep theirs themselves.
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.update.outer_middleware(CountUpdates())
    dispatcher.update.outer_middleware(in_flight)
    dispatcher.update.outer_middleware(MarkUpdateHandled(inbox))
    dispatcher.update.outer_middleware(CleanTypedText())
    in_turn = SerializePerChat(chat_turns)
    dispatcher.update.outer_middleware(LimitQueuePerChat(in_turn))
    dispatcher.update.outer_middleware(in_turn)
    dispatcher.update.outer_middleware(attempts)
    dispatcher.update.outer_middleware(remember_moves)
    # aiogram's own stands outside all of these: a refusal would then be answered after the chat's turn has ended.
    dispatcher.update.outer_middleware(ErrorsMiddleware(dispatcher))
    dispatcher.update.outer_middleware(RaiseForRetry())
    dispatcher.callback_query.outer_middleware(read_missing_data_as_empty)
    for observer in (dispatcher.message, dispatcher.business_message):
        observer.outer_middleware(read_nameless_reply_as_none)
    own_menus = OwnMenus()
    dispatcher.message.middleware(own_menus)
    dispatcher.callback_query.middleware(own_menus)
    dispatcher.include_router(UpdateRouter(routers))
    setup_dialogs(
        dispatcher,
        dialog_manager_factory=UpdateDialogManagerFactory(ResilientMessageManager()),
        # A chat's updates take turns anyway, and the library's own would keep a lock of everybody who ever wrote.
        events_isolation=DisabledEventIsolation(),
    )
    patch_stack_ids()
    resolve_filters_in_place(dispatcher)
    return dispatcher


def resolve_filters_in_place(dispatcher: Dispatcher) -> None:
    """Spare each update its hops to a thread: a press met 42 filters, a typed message 15."""
    for router in dispatcher.chain_tail:
        for observer in router.observers.values():
            for handler in (observer._handler, *observer.handlers):
                for found in handler.filters or ():
                    resolve_in_place(found)


def patch_stack_ids() -> None:
    """Replace aiogram_dialog's stack ids by random ones.

    The library derives ids from a clock that ticks a hundred times a second. Two dialogs opened in one tick got the
    same id: the screen was shown twice, the second time without its notice and with the buttons of the other one.
    """
    stack.new_id = lambda: secrets.token_urlsafe(6)
