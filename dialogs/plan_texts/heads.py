"""The drafted plan's own lines are completed: number, title, day, years, code, indicators and award forms."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.plan_texts import open_plan_preview, open_proposals, open_taken_code
from dialogs.plan_texts.samples import DRAFT
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.states import PlanTextHeadSG
from domain.errors import Refusal
from domain.plan_texts.drafting.drafts import DutyMark
from domain.plan_texts.drafting.headings import HeadLine
from domain.typed_input.listing import shortened
from usecases.context import Context
from usecases.plan_texts.heads import (
    DraftHeadView,
    read_head,
    take_awards,
    take_indicators,
    type_indicators,
    type_line,
)
from usecases.plan_texts.loading import preview_draft

LINE = "line"
"""The line that is being typed."""
NONE = "-"
"""Choice of no plan: a button cannot carry an empty text."""
INDICATORS, AWARDS = "indicators", "awards"
LABELS = {
    HeadLine.NUMBER: "Số, ký hiệu",
    HeadLine.TITLE: "Tên",
    HeadLine.ISSUED: "Ngày ban hành",
    HeadLine.YEARS: "Năm",
    HeadLine.ISSUER: "Cơ quan ban hành",
    HeadLine.CODE: "Mã",
}
HINTS = {
    HeadLine.NUMBER: "Anh/chị gõ như trên văn bản, ví dụ: 152/KH-UBND",
    HeadLine.TITLE: "Anh/chị gõ tên kế hoạch, ví dụ: Công tác thi đua, khen thưởng năm 2026",
    HeadLine.ISSUED: "Anh/chị gõ ngày ban hành, ví dụ: 29/1/2026",
    HeadLine.YEARS: "Anh/chị gõ 2026 (đến khi có kế hoạch mới), hoặc 2026-2030",
    HeadLine.ISSUER: "Anh/chị gõ cơ quan ban hành, ví dụ: UBND xã Mẫu",
    HeadLine.CODE: "Mã để gọi kế hoạch trong bot: chữ thường không dấu, số, gạch nối, ví dụ: ke-hoach-2026",
}
_MISSING = "⚠ chưa có"


async def read_lines(ctx: Context, **_: Any) -> dict[str, Any]:
    view = await read_head(ctx)
    return {
        "draft": view.draft,
        "missing": view.missing,
        "open": len(view.draft.marked(DutyMark.OPEN)),
        "kept": len(view.draft.marked(DutyMark.KEPT)),
        "doors": _doors(view),
    }


def _doors(view: DraftHeadView) -> list[tuple[str, str]]:
    """Return (line, label with its value), what is missing first."""
    lines: list[tuple[str, str]] = [(line, f"{LABELS[line]}: {_value(view, line)}") for line in HeadLine]
    if view.asks_indicators:
        lines.append((INDICATORS, f"Chỉ tiêu: {_indicators(view)}"))
    if view.asks_awards:
        lines.append((AWARDS, f"Khen thưởng: {_awards(view)}"))
    return [(line, shortened(label, 40)) for line, label in sorted(lines, key=lambda door: "⚠" not in door[1])]


def _value(view: DraftHeadView, line: HeadLine) -> str:
    header = view.draft.header
    match line:
        case HeadLine.NUMBER:
            return header.number or _MISSING
        case HeadLine.TITLE:
            return header.title or _MISSING
        case HeadLine.ISSUER:
            return header.issuer or _MISSING
        case HeadLine.ISSUED:
            return f"{header.issued:%d/%m/%Y}" if header.issued else _MISSING
        case HeadLine.YEARS:
            until = f"-{header.last_year}" if header.last_year else ", đến khi có kế hoạch mới"
            return f"{header.first_year}{until}" if header.first_year else _MISSING
        case HeadLine.CODE:
            is_free = view.draft.is_new_version or not view.is_code_taken
            return f"{view.code}{'' if is_free else ' ⚠ đã có'}"


def _indicators(view: DraftHeadView) -> str:
    if view.draft.indicators_from is None:
        return _MISSING
    typed = f"{len(view.draft.typed_indicators)} chỉ tiêu đã gõ" if view.draft.typed_indicators else "không hỏi"
    return f"như «{view.indicators}»" if view.indicators else typed


def _awards(view: DraftHeadView) -> str:
    if view.draft.awards_from is None:
        return _MISSING
    return f"như «{view.awards}»" if view.awards else "không theo danh mục"


def _line(manager: DialogManager) -> HeadLine:
    started = manager.start_data if isinstance(manager.start_data, dict) else {}
    return HeadLine(str(manager.dialog_data.get(LINE) or started.get(LINE)))


async def read_line(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    line = _line(dialog_manager)
    return {"label": LABELS[line], "hint": HINTS[line], "now": _value(await read_head(ctx), line)}


async def read_indicators(ctx: Context, **_: Any) -> dict[str, Any]:
    view = await read_head(ctx)
    doors = [(one.code, f"{one.indicators} chỉ tiêu: {one.title}") for one in view.others if one.indicators]
    return {"now": _indicators(view), "doors": _offered(doors, "Không hỏi chỉ tiêu")}


async def read_awards(ctx: Context, **_: Any) -> dict[str, Any]:
    view = await read_head(ctx)
    doors = [(one.code, f"{one.awards} hình thức: {one.title}") for one in view.others if one.awards]
    return {"now": _awards(view), "doors": _offered(doors, "Không theo danh mục")}


def _offered(doors: list[tuple[str, str]], none: str) -> list[tuple[str, str]]:
    return [*((code, shortened(label, 40)) for code, label in doors), (NONE, none)]


async def pick_line(_: CallbackQuery, __: Any, manager: DialogManager, line: str) -> None:
    manager.dialog_data[LINE] = line
    doors = {INDICATORS: PlanTextHeadSG.indicators, AWARDS: PlanTextHeadSG.awards}
    await manager.switch_to(doors.get(line, PlanTextHeadSG.line))


async def enter_line(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await type_line(ctx_of(manager), _line(manager), message.text or "")
    await manager.switch_to(PlanTextHeadSG.lines)


async def expect_words(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("words-awaited", "Bot đang chờ anh/chị gõ bằng chữ, hoặc bấm một nút bên dưới.")


async def pick_indicators(_: CallbackQuery, __: Any, manager: DialogManager, code: str) -> None:
    await take_indicators(ctx_of(manager), "" if code == NONE else code)
    await manager.switch_to(PlanTextHeadSG.lines)


async def enter_indicators(message: Message, _: MessageInput, manager: DialogManager) -> None:
    count = await type_indicators(ctx_of(manager), message.text or "")
    set_notice(manager, f"✅ Đã ghi {count} chỉ tiêu.")
    await manager.switch_to(PlanTextHeadSG.lines)


async def pick_awards(_: CallbackQuery, __: Any, manager: DialogManager, code: str) -> None:
    await take_awards(ctx_of(manager), "" if code == NONE else code)
    await manager.switch_to(PlanTextHeadSG.lines)


async def look(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """Show the preview; before it, ask what a plan with a code that is taken is."""
    view = await read_head(ctx_of(manager))
    if view.is_code_taken and not view.draft.is_new_version and not view.missing:
        await open_taken_code(manager)
        return
    # What is missing is said here, above the lines where it is typed.
    await preview_draft(ctx_of(manager))
    await open_plan_preview(manager)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_proposals(manager)


def dialog() -> Dialog:
    sample_doors = [(line, f"{label}: ⚠ chưa có") for line, label in LABELS.items()]
    to_lines = SwitchTo(Const("‹ Quay lại"), id="to_lines", state=PlanTextHeadSG.lines)
    return Dialog(
        Window(
            Screen("plan_texts/head/lines"),
            *paged(choices("line", items="doors", on_click=pick_line), name="lines", rows=5),
            Button(Const("Xem sẽ nạp gì"), id="look", on_click=look),
            Button(Const("‹ Danh sách"), id="leave", on_click=leave),
            state=PlanTextHeadSG.lines,
            getter=read_lines,
            preview_data={"draft": DRAFT, "missing": True, "open": 2, "kept": 8, "doors": sample_doors},
        ),
        Window(
            Screen("plan_texts/head/line"),
            MessageInput(enter_line, content_types=ContentType.TEXT),
            MessageInput(expect_words),
            to_lines,
            state=PlanTextHeadSG.line,
            getter=read_line,
            preview_data={"label": "Tên", "hint": HINTS[HeadLine.TITLE], "now": DRAFT.header.title},
        ),
        Window(
            Screen("plan_texts/head/indicators"),
            MessageInput(enter_indicators, content_types=ContentType.TEXT),
            MessageInput(expect_words),
            *paged(choices("indicators", items="doors", on_click=pick_indicators), name="plans"),
            to_lines,
            state=PlanTextHeadSG.indicators,
            getter=read_indicators,
            preview_data={"now": _MISSING, "doors": [("mau-2026", "15 chỉ tiêu: Kế hoạch năm 2026"), (NONE, "Không")]},
        ),
        Window(
            Screen("plan_texts/head/awards"),
            *paged(choices("awards", items="doors", on_click=pick_awards), name="plans"),
            to_lines,
            state=PlanTextHeadSG.awards,
            getter=read_awards,
            preview_data={"now": _MISSING, "doors": [("mau-2026", "5 hình thức: Kế hoạch năm 2026"), (NONE, "Không")]},
        ),
    )
