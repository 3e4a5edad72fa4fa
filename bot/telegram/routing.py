"""Routing: an update meets only the routers that may handle it, and of some fifty dialogs only the open one."""

from collections.abc import Iterable
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.fsm.state import StatesGroup
from aiogram.types import TelegramObject
from aiogram_dialog import Dialog
from aiogram_dialog.api.internal import CONTEXT_KEY

_IN_DIALOGS = frozenset({"message", "business_message", "callback_query"})
"""Kinds of updates that belong to the open dialog; of others a dialog may be asked that is not open."""


class UpdateRouter(Router):
    """Asks its routers in their order, without those whose filters are sure to refuse.

    These are the dialogs that are not open, and the routers that have no handler for the kind of update.
    """

    def __init__(self, routers: Iterable[Router]) -> None:
        super().__init__(name="updates")
        self.include_routers(*routers)
        self._asked: dict[tuple[str, type[StatesGroup] | None], tuple[Router, ...]] = {}

    async def propagate_event(self, update_type: str, event: TelegramObject, **kwargs: Any) -> Any:
        for router in self._asked_for(update_type, _open_group(kwargs)):
            response = await router.propagate_event(update_type=update_type, event=event, **kwargs)
            if response is not UNHANDLED:
                return response
        return UNHANDLED

    def _asked_for(self, update_type: str, group: type[StatesGroup] | None) -> tuple[Router, ...]:
        found = self._asked.get((update_type, group))
        if found is None:
            found = tuple(router for router in self.sub_routers if _may_handle(router, update_type, group))
            self._asked[update_type, group] = found
        return found


def _open_group(kwargs: dict[str, Any]) -> type[StatesGroup] | None:
    context = kwargs.get(CONTEXT_KEY)
    return context.state.group if context else None


def _may_handle(router: Router, update_type: str, group: type[StatesGroup] | None) -> bool:
    if isinstance(router, Dialog) and update_type in _IN_DIALOGS and router.states_group() is not group:
        return False
    return any(update_type in one.observers and one.observers[update_type].handlers for one in router.chain_tail)
