"""`thidua bench report`: runs the benches one after another and writes their tables into docs/performance.md."""

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from domain.errors import Refusal
from simulation.benches.sizes import SizeCosts, tell_sizes, write_chart

Found = Mapping[str, Any]
Value = Callable[[Found], object]
NO_VALUE = "–"
CHART = "performance.svg"
SERVER = "postgresql"

RUNS: dict[str, tuple[str, ...]] = {
    "step": ("step", "--in-flight", "20"),
    "paste": ("paste",),
    "surge": ("surge", "--reports", "1000"),
    "surge-typed": ("surge", "--reports", "200", "--typed"),
    "fanout": ("fanout", "--messages", "1000"),
    "status": ("status",),
    "look": ("look",),
    "export": ("export",),
    "idle": ("idle",),
    "startup": ("startup",),
    "sizes": ("sizes",),
}
ON_SERVER: dict[str, tuple[str, ...]] = {
    **{name: RUNS[name] for name in ("step", "paste", "fanout", "status", "look")},
    "surge": (*RUNS["surge"], "--bots", "2"),
    "surge-typed": (*RUNS["surge-typed"], "--bots", "2"),
}


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    what: str
    goal: str
    run: str
    value: Value


def _of(*path: str, unit: str = "") -> Value:
    def value(found: Found) -> str:
        inner: Any = found
        for name in path:
            inner = inner[name]
        return f"{inner:g}{unit}"

    return value


TIMES = " ×"
ROWS = (
    MeasuredRow("a step without a write", "≤ 12 ×", "step", _of("updates", "ratios", "step", unit=TIMES)),
    MeasuredRow("a typed figure", "≤ 15 ×", "step", _of("updates", "ratios", "figure", unit=TIMES)),
    MeasuredRow("a hand-in", "≤ 25 ×", "step", _of("updates", "ratios", "hand_in", unit=TIMES)),
    MeasuredRow(
        "these three, × an echo in a row",
        "",
        "step",
        lambda it: " · ".join(f"{it['updates']['ratios_in_a_row'][kind]:g}" for kind in ("step", "figure", "hand_in")),
    ),
    MeasuredRow("an officer's menu", "", "step", _of("updates", "ratios", "menu", unit=TIMES)),
    MeasuredRow("«Báo cáo» → first question", "", "step", _of("updates", "ratios", "first_question", unit=TIMES)),
    MeasuredRow("statements of a step", "≤ 8", "step", _of("updates", "statements", "step")),
    MeasuredRow("statements of a typed figure", "≤ 12", "step", _of("updates", "statements", "figure")),
    MeasuredRow("p99 ÷ p50, 20 in flight", "≤ 3", "step", _of("waits", "tất cả", "tail")),
    MeasuredRow("15 lines pasted", "", "paste", _of("ratios", "paste", unit=TIMES)),
    MeasuredRow("«Ghi và nộp» below them", "", "paste", _of("ratios", "hand_in", unit=TIMES)),
    MeasuredRow("reports a second, pasted", "≥ 41.2", "surge", _of("accepted_per_second")),
    MeasuredRow("÷ form posts of ODK Central", "≥ 1", "surge", _of("to_form_posts", unit=TIMES)),
    MeasuredRow("lost · unseen · doubled", "0", "surge", lambda it: f"{it['lost']} · {it['unseen']} · {it['doubled']}"),
    MeasuredRow("p95 of the receipt", "< 1000 ms", "surge", _of("waits", "bấm nộp", "p95", unit=" ms")),
    MeasuredRow("CPU of a report, × an echo over HTTP", "", "surge", _of("report_to_echo", unit=TIMES)),
    MeasuredRow("echoes a second by the same road", "", "surge", _of("echoes_per_second")),
    MeasuredRow("memory of each bot, at most", "2 GB in all", "surge", lambda it: f"{max(it['peak_mb']):.0f} MB"),
    MeasuredRow("reports a second, typed", "≥ 8", "surge-typed", _of("accepted_per_second")),
    MeasuredRow("part of the limit that is used", "≥ 97 %", "fanout", _of("used", unit=" %")),
    MeasuredRow("worst second (limit 20)", "≤ 20", "fanout", _of("worst_second")),
    MeasuredRow("sent into an open 429", "0", "fanout", lambda it: f"{it['into_pause']} of {it['pauses']}"),
    MeasuredRow("messages lost · doubled", "0", "fanout", lambda it: f"{it['lost']} · {it['doubled']}"),
    MeasuredRow("a message", "≤ 25 ×", "fanout", _of("to_echo", unit=TIMES)),
    MeasuredRow("statements of a message", "≤ 6", "fanout", _of("statements")),
    MeasuredRow("memory while sending", "≤ 10 MB", "fanout", _of("memory_growth", unit=" MB")),
    MeasuredRow("`read_status`, × raw SQL", "≤ 1.3 ×", "status", _of("ratios", "read_status", unit=TIMES)),
    MeasuredRow("a leader's menu, × raw SQL", "≤ 3 ×", "status", _of("ratios", "leader_menu", unit=TIMES)),
    MeasuredRow("a clerk's menu, × raw SQL", "≤ 3 ×", "status", _of("ratios", "clerk_menu", unit=TIMES)),
    MeasuredRow("a scoreboard, × raw SQL", "≤ 2 ×", "status", _of("ratios", "board", unit=TIMES)),
    MeasuredRow("a look with nothing new", "≤ 30 ms", "look", _of("quiet", "cpu", unit=" ms")),
    MeasuredRow("the first look of a morning", "≤ 1000 ms", "look", _of("first", "cpu", unit=" ms")),
    MeasuredRow("the writer held in it", "≤ 50 ms", "look", _of("first", "writer_held", unit=" ms")),
    MeasuredRow("the sheet, × bare XlsxWriter", "≤ 1.1 ×", "export", _of("sheet_to_bare", unit=TIMES)),
    MeasuredRow("memory of the sheet", "≤ 30 MB", "export", _of("memory_mb", unit=" MB")),
    MeasuredRow("the loop held", "≤ 50 ms", "export", _of("loop_held_ms", unit=" ms")),
    MeasuredRow("memory of bot · scheduler", "", "idle", lambda it: "{bot} · {scheduler} MB".format(**it["memory"])),
    MeasuredRow("scheduler ÷ bot", "≤ 0.33", "idle", _of("scheduler_to_bot")),
    MeasuredRow("start-up of the bot", "≤ 2 s", "startup", _of("cpu", "bot", unit=" s")),
    MeasuredRow("start-up of the scheduler", "≤ 2 s", "startup", _of("cpu", "scheduler", unit=" s")),
    MeasuredRow("`thidua --help`", "", "startup", _of("cpu", "--help", unit=" s")),
)


