"""Commands, group events, buttons of pushed messages, and errors."""

from aiogram import Router

from handlers import commands, consent, contacts, errors, former, groups, personal_data, service_messages, strays
from handlers.push_buttons import announcements as announcement_pushes
from handlers.push_buttons import compilation as compilation_pushes
from handlers.push_buttons import pushes
from handlers.push_buttons import reviews as review_pushes
from handlers.push_buttons import waiting as waiting_pushes
from handlers.push_buttons.data import is_push


def routers_before_dialogs() -> tuple[Router, ...]:
    """Return the routers that are asked before any dialog: a command works on every screen."""
    return (
        errors.router(),
        service_messages.router(),
        personal_data.router_before_consent(),
        consent.router(),
        announcement_pushes.router(),
        former.router(),
        personal_data.router(),
        commands.router(),
        contacts.router(),
        groups.router(),
        push_buttons(),
    )


def push_buttons() -> Router:
    """Return the router that only presses of pushed buttons enter; they are seldom, and all others would meet dozens of
    filters.
    """
    router = Router(name="push_buttons")
    router.callback_query.outer_middleware(pushes.leave_pushed_message_alone)
    router.callback_query.filter(is_push)
    router.include_routers(
        pushes.router(), review_pushes.router(), waiting_pushes.router(), compilation_pushes.router()
    )
    return router


def routers_after_dialogs() -> tuple[Router, ...]:
    """Return the routers that are asked when no dialog handled the update."""
    return (strays.router(),)
