"""Commands in a private chat; before joining, each of them shows how to join."""

import re

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram_dialog import DialogManager

from dialogs.links.administration import (
    open_administration,
    open_announcements,
    open_loaded_plans,
    open_office_templates,
    open_past_reports,
    open_set_dates,
)
from dialogs.links.duties import open_calendar, open_duties, open_extendable
from dialogs.links.personal import open_help, open_leaves, open_phone
from dialogs.links.plan_texts import open_plan_texts
from dialogs.links.reviews import open_extension_answers, open_reviews, open_waiting
from dialogs.links.status import (
    open_cluster,
    open_clusters,
    open_compilation,
    open_compilations,
    open_status,
    open_unreached,
)
from dialogs.people.welcome import follow_invite
from dialogs.questions.doors import STOPPED, open_door
from dialogs.questions.typed import answer_clear
from dialogs.shared.replies import answer_message
from dialogs.status.status import open_found
from domain.errors import Refusal
from domain.questions.doors import Door, door_of, is_command_word
from domain.roles import Right
from domain.typed_input.phrases import asks_for_a_person, is_receipt_code
from handlers.home import open_home
from handlers.menus import GROUP_COMMANDS
from handlers.push_buttons.data import ResumeButton
from handlers.typed_commands import Command
from templates import render
from usecases.clusters.heads import list_own_clusters
from usecases.compilation.finding import list_compilable
from usecases.context import Context
from usecases.people.office_contacts import list_offices
from usecases.ports import FileStore
from usecases.status.search import find_status
from usecases.submissions.receipts import check_receipt, list_receipts

RECEIPT_LINK = re.compile(r"bienlai_\w+")
"""Receipt code as part of the command, so that a tap sends both."""


def router() -> Router:
    router = Router(name="commands")
    router.message.filter(F.chat.type == "private")
    router.message.register(command_word, F.text, types_a_command)
    router.message.register(contacts, F.text, wants_a_person)
    router.message.register(receipt_of_code, F.text, types_a_receipt, is_member)
    router.include_router(_with_slash())
    return router


def _with_slash() -> Router:
    router = Router(name="commands_with_slash")
    router.message.filter(begins_with_slash)
    router.message.register(start_with_invite, CommandStart(deep_link=True))
    router.message.register(home, CommandStart())
    router.message.register(home, Command("menu"))
    router.message.register(contacts, Command("goiai"))
    router.message.register(home, F.text, is_guest)
    router.message.register(duties, Command("viec"))
    router.message.register(reports, Command("baocao"))
    router.message.register(pledges, Command("giaouoc"))
    router.message.register(dossiers, Command("hoso"))
    router.message.register(calendar, Command("han"))
    router.message.register(status, Command("tinhhinh"))
    router.message.register(compiled, Command("tonghop"))
    router.message.register(cluster, Command("cum"))
    router.message.register(reviews, Command("duyet"))
    router.message.register(waiting, Command("homnay"))
    router.message.register(administration, Command("quantri"))
    router.message.register(past_reports, Command("kytruoc"))
    router.message.register(announcements, Command("thongbao"))
    router.message.register(extensions, Command("giahan"))
    router.message.register(leaves, Command("nghi"))
    router.message.register(plans, Command("kehoach"))
    router.message.register(plan_texts, Command("docvanban"))
    router.message.register(set_dates, Command("datngay"))
    router.message.register(office_templates, Command("mauvanban"))
    router.message.register(unreached, Command("khonglienlac"))
    router.message.register(phone, Command("doiso"))
    router.message.register(help_, Command("trogiup", "help"))
    router.message.register(stop, Command("huy"))
    router.message.register(receipt, Command("bienlai", RECEIPT_LINK))
    router.message.register(not_here, Command(*GROUP_COMMANDS))
    router.message.register(unknown, F.text)
    return router


def begins_with_slash(message: Message) -> bool:
    return (message.text or message.caption or "").startswith("/")


def is_guest(_: Message, ctx: Context) -> bool:
    return ctx.actor.is_guest


def is_member(_: Message, ctx: Context) -> bool:
    return not ctx.actor.is_guest


def wants_a_person(message: Message) -> bool:
    return asks_for_a_person(message.text or "")


def types_a_receipt(message: Message) -> bool:
    return is_receipt_code(message.text or "")


def types_a_command(message: Message) -> bool:
    return not message.edit_date and is_command_word(message.text or "")


async def command_word(message: Message, ctx: Context, dialog_manager: DialogManager) -> None:
    """Open the main page for «menu» or «hủy» without a slash, even where any sentence would be an answer."""
    door = door_of(message.text or "")
    await (stop if door is Door.STOP else home)(message, ctx, dialog_manager)


async def start_with_invite(_: Message, command: CommandObject, dialog_manager: DialogManager) -> None:
    await follow_invite(dialog_manager, command.args or "")


async def home(_: Message, ctx: Context, dialog_manager: DialogManager) -> None:
    await open_home(dialog_manager, ctx)


async def duties(_: Message, dialog_manager: DialogManager) -> None:
    await open_duties(dialog_manager)


async def reports(_: Message, dialog_manager: DialogManager) -> None:
    await open_door(dialog_manager, Door.REPORTS)


