"""Commands, group events, buttons of pushed messages, and errors."""

from aiogram import Router

from handlers import (
    commands,
    consent,
    contacts,
    errors,
    former,
    groups,
    personal_data,
    pushes,
    review_pushes,
    service_messages,
    strays,
    waiting_pushes,
)


def routers_before_dialogs() -> tuple[Router, ...]:
    """Asked before any dialog: a command is a command, whatever screen is open."""
    return (
        errors.router(),
        service_messages.router(),
        personal_data.router_before_consent(),
        consent.router(),
        former.router(),
        personal_data.router(),
        commands.router(),
        contacts.router(),
        groups.router(),
        pushes.router(),
        review_pushes.router(),
        waiting_pushes.router(),
    )


def routers_after_dialogs() -> tuple[Router, ...]:
    """Asked when no dialog wanted the update."""
    return (strays.router(),)
