"""The command line `thidua`."""

import asyncio
import json
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec

import typer
from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.app import open_app
from bot.bench import bench_reminders, tell_outcome
from bot.bots import greet, make_bot
from bot.changes import read_day, tell_loaded
from bot.clocks import SystemClock
from bot.demo import deep_link, run_demo
from bot.logs import set_up_logs
from bot.run import serve, until_stopped
from bot.settings import TELEGRAM, read_settings
from documents.invites import draw_invite, print_invite
from documents.organisation import Organisation, read_organisation, write_template
from domain.errors import Refusal
from domain.roles import Role
from domain.units import UnitKind
from sandbox.polling import is_loopback
from sandbox.server import Sandbox
from templates.filters import deadline as deadline_words
from usecases.catalogue import parse_plan, shipped_plan, shipped_plans
from usecases.deadlines import DeadlineView, list_deadlines
from usecases.holidays import vietnam_calendar
from usecases.organisation import caretaker, found_organisation
from usecases.people import invite as make_invite
from usecases.plans import load_plan, preview_plan
from usecases.set_dates import clear_date, set_date

P = ParamSpec("P")

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Bot thi đua, khen thưởng.")
plans = typer.Typer(no_args_is_help=True, help="Kế hoạch: kiểm tra, nạp.")
app.add_typer(plans, name="plans")
units = typer.Typer(no_args_is_help=True, help="Đơn vị và cụm: tệp mẫu, nhập từ Excel.")
app.add_typer(units, name="units")
bench = typer.Typer(no_args_is_help=True, help="Thử sức: mô phỏng và đo.")
app.add_typer(bench, name="bench")

SAMPLE_YEARS = range(2026, 2031)

Port = Annotated[int, typer.Option(min=0, max=65535, help="Cổng; 0: cổng trống bất kỳ.")]
Data = Annotated[Path | None, typer.Option(help="Thư mục giữ dữ liệu; bỏ trống: không giữ lại gì.")]


