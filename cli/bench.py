"""`thidua bench`: simulations and measurements, imported when they begin: they stand on the whole product."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.runner import run_to_end
from cli.errors import exits_on_refusal

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

F = TypeVar("F", bound="DataclassInstance")

_EMPTY = "Cơ sở dữ liệu trống; mặc định SQLite."

bench = typer.Typer(no_args_is_help=True)


def _print(found: F, tell: Callable[[F], str], *, as_json: bool) -> None:
    typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2) if as_json else tell(found))


@bench.command("reminders")
@exits_on_refusal
def run_reminders(
    units: Annotated[int, typer.Option(min=10, max=20000, help="Số đơn vị.")] = 500,
    seed: Annotated[int, typer.Option(help="Số gieo: cùng số thì cùng một năm.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Một năm nhắc hạn với mất điện, khởi động lại, sáp nhập, đồng hồ lùi: đếm lời nhắc đã gửi, sai, mất, trùng."""
    from simulation.benches.reminders import bench_reminders, tell_outcome

    outcome = run_to_end(bench_reminders(units=units, seed=seed))
    _print(outcome, tell_outcome, as_json=as_json)
    if not outcome.is_clean:
        sys.exit(1)


@bench.command("export")
@exits_on_refusal
def run_export(
    units: Annotated[int, typer.Option(min=60, max=20000, help="Số đơn vị.")] = 3321,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Bảng tổng hợp: so với XlsxWriter, bộ nhớ, thời gian từ lúc bấm đến khi có tệp."""
    from simulation.benches.export import bench_export, tell_export

    found = run_to_end(bench_export(units=units))
    _print(found, tell_export, as_json=as_json)


@bench.command("status")
@exits_on_refusal
def run_status(
    units: Annotated[int, typer.Option(min=40, max=20000, help="Số đơn vị.")] = 3321,
    database: Annotated[str | None, typer.Option(help=_EMPTY)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Tình hình nộp của cả tỉnh: mỗi màn hình tốn gấp mấy lần câu SQL viết tay."""
    from simulation.benches.status import bench_status, tell_costs

    costs = run_to_end(bench_status(units=units, database=database))
    _print(costs, tell_costs, as_json=as_json)


@bench.command("look")
@exits_on_refusal
def run_look(
    units: Annotated[int, typer.Option(min=40, max=20000, help="Số đơn vị.")] = 3321,
    database: Annotated[str | None, typer.Option(help=_EMPTY)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Bộ hẹn giờ xem việc của cả tỉnh khi không có gì mới: CPU, số câu lệnh, thời gian giữ quyền ghi."""
    from simulation.benches.look import bench_look, tell_look

    found = run_to_end(bench_look(units=units, database=database))
    _print(found, tell_look, as_json=as_json)


@bench.command("step")
@exits_on_refusal
def run_step(
    database: Annotated[str | None, typer.Option(help=_EMPTY)] = None,
    officers: Annotated[int, typer.Option(min=1, max=1000, help="Số cán bộ điền báo cáo.")] = 12,
    in_flight: Annotated[int, typer.Option(min=0, max=500, help="Đo thêm: bấy nhiêu người cùng lúc qua HTTP.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Mỗi bước trên điện thoại tốn gấp mấy lần một câu nhại lại của aiogram: mở trang, bấm, gõ số, nộp."""
    from simulation.benches.step import bench_step, tell_steps

    found = run_to_end(bench_step(database=database, officers=officers, in_flight=in_flight))
    _print(found, tell_steps, as_json=as_json)


@bench.command("surge")
@exits_on_refusal
def run_surge(  # noqa: PLR0913 (the options of one command)
    database: Annotated[str | None, typer.Option(help=_EMPTY)] = None,
    redis: Annotated[str | None, typer.Option(help="Redis cho màn hình dở; nhiều bot thì cần.")] = None,
    reports: Annotated[int, typer.Option(min=1, max=20000, help="Số đơn vị, mỗi đơn vị nộp một báo cáo.")] = 500,
    bots: Annotated[int, typer.Option(min=1, max=8, help="Số tiến trình bot.")] = 1,
    in_flight: Annotated[int, typer.Option(min=1, max=500, help="Số cán bộ cùng lúc chờ trả lời.")] = 50,
    typed: Annotated[bool, typer.Option("--typed", help="Gõ từng dòng thay vì dán một lần.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Tối cuối cùng: mọi đơn vị cùng nộp qua HTTP; số báo cáo nhận mỗi giây, thời gian chờ, đối chiếu biên nhận."""
    from simulation.benches.surge import SurgeSize, bench_surge, tell_surge

    size = SurgeSize(reports, bots, in_flight, typed)
    found = run_to_end(bench_surge(size, database=database, redis=redis))
    _print(found, tell_surge, as_json=as_json)
    if not found.is_clean:
        sys.exit(1)


@bench.command("paste")
@exits_on_refusal
def run_paste(
    database: Annotated[str | None, typer.Option(help=_EMPTY)] = None,
    officers: Annotated[int, typer.Option(min=1, max=1000, help="Số cán bộ dán báo cáo.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Một báo cáo 15 dòng dán một lần, nộp bằng một lần bấm: gấp mấy lần một câu nhại lại của aiogram."""
    from simulation.benches.paste import bench_paste
    from simulation.measuring.updates import tell_updates

    found = run_to_end(bench_paste(database=database, officers=officers))
    _print(found, tell_updates, as_json=as_json)


@bench.command("fanout")
@exits_on_refusal
def run_fanout(
    database: Annotated[str | None, typer.Option(help=_EMPTY)] = None,
    messages: Annotated[int, typer.Option(min=1, max=200000, help="Số cán bộ được nhắc.")] = 400,
    per_second: Annotated[int, typer.Option(min=1, max=1000, help="Giới hạn của máy chủ mỗi giây.")] = 20,
    pause_every: Annotated[int, typer.Option(min=0, help="Máy chủ trả 429 sau mỗi bấy nhiêu tin; 0: không.")] = 150,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Một buổi sáng nhắc hạn qua HTTP: phần giới hạn dùng được, giây đông nhất, 429, mất, trùng, giá một tin."""
    from simulation.benches.fanout import bench_fanout, tell_fanout

    found = run_to_end(
        bench_fanout(messages=messages, per_second=per_second, pause_every=pause_every, database=database)
    )
    _print(found, tell_fanout, as_json=as_json)
    if not found.is_clean:
        sys.exit(1)


@bench.command("kills")
@exits_on_refusal
def run_kills(
    kills: Annotated[int, typer.Option(min=1, max=10000, help="Số lần giết tiến trình.")] = 500,
    seed: Annotated[int, typer.Option(help="Số gieo của các thời điểm giết.")] = 1,
    database: Annotated[str | None, typer.Option(help=_EMPTY)] = None,
    redis: Annotated[str | None, typer.Option(help="Redis cho màn hình dở.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Giết bot và bộ nhắc hạn (SIGKILL) giữa chừng trong lúc cán bộ nộp, rồi đối chiếu: mất, trùng, không ai thấy."""
    from simulation.benches.kills import bench_kills, tell_kills

    found = run_to_end(bench_kills(kills=kills, seed=seed, database=database, redis=redis))
    _print(found, tell_kills, as_json=as_json)
    if not found.is_clean:
        sys.exit(1)


@bench.command("idle")
@exits_on_refusal
def run_idle(
    seconds: Annotated[float, typer.Option(min=1, max=600, help="Đo CPU trong bấy nhiêu giây.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Bot và bộ nhắc hạn khi không có việc: bộ nhớ, CPU một phút."""
    from simulation.benches.idle import bench_idle, tell_idle

    found = run_to_end(bench_idle(seconds=seconds))
    _print(found, tell_idle, as_json=as_json)


@bench.command("startup")
@exits_on_refusal
def run_startup(
    rounds: Annotated[int, typer.Option(min=1, max=50, help="Số lần khởi động.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """CPU đến khi bot, bộ nhắc hạn sẵn sàng; của thidua --help: gấp mấy lần python -c pass."""
    from simulation.benches.idle import bench_startup, tell_startup

    found = run_to_end(bench_startup(rounds=rounds))
    _print(found, tell_startup, as_json=as_json)


@bench.command("sizes")
@exits_on_refusal
def run_sizes(
    size: Annotated[list[int] | None, typer.Option(min=40, max=200000, help="Số cán bộ; ghi được nhiều lần.")] = None,
    chart: Annotated[Path | None, typer.Option(help="Tệp .svg để vẽ biểu đồ.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Cùng một việc giữa 100, 1.000, 10.000 và 100.000 cán bộ: CPU, gấp mấy lần một câu nhại lại của aiogram."""
    from simulation.benches.sizes import SIZES, bench_sizes, tell_sizes, write_chart

    found = run_to_end(bench_sizes(sizes=sorted(size) if size else SIZES))
    if chart is not None:
        write_chart(found, chart)
    typer.echo(json.dumps([asdict(one) for one in found], indent=2) if as_json else tell_sizes(found))


@bench.command("report")
@exits_on_refusal
def run_report(
    page: Annotated[Path, typer.Option(help="Trang ghi các bảng.")] = Path("docs/performance.md"),
    folder: Annotated[Path, typer.Option(help="Nơi giữ kết quả từng phép đo.")] = Path("var/bench"),
    server: Annotated[str | None, typer.Option(help="PostgreSQL để tạo và xóa cơ sở dữ liệu đo.")] = None,
    redis: Annotated[str | None, typer.Option(help="Redis, cho phép đo nhiều bot.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Chỉ đo lại mục này; ghi được nhiều lần.")] = None,
) -> None:
    """Đo tất cả rồi ghi lại các bảng và biểu đồ của docs/performance.md."""
    from simulation.benches.report import bench_report

    bench_report(page, folder=folder, server=server, redis=redis, only=only or ())
