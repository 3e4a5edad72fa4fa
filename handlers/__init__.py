"""Commands, group events, buttons of pushed messages, and errors."""

from aiogram import Router

from handlers import commands, consent, contacts, errors, former, groups, personal_data, service_messages, strays
from handlers.push_buttons import announcements as announcement_pushes
from handlers.push_buttons import compilation as compilation_pushes
from handlers.push_buttons import pushes
from handlers.push_buttons import reviews as review_pushes
from handlers.push_buttons import waiting as waiting_pushes


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
        pushes.router(),
        review_pushes.router(),
        waiting_pushes.router(),
        compilation_pushes.router(),
    )


def routers_after_dialogs() -> tuple[Router, ...]:
    """Return the routers that are asked when no dialog handled the update."""
    return (strays.router(),)
