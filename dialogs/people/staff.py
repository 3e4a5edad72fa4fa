"""People of the actor's units: who serves where, roles given and withdrawn, leave, hand-over to a successor."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Keyboard, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.administration import open_administration
from dialogs.links.personal import open_leaves
from dialogs.people.invites import DAYS, send_invite_card
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.states import StaffSG
from domain.errors import Refusal
from domain.roles import ROLE_NAMES, SUBMITTERS, Role
from usecases.context import Context
from usecases.people.post_handover import hand_post_over, invite_successor, list_successors
from usecases.people.staff import (
    MemberPostView,
    MemberView,
    UnitMembersView,
    give_role,
    list_members,
    list_staff,
    read_member,
    revoke_access,
    take_role,
)

POST = MemberPostView(1, Role.OFFICER, 5, "Phường 5")
MEMBER = MemberView(7, "Cán bộ Phường 5", "Chuyên viên", "+84900000101", (POST,), is_reachable=True, away=None)
SAMPLE = {
    "search": "",
    "units": [(5, "Phường 5 (2)"), (6, "Phường 6 (0)")],
    "unit": UnitMembersView("Phường 5", (MEMBER,), expected=("Kế toán Phường 5",)),
    "roles": {7: "Cán bộ"},
    "people": [(7, "Cán bộ Phường 5")],
    "member": MEMBER,
    "member_name": MEMBER.name,
    "doors": [("5:UNIT_HEAD", "Thủ trưởng · Phường 5")],
    "posts": [(1, "Cán bộ · Phường 5")],
    "post": POST,
    "successor": "Phó văn phòng Phường 5",
    "successors": [(8, "Phó văn phòng Phường 5")],
    "serves": True,
}


async def read_units(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    search = dialog_manager.dialog_data.get("search", "")
    units = await list_staff(ctx, search=search)
    return {"search": search, "units": [(unit.unit_id, f"{unit.name} ({unit.people})") for unit in units]}


async def read_unit(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    unit = await list_members(ctx, dialog_manager.dialog_data["unit_id"])
    return {
        "unit": unit,
        "roles": {
            member.person_id: ", ".join(ROLE_NAMES[post.role] for post in member.posts) for member in unit.members
        },
        "people": [(member.person_id, member.name) for member in unit.members],
    }


def _person(manager: DialogManager) -> int:
    """Return the id of the person picked here, or of the one that the dialog was opened for."""
    given = manager.start_data if isinstance(manager.start_data, dict) else {}
    return int(manager.dialog_data.get("person_id") or given["person_id"])


async def read_one(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    member = await read_member(ctx, _person(dialog_manager))
    dialog_manager.dialog_data.setdefault("unit_id", member.posts[0].unit_id)
    return {
        "member": member,
        "posts": [(post.id, post.title) for post in member.posts],
        "doors": [(f"{unit_id}:{role}", title) for unit_id, role, title in member.to_give],
        "serves": any(post.role in SUBMITTERS for post in member.posts),
    }


async def read_successors(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    found = await list_successors(ctx, dialog_manager.dialog_data["post_id"])
    return {
        "post": found.post,
        "member_name": found.holder,
        "successors": [(other.person_id, other.name) for other in found.candidates],
    }


async def read_chosen(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    data = await read_successors(ctx, dialog_manager)
    chosen = dialog_manager.dialog_data["successor_id"]
    return {**data, "successor": next((name for id_, name in data["successors"] if id_ == chosen), "người đã chọn")}


async def look_for(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.dialog_data["search"] = (message.text or "")[:60]


async def expect_name(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("words-awaited", "Bot đang chờ tên đơn vị hoặc tên cán bộ. Anh/chị gõ vài chữ, hoặc bấm một đơn vị.")


async def pick_unit(_: CallbackQuery, __: Any, manager: DialogManager, unit_id: int) -> None:
    manager.dialog_data["unit_id"] = unit_id
    await manager.switch_to(StaffSG.unit)


async def pick_person(_: CallbackQuery, __: Any, manager: DialogManager, person_id: int) -> None:
    manager.dialog_data["person_id"] = person_id
    await manager.switch_to(StaffSG.member)


async def show_leaves(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_leaves(manager, person_id=_person(manager))


async def pick_role(_: CallbackQuery, __: Any, manager: DialogManager, door: str) -> None:
    unit_id, role = door.split(":")
    title = await give_role(ctx_of(manager), _person(manager), unit_id=int(unit_id), role=Role(role))
    set_notice(manager, f"✅ Đã giao: {title}.")
    await manager.switch_to(StaffSG.member)


async def take(_: CallbackQuery, __: Any, manager: DialogManager, post_id: int) -> None:
    await take_role(ctx_of(manager), post_id)
    set_notice(manager, "✅ Đã thôi giao. Bot báo cho người ấy.")
    await manager.switch_to(StaffSG.unit)


async def begin_handing_over(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    posts = (await read_member(ctx_of(manager), _person(manager))).posts
    manager.dialog_data["post_id"] = posts[0].id
    await manager.switch_to(StaffSG.successor if len(posts) == 1 else StaffSG.which)


async def pick_post(_: CallbackQuery, __: Any, manager: DialogManager, post_id: int) -> None:
    manager.dialog_data["post_id"] = post_id
    await manager.switch_to(StaffSG.successor)


async def pick_successor(_: CallbackQuery, __: Any, manager: DialogManager, person_id: int) -> None:
    manager.dialog_data["successor_id"] = person_id
    await manager.switch_to(StaffSG.confirm)


async def hand_over(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    data = manager.dialog_data
    name = await hand_post_over(ctx_of(manager), data["post_id"], to=data["successor_id"])
    set_notice(manager, f"✅ Đã bàn giao cho {name}. Người cũ thôi vào được từ bây giờ.")
    await manager.switch_to(StaffSG.unit)


async def send_invite(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    ctx, post_id = ctx_of(manager), manager.dialog_data["post_id"]
    post = (await list_successors(ctx, post_id)).post
    code = await invite_successor(ctx, post_id, days=DAYS)
    await send_invite_card(manager, code, unit_name=post.unit_name, role=post.role)
    await manager.switch_to(StaffSG.invited)


async def revoke(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await revoke_access(ctx_of(manager), _person(manager))
    set_notice(manager, "✅ Đã ngừng quyền. Bot báo cho người ấy.")
    await manager.switch_to(StaffSG.unit)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_administration(manager)


def _back(state: State) -> Keyboard:
    return SwitchTo(Const("‹ Quay lại"), id="back", state=state)


def _of_member(screen: str, state: State, answer: Keyboard) -> Window:
    """Return a window that asks one question about the member; its way back leads to the member."""
    return Window(
        Screen(screen),
        Column(answer, _back(StaffSG.member)),
        state=state,
        getter=read_one,
        preview_data=SAMPLE,
    )


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("people/staff/units"),
            MessageInput(look_for, content_types=ContentType.TEXT),
            MessageInput(expect_name),
            *paged(choices("unit", items="units", on_click=pick_unit, kind=int), name="unit_list"),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            state=StaffSG.units,
            getter=read_units,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/staff/unit"),
            *paged(choices("person", items="people", on_click=pick_person, kind=int), name="person_list"),
            _back(StaffSG.units),
            state=StaffSG.unit,
            getter=read_unit,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/staff/member"),
            Column(
                Button(Const("Bàn giao cho người kế nhiệm"), id="pass", on_click=begin_handing_over),
                Button(Const("Lịch nghỉ"), id="leaves", on_click=show_leaves, when="serves"),
                SwitchTo(Const("Giao thêm vai trò"), id="give", state=StaffSG.give),
                SwitchTo(Const("Thôi giao vai trò"), id="take", state=StaffSG.take),
                SwitchTo(Const("Ngừng mọi quyền"), id="revoke", state=StaffSG.revoke),
                _back(StaffSG.unit),
            ),
            state=StaffSG.member,
            getter=read_one,
            preview_data=SAMPLE,
        ),
        _of_member("people/staff/give", StaffSG.give, choices("role", items="doors", on_click=pick_role)),
        _of_member("people/staff/take", StaffSG.take, choices("take_post", items="posts", on_click=take, kind=int)),
        _of_member(
            "people/staff/which", StaffSG.which, choices("which_post", items="posts", on_click=pick_post, kind=int)
        ),
        Window(
            Screen("people/staff/successor"),
            *paged(choices("to", items="successors", on_click=pick_successor, kind=int), name="successor_list", rows=5),
            Button(Const("Người chưa vào bot"), id="invite", on_click=send_invite),
            _back(StaffSG.member),
            state=StaffSG.successor,
            getter=read_successors,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/staff/confirm"),
            Column(Button(Const("Bàn giao ngay"), id="hand_over", on_click=hand_over), _back(StaffSG.successor)),
            state=StaffSG.confirm,
            getter=read_chosen,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/staff/invited"),
            _back(StaffSG.member),
            state=StaffSG.invited,
            getter=read_successors,
            preview_data=SAMPLE,
        ),
        _of_member(
            "people/staff/revoke", StaffSG.revoke, Button(Const("Ngừng quyền ngay"), id="revoke", on_click=revoke)
        ),
    )
