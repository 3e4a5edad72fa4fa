"""Links between dialogs: the typed functions through which one dialog opens another."""

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager, ShowMode, StartMode

from dialogs.shared.screen import ctx_of
from dialogs.states import (
    AdministrationSG,
    AttachmentsSG,
    ConsentSG,
    DataRequestsSG,
    DossiersSG,
    DutiesSG,
    ExtensionAnswersSG,
    ExtensionsSG,
    HardCopyClaimsSG,
    ImportsSG,
    InviteSheetsSG,
    InvitesSG,
    JoiningSG,
    LeavesSG,
    LoadedPlansSG,
    MenuSG,
    MyDataSG,
    OfficeContactsSG,
    PhonesSG,
    PledgesSG,
    RemindersSG,
    ReportsSG,
    ReturnsSG,
    ReviewAnswersSG,
    ReviewQueueSG,
    ReviewsSG,
    ScheduledSuccessionsSG,
    SetDatesSG,
    StaffSG,
    StatusSG,
    SuccessionsSG,
    UnreachedSG,
    WaitingSG,
    WelcomeSG,
)
from domain.plans.deadlines import DutyKind
from usecases.dossiers.dossiers import asks_document, open_paper
from usecases.duties.views import DutyView
from usecases.extensions.answers import list_open_extensions, read_undecided
from usecases.extensions.requests import list_extendable, prepare_extension
from usecases.submissions.hard_copies import read_undecided_claim


async def _open(
    manager: DialogManager, state: State, *, show_mode: ShowMode | None = None, **data: int | str | None
) -> None:
    # Every dialog stands alone: the way back is always a door, so no old screen lies beneath.
    await manager.start(state, data=dict(data), mode=StartMode.RESET_STACK, show_mode=show_mode)


