"""Proposals of one unit for an award: dossiers begun, a new one, or the statement that the unit proposes nobody."""

from decimal import Decimal
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Data, Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.dossiers.attachment_files import FILES, open_with_files, validate_sent
from dialogs.dossiers.proposals import AWARD, COUNTS, NAMES, SUBJECT, begin, facts_of, share_asked, windows
from dialogs.forms.receipt import receipt_window, show_receipt
from dialogs.links.duties import open_duties
from dialogs.shared.paging import choices, paged
from dialogs.shared.samples import DOSSIER
from dialogs.shared.screen import Screen, ctx_of, set_notice, start_id
from dialogs.shared.sent_files import read_sent
from dialogs.states import DossiersSG
from domain.dossiers.proposals import ProposalSubject, QuotaUse
from domain.errors import Refusal
from domain.plans.awards import Share
from domain.plans.indicators import Comparator, Target
from domain.plans.plans import SubjectKind
from domain.submissions.submissions import State
from usecases.context import Context
from usecases.dossiers.checklist import DossierView
from usecases.dossiers.dossiers import AwardView, DossiersView, declare_nothing, list_dossiers
from usecases.dossiers.proposals import Check
from usecases.submissions.handing_in import withdraw

SUBJECTS = {
    SubjectKind.COLLECTIVE: "Tập thể",
    SubjectKind.INDIVIDUAL: "Cá nhân",
    SubjectKind.HOUSEHOLD: "Hộ gia đình",
    SubjectKind.HEAD: "Người đứng đầu",
    SubjectKind.ENTERPRISE: "Doanh nghiệp",
}
DECLARED = "declared"
_KEPT_FOR_ONE = "Bot giữ tệp này. Anh/chị bấm hồ sơ cần gửi tệp vào."
_KEPT_FOR_NEW = "Bot giữ tệp này. Anh/chị chọn hình thức khen thưởng để lập hồ sơ, bot xếp tệp vào hồ sơ ấy."

_AWARD = AwardView(
    "bang-khen",
    "Bằng khen Chủ tịch UBND tỉnh",
    tuple(SubjectKind),
    tally=QuotaUse(2, 3),
    checks=(
        Check("Tỷ lệ giải ngân vốn đầu tư công", "%", Target(Comparator.AT_LEAST, Decimal(95)), Decimal("93.4")),
        Check("Thu ngân sách so với kế hoạch", "%", Target(Comparator.MORE_THAN, Decimal(100)), None),
    ),
    fallbacks=("thu-khen", "giay-khen"),
)
SAMPLE = {
    "listed": DossiersView(
        duty=DOSSIER.duty,
        own_subject=SubjectKind.COLLECTIVE,
        awards=(_AWARD,),
        dossiers=(DOSSIER,),
        declared_nothing=None,
        matters=(
            ProposalSubject("tai-chinh", "giải ngân vốn đầu tư công", "Phòng Tài chính - Kế hoạch", takes_in=False),
        ),
        routine="Không đề xuất khen thưởng cho tập thể, cá nhân thực hiện nhiệm vụ thường xuyên hằng năm.",
        merits=("Tổ Văn phòng - Thống kê",),
    ),
    "doors": [(1, "⏳ 3/4 · Bằng khen Chủ tịch UBND tỉnh · Phường 5")],
    "awards": [(_AWARD.code, _AWARD.name)],
    "award": _AWARD,
    "subject": SubjectKind.INDIVIDUAL,
    "own": [(SubjectKind.COLLECTIVE, "Tập thể Phường 5")],
    "others": [(SubjectKind.COLLECTIVE, "Tập thể khác"), (SubjectKind.INDIVIDUAL, "Cá nhân")],
    "fallbacks": [("thu-khen", "Thư khen Chủ tịch UBND tỉnh"), ("giay-khen", "Giấy khen Giám đốc Sở Nội vụ")],
    "has_fallbacks": True,
    "matters": [("tai-chinh", "Phòng Tài chính - Kế hoạch: giải ngân vốn đầu tư công")],
    "share": Share(
        "ldtt",
        "từ 70% trở lên cá nhân đạt Lao động tiên tiến",
        Comparator.AT_LEAST,
        Decimal(70),
        "cá nhân trong tập thể",
        "mục III",
        part="cá nhân đạt Lao động tiên tiến",
    ),
    "names": ["Tổ Văn phòng - Thống kê"],
    "has_dossiers": True,
    "has_none": True,
    "may_begin": True,
    "can_withdraw": True,
}


