"""Lists of buttons, the long ones a page at a time: «‹ · Trang 2/5 · ›» below where there is more than one."""

from typing import Any, TypeVar

from aiogram import F
from aiogram_dialog.widgets.kbd import Column, CurrentPage, Keyboard, NextPage, PrevPage, Row, ScrollingGroup, Select
from aiogram_dialog.widgets.kbd.select import OnItemClick, TypeFactory
from aiogram_dialog.widgets.text import Const, Format

ROWS = 6
T = TypeVar("T")


class Toggles(Select[T]):
    """Several may be chosen; each button names its item, so they may be pressed as fast as a finger can."""


def choices(
    name: str,
    *,
    items: str,
    on_click: OnItemClick[Select[T], T],
    kind: TypeFactory[T] = str,  # type: ignore[assignment] # Select has the same default
    several: bool = False,
) -> Select[T]:
    """A button for each of `items`, pairs of an id and what the officer reads; the id is of this `kind`."""
    return (Toggles if several else Select)(
        Format("{item[1]}"),
        id=name,
        item_id_getter=lambda item: item[0],
        items=items,
        type_factory=kind,
        on_click=on_click,
    )


def paged(select: Select[Any], *, name: str, rows: int = ROWS) -> tuple[Keyboard, ...]:
    """One button to a row; `name` is the id under which the page is remembered."""
    return (ScrollingGroup(Column(select), id=name, width=1, height=rows, hide_pager=True), Row(*pager(name)))


def pager(scroll: str) -> tuple[Keyboard, ...]:
    """Leafs through what has more than one page; no way leads before the first one, or past the last."""
    here, pages = F["current_page"], F["pages"]
    return (
        PrevPage(scroll=scroll, id=f"{scroll}_before", text=Const("‹"), when=(pages > 1) & (here > 0)),
        CurrentPage(scroll=scroll, id=f"{scroll}_now", text=Format("Trang {current_page1}/{pages}"), when=pages > 1),
        NextPage(scroll=scroll, id=f"{scroll}_after", text=Const("›"), when=here + 1 < pages),
    )
