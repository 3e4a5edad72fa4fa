"""`thidua ask`: a question in words, answered as the bot answers this person."""

import json
from typing import Annotated

import typer

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.errors import exits_on_refusal
from domain.questions.readings import QuestionReading
from domain.questions.wording import title_of
from templates import render
from templates.bounds import without_markup
from usecases.questions.answers import answer
from usecases.questions.understanding import Outcome, Understanding, understand


@exits_on_refusal
def ask(
    text: Annotated[str, typer.Argument(help="Câu hỏi, ví dụ: «chưa nộp 6 tháng cụm 1».")],
    person_id: Annotated[int, typer.Option("--as", help="Mã số của người hỏi.")],
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    typer.echo(run_to_end(_ask(text, person_id, as_json=as_json)))


async def _ask(text: str, person_id: int, *, as_json: bool) -> str:
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.open_as(person_id) as ctx:
        understanding = await understand(ctx, text)
        html = (
            render("questions/answer", answer=await answer(ctx, understanding.reading))
            if understanding.outcome is Outcome.ANSWER and understanding.reading
            else render("questions/unanswered", understanding=understanding)
        )
    said = "\n".join([without_markup(html), *(f"- {title_of(choice)}" for choice in understanding.choices)])
    return _as_json(understanding, said) if as_json else said


def _as_json(understanding: Understanding, said: str) -> str:
    content = {
        "understood": understanding.outcome in (Outcome.ANSWER, Outcome.DOOR),
        "reading": {"outcome": understanding.outcome.value, **_reading(understanding.reading)},
        "choices": [{"label": title_of(choice), **_reading(choice)} for choice in understanding.choices],
        "text": said,
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _reading(reading: QuestionReading | None) -> dict[str, str | None]:
    if reading is None:
        return {"intent": None}
    door = {"door": reading.door} if reading.door else {}
    return {"intent": reading.intent.value, **{slot: named.name for slot, named in reading.slots}, **door}
