"""What an officer sees and presses: one file per dialog, top to bottom in the order the officer meets it."""

from aiogram_dialog import Dialog

from dialogs import duties, menu, welcome


def make_dialogs() -> tuple[Dialog, ...]:
    return (welcome.dialog(), menu.dialog(), duties.dialog())
