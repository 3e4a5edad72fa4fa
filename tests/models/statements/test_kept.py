"""Kept statements: the driver executes them, and nobody above notices."""

from datetime import date, datetime
from decimal import Decimal
from typing import cast

import pytest
from sqlalchemy import Table, bindparam, delete, select
from sqlalchemy.exc import IntegrityError, InvalidRequestError

from domain.calendar import VIETNAM
from domain.units import UnitKind
from models.organisation.units import Unit
from models.statements.kept import KeptStatement
from models.submissions.reports import Figure
from models.unit_of_work import UnitOfWork
from tests.support.stage import Product
from tests.support.statements import at_most

UNITS = cast(Table, Unit.__table__)
COLUMNS = ("code", "name", "kind", "authority_id", "valid_from", "valid_to")
ADD = KeptStatement.insert(UNITS, lambda insert: insert.returning(UNITS.c.id), columns=COLUMNS)
OF_KIND = KeptStatement(
    select(UNITS.c.code, UNITS.c.kind, UNITS.c.valid_from)
    .where(UNITS.c.kind.in_([UnitKind.COMMUNE, UnitKind.SCHOOL]), UNITS.c.code.startswith(bindparam("begins")))
    .order_by(UNITS.c.code)
)
FORGET = KeptStatement(delete(UNITS).where(UNITS.c.code == bindparam("of")))
OF_CODES = KeptStatement(
    select(UNITS.c.code)
    .where(UNITS.c.code.in_(bindparam("codes", expanding=True)), UNITS.c.kind == bindparam("kind"))
    .order_by(UNITS.c.code),
    many="codes",
)
_IS_ONE = UNITS.c.code.in_(bindparam("codes", expanding=True))
OF_LISTS = KeptStatement(
    select(UNITS.c.code)
    .where(_IS_ONE, UNITS.c.kind.in_(bindparam("kinds", expanding=True)))
    .where(UNITS.c.id.in_(select(UNITS.c.id).where(_IS_ONE)))
    .order_by(UNITS.c.code),
    many=("codes", "kinds"),
)
KINDS: list[set[UnitKind]] = [set(), {UnitKind.SCHOOL}, {UnitKind.SCHOOL, UnitKind.COMMUNE}]
DAY = date(2026, 2, 28)


def unit(code: str, kind: UnitKind = UnitKind.COMMUNE) -> dict[str, object]:
    return {"code": code, "name": "Xã mới", "kind": kind, "authority_id": 1, "valid_from": DAY, "valid_to": None}


async def test_values_go_in_and_come_out_with_their_columns_types(uow: UnitOfWork) -> None:
    for code, kind in (("moi-1", UnitKind.COMMUNE), ("moi-2", UnitKind.SCHOOL), ("moi-3", UnitKind.DEPARTMENT)):
        ((number,),) = await ADD.rows(uow._session, unit(code, kind))
        assert isinstance(number, int)

    found = await OF_KIND.rows(uow._session, {"begins": "moi-"})

    assert found == [("moi-1", UnitKind.COMMUNE, DAY), ("moi-2", UnitKind.SCHOOL, DAY)]


async def test_a_figure_and_an_hour_come_out_as_they_went_in(uow: UnitOfWork) -> None:
    figure, hour = Decimal("12.50"), datetime(2026, 5, 15, 23, 59, 59, 123456, tzinfo=VIETNAM)
    given = bindparam("figure", figure, Figure.value.type), bindparam("hour", hour, Figure.entered_at.type)

    ((read, at),) = await KeptStatement(select(*given)).rows(uow._session, {})

    assert (str(read), at) == ("12.50", hour)
    assert at.utcoffset() is not None


@pytest.mark.parametrize("count", [0, 1, 2, 60])
async def test_a_list_of_values_may_have_any_length(uow: UnitOfWork, count: int) -> None:
    codes = [f"moi-{number:02}" for number in range(count)]
    for code in codes:
        await ADD.rows(uow._session, unit(code))

    found = await OF_CODES.rows(uow._session, {"codes": codes, "kind": UnitKind.COMMUNE})

    assert found == [(code,) for code in codes]


async def test_several_lists_may_stand_in_it_and_each_of_them_twice(uow: UnitOfWork) -> None:
    for code, kind in (("moi-1", UnitKind.COMMUNE), ("moi-2", UnitKind.SCHOOL), ("moi-3", UnitKind.SCHOOL)):
        await ADD.rows(uow._session, unit(code, kind))
    codes = ["moi-1", "moi-2"]

    by_list = [await OF_LISTS.rows(uow._session, {"codes": codes, "kinds": kinds}) for kinds in KINDS]

    assert by_list == [[], [("moi-2",)], [("moi-1",), ("moi-2",)]]


async def test_what_is_written_many_times_is_one_statement(product: Product, uow: UnitOfWork) -> None:
    for number in range(5):
        await ADD.rows(uow._session, unit(f"moi-{number}"))

    with at_most(1, product.app.contexts.engine):
        await FORGET.execute_each(uow._session, [{"of": f"moi-{number}"} for number in range(5)])

    assert not await OF_KIND.rows(uow._session, {"begins": "moi-"})


async def test_nothing_to_write_is_no_statement(product: Product, uow: UnitOfWork) -> None:
    with at_most(0, product.app.contexts.engine):
        await FORGET.execute_each(uow._session, [])


async def test_it_sees_what_its_own_transaction_has_written_and_is_undone_with_it(product: Product) -> None:
    async with UnitOfWork(product.app.contexts.engine) as uow:
        await ADD.rows(uow._session, unit("moi-1"))
        assert await OF_KIND.rows(uow._session, {"begins": "moi-"})
        await uow.rollback()
        assert not await OF_KIND.rows(uow._session, {"begins": "moi-"})


async def test_errors_of_the_driver_are_errors_of_sqlalchemy(uow: UnitOfWork) -> None:
    await ADD.rows(uow._session, unit("moi"))

    with pytest.raises(IntegrityError):
        await ADD.rows(uow._session, unit("moi"))


async def test_a_transaction_that_only_reads_does_not_write(uow: UnitOfWork) -> None:
    await uow.only_read()

    with pytest.raises(InvalidRequestError, match="only reads"):
        await ADD.rows(uow._session, unit("moi"))
