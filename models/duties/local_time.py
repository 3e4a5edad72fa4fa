"""Day and time of an instant by the local clock, as SQLite and PostgreSQL read them."""

from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import Date, Time
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement


class DayOf(FunctionElement[date]):
    """SQL: the day of an instant (first argument), where clocks are ahead of UTC by an interval (second argument)."""

    type = Date()
    inherit_cache = True


@compiles(DayOf, "sqlite")
def _day_in_sqlite(element: DayOf, compiler: SQLCompiler, **kwargs: Any) -> str:
    instant, ahead = (compiler.process(part, **kwargs) for part in element.clauses)
    return f"date({instant}, {ahead})"


@compiles(DayOf, "postgresql")
def _day_in_postgresql(element: DayOf, compiler: SQLCompiler, **kwargs: Any) -> str:
    instant, ahead = (compiler.process(part, **kwargs) for part in element.clauses)
    return f"CAST(({instant} AT TIME ZONE 'UTC') + CAST({ahead} AS INTERVAL) AS DATE)"


class TimeOf(FunctionElement[time]):
    """SQL: the time of an instant without parts of a second, with the arguments of `DayOf`."""

    type = Time()
    inherit_cache = True


@compiles(TimeOf, "sqlite")
def _time_in_sqlite(element: TimeOf, compiler: SQLCompiler, **kwargs: Any) -> str:
    instant, ahead = (compiler.process(part, **kwargs) for part in element.clauses)
    return f"time({instant}, {ahead})"


@compiles(TimeOf, "postgresql")
def _time_in_postgresql(element: TimeOf, compiler: SQLCompiler, **kwargs: Any) -> str:
    instant, ahead = (compiler.process(part, **kwargs) for part in element.clauses)
    local = f"({instant} AT TIME ZONE 'UTC') + CAST({ahead} AS INTERVAL)"
    return f"CAST(date_trunc('second', {local}) AS TIME)"


def interval(ahead: timedelta) -> str:
    """Return the interval as SQLite and PostgreSQL both read it."""
    return f"{ahead.total_seconds() / 60:+.0f} minutes"