def answered(command: Callable[P, None]) -> Callable[P, None]:
    """A refusal is one line on the error stream and exit code 1, not a traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        set_up_logs()
        try:
            command(*args, **kwargs)
        except Refusal as refusal:
            typer.echo(refusal.text, err=True)
            sys.exit(1)

    return run


@app.command()
@answered
def demo(
    port: Port = 8080,
    host: Annotated[str, typer.Option(help="Chỉ địa chỉ của chính máy này.")] = "127.0.0.1",
    at: Annotated[str | None, typer.Option(help="Giờ bắt đầu ở Việt Nam, ví dụ 2026-05-05T08:00.")] = None,
    data: Data = None,
) -> None:
    """Sân tập: bot, bộ nhắc hạn và tổ chức mẫu trên một trang web; không cần token, không cần mạng."""
    settings = read_settings()
    if settings.telegram_token is not None and settings.telegram_api == TELEGRAM:
        raise Refusal("Đang đặt THIDUA_TELEGRAM_TOKEN thật. Bỏ biến này đi rồi chạy lại: thidua demo")
    start = _hour(at) if at is not None else None
    _listen(host, port)
    with tempfile.TemporaryDirectory() as folder:
        until_stopped(run_demo(host=host, port=port, at=start, data=data or Path(folder)))


def _hour(text: str) -> datetime:
    """An hour at which the sample organisation exists."""
    try:
        hour = datetime.strptime(text, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 (an hour on the wall)
    except ValueError as error:
        raise Refusal(f"--at {text}: chưa đúng ngày giờ. Ví dụ: --at 2026-05-05T08:00") from error
    if hour.year not in SAMPLE_YEARS:
        first, last = SAMPLE_YEARS[0], SAMPLE_YEARS[-1]
        raise Refusal(f"--at {text}: tổ chức mẫu có từ năm {first} đến năm {last}. Ví dụ: --at 2026-05-05T08:00")
    return hour


@app.command()
@answered
def sandbox(port: Port = 8081, token: str = "4242:sandbox", data: Data = None) -> None:  # noqa: S107 (opens nothing real)
    """Riêng máy chủ Bot API của sân tập và trang web của nó, cho mọi chương trình khách."""
    _listen("127.0.0.1", port)
    until_stopped(_serve_sandbox(port, token, data))


async def _serve_sandbox(port: int, token: str, data: Path | None) -> None:
    server = Sandbox(token=token, data=data)
    await server.start(port=port)
    typer.echo(f"Mở trang này trong trình duyệt: {server.url}/")
    try:
        await asyncio.Event().wait()
    finally:
        await server.stop()


@app.command()
@answered
def run() -> None:
    """Bot và bộ nhắc hạn trong một tiến trình."""
    until_stopped(serve(read_settings(), bot=True, scheduler=True))


@app.command()
@answered
def bot() -> None:
    """Riêng bot."""
    until_stopped(serve(read_settings(), bot=True, scheduler=False))


@app.command()
@answered
def scheduler() -> None:
    """Riêng bộ nhắc hạn."""
    until_stopped(serve(read_settings(), bot=False, scheduler=True))


@app.command()
@answered
def migrate() -> None:
    """Đưa cơ sở dữ liệu lên bản mới nhất."""
    asyncio.run(_migrate())


async def _migrate() -> None:
    async with open_app(read_settings(), SystemClock()):
        typer.echo("Cơ sở dữ liệu đã ở bản mới nhất.")


@units.command("template")
@answered
def write_units_template(file: Path) -> None:
    """Tệp Excel mẫu để điền đơn vị và cụm."""
    if file.exists():
        raise Refusal(f"{file} đã có; ghi đè sẽ mất những gì đã điền. Anh/chị chọn tên khác.")
    try:
        write_template(file)
    except OSError as error:
        raise Refusal(f"{file}: không ghi được ({error.strerror}).") from error
    typer.echo(f"Đã ghi {file}.")


@units.command("import")
@answered
def import_units(file: Path) -> None:
    """Nhập đơn vị và cụm từ Excel; một dòng sai thì không nhập gì, và mỗi lỗi ghi rõ ô."""
    organisation = read_organisation(file)
    asyncio.run(_import_units(organisation))
    typer.echo(f"Đã nhập {len(organisation.units)} đơn vị, {len(organisation.clusters)} cụm.")


async def _import_units(organisation: Organisation) -> None:
    async with open_app(read_settings(), SystemClock()) as house, house.contexts.open() as ctx:
        await found_organisation(ctx, units=organisation.units, clusters=organisation.clusters, since=ctx.today)


@plans.command("check")
@answered
def check_plans(files: list[Path]) -> None:
    """Kiểm tra tệp kế hoạch; mỗi lỗi ghi tệp, dòng và lý do."""
    for file in files:
        plan = parse_plan(_text(file), file=str(file))
        typer.echo(f"{file}: đúng. {plan.title}: {len(plan.deadlines)} hạn, {len(plan.indicators)} chỉ tiêu.")


@plans.command("load")
@answered
def load_plans(
    files: list[Path],
    authority: Annotated[str, typer.Option(help="Mã đơn vị có cơ quan thường trực.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ in những gì sẽ đổi, không áp dụng.")] = False,
) -> None:
    """Đưa kế hoạch vào áp dụng cho các đơn vị của một cơ quan; nạp lại không thêm gì, bản sửa thì báo một lần."""
    texts = {file: _text(file) for file in files}
    for file, text in texts.items():
        # Of several files all are read before one is loaded.
        parse_plan(text, file=str(file))
    asyncio.run(_load_plans(texts, authority, dry_run=dry_run))


async def _load_plans(texts: dict[Path, str], authority: str, *, dry_run: bool) -> None:
    load = preview_plan if dry_run else load_plan
    async with open_app(read_settings(), SystemClock()) as house:
        for file, text in texts.items():
            async with house.contexts.open() as ctx:
                loaded = await load(ctx, text, authority=authority, file=str(file))
            typer.echo(f"{file}: {tell_loaded(loaded, is_dry=dry_run)}")


@plans.command("date")
@answered
def set_plan_date(
    plan: Annotated[str, typer.Argument(help="Mã kế hoạch.")],
    code: Annotated[str, typer.Argument(help="Mã việc.")],
    year: Annotated[int, typer.Option(min=2000, max=2100)],
    day: Annotated[str | None, typer.Option(help="Ngày cuối còn đúng hạn, ví dụ 20/5.")] = None,
    kind: Annotated[UnitKind | None, typer.Option(help="Chỉ một loại đơn vị.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Bỏ ngày đã đặt.")] = False,
) -> None:
    """Đặt hạn cho việc mà kế hoạch không ghi ngày, hoặc hạn nội bộ sớm hơn cho một loại đơn vị."""
    if clear == (day is not None):
        raise Refusal("Anh/chị ghi --day NGÀY/THÁNG để đặt hạn, hoặc --clear để bỏ hạn đã đặt.")
    asyncio.run(_set_plan_date(plan, code, year=year, day=read_day(day, year=year) if day else None, kind=kind))


async def _set_plan_date(plan: str, code: str, *, year: int, day: date | None, kind: UnitKind | None) -> None:
    async with open_app(read_settings(), SystemClock()) as house:
        async with house.contexts.open() as ctx:
            office = await caretaker(ctx)
        async with house.contexts.open(office) as ctx:
            if day is None:
                await clear_date(ctx, plan, code, year=year, kind=kind)
                typer.echo(f"{code} năm {year}: đã bỏ hạn riêng.")
            else:
                await set_date(ctx, plan, code, year=year, day=day, kind=kind)
                typer.echo(f"{code} năm {year}: hạn {deadline_words(day)}.")


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{file}: không đọc được ({error}).") from error


@app.command()
@answered
def invite(
    unit: Annotated[str, typer.Option(help="Mã đơn vị.")],
    role: Annotated[Role, typer.Option(help="Vai trò.")],
    expires_days: Annotated[int, typer.Option(help="Số ngày có hạn.")] = 30,
) -> None:
    """Lời mời dùng một lần: in đường dẫn và mã QR, lưu ảnh QR."""
    asyncio.run(_invite(unit, role, expires_days))


async def _invite(unit: str, role: Role, days: int) -> None:
    settings = read_settings()
    if settings.telegram_token is None:
        raise Refusal("Chưa đặt THIDUA_TELEGRAM_TOKEN, nên chưa biết tên bot để làm đường dẫn.")
    talker = make_bot(settings.telegram_token.get_secret_value(), api=settings.telegram_api)
    async with open_app(settings, SystemClock()) as house, talker:
        username = await _username(talker)
        async with house.contexts.open() as ctx:
            office = await caretaker(ctx)
        async with house.contexts.open(office) as ctx:
            link = deep_link(username, await make_invite(ctx, unit=unit, role=role, days=days))
    picture = settings.data / f"moi-{unit}-{datetime.now(settings.zone):%Y%m%d-%H%M%S}.png"
    picture.write_bytes(draw_invite(link))
    typer.echo(f"{link}\n{print_invite(link)}\nẢnh mã QR: {picture}")


async def _username(bot: Bot) -> str:
    try:
        return (await greet(bot.me)).username or ""
    except AiogramError as error:
        raise Refusal(f"Chưa liên lạc được với máy chủ của bot ({error}). Anh/chị thử lại sau.") from error


@app.command()
@answered
def deadlines(
    year: Annotated[int, typer.Option(min=2000, max=2100)],
    plan: Annotated[str | None, typer.Option(help="Chỉ một kế hoạch.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Mọi hạn trong một năm của các kế hoạch đi kèm."""
    codes = shipped_plans()
    if plan is not None and plan not in codes:
        raise Refusal(f"Không có kế hoạch «{plan}». Các kế hoạch: {', '.join(codes)}.")
    found = list_deadlines(
        [parse_plan(shipped_plan(code), file=code) for code in codes if plan in (None, code)],
        year=year,
        calendar=vietnam_calendar(year - 1, year + 1),
    )
    typer.echo(_as_json(found) if as_json else "\n".join(_as_line(deadline) for deadline in found))


