"""JSON of any of the library's types, as the messenger might deliver it: what is required, and some of the rest."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from aiogram.client.default import Default
from pydantic import BaseModel

from tests.fuzz.odd_values import NUMBERS, odd_text

_DEEPEST = 4
_MOST_OF_REST = 3
_NOON = 1_777_950_000

Json = dict[str, Any]


class AnyJson:
    """Generator of JSON; the same `rng` gives the same."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def of(self, model: type[BaseModel], *, depth: int = 0, rest: int = _MOST_OF_REST) -> Json:
        """Return an object of this type with at most `rest` of the fields that it need not have."""
        # Types are built when they are first used, and only then know the types of their fields.
        model.model_rebuild()
        fields = model.model_fields
        wanted = [name for name, field in fields.items() if field.is_required() or _is_tag(field.annotation)]
        others = [name for name in fields if name not in wanted]
        if depth < _DEEPEST:
            wanted += self._rng.sample(others, min(len(others), self._rng.randint(0, rest)))
        return {fields[name].alias or name: self.value(fields[name].annotation, depth=depth + 1) for name in wanted}

    def value(self, annotation: Any, *, depth: int = 0) -> Any:
        """Return a value of the annotated type."""
        origin, inner = get_origin(annotation), get_args(annotation)
        bare = getattr(annotation, "__value__", inner[0] if origin is Annotated else None)
        if bare is not None:
            return self.value(bare, depth=depth)
        if origin in (Union, UnionType):
            return self.value(self._rng.choice(_narrowed(inner, depth)), depth=depth)
        if origin is Literal:
            return self._rng.choice(inner)
        if origin is list:
            return [self.value(inner[0], depth=depth + 1) for _ in range(self._rng.randint(0, 2))]
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self.of(annotation, depth=depth)
        return self._plain(annotation)

    def _plain(self, kind: type) -> Any:
        made: dict[type, Callable[[], Any]] = {
            bool: lambda: self._rng.random() < 0.5,
            int: lambda: self._rng.choice(NUMBERS),
            float: lambda: self._rng.uniform(-180, 180),
            str: lambda: odd_text(self._rng),
            datetime: lambda: _NOON + self._rng.randrange(86_400),
            timedelta: lambda: self._rng.randrange(86_400),
        }
        # A type that names itself, as a rich text in a rich text does, may also be a plain one.
        return made.get(kind, made[str])()


def _is_tag(annotation: Any) -> bool:
    """Whether the field tells which of several types an object has."""
    return get_origin(annotation) is Literal


def _narrowed(choices: tuple[Any, ...], depth: int) -> list[Any]:
    """Return the types that a union may take; deep inside an object only plain ones, if there are any."""
    real = [choice for choice in choices if choice not in (NoneType, Default)]
    plain = [choice for choice in real if choice is str]
    return plain if plain and depth > _DEEPEST else real
