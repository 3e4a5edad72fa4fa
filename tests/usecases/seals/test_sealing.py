"""Seals: a hundred alterations of rows and files, each of which is found and named."""

import json
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from domain.audit import AuditEntry, fingerprint
from domain.roles import Role
from domain.submissions.seals import SealPart
from domain.submissions.submissions import State
from models.unit_of_work import UnitOfWork
from tests.support.stage import Stage
from tests.support.steps.dossiers import DECEMBER, begin, fill, submit
from tests.support.steps.filling import acting, hand_in_pledge, hand_in_report, officer, remember_last_year
from tests.support.steps.reviewing import BUDGET, CLERK, UNIT, accept, enter, hand_back, handed_in, look, put_back
from usecases.seals.checks import check_seals, check_share
from usecases.seals.full_audit import SealAudit, audit_seals, seal_old
from usecases.submissions.handing_in import withdraw
from usecases.submissions.receipts import Verdict, check_receipt


async def audit(product: Stage) -> SealAudit:
    async with product.app.contexts.as_caretaker() as ctx:
        return await audit_seals(ctx, files=product.app.files)


async def execute(product: Stage, statement: str, **values: Any) -> list[dict[str, Any]]:
    """Execute a statement on the database itself."""
    async with product.app.contexts.engine.begin() as connection:
        found = await connection.execute(text(statement), values)
        return [dict(row) for row in found.mappings()] if found.returns_rows else []


async def told(product: Stage) -> list[int]:
    """Return ids of the submissions in messages about broken seals."""
    rows = await execute(product, "SELECT refs FROM outbox WHERE kind = 'SEAL_BROKEN' ORDER BY id")
    return [(json.loads(row["refs"]) if isinstance(row["refs"], str) else row["refs"])["submission"] for row in rows]


async def in_december(product: Stage) -> None:
    product.wind(DECEMBER)
    await product.open_duties()


# --- a hundred alterations ---


@dataclass(frozen=True)
class Harm:
    """An alteration of the database or a file, and its reversal."""

    name: str
    undo: Callable[[], Awaitable[object]]


OTHERS: dict[str, dict[str, list[Any]]] = {
    "figures": {"value": ["77.7", "0", None], "reason": ["Đổi lý do", None], "indicator": ["khac"]},
    "targets": {"value": ["1", "99"], "indicator": ["khac"]},
    "choices": {"code": ["khac"]},
    "nominations": {"nominees": ["Đơn vị khác"], "award": ["bang-khen"], "subject": ["INDIVIDUAL"]},
    "attachments": {
        "file_name": ["khac.pdf"],
        "sha256": ["0" * 64],
        "size": [1],
        "requirement": ["khac"],
        "file_key": ["khong/co"],
    },
    "receipts": {"code": ["BC26-ZZZZ"], "on_time": [True, False], "sha256": ["0" * 64], "legal_basis": ["luat-khac"]},
    "submissions": {"state": ["DRAFT", "DISCARDED", "RETURNED", "ACCEPTED"], "declares_nothing": [True, False]},
    "seals": {"salt": ["0" * 32]},
}
KEYS = {"nominations": "submission_id", "seals": "submission_id"}
LATER = {"receipts": ("at",), "submissions": ("submitted_at", "counts_from")}
"""Columns of hours that are moved by a day."""
DELETED = ("figures", "targets", "choices", "attachments", "nominations", "receipts", "seals")


async def alter(product: Stage, dice: random.Random) -> Harm:
    harm = dice.choice([alter_value, alter_value, alter_value, put_off, delete_row, spoil_file])
    return await harm(product, dice)


async def some_row(product: Stage, table: str, dice: random.Random) -> tuple[str, dict[str, Any]]:
    key = KEYS.get(table, "id")
    return key, dice.choice(await execute(product, f"SELECT * FROM {table} ORDER BY {key}"))


async def alter_value(product: Stage, dice: random.Random) -> Harm:
    table = dice.choice([*OTHERS, "figures", "figures", "receipts"])
    column = dice.choice([*OTHERS[table]])
    key, row = await some_row(product, table, dice)
    new = dice.choice([value for value in OTHERS[table][column] if value != row[column]] or ["khac"])
    return await set_value(product, table, key, row, column, new)


async def put_off(product: Stage, dice: random.Random) -> Harm:
    table = dice.choice([*LATER])
    key, row = await some_row(product, table, dice)
    column = dice.choice(LATER[table])
    old = row[column]
    new = str(old).replace("2026", "2025").replace("2025-05", "2025-04") if isinstance(old, str) else old - timedelta(1)
    return await set_value(product, table, key, row, column, new)


async def set_value(product: Stage, table: str, key: str, row: dict[str, Any], column: str, new: Any) -> Harm:
    change = f"UPDATE {table} SET {column} = :value WHERE {key} = :key"
    await execute(product, change, value=new, key=row[key])
    return Harm(
        f"{table}.{column} of {row[key]}: {row[column]!r} -> {new!r}",
        lambda: execute(product, change, value=row[column], key=row[key]),
    )


