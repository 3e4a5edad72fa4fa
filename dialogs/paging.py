"""Lists of buttons, the long ones a page at a time: «‹ · Trang 2/5 · ›» below where there is more than one."""

from typing import Any, TypeVar

from aiogram import F
from aiogram_dialog.widgets.kbd import Column, CurrentPage, Keyboard, NextPage, PrevPage, Row, ScrollingGroup, Select
from aiogram_dialog.widgets.kbd.select import OnItemClick, TypeFactory
from aiogram_dialog.widgets.text import Const, Format

ROWS = 6
T = TypeVar("T")


def choices(
    name: str,
    *,
    items: str,
    on_click: OnItemClick[Select[T], T],
    kind: TypeFactory[T] = str,  # type: ignore[assignment] # Select has the same default
) -> Select[T]:
    """A button for each of `items`, pairs of an id and what the officer reads; the id is of this `kind`."""
    return Select(
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
    """Leafs through what has more than one page."""
    several = F["pages"] > 1
    return (
        PrevPage(scroll=scroll, id=f"{scroll}_before", text=Const("‹"), when=several),
        CurrentPage(scroll=scroll, id=f"{scroll}_now", text=Format("Trang {current_page1}/{pages}"), when=several),
        NextPage(scroll=scroll, id=f"{scroll}_after", text=Const("›"), when=several),
    )
