"""Adaption of a column's values: from Python to the driver, and back."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.types import TypeEngine

Adapt = Callable[[Any], Any] | None


def to_driver(kind: TypeEngine[Any], dialect: Dialect) -> Adapt:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def from_driver(kind: TypeEngine[Any], dialect: Dialect) -> Adapt:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def in_driver(adapt: Adapt, value: object) -> object:
    return value if adapt is None else adapt(value)
