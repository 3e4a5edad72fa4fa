"""aiogram's models, built when they are first used.

During its import aiogram builds the validators of all its 630 models, which is four fifths of the import's CPU and
100 MB; a bot uses some forty of them.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel, ConfigDict

Names = dict[str, Any]


def import_aiogram() -> None:
    """Import aiogram without building its models; where it was imported before, they are built already."""
    if "aiogram" in sys.modules:
        return
    with _nothing_built() as names:
        import aiogram
    for model in subclasses(BaseModel):
        if model.__module__.startswith(f"{aiogram.__name__}."):
            _tell_names(model, names)


@contextmanager
def _nothing_built() -> Iterator[Names]:
    """Within, models are declared but not built; yield the names by which aiogram would have built them."""
    names: Names = {}

    def note_names(_: type[BaseModel], *, _types_namespace: Names) -> None:
        names.update(_types_namespace)

    rebuild, config = BaseModel.__dict__["model_rebuild"], BaseModel.model_config
    BaseModel.model_rebuild = classmethod(note_names)  # type: ignore[method-assign, assignment]
    BaseModel.model_config = ConfigDict(defer_build=True)
    try:
        yield names
    finally:
        BaseModel.model_rebuild = rebuild  # type: ignore[method-assign]
        BaseModel.model_config = config


def subclasses(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for subclass in model.__subclasses__():
        yield subclass
        yield from subclasses(subclass)


def _tell_names(model: type[BaseModel], names: Names) -> None:
    """Give the model's module the names of its annotations, where pydantic looks them up when it builds the model.

    aiogram imports them for type checkers only. Inherited annotations are looked up in the module of the heir.
    """
    module = vars(sys.modules[model.__module__])
    for ancestor in model.__mro__:
        for annotation in vars(ancestor).get("__annotations__", {}).values():
            for name in re.findall(r"\w+", str(annotation)):
                if name in names:
                    module.setdefault(name, names[name])
