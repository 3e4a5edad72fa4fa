"""`thidua bench export`: the compiled sheet against bare XlsxWriter, and the time from the press to the file."""

import asyncio
import gc
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from xlsxwriter import Workbook

from bot.app import open_migrated_app
from bot.clocks import StoppedClock
from bot.settings import Settings
from documents.compilation.workbook import write_workbook
from domain.calendar import VIETNAM
from domain.units import UNIT_KIND_NAMES, UnitKind
from models.plans.in_force import parsed
from plans.catalogue import shipped_plan
from simulation.measuring.loops import watching_loop
from simulation.province import settle_province
from usecases.compilation.exporting import export_compilation
from usecases.compilation.views import Compilation, CompiledUnit
from usecases.context import Context
from usecases.organisation.founding import UnitEntry, found_organisation
from usecases.plans.loading import load_plan

_AUTHORITY, _PLAN = "tinh-mau", "mau-2026"
_NOW = datetime(2026, 5, 12, 10, 42, tzinfo=VIETNAM)
_INDICATORS = 10
"""Indicators of the measured sheet: with three columns each, ten before them and reasons after, 40."""
_COMMUNE = 60
_ROUNDS = 9


@dataclass(frozen=True, slots=True)
class ExportResult:
    units: int
    columns: int
    sheet_to_bare: float
    """CPU of the sheet of all units ÷ CPU of bare XlsxWriter with the same cells (median of nine pairs)."""
    sheet_seconds: float
    memory_mb: float
    """Memory that writing takes at most above what was held before."""
    loop_held_ms: float
    """Longest time for which nobody else could run, from the press to the file: time of this process alone."""
    commune_seconds: float
    """From the press to the file, for 60 units."""
    province_seconds: float


def tell_export(found: ExportResult) -> str:
    return "\n".join(
        [
            f"Bảng {found.units} × {found.columns}: {found.sheet_to_bare} × XlsxWriter (đích 1,1), "
            f"{found.sheet_seconds} giây",
            f"Bộ nhớ thêm khi ghi: {found.memory_mb} MB (đích 30)",
            f"Vòng lặp bị giữ lâu nhất: {found.loop_held_ms} ms (đích 50)",
            f"Từ lúc bấm đến khi có tệp: {_COMMUNE} đơn vị {found.commune_seconds} giây (đích 5), "
            f"{found.units} đơn vị {found.province_seconds} giây (đích 20)",
        ]
    )


async def bench_export(*, units: int) -> ExportResult:
    commune, province = await _walk(_COMMUNE), await _walk(units)
    # The sheet alone: all units and ten indicators, without the sheets of clusters.
    sheet = replace(
        province.found,
        units=tuple(replace(unit, cluster_id=None, cluster_name=None) for unit in province.found.units),
        indicators=province.found.indicators[:_INDICATORS],
    )
    rows = [_cells(sheet, unit) for unit in sheet.units]
    # In turns, so that both meet the same neighbours on the machine.
    pairs = [(_cpu(partial(write_workbook, sheet)), _cpu(partial(_write_bare, rows))) for _ in range(_ROUNDS)]
    return ExportResult(
        units=units,
        columns=len(rows[0]),
        sheet_to_bare=round(median(ours / bare for ours, bare in pairs), 2),
        sheet_seconds=round(min(ours for ours, _ in pairs), 2),
        memory_mb=_memory(partial(write_workbook, sheet)),
        loop_held_ms=round(province.held, 1),
        commune_seconds=round(commune.seconds, 2),
        province_seconds=round(province.seconds, 2),
    )


@dataclass(frozen=True, slots=True)
class _Walk:
    """The way from the press to the file."""

    found: Compilation
    seconds: float
    held: float
    """Longest time for which the loop ran nobody else (ms)."""


async def _walk(units: int) -> _Walk:
    with TemporaryDirectory() as folder:
        settings, text = Settings(data=Path(folder)), shipped_plan(_PLAN)
        async with open_migrated_app(settings, StoppedClock(_NOW)) as app:
            async with app.contexts.open() as ctx:
                authority = UnitEntry(_AUTHORITY, "UBND tỉnh Mẫu", UnitKind.AUTHORITY, None)
                await found_organisation(ctx, units=[authority], clusters=[], since=_NOW.date())
            async with app.contexts.as_caretaker() as ctx:
                await load_plan(ctx, text, authority=_AUTHORITY, file=_PLAN)
                owner = ctx.actor.posts[0].unit_id
            duty_id = await settle_province(app.contexts.engine, parsed(text), authority_id=owner, units=units)
            async with app.contexts.as_caretaker() as ctx:
                return await _export(ctx, duty_id)


async def _export(ctx: Context, duty_id: int) -> _Walk:
    async with watching_loop() as watch:
        begun = perf_counter()
        found = await export_compilation(ctx, duty_id)
        await asyncio.to_thread(write_workbook, found)
        seconds = perf_counter() - begun
    return _Walk(found, seconds, watch.held)


Cell = str | float | datetime | None


def _cells(sheet: Compilation, unit: CompiledUnit) -> list[Cell]:
    """Return the row of a unit as plain values."""
    before: list[Cell] = [1.0, unit.name, "Cụm", UNIT_KIND_NAMES[unit.kind], "Đã nộp", "Đúng hạn"]
    before += [unit.handed_in_at.replace(tzinfo=None) if unit.handed_in_at else None, None, None]
    figures = (
        figures.get(one.code) for one in sheet.indicators for figures in (unit.values, unit.pledged, unit.previous)
    )
    return [*before, *(None if value is None else float(value) for value in figures), None]


def _write_bare(rows: Sequence[Sequence[Cell]]) -> None:
    with Workbook(BytesIO(), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        moment, number = (
            book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            book.add_format({"num_format": "#,##0.0##"}),
        )
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if isinstance(value, float):
                    sheet.write_number(row, column, value, number)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write_datetime(row, column, value, moment)


def _cpu(write: Callable[[], object]) -> float:
    gc.collect()
    begun = process_time()
    write()
    return process_time() - begun


def _memory(write: Callable[[], object]) -> float:
    """Return how much Python takes at most above what it held before (MB)."""
    gc.collect()
    tracemalloc.start()
    try:
        write()
        return round(tracemalloc.get_traced_memory()[1] / 1024**2, 1)
    finally:
        tracemalloc.stop()
