"""What is asked with each update is found by an index, however many rows there are."""

from pathlib import Path

from domain.plans.deadlines import DutyKind
from models.unit_of_work import UnitOfWork
from tests.support.stage import opened_product
from tests.support.statements import statements_sent
from tests.support.steps.filling import duty, officer


async def test_whether_a_unit_still_owes_is_looked_up_among_those_that_do(tmp_path: Path) -> None:
    async with opened_product(tmp_path) as product:
        await officer(product, "phuong-5", chat_id=500)
        report = await duty(product, 500, DutyKind.REPORT)
        async with UnitOfWork(product.app.contexts.engine) as uow:
            stored = await uow.duties.find(report.id)
            assert stored is not None
            with statements_sent() as sent:
                owing = await uow.compilations.unfinished(stored, day=product.clock.now().date(), most=3)

        async with product.app.contexts.engine.connect() as connection:
            question = f"EXPLAIN QUERY PLAN {sent[-1]}"
            steps = (await connection.exec_driver_sql(question, ("",) * question.count("?"))).all()

    assert owing == 3
    assert "ix_duties_owed" in steps[0][-1]
