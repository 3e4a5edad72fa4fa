"""Questions that some plans ask before a dossier is begun: its subject, whether it is routine work, a lower award."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.dossiers.attachment_files import open_with_files
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, start_id
from dialogs.states import DossiersSG
from domain.dossiers.dossiers import read_nominees
from domain.dossiers.shares import read_counts, refuse_unkept
from domain.errors import Refusal
from domain.plans.awards import Share
from domain.plans.plans import SubjectKind
from usecases.dossiers.dossiers import DossiersView, Proposal, list_dossiers, start_dossier
from usecases.dossiers.proposals import leave_to_year_end

AWARD, SUBJECT, NAMES, MATTER, OWN_MERIT = "award", "subject", "names", "matter", "own_merit"
COUNTS = "counts"
"""{code of a share: [number counted, headcount]} of the dossier that is being begun."""

Read = Callable[..., Awaitable[dict[str, Any]]]


def facts_of(listed: DossiersView, award: str) -> dict[str, Any]:
    """Return the values that this file's windows show."""
    chosen = listed.award(award)
    names = {one.code: one.name for one in listed.awards}
    fallbacks = chosen.fallbacks if chosen else ()
    return {
        "fallbacks": [(code, names[code]) for code in fallbacks],
        "has_fallbacks": bool(fallbacks),
        "matters": [(one.code, _label(one.name, one.body)) for one in listed.matters],
    }


def _label(name: str, body: str) -> str:
    return (name if name == body else f"{body}: {name}")[:60]


async def begin(manager: DialogManager, subject: SubjectKind, *, nominees: str) -> None:
    """Remember the nominees that the officer named, then ask what the plan still needs.

    Raises Refusal if no name can be read.
    """
    names = "\n".join(read_nominees(nominees))
    manager.dialog_data.update({SUBJECT: subject.value, NAMES: names, MATTER: None, OWN_MERIT: False, COUNTS: {}})
    await go_on(manager)


async def go_on(manager: DialogManager) -> None:
    data, listed = manager.dialog_data, await list_dossiers(ctx_of(manager), _duty(manager))
    if listed.matters and data[MATTER] is None:
        await manager.switch_to(DossiersSG.matter)
    elif listed.routine and not data[OWN_MERIT]:
        await manager.switch_to(DossiersSG.routine)
    elif share_asked(manager, listed) is not None:
        await manager.switch_to(DossiersSG.share)
    else:
        counts = {code: (part, whole) for code, (part, whole) in data[COUNTS].items()}
        proposal = Proposal(data[AWARD], SubjectKind(data[SUBJECT]), data[NAMES], data[MATTER], counts)
        await open_with_files(manager, await start_dossier(ctx_of(manager), _duty(manager), proposal))


def share_asked(manager: DialogManager, listed: DossiersView) -> Share | None:
    """Return the next share of the chosen award whose numbers the officer has not stated, or None."""
    data = manager.dialog_data
    award = listed.award(data.get(AWARD, ""))
    shares = award.shares if award else ()
    return next((one for one in shares if data.get(SUBJECT) in one.subjects and one.code not in data[COUNTS]), None)


async def take_counts(message: Message, _: MessageInput, manager: DialogManager) -> None:
    data, listed = manager.dialog_data, await list_dossiers(ctx_of(manager), _duty(manager))
    share = share_asked(manager, listed)
    if share is not None:
        part, whole = read_counts(message.text or "", share, nominees=len(data[NAMES].splitlines()))
        refuse_unkept(share, part, whole=whole)
        data[COUNTS] = {**data[COUNTS], share.code: [part, whole]}
    await go_on(manager)


async def expect_counts(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("counts-awaited", "Bot đang chờ con số, ví dụ: 40. Anh/chị gõ số, hoặc bấm nút bên dưới.")


def _duty(manager: DialogManager) -> int:
    return start_id(manager, "duty_id")


async def pick_fallback(_: CallbackQuery, __: Any, manager: DialogManager, code: str) -> None:
    manager.dialog_data[AWARD] = code
    await manager.switch_to(DossiersSG.subject)


async def pick_matter(_: CallbackQuery, __: Any, manager: DialogManager, code: str) -> None:
    manager.dialog_data[MATTER] = code
    await go_on(manager)


async def say_own(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data[OWN_MERIT] = True
    await go_on(manager)


async def say_routine(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    subject, names = SubjectKind(manager.dialog_data[SUBJECT]), manager.dialog_data[NAMES]
    await leave_to_year_end(ctx_of(manager), _duty(manager), subject=subject, nominees=names)
    await manager.switch_to(DossiersSG.routed)


def windows(read: Read, sample: dict[str, Any]) -> tuple[Window, ...]:
    """Return this file's windows for the dossiers' dialog; `read` is that dialog's getter."""
    return (
        Window(
            Screen("dossiers/fallback"),
            Column(choices("lower", items="fallbacks", on_click=pick_fallback)),
            SwitchTo(Const("‹ Quay lại"), id="back", state=DossiersSG.subject),
            state=DossiersSG.fallback,
            getter=read,
            preview_data=sample,
        ),
        Window(
            Screen("dossiers/matter"),
            *paged(choices("matter", items="matters", on_click=pick_matter), name="matters"),
            SwitchTo(Const("‹ Quay lại"), id="back", state=DossiersSG.subject),
            state=DossiersSG.matter,
            getter=read,
            preview_data=sample,
        ),
        Window(
            Screen("dossiers/routine"),
            Column(
                Button(Const("Kết quả riêng của đợt thi đua"), id="own", on_click=say_own),
                Button(Const("Nhiệm vụ thường xuyên hằng năm"), id="routine", on_click=say_routine),
                SwitchTo(Const("‹ Quay lại"), id="back", state=DossiersSG.subject),
            ),
            state=DossiersSG.routine,
            getter=read,
            preview_data=sample,
        ),
        Window(
            Screen("dossiers/share"),
            MessageInput(take_counts, content_types=ContentType.TEXT),
            MessageInput(expect_counts),
            SwitchTo(Const("‹ Quay lại"), id="back", state=DossiersSG.subject),
            state=DossiersSG.share,
            getter=read,
            preview_data=sample,
        ),
        Window(
            Screen("dossiers/routed"),
            SwitchTo(Const("‹ Quay lại"), id="back", state=DossiersSG.awards),
            state=DossiersSG.routed,
            getter=read,
            preview_data=sample,
        ),
    )