async def delete_row(product: Stage, dice: random.Random) -> Harm:
    table = dice.choice(DELETED)
    key, row = await some_row(product, table, dice)
    await execute(product, f"DELETE FROM {table} WHERE {key} = :key", key=row[key])
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    kept = {name: json.dumps(value) if isinstance(value, dict | list) else value for name, value in row.items()}
    return Harm(
        f"{table}: {row[key]} deleted",
        lambda: execute(product, f"INSERT INTO {table} ({names}) VALUES ({values})", **kept),
    )


async def spoil_file(product: Stage, dice: random.Random) -> Harm:
    _, row = await some_row(product, "attachments", dice)
    content = await product.app.files.read(row["file_key"])
    place = dice.randrange(len(content))
    spoiled = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
    if dice.random() < 0.3:
        await product.app.files.delete(row["file_key"])
    else:
        await product.app.files.save(row["file_key"], dice.choice([spoiled, content[:-1], b""]))
    return Harm(f"bytes of {row['file_key']}", lambda: product.app.files.save(row["file_key"], content))


async def everything_handed_in(product: Stage) -> None:
    """Hand in a pledge, two reports, one of them of a past year, and a dossier of three files."""
    await officer(product, "phuong-5", chat_id=UNIT)
    await officer(product, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    await hand_in_pledge(product, UNIT)
    await hand_in_report(product, UNIT)
    await officer(product, "phuong-6", chat_id=506)
    await hand_in_report(product, 506, value="13")
    await remember_last_year(product, "phuong-3", by=UNIT, figures={})
    await in_december(product)
    await submit(product, UNIT, await begin(product, UNIT))


@pytest.mark.long
async def test_each_of_a_hundred_alterations_is_found_and_no_untouched_copy_is_accused(stage: Stage) -> None:
    await everything_handed_in(stage)

    missed, accused = [], []
    for seed in range(100):
        # An alteration that was not undone is still found when the next ten are.
        if seed % 10 == 0:
            untouched = await audit(stage)
            accused += [*untouched.broken, *untouched.receipts]
        harm = await alter(stage, random.Random(seed))
        found = await audit(stage)
        if not found.broken and not found.receipts:
            missed.append((seed, harm.name))
        await harm.undo()
    restored = await audit(stage)
    accused += [*restored.broken, *restored.receipts]

    assert (missed, accused) == ([], [])


# --- what is said of it ---


async def test_the_altered_line_is_named_with_the_hour_at_which_it_still_matched(stage: Stage) -> None:
    await handed_in(stage)
    sealed_at = (await audit(stage)).broken
    stage.wind(stage.clock.now() + timedelta(hours=5))

    await execute(stage, "UPDATE figures SET value = '125' WHERE indicator = :code", code=BUDGET)
    (broken,) = (await audit(stage)).broken

    assert sealed_at == ()
    assert [part.words for part in broken.parts] == ["dòng «Thu ngân sách»"]
    assert (broken.title, broken.unit_name) == ("Báo cáo 6 tháng 2026", "Phường 5")
    assert broken.matched_at is not None
    assert f"{broken.matched_at:%H:%M %d/%m}" == "08:00 05/05"


async def test_an_altered_file_is_named(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=UNIT)
    await in_december(stage)
    await submit(stage, UNIT, await begin(stage, UNIT))
    (paper, *_) = await execute(stage, "SELECT file_key, file_name FROM attachments ORDER BY id")

    await stage.app.files.save(paper["file_key"], b"%PDF-1.4 khac")
    (broken,) = (await audit(stage)).broken

    assert [(part.kind, part.name) for part in broken.parts] == [(SealPart.BYTES, paper["file_name"])]


async def test_a_receipt_is_called_valid_only_when_all_of_it_was_recomputed(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=UNIT)
    receipt = await hand_in_report(stage, UNIT)

    verdicts = [await verdict(stage, receipt.code)]
    await execute(stage, "UPDATE figures SET value = '125' WHERE indicator = :code", code=BUDGET)
    verdicts.append(await verdict(stage, receipt.code))

    assert verdicts == [Verdict.VALID, Verdict.ALTERED]


async def verdict(product: Stage, code: str) -> Verdict:
    async with acting(product, UNIT) as ctx:
        return (await check_receipt(ctx, code, files=product.app.files)).verdict


async def test_a_receipt_that_was_replaced_is_not_called_altered(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=UNIT)
    first = await hand_in_report(stage, UNIT)
    async with acting(stage, UNIT) as ctx:
        await withdraw(ctx, first.submission_id)
    withdrawn = await verdict(stage, first.code)
    second = await hand_in_report(stage, UNIT, value="13")

    assert withdrawn is Verdict.REPLACED
    assert await verdict(stage, first.code) is Verdict.REPLACED
    assert await verdict(stage, second.code) is Verdict.VALID


# --- what changes as it should ---


async def test_nobody_is_accused_of_correcting_what_came_back(stage: Stage) -> None:
    submission = await handed_in(stage)
    await put_back(stage, submission, BUDGET)
    returned = await audit(stage)
    await enter(stage, "12.5")
    half_way = await audit(stage)
    await hand_back(stage)
    corrected = await audit(stage)
    await accept(stage, submission)

    seen = [returned, half_way, corrected, await audit(stage)]
    assert [found.broken for found in seen] == [()] * 4
    assert (await look(stage, submission)).state is State.ACCEPTED


async def test_a_locked_line_beside_one_that_came_back_is_still_sealed(stage: Stage) -> None:
    await put_back(stage, await handed_in(stage), BUDGET)

    await execute(stage, "UPDATE figures SET value = '1' WHERE indicator = 'bhyt'")

    (broken,) = (await audit(stage)).broken
    assert [part.kind for part in broken.parts] == [SealPart.LINE]


async def test_drafts_are_nobodys_business(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=UNIT)
    await in_december(stage)
    await fill(stage, UNIT, await begin(stage, UNIT))

    await execute(stage, "UPDATE attachments SET file_name = 'x.pdf'")

    assert (await audit(stage)).broken == ()


# --- each night ---


async def look_at_night(product: Stage) -> None:
    async with product.app.contexts.open() as ctx:
        await check_share(ctx, files=product.app.files)


async def test_the_standing_body_is_told_once_and_at_once(stage: Stage) -> None:
    submission = await handed_in(stage)
    await execute(stage, "UPDATE figures SET value = '125' WHERE indicator = :code", code=BUDGET)

    await look_at_night(stage)
    same_day = await told(stage)
    stage.wind(stage.clock.now() + timedelta(days=1))
    for _ in range(3):
        await look_at_night(stage)

    # Two people of the standing body.
    assert (same_day, await told(stage)) == ([], [submission, submission])
    async with UnitOfWork(stage.app.contexts.engine) as uow:
        (entry,) = await uow.audit_log.about([await code_of(stage)], deeds=["SEAL_BROKEN"])
    assert json.loads(entry.details)["parts"] == [f"line:{BUDGET}"]


async def code_of(product: Stage) -> str:
    return str((await execute(product, "SELECT code FROM receipts"))[0]["code"])


async def test_every_seal_is_checked_again_within_a_day_where_there_are_few(stage: Stage) -> None:
    await everything_handed_in(stage)
    stage.wind(stage.clock.now() + timedelta(days=1))

    await look_at_night(stage)

    checked = await execute(stage, "SELECT DISTINCT checked_at FROM seals")
    assert len(checked) == 1


async def test_what_is_handed_in_while_its_seal_is_looked_at_is_not_accused(stage: Stage) -> None:
    submission = await handed_in(stage)
    await put_back(stage, submission, BUDGET)

    async with acting(stage, CLERK) as ctx:
        read, reads = ctx.uow.seals.heads, 0

        async def handed_in_between(ids: Any) -> Any:
            nonlocal reads
            found = await read(ids)
            reads += 1
            if reads == 1:
                await ctx.uow.rollback()
                await enter(stage, "12.5")
                await hand_back(stage)
            return found

        ctx.uow.seals.heads = handed_in_between  # type: ignore[assignment, method-assign]
        found = await check_seals(ctx, [submission], files=stage.app.files)

    assert found == {submission: ()}
    assert reads > 1


# --- before there were seals ---


async def test_old_receipts_are_not_accused_and_can_be_sealed_from_now_on(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=UNIT)
    receipt = await hand_in_report(stage, UNIT)
    await as_before_seals(stage)

    old, before = await audit(stage), await verdict(stage, receipt.code)
    async with stage.app.contexts.as_caretaker() as ctx:
        sealed = await seal_old(ctx)
    await execute(stage, "UPDATE figures SET value = '125' WHERE indicator = :code", code=BUDGET)

    assert (old.broken, old.unsealed, before, sealed) == ((), 1, Verdict.UNSEALED, 1)
    assert len((await audit(stage)).broken) == 1


async def as_before_seals(product: Stage) -> None:
    """Turn receipts into those from before there were seals; this breaks the chain of the audit log."""
    await execute(product, "DELETE FROM seals")
    on = "" if product.app.contexts.engine.dialect.name == "sqlite" else " ON trail"
    await execute(product, f"DROP TRIGGER trail_forbids_update{on}")
    await execute(product, "UPDATE trail SET details = replace(details, :flag, '')", flag=',"sealed":true')
    rows = await execute(product, "SELECT * FROM trail WHERE deed = 'HANDED_IN'")
    for row in rows:
        await rehash(product, row)


async def rehash(product: Stage, row: dict[str, Any]) -> None:
    entry = AuditEntry(**row)
    await execute(
        product, "UPDATE trail SET hash = :hash WHERE number = :number", hash=fingerprint(entry), number=entry.number
    )