async def pledges(_: Message, dialog_manager: DialogManager) -> None:
    await open_door(dialog_manager, Door.PLEDGES)


async def dossiers(_: Message, dialog_manager: DialogManager) -> None:
    await open_door(dialog_manager, Door.DOSSIERS)


async def calendar(_: Message, dialog_manager: DialogManager) -> None:
    await open_calendar(dialog_manager)


async def status(_: Message, command: CommandObject, ctx: Context, dialog_manager: DialogManager) -> None:
    """Open the status of everything, or of the cluster, unit or duty named after the command.

    Words that are no such name are read as a question: «/tinhhinh p5 bc 6 thang».
    """
    if not command.args:
        await open_status(dialog_manager)
        return
    found = await find_status(ctx, command.args)
    if found.unfound is None or not await answer_clear(f"tình hình {command.args}", dialog_manager):
        await open_found(dialog_manager, found)


async def compiled(_: Message, ctx: Context, dialog_manager: DialogManager) -> None:
    """Open the compiled figures; of several duties, the choice."""
    duties = await list_compilable(ctx)
    only = duties[0].duty_id if len(duties) == 1 else None
    await (open_compilation(dialog_manager, only) if only else open_compilations(dialog_manager))


async def cluster(_: Message, ctx: Context, dialog_manager: DialogManager) -> None:
    """Open the cluster that the person's unit heads; of several, the choice."""
    headed = await list_own_clusters(ctx)
    await (open_cluster(dialog_manager, headed[0].id) if len(headed) == 1 else open_clusters(dialog_manager))


async def extensions(_: Message, ctx: Context, dialog_manager: DialogManager) -> None:
    """Open the requests that wait for the standing body; for an officer, the choice of a duty to extend."""
    answers = bool(ctx.actor.units_where(Right.EXTEND))
    await (open_extension_answers(dialog_manager) if answers else open_extendable(dialog_manager))


async def set_dates(_: Message, dialog_manager: DialogManager) -> None:
    await open_set_dates(dialog_manager)


async def plans(_: Message, dialog_manager: DialogManager) -> None:
    await open_loaded_plans(dialog_manager)


async def plan_texts(_: Message, dialog_manager: DialogManager) -> None:
    await open_plan_texts(dialog_manager)


async def office_templates(_: Message, dialog_manager: DialogManager) -> None:
    await open_office_templates(dialog_manager)


async def leaves(_: Message, dialog_manager: DialogManager) -> None:
    await open_leaves(dialog_manager)


async def administration(_: Message, dialog_manager: DialogManager) -> None:
    await open_administration(dialog_manager)


async def past_reports(_: Message, dialog_manager: DialogManager) -> None:
    await open_past_reports(dialog_manager)


async def announcements(_: Message, dialog_manager: DialogManager) -> None:
    await open_announcements(dialog_manager)


async def unreached(_: Message, dialog_manager: DialogManager) -> None:
    await open_unreached(dialog_manager)


async def phone(_: Message, dialog_manager: DialogManager) -> None:
    await open_phone(dialog_manager)


async def reviews(_: Message, dialog_manager: DialogManager) -> None:
    await open_reviews(dialog_manager)


async def waiting(_: Message, dialog_manager: DialogManager) -> None:
    await open_waiting(dialog_manager)


async def help_(_: Message, dialog_manager: DialogManager) -> None:
    await open_help(dialog_manager)


async def stop(_: Message, ctx: Context, dialog_manager: DialogManager) -> None:
    await open_home(dialog_manager, ctx, STOPPED)


async def receipt(message: Message, command: CommandObject, ctx: Context, files: FileStore) -> None:
    """Answer with a message that can be kept or forwarded; the open screen stays, one press away."""
    code = command.args or command.command[len("bienlai") :].strip("_")
    if code:
        await _show_receipt(message, ctx, code, files)
    else:
        # Without a code, list the receipts of the actor's own units.
        await answer_message(message, render("submissions/recent", lines=await list_receipts(ctx)), keyboard=_BACK)


async def receipt_of_code(message: Message, ctx: Context, files: FileStore) -> None:
    """Treat a bare code as «/bienlai» with that code."""
    await _show_receipt(message, ctx, message.text or "", files)


async def _show_receipt(message: Message, ctx: Context, code: str, files: FileStore) -> None:
    check = await check_receipt(ctx, code, files=files)
    text = render("submissions/checked", receipt=check.receipt, check=check)
    await answer_message(message, text, keyboard=_BACK)


async def contacts(message: Message, ctx: Context) -> None:
    """Answer with a message whose numbers can be tapped; the open screen stays, one press away."""
    text = render("people/office_contacts/show", offices=await list_offices(ctx))
    await answer_message(message, text, keyboard=_BACK)


_BACK = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="‹ Quay lại", callback_data=ResumeButton(turn=1).pack())]]
)


async def not_here(_: Message) -> None:
    raise Refusal("command-of-groups", "Lệnh này dùng trong nhóm của cụm. Anh/chị gõ lại ở nhóm đó.")


async def unknown(_: Message) -> None:
    raise Refusal("command-unknown", "Bot không có lệnh này. Anh/chị gõ /trogiup để xem các lệnh.")
