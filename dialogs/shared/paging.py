"""Lists of buttons, long ones page by page, with «‹ · Trang 2/5 · ›» below if there is more than one page."""

from typing import Any, TypeVar

from aiogram import F
from aiogram_dialog.widgets.kbd import Column, CurrentPage, Keyboard, NextPage, PrevPage, Row, ScrollingGroup, Select
from aiogram_dialog.widgets.kbd.select import OnItemClick, TypeFactory
from aiogram_dialog.widgets.text import Const, Format

ROWS = 6
T = TypeVar("T")


class Toggles(Select[T]):
    """Selection of several items. Each button names its item, so fast presses in a row all count."""


def choices(
    name: str,
    *,
    items: str,
    on_click: OnItemClick[Select[T], T],
    kind: TypeFactory[T] = str,  # type: ignore[assignment] # Select has the same default
    several: bool = False,
) -> Select[T]:
    """Return a button for each of `items`, which are pairs (id, label); `kind` converts the id from text."""
    return (Toggles if several else Select)(
        Format("{item[1]}"),
        id=name,
        item_id_getter=lambda item: item[0],
        items=items,
        type_factory=kind,
        on_click=on_click,
    )


def paged(select: Select[Any], *, name: str, rows: int = ROWS) -> tuple[Keyboard, ...]:
    """Return the selection with one button in a row and a pager below; `name` is the id that keeps the page."""
    return (ScrollingGroup(Column(select), id=name, width=1, height=rows, hide_pager=True), Row(*pager(name)))


def pager(scroll: str) -> tuple[Keyboard, ...]:
    """Return the buttons that turn pages; there is none before the first page or after the last."""
    here, pages = F["current_page"], F["pages"]
    return (
        PrevPage(scroll=scroll, id=f"{scroll}_before", text=Const("‹"), when=(pages > 1) & (here > 0)),
        CurrentPage(scroll=scroll, id=f"{scroll}_now", text=Format("Trang {current_page1}/{pages}"), when=pages > 1),
        NextPage(scroll=scroll, id=f"{scroll}_after", text=Const("›"), when=here + 1 < pages),
    )
