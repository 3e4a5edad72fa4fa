"""`thidua plans`: checks and loads plans, sets their open dates and quotas."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.errors import exits_on_refusal
from cli.plans.changes import tell_loaded
from cli.plans.life import end_loaded_plan, print_plan, print_plans
from cli.plans.reading import read_plan_file
from domain.errors import Refusal
from domain.plans.plans import Plan
from domain.typed_input.days import read_day
from domain.units import UnitKind
from plans.catalogue import parse_plan
from templates.filters import deadline as deadline_words
from templates.refusals import word_refusal
from usecases.context import Context
from usecases.plans.life import check_start, is_loaded, read_first_day
from usecases.plans.loading import load_plan, preview_plan
from usecases.plans.quotas import QuotaTarget, set_quota
from usecases.plans.set_dates import DateTarget, clear_date, set_date

plans = typer.Typer(no_args_is_help=True)


@plans.command("check")
@exits_on_refusal
def check_plans(files: list[Path]) -> None:
    """Kiểm tra tệp kế hoạch; mỗi lỗi một dòng, ghi tệp, dòng và lý do."""
    good = [file for file in files if _is_good(file)]
    if len(good) < len(files):
        sys.exit(1)


def _is_good(file: Path) -> bool:
    try:
        plan = parse_plan(_text(file), file=str(file))
    except Refusal as refusal:
        typer.echo(word_refusal(refusal), err=True)
        return False
    typer.echo(f"{file}: đúng. {plan.title}: {len(plan.deadlines)} hạn, {len(plan.indicators)} chỉ tiêu.")
    return True


@plans.command("load")
@exits_on_refusal
def load_plans(
    files: list[Path],
    authority: Annotated[str, typer.Option(help="Mã đơn vị có cơ quan thường trực.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ in những gì sẽ đổi, không áp dụng.")] = False,
    since: Annotated[
        str | None,
        typer.Option("--from", help="Tính từ ngày nào; hạn trước ngày ấy không phải nộp. Kế hoạch mới: từ hôm nay."),
    ] = None,
) -> None:
    """Đưa kế hoạch vào áp dụng cho các đơn vị của một cơ quan; nạp lại không thêm gì, bản sửa thì báo một lần."""
    texts = {file: _text(file) for file in files}
    for file, text in texts.items():
        # All files are read before one of them is loaded.
        parse_plan(text, file=str(file))
    run_to_end(_load_plans(texts, authority, dry_run=dry_run, since=since))


async def _load_plans(texts: dict[Path, str], authority: str, *, dry_run: bool, since: str | None) -> None:
    load = preview_plan if dry_run else load_plan
    async with open_migrated_app(read_settings(), SystemClock()) as app:
        for file, text in texts.items():
            async with app.contexts.open() as ctx:
                first = await _first_day(ctx, parse_plan(text, file=str(file)), since)
            async with app.contexts.as_caretaker() as ctx:
                loaded = await load(ctx, text, authority=authority, file=str(file), counts_from=first)
            typer.echo(f"{file}: {tell_loaded(loaded, is_dry=dry_run)}")


async def _first_day(ctx: Context, plan: Plan, since: str | None) -> date | None:
    """Return the day that was given or typed; otherwise today for a new plan, and None for a loaded one.

    Raises Refusal if the day cannot be read or the plan cannot count from it.
    """
    if since is None:
        if await is_loaded(ctx, plan.code):
            return None
        since = _ask_first_day(plan) if sys.stdin.isatty() else ""
    if not since:
        return ctx.today
    first = read_first_day(since, today=ctx.today)
    check_start(plan, first, today=ctx.today)
    return first


def _ask_first_day(plan: Plan) -> str:
    asked = f"{plan.title} tính từ ngày nào? Hạn trước ngày ấy không phải nộp. Ví dụ 1/1; Enter: hôm nay"
    return str(typer.prompt(asked, default="", show_default=False))


@plans.command("date")
@exits_on_refusal
def set_plan_date(  # noqa: PLR0913 (each is an option)
    plan: Annotated[str, typer.Argument(help="Mã kế hoạch.")],
    code: Annotated[str, typer.Argument(help="Mã việc.")],
    year: Annotated[int, typer.Option(min=2000, max=2100)],
    day: Annotated[str | None, typer.Option(help="Ngày cuối còn đúng hạn, ví dụ 20/5.")] = None,
    kind: Annotated[UnitKind | None, typer.Option(help="Chỉ một loại đơn vị.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Bỏ ngày đã đặt.")] = False,
) -> None:
    """Đặt hạn cho việc mà kế hoạch không ghi ngày, hoặc hạn nội bộ sớm hơn cho một loại đơn vị."""
    if clear == (day is not None):
        raise Refusal("option-missing", "Anh/chị ghi --day NGÀY/THÁNG để đặt hạn, hoặc --clear để bỏ hạn đã đặt.")
    first = date(year, 1, 1)
    last_valid_day = read_day(day, today=first, until=date(year, 12, 31), example="--day 20/5") if day else None
    run_to_end(_set_plan_date(plan, code, year=year, day=last_valid_day, kind=kind))


async def _set_plan_date(plan: str, code: str, *, year: int, day: date | None, kind: UnitKind | None) -> None:
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        if day is None:
            await clear_date(ctx, DateTarget(plan, code, year=year, kind=kind))
            typer.echo(f"{code} năm {year}: đã bỏ hạn riêng.")
        else:
            await set_date(ctx, DateTarget(plan, code, year=year, kind=kind), day=day)
            typer.echo(f"{code} năm {year}: hạn {deadline_words(day)}.")


@plans.command("quota")
@exits_on_refusal
def set_plan_quota(  # noqa: PLR0913 (each is an option)
    plan: Annotated[str, typer.Argument(help="Mã kế hoạch.")],
    award: Annotated[str, typer.Argument(help="Mã hình thức khen thưởng.")],
    year: Annotated[int, typer.Option(min=2000, max=2100)],
    number: Annotated[int | None, typer.Option(help="Số tên nhiều nhất được đề nghị.")] = None,
    cluster: Annotated[str | None, typer.Option(help="Mã cụm; bỏ trống: tính chung mọi đơn vị.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Bỏ số lượng đã đặt.")] = False,
) -> None:
    """Đặt số lượng khen thưởng: đề nghị quá số này thì bot từ chối và chỉ cách làm."""
    if clear == (number is not None):
        raise Refusal("option-missing", "Anh/chị ghi --number SỐ để đặt số lượng, hoặc --clear để bỏ.")
    run_to_end(_set_plan_quota(plan, award, year=year, number=number, cluster=cluster))
    typer.echo(f"{award} năm {year}: {'không giới hạn' if number is None else f'nhiều nhất {number}'}.")


async def _set_plan_quota(plan: str, award: str, *, year: int, number: int | None, cluster: str | None) -> None:
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        await set_quota(ctx, QuotaTarget(plan, award, year=year, cluster=cluster), number=number)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("file-unreadable", f"{file}: không đọc được ({error}).") from error


plans.command("list")(print_plans)
plans.command("show")(print_plan)
plans.command("end")(end_loaded_plan)
plans.command("read")(read_plan_file)