async def open_welcome(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    await _open(manager, WelcomeSG.guest, show_mode=show_mode)


async def open_joining(manager: DialogManager, code: str) -> None:
    """For a stranger with an invite."""
    await _open(manager, JoiningSG.consent, code=code)


async def open_another_post(manager: DialogManager, code: str) -> None:
    """For somebody who has joined before and follows another invite."""
    await _open(manager, JoiningSG.another_post, code=code)


async def open_consent(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    """For somebody who has joined under an older notice."""
    await _open(manager, ConsentSG.notice, show_mode=show_mode)


def is_asked_for_consent(manager: DialogManager) -> bool:
    return manager.has_context() and manager.current_context().state.group is ConsentSG


def stands_open_to_strangers(manager: DialogManager) -> bool:
    return manager.has_context() and manager.current_context().state.group in (WelcomeSG, JoiningSG, MyDataSG)


async def open_menu(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    await _open(manager, MenuSG.main, show_mode=show_mode)


async def open_help(manager: DialogManager) -> None:
    await _open(manager, MenuSG.help)


async def open_duties(
    manager: DialogManager, *, kind: DutyKind | None = None, show_mode: ShowMode | None = None
) -> None:
    """All of them, or those of one kind."""
    await _open(manager, DutiesSG.mine, kind=kind.value if kind else None, show_mode=show_mode)


async def open_calendar(manager: DialogManager) -> None:
    await _open(manager, DutiesSG.calendar)


async def open_reminders(manager: DialogManager, duty_ids: str, *, show_mode: ShowMode | None = None) -> None:
    """How the bot reminds of these duties, «7,8»; of one alone straight to it."""
    state = RemindersSG.pick if "," in duty_ids else RemindersSG.card
    await _open(manager, state, show_mode=show_mode, duty_ids=duty_ids)


async def open_hours(manager: DialogManager, duty_id: int, *, show_mode: ShowMode | None = None) -> None:
    await _open(manager, RemindersSG.hours, show_mode=show_mode, duty_ids=str(duty_id))


async def open_colleagues(manager: DialogManager, duty_id: int, *, show_mode: ShowMode | None = None) -> None:
    await _open(manager, RemindersSG.colleagues, show_mode=show_mode, duty_ids=str(duty_id))


async def open_hard_copy_claim(manager: DialogManager, duty_id: int, *, show_mode: ShowMode | None = None) -> None:
    await _open(manager, RemindersSG.paper, show_mode=show_mode, duty_ids=str(duty_id))


async def open_leaves(manager: DialogManager, *, person_id: int | None = None) -> None:
    """One's own, or that of somebody whom one appoints."""
    await _open(manager, LeavesSG.card, person_id=person_id)


async def open_administration(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    await _open(manager, AdministrationSG.home, show_mode=show_mode)


async def open_office_contacts(manager: DialogManager) -> None:
    """The standing body's own telephone numbers, to be changed."""
    await _open(manager, OfficeContactsSG.list)


async def open_imports(manager: DialogManager) -> None:
    """Units, clusters and officers from a file."""
    await _open(manager, ImportsSG.send)


async def open_invite_sheets(manager: DialogManager) -> None:
    """Invites to be printed, many at once."""
    await _open(manager, InviteSheetsSG.whom)


async def open_staff(manager: DialogManager) -> None:
    await _open(manager, StaffSG.units)


async def open_member(manager: DialogManager, person_id: int) -> None:
    """One of the people whom one appoints."""
    await _open(manager, StaffSG.member, person_id=person_id)


async def open_extendable(manager: DialogManager) -> None:
    """To pick what needs more time; refuses where there is nothing."""
    await list_extendable(ctx_of(manager))
    await _open(manager, ExtensionsSG.pick)


async def open_extension(manager: DialogManager, duty_id: int, *, show_mode: ShowMode | None = None) -> None:
    """To ask for more time; where that waits for its answer already, to what was asked."""
    asking = await prepare_extension(ctx_of(manager), duty_id)
    state = ExtensionsSG.asked if asking.standing else ExtensionsSG.reason
    await _open(manager, state, show_mode=show_mode, duty_id=duty_id)


async def open_extension_answers(manager: DialogManager) -> None:
    """What waits for the standing body's answer."""
    await list_open_extensions(ctx_of(manager))
    await _open(manager, ExtensionAnswersSG.waiting)


async def open_extension_refusal(manager: DialogManager, request_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Where the standing body says why a request is refused; refuses what needs no answer."""
    await read_undecided(ctx_of(manager), request_id)
    await _open(manager, ExtensionAnswersSG.refusal, show_mode=show_mode, extension_id=request_id)


async def open_hard_copy_denial(manager: DialogManager, claim_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Where the standing body says why a paper does not count; refuses what needs no answer."""
    await read_undecided_claim(ctx_of(manager), claim_id)
    await _open(manager, HardCopyClaimsSG.denial, show_mode=show_mode, claim_id=claim_id)


async def open_extension_answer(manager: DialogManager, request_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Straight to one request for more time."""
    await _open(manager, ExtensionAnswersSG.card, show_mode=show_mode, extension_id=request_id)


async def open_waiting(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    """What waits for a reviewer or a standing body today."""
    await _open(manager, WaitingSG.list, show_mode=show_mode)


async def open_claim(manager: DialogManager, claim_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Where the standing body says whether a paper has come."""
    await _open(manager, HardCopyClaimsSG.card, show_mode=show_mode, claim_id=claim_id)


async def open_status(
    manager: DialogManager, *, cluster_id: int | None = None, show_mode: ShowMode | None = None
) -> None:
    await _open(manager, StatusSG.duties, show_mode=show_mode, cluster_id=cluster_id)


async def open_status_of_unit(manager: DialogManager, unit_id: int) -> None:
    """How one unit stands in everything it owes."""
    await _open(manager, StatusSG.unit, unit_id=unit_id)


async def open_status_of(
    manager: DialogManager, duty_id: int, *, cluster_id: int | None = None, show_mode: ShowMode | None = None
) -> None:
    """Straight to how one duty stands."""
    await _open(manager, StatusSG.duty, show_mode=show_mode, duty_id=duty_id, cluster_id=cluster_id)


async def open_phone(manager: DialogManager) -> None:
    await _open(manager, PhonesSG.ask)


async def open_phone_change(manager: DialogManager, number: str, *, show_mode: ShowMode | None = None) -> None:
    """To the question whether this number is to be stored."""
    await _open(manager, PhonesSG.confirm, show_mode=show_mode, number=number)


async def open_unreached(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    await _open(manager, UnreachedSG.units, show_mode=show_mode)


async def open_reviews(
    manager: DialogManager,
    *,
    task: str | None = None,
    cluster_id: int | None = None,
    show_mode: ShowMode | None = None,
) -> None:
    """What waits for a reviewer; of one duty, of one cluster."""
    await _open(manager, ReviewQueueSG.queue, show_mode=show_mode, task=task, cluster_id=cluster_id)


async def open_review(
    manager: DialogManager,
    submission_id: int,
    *,
    task: str | None = None,
    cluster_id: int | None = None,
    show_mode: ShowMode | None = None,
) -> None:
    """Straight to one submission; what the queue was narrowed to is kept for the way back."""
    data = {"submission_id": submission_id, "task": task, "cluster_id": cluster_id}
    await _open(manager, ReviewsSG.sheet, show_mode=show_mode, **data)


async def open_review_answer(manager: DialogManager, question_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Where a reviewer answers what a unit asks about a return."""
    await _open(manager, ReviewAnswersSG.answer, show_mode=show_mode, question_id=question_id)


async def open_return_question(manager: DialogManager, return_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Where a unit asks what a reviewer means."""
    await _open(manager, ReturnsSG.ask, show_mode=show_mode, return_id=return_id)


async def open_correction(manager: DialogManager, submission_id: int) -> None:
    """Where a unit asks to change what has been accepted."""
    await _open(manager, ReturnsSG.lines, submission_id=submission_id)


async def open_loaded_plans(manager: DialogManager) -> None:
    await _open(manager, LoadedPlansSG.list)


async def open_set_dates(manager: DialogManager) -> None:
    await _open(manager, SetDatesSG.list)


async def open_invites(manager: DialogManager) -> None:
    await _open(manager, InvitesSG.unit)


async def open_my_data(manager: DialogManager) -> None:
    await _open(manager, MyDataSG.main)


def is_about_own_data(manager: DialogManager) -> bool:
    """Open to whoever has left, or does not agree to a new notice."""
    return manager.has_context() and manager.current_context().state.group is MyDataSG


async def open_data_requests(manager: DialogManager) -> None:
    await _open(manager, DataRequestsSG.waiting)


async def open_data_request(manager: DialogManager, request_id: int, *, show_mode: ShowMode | None = None) -> None:
    await _open(manager, DataRequestsSG.card, show_mode=show_mode, request_id=request_id)


async def open_scheduled_successions(manager: DialogManager) -> None:
    """Changes of units whose day has not come, to be taken back."""
    await _open(manager, ScheduledSuccessionsSG.list)


async def open_successions(manager: DialogManager) -> None:
    """Merging, splitting, renaming and closing units."""
    await _open(manager, SuccessionsSG.what)


async def open_attachments(manager: DialogManager, submission_id: int, *, show_mode: ShowMode | None = None) -> None:
    """The checklist of one dossier, or of a duty that is one document."""
    await _open(manager, AttachmentsSG.checklist, show_mode=show_mode, submission_id=submission_id)


async def open_duty(manager: DialogManager, duty: DutyView, *, show_mode: ShowMode | None = None) -> None:
    """The dialog in which this duty is done; it begins where the officer left off."""
    if await asks_document(ctx_of(manager), duty.id):
        await open_attachments(manager, await open_paper(ctx_of(manager), duty.id), show_mode=show_mode)
    else:
        await _open(manager, _ROOMS[duty.kind], show_mode=show_mode, duty_id=duty.id)


_ROOMS = {
    DutyKind.PLEDGE: PledgesSG.summary,
    DutyKind.REPORT: ReportsSG.summary,
    DutyKind.DOSSIER: DossiersSG.awards,
}
