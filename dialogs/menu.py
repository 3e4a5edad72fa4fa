"""Main page: what is owed at a glance, and a link to everything else."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Group, Row, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.duties.duties import read_unasked
from dialogs.links.administration import (
    open_administration,
    open_announcements,
    open_invites,
    open_loaded_plans,
    open_set_dates,
)
from dialogs.links.duties import open_calendar, open_duties, open_most_urgent
from dialogs.links.personal import open_leaves, open_my_data, open_phone
from dialogs.links.reviews import open_data_requests, open_extension_answers, open_reviews, open_waiting
from dialogs.links.status import open_cluster, open_compilations, open_status, open_unreached
from dialogs.people.office_contacts import OFFICE
from dialogs.shared.paging import choices
from dialogs.shared.samples import DUTY, PLEDGE_DUTY
from dialogs.shared.screen import Screen, set_notice
from dialogs.states import MenuSG
from dialogs.status.samples import STATUS
from domain.errors import Refusal
from domain.plans.deadlines import DutyKind
from domain.roles import ROLE_NAMES, Right
from usecases.context import Context
from usecases.duties.progress import list_duties
from usecases.extensions.answers import list_open_extensions
from usecases.people.office_contacts import list_offices
from usecases.people.recognition import OwnPostView, list_posts
from usecases.reviews.queue import count_queue
from usecases.status.status import list_status

_RIGHTS = {
    "submits": Right.SUBMIT,
    "sees_status": Right.SEE_STATUS,
    "extends": Right.EXTEND,
    "invites": Right.INVITE,
    "arranges": Right.ARRANGE,
    "announces": Right.ANNOUNCE,
    "appoints": Right.APPOINT,
    "answers": Right.ANSWER,
}
SAMPLE = {
    "offices": (OFFICE,),
    "name": "Cán bộ Phường 5",
    "posts": ["Phường 5 · Cụm 1", "UBND tỉnh Mẫu · Cơ quan thường trực"],
    "owed": [DUTY, PLEDGE_DUTY],
    "owed_count": 2,
    "waiting": [],
    "has_duties": True,
    "unasked": (),
    "asks_nothing": False,
    "several_units": False,
    "statuses": [STATUS],
    "submits": True,
    "sees_status": True,
    "extends": True,
    "requests": 2,
    "invites": True,
    "appoints": True,
    "arranges": True,
    "announces": True,
    "answers": True,
    "reviews": True,
    "to_review": 9,
    "headed": [(1, "Cụm 1")],
}


async def read_menu(ctx: Context, **_: Any) -> dict[str, Any]:
    shown = await read_more(ctx)
    duties = await list_duties(ctx)
    owed = [duty for duty in duties if duty.is_owed and not duty.awaits_paper]
    queue = await count_queue(ctx)
    return {
        **shown,
        "owed": owed,
        "owed_count": len(owed),
        "waiting": [duty for duty in duties if duty.awaits_paper],
        "has_duties": bool(duties),
        **await read_unasked(ctx),
        "several_units": len({duty.unit_id for duty in owed}) > 1,
        "statuses": (await list_status(ctx))[:1] if shown["sees_status"] else [],
        "requests": len(await list_open_extensions(ctx)) if shown["extends"] else 0,
        "reviews": queue.reviews,
        "to_review": queue.mine,
    }


async def read_more(ctx: Context, **_: Any) -> dict[str, Any]:
    """Return who the reader is and what they may do, without asking what waits."""
    if ctx.actor.is_guest:
        raise Refusal("no-post", "Hiện anh/chị không giữ nhiệm vụ ở đơn vị nào. Anh/chị xin mã mời mới để vào lại.")
    posts = await list_posts(ctx)
    return {
        "name": ctx.actor.name,
        "posts": list(dict.fromkeys(_title(post) for post in posts)),
        "headed": list(dict.fromkeys(cluster for post in posts for cluster in post.headed)),
        **{name: bool(ctx.actor.units_where(right)) for name, right in _RIGHTS.items()},
    }


async def read_offices(ctx: Context, **_: Any) -> dict[str, Any]:
    return {"offices": await list_offices(ctx)}


def _title(post: OwnPostView) -> str:
    return f"{post.unit_name} · {post.cluster_name or ROLE_NAMES[post.role]}"


async def show_duties(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_duties(manager)


async def show_calendar(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_calendar(manager)


async def show_status(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_status(manager)


async def show_compilations(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_compilations(manager)


async def show_cluster(_: CallbackQuery, __: Any, manager: DialogManager, cluster_id: int) -> None:
    await open_cluster(manager, cluster_id)


async def show_phone(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_phone(manager)


async def show_reviews(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_reviews(manager)


async def show_invites(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_invites(manager)


async def show_extensions(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_extension_answers(manager)


async def show_leaves(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_leaves(manager)


async def show_administration(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_administration(manager)


async def show_announcements(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_announcements(manager)


async def show_plans(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_loaded_plans(manager)


async def show_set_dates(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_set_dates(manager)


async def show_unreached(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_unreached(manager)


async def show_waiting(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_waiting(manager)


async def show_my_data(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_my_data(manager)


async def show_requests(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_data_requests(manager)


async def open_kind(_: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """Open the most urgent duty of this kind; open a list if several units of the reader owe one."""
    if not await open_most_urgent(manager, DutyKind(str(button.widget_id).upper())):
        set_notice(manager, "Hiện chưa có việc này. Bot sẽ báo khi đến kỳ.")


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("menu/main"),
            Group(
                Button(Format("Việc của tôi ({owed_count})"), id="duties", on_click=show_duties),
                Button(Const("Giao ước"), id="pledge", on_click=open_kind),
                Button(Const("Báo cáo"), id="report", on_click=open_kind),
                Button(Const("Hồ sơ"), id="dossier", on_click=open_kind),
                Button(Const("Lịch hạn"), id="calendar", on_click=show_calendar),
                width=2,
                when="submits",
            ),
            Group(
                Button(Format("Chờ duyệt ({to_review})"), id="reviews", on_click=show_reviews, when="reviews"),
                choices("cluster", items="headed", on_click=show_cluster, kind=int),
                Button(Const("Việc chờ hôm nay"), id="waiting", on_click=show_waiting, when="reviews"),
                Button(Const("Tình hình nộp"), id="status", on_click=show_status, when="sees_status"),
                Button(Const("Tổng hợp"), id="compilations", on_click=show_compilations, when="sees_status"),
                Button(Const("Mời cán bộ"), id="invites", on_click=show_invites, when="invites"),
                Button(Const("Quản trị"), id="administration", on_click=show_administration, when="appoints"),
                Button(Format("Đơn gia hạn ({requests})"), id="requests", on_click=show_extensions, when="extends"),
                Button(Const("Thông báo"), id="announcements", on_click=show_announcements, when="announces"),
                SwitchTo(Const("Khác"), id="more", state=MenuSG.more),
                width=2,
            ),
            state=MenuSG.main,
            getter=read_menu,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("menu/more"),
            Group(
                Button(Const("Lịch nghỉ"), id="leaves", on_click=show_leaves, when="submits"),
                Button(Const("Đổi số điện thoại"), id="phone", on_click=show_phone),
                Row(
                    Button(Const("Kế hoạch"), id="plans", on_click=show_plans),
                    Button(Const("Đặt hạn"), id="dates", on_click=show_set_dates),
                    when="arranges",
                ),
                Button(Const("Đơn vị không liên lạc được"), id="unreached", on_click=show_unreached, when="answers"),
                Row(
                    SwitchTo(Const("Gọi ai?"), id="contacts", state=MenuSG.contacts),
                    SwitchTo(Const("Trợ giúp"), id="help", state=MenuSG.help),
                ),
                Button(Const("Dữ liệu của tôi"), id="my_data", on_click=show_my_data),
                Button(Const("Yêu cầu về dữ liệu"), id="data_requests", on_click=show_requests, when="answers"),
                SwitchTo(Const("‹ Quay lại"), id="back", state=MenuSG.main),
            ),
            state=MenuSG.more,
            getter=read_more,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("menu/help"),
            SwitchTo(Const("Gọi ai?"), id="contacts", state=MenuSG.contacts),
            SwitchTo(Const("‹ Quay lại"), id="back", state=MenuSG.main),
            state=MenuSG.help,
            getter=read_menu,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/office_contacts/show"),
            SwitchTo(Const("‹ Quay lại"), id="back", state=MenuSG.main),
            state=MenuSG.contacts,
            getter=read_offices,
            preview_data=SAMPLE,
        ),
    )
