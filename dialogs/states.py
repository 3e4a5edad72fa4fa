"""The states of all dialogs, and the doors through which one dialog opens another."""

from aiogram.fsm.state import State, StatesGroup
from aiogram_dialog import DialogManager, ShowMode, StartMode

from domain.deadlines import DutyKind
from usecases.duties import DutyView


class WelcomeSG(StatesGroup):
    guest = State()
    about = State()
    code = State()


class JoiningSG(StatesGroup):
    consent = State()
    declined = State()
    name = State()
    position = State()
    phone = State()
    another_post = State()


class MenuSG(StatesGroup):
    main = State()
    more = State()
    help = State()


class DutiesSG(StatesGroup):
    mine = State()
    calendar = State()


class PledgesSG(StatesGroup):
    overview = State()
    campaigns = State()
    question = State()
    two_readings = State()
    titles = State()
    summary = State()
    edit = State()
    receipt = State()


class ReportsSG(StatesGroup):
    overview = State()
    question = State()
    two_readings = State()
    off_trend = State()
    off_trend_reason = State()
    no_figure = State()
    summary = State()
    edit = State()
    receipt = State()


class DossiersSG(StatesGroup):
    awards = State()
    subject = State()
    nominees = State()
    nothing = State()
    receipt = State()


class PapersSG(StatesGroup):
    checklist = State()
    pick = State()
    piece = State()
    discard = State()
    receipt = State()


class StatusSG(StatesGroup):
    duties = State()
    duty = State()
    clusters = State()
    nudge = State()


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


async def open_menu(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    await _open(manager, MenuSG.main, show_mode=show_mode)


async def open_help(manager: DialogManager) -> None:
    await _open(manager, MenuSG.help)


async def open_duties(manager: DialogManager) -> None:
    await _open(manager, DutiesSG.mine)


async def open_calendar(manager: DialogManager) -> None:
    await _open(manager, DutiesSG.calendar)


async def open_status(manager: DialogManager, *, cluster_id: int | None = None) -> None:
    await _open(manager, StatusSG.duties, cluster_id=cluster_id)


async def open_papers(manager: DialogManager, submission_id: int) -> None:
    """The checklist of one dossier, or of a duty that is one document."""
    await _open(manager, PapersSG.checklist, submission_id=submission_id)


async def open_duty(manager: DialogManager, duty: DutyView, *, show_mode: ShowMode | None = None) -> None:
    """The dialog in which this duty is done; it begins where the officer left off."""
    await _open(manager, _ROOMS[duty.kind], show_mode=show_mode, duty_id=duty.id)


_ROOMS = {
    DutyKind.PLEDGE: PledgesSG.overview,
    DutyKind.REPORT: ReportsSG.overview,
    DutyKind.DOSSIER: DossiersSG.awards,
    DutyKind.PLAN: DossiersSG.awards,
    DutyKind.TASK: DossiersSG.awards,
}
