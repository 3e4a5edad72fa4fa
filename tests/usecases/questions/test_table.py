"""A table of questions as people type them, each with the one reading that is right; none may be read wrongly."""

import csv
from pathlib import Path

from domain.questions.readings import QuestionReading
from domain.roles import Role
from tests.support.stage import Product, opened_product
from tests.support.steps.filling import acting, hand_in_report, officer
from usecases.questions.answers import answer
from usecases.questions.understanding import Outcome, Understanding, may_ask, understand

CHATS = {"leader": 999, "standing": 998, "officer": 905, "guest": 1}
QUESTIONS = [*csv.DictReader((Path(__file__).parent / "questions.csv").read_text(encoding="utf-8").splitlines())]


async def seat_askers(product: Product) -> None:
    await officer(product, "tinh-mau", chat_id=CHATS["leader"], role=Role.LEADER)
    await officer(product, "tinh-mau", chat_id=CHATS["standing"], role=Role.STANDING_BODY)
    await officer(product, "phuong-5", chat_id=CHATS["officer"])
    await hand_in_report(product, await officer(product, "phuong-1", chat_id=901))


async def test_every_question_of_the_table_is_read_as_it_is_meant(tmp_path: Path) -> None:
    wrong = []
    async with opened_product(tmp_path) as product:
        await seat_askers(product)
        for row in QUESTIONS:
            async with acting(product, CHATS[row["asker"]]) as ctx:
                found = await understand(ctx, row["text"])
                if found.outcome is Outcome.ANSWER and found.reading:
                    await answer(ctx, found.reading)
            if (said := _said(found)) != _expected(row):
                wrong.append(f"{row['asker']}: {row['text']}: {said}, not {_expected(row)}")

    assert not wrong, "\n".join(wrong)


def test_the_table_is_long_and_asks_back_often() -> None:
    unclear = [row for row in QUESTIONS if row["outcome"] in ("CHOICE", "NOT_UNDERSTOOD")]

    assert len(QUESTIONS) >= 200
    assert len(unclear) >= 40
    assert len({(row["asker"], row["text"]) for row in QUESTIONS}) == len(QUESTIONS)


def test_every_clear_question_may_be_one_before_any_name_is_read_and_a_missing_figure_is_none() -> None:
    clear = [row["text"] for row in QUESTIONS if row["outcome"] in ("ANSWER", "DOOR")]

    assert [text for text in clear if not may_ask(text)] == []
    assert not any(may_ask(text) for text in ("không rõ", "chưa có", "không", "abcxyz"))


def _expected(row: dict[str, str]) -> tuple[str, str, frozenset[str]]:
    return row["outcome"], row["intent"], frozenset(filter(None, row["slots"].split(";")))


def _said(found: Understanding) -> tuple[str, str, frozenset[str]]:
    """Return the outcome, the intents and the slots; of choices, the slots that all of them share."""
    readings = [found.reading] if found.reading else list(found.choices)
    intents = "|".join(dict.fromkeys(reading.intent.value for reading in readings))
    slots = frozenset.intersection(*map(_slots, readings)) if readings else frozenset()
    return found.outcome.value, intents, slots


def _slots(reading: QuestionReading) -> frozenset[str]:
    door = [f"door={reading.door}"] if reading.door else []
    return frozenset([*(f"{slot}={named.name}" for slot, named in reading.slots), *door])
