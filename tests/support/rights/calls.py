"""Every marked use case, and arguments with which it can be called: by the parameter's name, else by its type."""

import collections.abc
import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

import usecases

UseCase = Callable[..., Coroutine[Any, Any, Any]]


def every_use_case() -> Iterator[tuple[str, UseCase]]:
    """Yield (module.function, function) of each command and query, in the order of their names."""
    for module in pkgutil.walk_packages(usecases.__path__, "usecases."):
        found = vars(importlib.import_module(module.name)).items()
        for name, function in sorted(found, key=lambda item: item[0]):
            marked = inspect.iscoroutinefunction(inspect.unwrap(function)) if callable(function) else False
            if marked and hasattr(function, "__wrapped__") and function.__module__ == module.name:
                yield f"{module.name.removeprefix('usecases.')}.{name}", function


def arguments(use_case: UseCase, known: Mapping[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return positional and keyword arguments behind the context.

    `known` is {parameter: value}. What is not known and has no default is made from its type.
    """
    plain = inspect.unwrap(use_case)
    hints = _hints(plain)
    args: list[Any] = []
    kwargs: dict[str, Any] = {}
    for parameter in list(inspect.signature(plain).parameters.values())[1:]:
        if parameter.name not in known and parameter.default is not inspect.Parameter.empty:
            continue
        value = made(hints[parameter.name], parameter.name, known)
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            kwargs[parameter.name] = value
        else:
            args.append(value)
    return tuple(args), kwargs


_PLAIN: dict[Any, Any] = {str: "Nội dung", int: 1, bool: False, bytes: b"x", Decimal: Decimal(12)}


def made(kind: Any, name: str, known: Mapping[str, Any]) -> Any:
    """Return a value of this type; a field of a record is known by its name, like a parameter."""
    if name in known and _fits(known[name], kind):
        return known[name]
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        return made(typing.get_args(kind)[0], name, known)
    if not isinstance(kind, type) or typing.get_origin(kind):
        return _empty(kind)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if issubclass(kind, Enum):
        return next(iter(kind))
    return _record(kind, known) if is_dataclass(kind) else known[kind.__name__]


def _fits(value: object, kind: Any) -> bool:
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        return any(_fits(value, one) for one in typing.get_args(kind))
    plain = typing.get_origin(kind) or kind
    return not isinstance(plain, type) or getattr(plain, "_is_protocol", False) or isinstance(value, plain)


def _record(kind: type, known: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    needed = [
        field
        for field in fields(kind)
        if field.init and (field.name in known or (field.default is MISSING and field.default_factory is MISSING))
    ]
    return kind(**{field.name: made(hints[field.name], field.name, known) for field in needed})


def _empty(kind: Any) -> Any:
    origin = typing.get_origin(kind) or kind
    if origin is Callable or origin is collections.abc.Callable:
        return lambda *_: None
    return {} if inspect.isclass(origin) and issubclass(origin, Mapping) else ()


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return typing.get_type_hints(kind)