def bench_report(page: Path, *, folder: Path, server: str | None, redis: str | None, only: Sequence[str] = ()) -> None:
    """Run the benches, or only the named ones, and write all that is known from this and earlier runs into the page.

    `server` is the URL of a PostgreSQL in which databases may be made and dropped. What a run has printed is kept in
    `folder`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, arguments in RUNS.items():
        if not only or name in only:
            _keep(folder / f"{name}.json", arguments)
    for name, arguments in ON_SERVER.items() if server else ():
        if not only or name in only:
            with _empty_database(server or "") as database:
                with_redis = ("--redis", redis) if redis and "--bots" in arguments else ()
                _keep(folder / f"{name}-{SERVER}.json", (*arguments, "--database", database, *with_redis))
    write_page(page, {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*.json")})


def write_page(page: Path, found: Mapping[str, Any]) -> None:
    """Put the tables into the page, and the chart beside it; what was not found keeps the cells that it has there."""
    words = page.read_text(encoding="utf-8")
    words = _between(words, "measured", _table(found, known=_cells(words)))
    if "sizes" in found:
        sizes = [SizeCosts(**size) for size in found["sizes"]]
        write_chart(sizes, page.with_name(CHART))
        words = _between(words, "sizes", f"{tell_sizes(sizes)}\n\n![Cost over size]({CHART})")
    page.write_text(words, encoding="utf-8")


def _table(found: Mapping[str, Any], *, known: Mapping[str, Sequence[str]]) -> str:
    """Return the table in Markdown: what, goal, SQLite, PostgreSQL; `known` are the last two, by what."""
    lines = ["| `bench` | what | goal | SQLite | PostgreSQL |", "| --- | --- | ---: | ---: | ---: |"]
    for row in ROWS:
        names, before = (row.run, f"{row.run}-{SERVER}"), known.get(row.what, (NO_VALUE, NO_VALUE))
        cells = (
            str(row.value(found[name])) if name in found else cell for name, cell in zip(names, before, strict=True)
        )
        lines.append(f"| `{row.run}` | {row.what} | {row.goal} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cells(words: str) -> dict[str, tuple[str, str]]:
    """Return {what: (SQLite, PostgreSQL)} of the table that the page has."""
    rows = (line.strip("| ").split(" | ") for line in words.splitlines() if line.startswith("| `"))
    return {row[1]: (row[3], row[4]) for row in rows if len(row) == 5}


def _between(words: str, name: str, table: str) -> str:
    """Replace what stands between <!-- name --> and <!-- /name -->."""
    mark = re.compile(rf"(<!-- {name} -->\n).*(<!-- /{name} -->)", re.DOTALL)
    return mark.sub(lambda found: f"{found.group(1)}{table}\n{found.group(2)}", words)


def _keep(file: Path, arguments: Sequence[str]) -> None:
    """Run one bench and keep what it prints. Raises Refusal if it could not be measured."""
    command = [sys.executable, "-m", "cli", "bench", *arguments, "--json"]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 (our own)
    try:
        json.loads(ended.stdout)
    except json.JSONDecodeError as error:
        raise Refusal("process-ended", f"{' '.join(arguments)}: {ended.stderr[-500:]}") from error
    file.write_text(ended.stdout, encoding="utf-8")


@contextmanager
def _empty_database(server: str) -> Iterator[str]:
    """Make a database on the server and drop it afterwards."""
    name = f"thidua_bench_{uuid4().hex[:12]}"
    asyncio.run(_tell(server, f"CREATE DATABASE {name}"))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        asyncio.run(_tell(server, f"DROP DATABASE {name} WITH (FORCE)"))


async def _tell(server: str, statement: str) -> None:
    admin = create_async_engine(make_url(server).set(database="postgres"), isolation_level="AUTOCOMMIT")
    try:
        async with admin.connect() as connection:
            await connection.execute(text(statement))
    finally:
        await admin.dispose()
