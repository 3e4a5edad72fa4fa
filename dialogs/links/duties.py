"""Links to the duties of an officer: lists, forms, dossiers, reminders and requests for more time."""

from aiogram_dialog import DialogManager, ShowMode

from dialogs.links.opening import open_state
from dialogs.shared.screen import ctx_of
from dialogs.states import (
    AttachmentsSG,
    DossiersSG,
    DutiesSG,
    ExtensionsSG,
    OwnPastSG,
    PledgesSG,
    RemindersSG,
    ReportsSG,
)
from domain.plans.deadlines import DutyKind
from usecases.dossiers.dossiers import asks_document, open_paper
from usecases.duties.progress import list_duties
from usecases.duties.views import DutyView
from usecases.extensions.requests import list_extendable, prepare_extension
from usecases.submissions.past_reports.own import read_own_past


async def open_duties(
    manager: DialogManager, *, kind: DutyKind | None = None, show_mode: ShowMode | None = None
) -> None:
    """Open the list of duties: all of them, or those of one kind."""
    await open_state(manager, DutiesSG.mine, kind=kind.value if kind else None, show_mode=show_mode)


async def open_calendar(manager: DialogManager) -> None:
    await open_state(manager, DutiesSG.calendar)


async def open_reminders(manager: DialogManager, duty_ids: str, *, show_mode: ShowMode | None = None) -> None:
    """Open the reminder settings of these duties, given as «7,8»; a single duty opens directly."""
    state = RemindersSG.pick if "," in duty_ids else RemindersSG.card
    await open_state(manager, state, show_mode=show_mode, duty_ids=duty_ids)


async def open_hours(manager: DialogManager, duty_id: int, *, show_mode: ShowMode | None = None) -> None:
    await open_state(manager, RemindersSG.hours, show_mode=show_mode, duty_ids=str(duty_id))


async def open_colleagues(manager: DialogManager, duty_id: int, *, show_mode: ShowMode | None = None) -> None:
    await open_state(manager, RemindersSG.colleagues, show_mode=show_mode, duty_ids=str(duty_id))


async def open_hard_copy_claim(manager: DialogManager, duty_id: int, *, show_mode: ShowMode | None = None) -> None:
    await open_state(manager, RemindersSG.paper, show_mode=show_mode, duty_ids=str(duty_id))


async def open_extendable(manager: DialogManager) -> None:
    """Open the choice of a duty that needs more time. Raises Refusal if no duty can be extended."""
    await list_extendable(ctx_of(manager))
    await open_state(manager, ExtensionsSG.pick)


async def open_extension(manager: DialogManager, duty_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open the request for more time, or the one already sent if it still waits for its answer.

    Raises Refusal if the duty cannot be extended.
    """
    asking = await prepare_extension(ctx_of(manager), duty_id)
    state = ExtensionsSG.asked if asking.waiting else ExtensionsSG.reason
    await open_state(manager, state, show_mode=show_mode, duty_id=duty_id)


async def open_attachments(manager: DialogManager, submission_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open the checklist of one dossier, or of a duty that is one document."""
    await open_state(manager, AttachmentsSG.checklist, show_mode=show_mode, submission_id=submission_id)


async def open_duty(manager: DialogManager, duty: DutyView, *, show_mode: ShowMode | None = None) -> None:
    """Open the dialog in which this duty is done, where the officer left off.

    Raises Refusal if the actor may not submit it.
    """
    if await asks_document(ctx_of(manager), duty.id):
        await open_attachments(manager, await open_paper(ctx_of(manager), duty.id), show_mode=show_mode)
    else:
        await open_state(manager, _DUTY_STATES[duty.kind], show_mode=show_mode, duty_id=duty.id)


async def open_most_urgent(manager: DialogManager, kind: DutyKind) -> bool:
    """Open the most urgent duty of this kind, or a list if several units owe one; return whether there is any."""
    duties = [duty for duty in await list_duties(ctx_of(manager)) if duty.kind is kind]
    if len({duty.unit_id for duty in duties}) > 1:
        await open_duties(manager, kind=kind)
    elif duties:
        await open_duty(manager, duties[0])
    return bool(duties)


async def open_own_past(manager: DialogManager, duty_id: int, *, indicator: str | None = None) -> None:
    """Open the unit's own figures of the period before this report, at one of them or at the first that is missing.

    Raises Refusal if the unit may not enter them.
    """
    await read_own_past(ctx_of(manager), duty_id)
    await open_state(manager, OwnPastSG.summary, duty_id=duty_id, indicator=indicator)


_DUTY_STATES = {
    DutyKind.PLEDGE: PledgesSG.summary,
    DutyKind.REPORT: ReportsSG.summary,
    DutyKind.DOSSIER: DossiersSG.awards,
}
