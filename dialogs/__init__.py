"""What an officer sees and presses: one file per dialog, top to bottom in the order the officer meets it."""

from aiogram_dialog import Dialog

from dialogs import (
    administration,
    consent,
    data_requests,
    dossiers,
    duties,
    extension_answers,
    extensions,
    imports,
    invite_sheets,
    invites,
    joining,
    leaves,
    menu,
    my_data,
    papers,
    phones,
    pledges,
    reminders,
    reports,
    returns,
    review_answers,
    review_queue,
    reviews,
    staff,
    status,
    successions,
    unreached,
    welcome,
)
from dialogs.attention import attentive


def make_dialogs() -> tuple[Dialog, ...]:
    dialogs = (
        welcome.dialog(),
        joining.dialog(),
        consent.dialog(),
        menu.dialog(),
        duties.dialog(),
        pledges.dialog(),
        reports.dialog(),
        dossiers.dialog(),
        papers.dialog(),
        reminders.dialog(),
        leaves.dialog(),
        extensions.dialog(),
        extension_answers.dialog(),
        status.dialog(),
        unreached.dialog(),
        phones.dialog(),
        review_queue.dialog(),
        reviews.dialog(),
        review_answers.dialog(),
        returns.dialog(),
        invites.dialog(),
        administration.dialog(),
        imports.dialog(),
        invite_sheets.dialog(),
        staff.dialog(),
        my_data.dialog(),
        data_requests.dialog(),
        successions.dialog(),
    )
    return tuple(attentive(dialog) for dialog in dialogs)