async def go_to_mine(_: Data, manager: DialogManager) -> None:
    """Show the dossiers already begun, or the statement that there are none, before the list of awards."""
    listed = await list_dossiers(ctx_of(manager), _duty(manager))
    if listed.dossiers or listed.declared_nothing:
        await manager.switch_to(DossiersSG.mine)


async def read_dossiers(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    listed = await list_dossiers(ctx, _duty(dialog_manager))
    award = listed.award(dialog_manager.dialog_data.get(AWARD, ""))
    dialog_manager.dialog_data[DECLARED] = listed.declared_nothing.submission_id if listed.declared_nothing else None
    own = [subject for subject in (award.subjects if award else ()) if subject is listed.own_subject]
    return {
        "listed": listed,
        "doors": [(dossier.draft.submission_id, _label(dossier)) for dossier in listed.dossiers],
        "awards": [(award.code, _offer(award)) for award in listed.awards],
        "award": award,
        "subject": dialog_manager.dialog_data.get(SUBJECT),
        "own": [(subject, f"{SUBJECTS[subject]} {listed.duty.unit_name}") for subject in own],
        "others": [(subject, _other(subject, own)) for subject in (award.subjects if award else ())],
        **facts_of(listed, award.code if award else ""),
        "share": share_asked(dialog_manager, listed) if COUNTS in dialog_manager.dialog_data else None,
        "names": (dialog_manager.dialog_data.get(NAMES) or "").splitlines(),
        "has_dossiers": bool(listed.dossiers),
        "has_none": not listed.dossiers,
        "may_begin": listed.declared_nothing is None,
        "can_withdraw": listed.can_withdraw,
    }


def _duty(manager: DialogManager) -> int:
    return start_id(manager, "duty_id")


def _label(dossier: DossierView) -> str:
    open_mark = "↩" if dossier.draft.state is State.RETURNED else "⏳"
    mark = f"{open_mark} {dossier.done}/{len(dossier.requirements)} ·" if dossier.draft.is_open else "✅"
    return f"{mark} {dossier.award} · {', '.join(dossier.nominees)}"[:60]


def _offer(award: AwardView) -> str:
    tally = f" · {award.tally.proposed}/{award.tally.allowed}" if award.tally else ""
    return f"{award.name[:50]}{tally}"


def _other(subject: SubjectKind, own: list[SubjectKind]) -> str:
    return f"{SUBJECTS[subject]} khác" if subject in own else SUBJECTS[subject]


async def open_dossier(_: CallbackQuery, __: Any, manager: DialogManager, submission_id: int) -> None:
    await open_with_files(manager, submission_id)


async def take_file(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """Add a sent file to the only open dossier; with several, or with none, keep it until one is chosen."""
    sent, data = read_sent(message, manager), manager.dialog_data
    listed = await list_dossiers(ctx_of(manager), _duty(manager))
    open_ones = [dossier.draft.submission_id for dossier in listed.dossiers if dossier.draft.is_open]
    await validate_sent(manager, sent)
    data[FILES] = [*data.get(FILES, ()), sent.kept()]
    if len(open_ones) == 1:
        await open_with_files(manager, open_ones[0] or 0)
    else:
        manager.show_mode = ShowMode.SEND
        set_notice(manager, _KEPT_FOR_ONE if open_ones else _KEPT_FOR_NEW)
        await manager.switch_to(DossiersSG.mine if open_ones else DossiersSG.awards)


def _file_input() -> MessageInput:
    return MessageInput(take_file, content_types=[ContentType.DOCUMENT, ContentType.PHOTO])


async def pick_award(_: CallbackQuery, __: Any, manager: DialogManager, code: str) -> None:
    manager.dialog_data[AWARD] = code
    await manager.switch_to(DossiersSG.subject)


async def propose_own(_: CallbackQuery, __: Any, manager: DialogManager, subject: SubjectKind) -> None:
    listed = await list_dossiers(ctx_of(manager), _duty(manager))
    await begin(manager, subject, nominees=listed.duty.unit_name)


async def ask_names(_: CallbackQuery, __: Any, manager: DialogManager, subject: SubjectKind) -> None:
    manager.dialog_data[SUBJECT] = subject.value
    await manager.switch_to(DossiersSG.nominees)


async def take_names(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await begin(manager, SubjectKind(manager.dialog_data[SUBJECT]), nominees=message.text or "")


async def refuse_other(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal(
        "names-awaited", "Bot đang chờ tên người hoặc tập thể được đề nghị. Anh/chị gõ tên, mỗi tên một dòng."
    )


async def propose_nobody(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    receipt = await declare_nothing(ctx_of(manager), _duty(manager))
    await show_receipt(manager, DossiersSG.receipt, receipt)


async def take_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await withdraw(ctx_of(manager), manager.dialog_data[DECLARED])
    set_notice(manager, "Đã rút lại. Anh/chị lập hồ sơ rồi nộp trước hạn.")
    await manager.switch_to(DossiersSG.awards)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_duties(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("dossiers/mine"),
            _file_input(),
            *paged(choices("dossier", items="doors", on_click=open_dossier, kind=int), name="dossiers", rows=4),
            Column(
                SwitchTo(Const("Lập hồ sơ khác"), id="another", state=DossiersSG.awards, when="may_begin"),
                Button(Const("Rút lại để sửa"), id="withdraw", on_click=take_back, when="can_withdraw"),
                Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            ),
            state=DossiersSG.mine,
            getter=read_dossiers,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("dossiers/awards"),
            _file_input(),
            *paged(choices("award", items="awards", on_click=pick_award), name="awards", rows=5),
            Column(
                SwitchTo(Const("Không đề nghị khen thưởng"), id="nothing", state=DossiersSG.nothing, when="has_none"),
                SwitchTo(Const("‹ Quay lại"), id="mine", state=DossiersSG.mine, when="has_dossiers"),
                Button(Const("‹ Quay lại"), id="leave", on_click=leave, when="has_none"),
            ),
            state=DossiersSG.awards,
            getter=read_dossiers,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("dossiers/subject"),
            Column(
                choices("own", items="own", on_click=propose_own, kind=SubjectKind),
                choices("other", items="others", on_click=ask_names, kind=SubjectKind),
            ),
            Column(
                SwitchTo(Const("Chưa đủ tiêu chuẩn?"), id="lower", state=DossiersSG.fallback, when="has_fallbacks"),
                SwitchTo(Const("‹ Quay lại"), id="back", state=DossiersSG.awards),
            ),
            state=DossiersSG.subject,
            getter=read_dossiers,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("dossiers/nominees"),
            MessageInput(take_names, content_types=ContentType.TEXT),
            MessageInput(refuse_other),
            SwitchTo(Const("‹ Quay lại"), id="back", state=DossiersSG.subject),
            state=DossiersSG.nominees,
            getter=read_dossiers,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("dossiers/nothing"),
            Column(
                Button(Const("Đúng, không đề nghị"), id="declare", on_click=propose_nobody),
                SwitchTo(Const("‹ Quay lại"), id="back", state=DossiersSG.awards),
            ),
            state=DossiersSG.nothing,
            getter=read_dossiers,
            preview_data=SAMPLE,
        ),
        *windows(read_dossiers, SAMPLE),
        receipt_window(DossiersSG.receipt),
        on_start=go_to_mine,
    )