def _as_json(found: tuple[DeadlineView, ...]) -> str:
    return json.dumps([asdict(deadline) for deadline in found], ensure_ascii=False, indent=2, default=_iso)


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(value)


def _as_line(deadline: DeadlineView) -> str:
    return f"{deadline.last_valid_day:%d/%m/%Y}  {deadline.plan}  {deadline.title} («{deadline.wording}»)"


@bench.command("reminders")
@answered
def run_reminders(
    units: Annotated[int, typer.Option(min=10, max=20000, help="Số đơn vị.")] = 500,
    seed: Annotated[int, typer.Option(help="Số gieo: cùng số thì cùng một năm.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Một năm nhắc hạn với mất điện, khởi động lại, sáp nhập, đồng hồ lùi: đếm lời nhắc đã gửi, sai, mất, trùng."""
    outcome = asyncio.run(bench_reminders(units=units, seed=seed))
    typer.echo(json.dumps(asdict(outcome), ensure_ascii=False, indent=2) if as_json else tell_outcome(outcome))
    if not outcome.is_clean:
        sys.exit(1)


def _listen(host: str, port: int) -> None:
    """Say at once what cannot be listened on, before anything is set up."""
    if not is_loopback(host):
        raise Refusal(f"Sân tập chỉ mở trên chính máy này, không mở trên {host}. Bỏ --host, hoặc ghi --host 127.0.0.1")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refusal(
                f"Không mở được {host}:{port} ({error.strerror}). Thử cổng khác, ví dụ --port 8090."
            ) from error


if __name__ == "__main__":
    app()
