"""`thidua bench`: simulations and measurements, imported when they begin: they stand on the whole product."""

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from bot.runner import run_to_end
from cli.errors import exits_on_refusal

_EMPTY = "Cơ sở dữ liệu trống; mặc định SQLite."

bench = typer.Typer(no_args_is_help=True, help="Thử sức: mô phỏng và đo.")


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
    typer.echo(json.dumps(asdict(outcome), ensure_ascii=False, indent=2) if as_json else tell_outcome(outcome))
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
    typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2) if as_json else tell_export(found))


@bench.command("status")
@exits_on_refusal
def run_status(
    units: Annotated[int, typer.Option(min=40, max=20000, help="Số đơn vị.")] = 3321,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Tình hình nộp của cả tỉnh: mỗi màn hình tốn gấp mấy lần câu SQL viết tay."""
    from simulation.benches.status import bench_status, tell_costs

    costs = run_to_end(bench_status(units=units))
    typer.echo(json.dumps(asdict(costs), ensure_ascii=False, indent=2) if as_json else tell_costs(costs))


@bench.command("look")
@exits_on_refusal
def run_look(
    units: Annotated[int, typer.Option(min=40, max=20000, help="Số đơn vị.")] = 3321,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Bộ hẹn giờ xem việc của cả tỉnh khi không có gì mới: CPU, số câu lệnh, thời gian giữ quyền ghi."""
    from simulation.benches.look import bench_look, tell_look

    found = run_to_end(bench_look(units=units))
    typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2) if as_json else tell_look(found))


@bench.command("step")
@exits_on_refusal
def run_step(
    database: Annotated[str | None, typer.Option(help=_EMPTY)] = None,
    officers: Annotated[int, typer.Option(min=1, max=14, help="Số cán bộ điền báo cáo.")] = 12,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Mỗi bước trên điện thoại tốn gấp mấy lần một câu nhại lại của aiogram: mở trang, bấm, gõ số, nộp."""
    from simulation.benches.step import bench_step, tell_steps

    found = run_to_end(bench_step(database=database, officers=officers))
    typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2) if as_json else tell_steps(found))


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
    typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2) if as_json else tell_surge(found))
    if not found.is_clean:
        sys.exit(1)
