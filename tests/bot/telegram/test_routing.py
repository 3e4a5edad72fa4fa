"""Routing: of all dialogs an update meets the open one, and nothing that could not handle it."""

from typing import Any

import pytest
from aiogram.fsm.state import StatesGroup
from aiogram_dialog import Dialog

from bot.telegram.dispatcher import make_routers
from bot.telegram.routing import UpdateRouter
from dialogs.states import MenuSG, ReportsSG


@pytest.fixture(scope="module")
def router() -> UpdateRouter:
    return UpdateRouter(make_routers())


def dialogs(router: UpdateRouter, update_type: str, group: type[StatesGroup] | None) -> list[Any]:
    return [one.states_group() for one in router._asked_for(update_type, group) if isinstance(one, Dialog)]


@pytest.mark.parametrize("update_type", ["message", "callback_query"])
@pytest.mark.parametrize("group", [MenuSG, ReportsSG])
def test_the_open_dialog_alone_is_asked(router: UpdateRouter, update_type: str, group: type[StatesGroup]) -> None:
    assert dialogs(router, update_type, group) == [group]


def test_without_an_open_dialog_none_is_asked(router: UpdateRouter) -> None:
    assert dialogs(router, "message", None) == []


def test_every_other_router_that_has_a_handler_is_asked_in_its_order(router: UpdateRouter) -> None:
    others = [one for one in router.sub_routers if not isinstance(one, Dialog)]
    expected = [one for one in others if any(each.observers["message"].handlers for each in one.chain_tail)]

    assert [one for one in router._asked_for("message", MenuSG) if not isinstance(one, Dialog)] == expected
    assert 0 < len(expected) < len(others)
