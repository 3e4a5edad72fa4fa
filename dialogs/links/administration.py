"""Links to the administration of the standing body: people, invites, units and plans."""

from aiogram_dialog import DialogManager, ShowMode

from dialogs.links.opening import open_state
from dialogs.shared.screen import ctx_of
from dialogs.states import (
    AdministrationSG,
    AnnouncementsSG,
    ImportsSG,
    InviteSheetsSG,
    InvitesSG,
    LoadedPlansSG,
    NewAnnouncementSG,
    OfficeContactsSG,
    OfficeTemplatesSG,
    PastReportsSG,
    ScheduledSuccessionsSG,
    SetDatesSG,
    StaffSG,
    SuccessionsSG,
)
from usecases.official_papers.templates import list_templates


async def open_administration(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    await open_state(manager, AdministrationSG.home, show_mode=show_mode)


async def open_office_contacts(manager: DialogManager) -> None:
    """Open the editor of the standing body's own telephone numbers."""
    await open_state(manager, OfficeContactsSG.list)


async def open_office_templates(manager: DialogManager) -> None:
    """Open the Word templates of official papers. Raises Refusal unless the actor arranges for a standing body."""
    await list_templates(ctx_of(manager))
    await open_state(manager, OfficeTemplatesSG.list)


async def open_imports(manager: DialogManager) -> None:
    """Open the import of units, clusters and officers from a file."""
    await open_state(manager, ImportsSG.send)


async def open_past_reports(manager: DialogManager) -> None:
    """Open the import of figures of a past period."""
    await open_state(manager, PastReportsSG.pick)


async def open_invite_sheets(manager: DialogManager) -> None:
    """Open the sheets of printable invites."""
    await open_state(manager, InviteSheetsSG.whom)


async def open_staff(manager: DialogManager) -> None:
    await open_state(manager, StaffSG.units)


async def open_member(manager: DialogManager, person_id: int) -> None:
    """Open one of the people whom the actor appoints."""
    await open_state(manager, StaffSG.member, person_id=person_id)


async def open_loaded_plans(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    await open_state(manager, LoadedPlansSG.list, show_mode=show_mode)


async def open_set_dates(manager: DialogManager) -> None:
    await open_state(manager, SetDatesSG.list)


async def open_invites(manager: DialogManager) -> None:
    await open_state(manager, InvitesSG.unit)


async def open_scheduled_successions(manager: DialogManager) -> None:
    """Open the changes of units whose day has not come; each can be cancelled."""
    await open_state(manager, ScheduledSuccessionsSG.list)


async def open_successions(manager: DialogManager) -> None:
    """Open merging, splitting, renaming and closing of units."""
    await open_state(manager, SuccessionsSG.what)


async def open_announcements(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    """Open the sent announcements, and from there a new one."""
    await open_state(manager, AnnouncementsSG.sent, show_mode=show_mode)


async def open_announcement(manager: DialogManager, announcement_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open one sent announcement with who has read it."""
    await open_state(manager, AnnouncementsSG.report, announcement_id=announcement_id, show_mode=show_mode)


async def open_new_announcement(manager: DialogManager) -> None:
    await open_state(manager, NewAnnouncementSG.text)
