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
    # Every dialog replaces the one before: the way back is always a link, so no old screen lies beneath.
    await manager.start(state, data=dict(data), mode=StartMode.RESET_STACK, show_mode=show_mode)


async def open_welcome(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    await _open(manager, WelcomeSG.guest, show_mode=show_mode)


async def open_joining(manager: DialogManager, code: str) -> None:
    """Open the consent notice for a person who is not in the bot yet and has an invite."""
    await _open(manager, JoiningSG.consent, code=code)


async def open_another_post(manager: DialogManager, code: str) -> None:
    """Open the offer of a further post, for a person in the bot who followed another invite."""
    await _open(manager, JoiningSG.another_post, code=code)


async def open_consent(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    """Open the current consent notice, for a person who agreed to an older version."""
    await _open(manager, ConsentSG.notice, show_mode=show_mode)


def is_asked_for_consent(manager: DialogManager) -> bool:
    return manager.has_context() and manager.current_context().state.group is ConsentSG


def is_open_to_strangers(manager: DialogManager) -> bool:
    return manager.has_context() and manager.current_context().state.group in (WelcomeSG, JoiningSG, MyDataSG)


async def open_menu(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    await _open(manager, MenuSG.main, show_mode=show_mode)


async def open_help(manager: DialogManager) -> None:
    await _open(manager, MenuSG.help)


async def open_duties(
    manager: DialogManager, *, kind: DutyKind | None = None, show_mode: ShowMode | None = None
) -> None:
    """Open the list of duties: all of them, or those of one kind."""
    await _open(manager, DutiesSG.mine, kind=kind.value if kind else None, show_mode=show_mode)


async def open_calendar(manager: DialogManager) -> None:
    await _open(manager, DutiesSG.calendar)


async def open_reminders(manager: DialogManager, duty_ids: str, *, show_mode: ShowMode | None = None) -> None:
    """Open the reminder settings of these duties, given as «7,8»; a single duty opens directly."""
    state = RemindersSG.pick if "," in duty_ids else RemindersSG.card
    await _open(manager, state, show_mode=show_mode, duty_ids=duty_ids)


async def open_hours(manager: DialogManager, duty_id: int, *, show_mode: ShowMode | None = None) -> None:
    await _open(manager, RemindersSG.hours, show_mode=show_mode, duty_ids=str(duty_id))


async def open_colleagues(manager: DialogManager, duty_id: int, *, show_mode: ShowMode | None = None) -> None:
    await _open(manager, RemindersSG.colleagues, show_mode=show_mode, duty_ids=str(duty_id))


async def open_hard_copy_claim(manager: DialogManager, duty_id: int, *, show_mode: ShowMode | None = None) -> None:
    await _open(manager, RemindersSG.paper, show_mode=show_mode, duty_ids=str(duty_id))


async def open_leaves(manager: DialogManager, *, person_id: int | None = None) -> None:
    """Open the leave of this person, whom the actor appoints, or the actor's own."""
    await _open(manager, LeavesSG.card, person_id=person_id)


async def open_administration(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    await _open(manager, AdministrationSG.home, show_mode=show_mode)


async def open_office_contacts(manager: DialogManager) -> None:
    """Open the editor of the standing body's own telephone numbers."""
    await _open(manager, OfficeContactsSG.list)


async def open_imports(manager: DialogManager) -> None:
    """Open the import of units, clusters and officers from a file."""
    await _open(manager, ImportsSG.send)


async def open_invite_sheets(manager: DialogManager) -> None:
    """Open the sheets of printable invites."""
    await _open(manager, InviteSheetsSG.whom)


async def open_staff(manager: DialogManager) -> None:
    await _open(manager, StaffSG.units)


async def open_member(manager: DialogManager, person_id: int) -> None:
    """Open one of the people whom the actor appoints."""
    await _open(manager, StaffSG.member, person_id=person_id)


async def open_extendable(manager: DialogManager) -> None:
    """Open the choice of a duty that needs more time. Raises Refusal if no duty can be extended."""
    await list_extendable(ctx_of(manager))
    await _open(manager, ExtensionsSG.pick)


async def open_extension(manager: DialogManager, duty_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open the request for more time, or the one already sent if it still waits for its answer.

    Raises Refusal if the duty cannot be extended.
    """
    asking = await prepare_extension(ctx_of(manager), duty_id)
    state = ExtensionsSG.asked if asking.waiting else ExtensionsSG.reason
    await _open(manager, state, show_mode=show_mode, duty_id=duty_id)


async def open_extension_answers(manager: DialogManager) -> None:
    """Open the requests for more time that wait for the standing body. Raises Refusal for anybody else."""
    await list_open_extensions(ctx_of(manager))
    await _open(manager, ExtensionAnswersSG.waiting)


async def open_extension_refusal(manager: DialogManager, request_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open the question why a request for more time is refused. Raises Refusal if the request needs no answer."""
    await read_undecided(ctx_of(manager), request_id)
    await _open(manager, ExtensionAnswersSG.refusal, show_mode=show_mode, extension_id=request_id)


async def open_hard_copy_denial(manager: DialogManager, claim_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open the question why a hard copy does not count. Raises Refusal if the claim needs no answer."""
    await read_undecided_claim(ctx_of(manager), claim_id)
    await _open(manager, HardCopyClaimsSG.denial, show_mode=show_mode, claim_id=claim_id)


async def open_extension_answer(manager: DialogManager, request_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open one request for more time."""
    await _open(manager, ExtensionAnswersSG.card, show_mode=show_mode, extension_id=request_id)


async def open_waiting(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    """Open everything that waits today for a reviewer or a standing body."""
    await _open(manager, WaitingSG.list, show_mode=show_mode)


async def open_claim(manager: DialogManager, claim_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open the question to the standing body whether a hard copy has arrived."""
    await _open(manager, HardCopyClaimsSG.card, show_mode=show_mode, claim_id=claim_id)


async def open_status(
    manager: DialogManager, *, cluster_id: int | None = None, show_mode: ShowMode | None = None
) -> None:
    await _open(manager, StatusSG.duties, show_mode=show_mode, cluster_id=cluster_id)


async def open_status_of_unit(manager: DialogManager, unit_id: int) -> None:
    """Open the status of one unit in everything that it owes."""
    await _open(manager, StatusSG.unit, unit_id=unit_id)


async def open_status_of(
    manager: DialogManager, duty_id: int, *, cluster_id: int | None = None, show_mode: ShowMode | None = None
) -> None:
    """Open the status of one duty."""
    await _open(manager, StatusSG.duty, show_mode=show_mode, duty_id=duty_id, cluster_id=cluster_id)


async def open_phone(manager: DialogManager) -> None:
    await _open(manager, PhonesSG.ask)


async def open_phone_change(manager: DialogManager, number: str, *, show_mode: ShowMode | None = None) -> None:
    """Open the question whether this number is to be stored."""
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
    """Open the review queue, narrowed to one duty or one cluster if given."""
    await _open(manager, ReviewQueueSG.queue, show_mode=show_mode, task=task, cluster_id=cluster_id)


async def open_review(
    manager: DialogManager,
    submission_id: int,
    *,
    task: str | None = None,
    cluster_id: int | None = None,
    show_mode: ShowMode | None = None,
) -> None:
    """Open one submission; `task` and `cluster_id` narrow the queue on the way back."""
    data = {"submission_id": submission_id, "task": task, "cluster_id": cluster_id}
    await _open(manager, ReviewsSG.sheet, show_mode=show_mode, **data)


async def open_review_answer(manager: DialogManager, question_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open a reviewer's answer to a unit's question about a return."""
    await _open(manager, ReviewAnswersSG.answer, show_mode=show_mode, question_id=question_id)


async def open_return_question(manager: DialogManager, return_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open a unit's question to the reviewer about a return."""
    await _open(manager, ReturnsSG.ask, show_mode=show_mode, return_id=return_id)


async def open_correction(manager: DialogManager, submission_id: int) -> None:
    """Open a unit's request to change accepted figures."""
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
    """Whether the open dialog is «Dữ liệu của tôi», which is open to a person who has left or declined the notice."""
    return manager.has_context() and manager.current_context().state.group is MyDataSG


async def open_data_requests(manager: DialogManager) -> None:
    await _open(manager, DataRequestsSG.waiting)


async def open_data_request(manager: DialogManager, request_id: int, *, show_mode: ShowMode | None = None) -> None:
    await _open(manager, DataRequestsSG.card, show_mode=show_mode, request_id=request_id)


async def open_scheduled_successions(manager: DialogManager) -> None:
    """Open the changes of units whose day has not come; each can be cancelled."""
    await _open(manager, ScheduledSuccessionsSG.list)


async def open_successions(manager: DialogManager) -> None:
    """Open merging, splitting, renaming and closing of units."""
    await _open(manager, SuccessionsSG.what)


async def open_attachments(manager: DialogManager, submission_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open the checklist of one dossier, or of a duty that is one document."""
    await _open(manager, AttachmentsSG.checklist, show_mode=show_mode, submission_id=submission_id)


async def open_duty(manager: DialogManager, duty: DutyView, *, show_mode: ShowMode | None = None) -> None:
    """Open the dialog in which this duty is done, where the officer left off.

    Raises Refusal if the actor may not submit it.
    """
    if await asks_document(ctx_of(manager), duty.id):
        await open_attachments(manager, await open_paper(ctx_of(manager), duty.id), show_mode=show_mode)
    else:
        await _open(manager, _DUTY_STATES[duty.kind], show_mode=show_mode, duty_id=duty.id)


_DUTY_STATES = {
    DutyKind.PLEDGE: PledgesSG.summary,
    DutyKind.REPORT: ReportsSG.summary,
    DutyKind.DOSSIER: DossiersSG.awards,
}
