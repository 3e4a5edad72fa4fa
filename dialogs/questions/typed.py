"""Text that is not an answer to the open screen: a door word opens its screen, a question is answered, and figures of
several indicators are offered to an open report or pledge.
"""

from aiogram.types import Message
from aiogram_dialog import DialogManager

from dialogs.figures.files import offer_file
from dialogs.figures.offers import offer_pasted
from dialogs.links.questions import open_answer, open_choices
from dialogs.questions.doors import open_door
from dialogs.shared.screen import ctx_of
from domain.errors import Refusal
from domain.figures.pasting import may_be_pasted
from domain.questions.doors import Door
from templates import render
from usecases.questions.understanding import Outcome, Understanding, may_ask, understand


async def answer_typed(message: Message, manager: DialogManager, *, only_clear: bool = False) -> bool:
    """Answer a question, open a door or offer a table of figures; return whether the message was any of these.

    With `only_clear`, nothing is asked back: the open screen refused the text and says itself what it waits for.
    Raises Refusal for a question about something that the actor may not see.
    """
    ctx = ctx_of(manager)
    if message.document and not (ctx.actor.is_guest or ctx.actor.owes_consent):
        return await offer_file(message, manager, only_clear=only_clear)
    if not message.text or message.edit_date or ctx.actor.is_guest or ctx.actor.owes_consent:
        return False
    if only_clear and not (may_ask(message.text) or may_be_pasted(message.text)):
        return False
    understanding = await understand(ctx, message.text)
    reading = understanding.reading
    match understanding.outcome:
        case Outcome.DOOR if reading is not None:
            await open_door(manager, Door(reading.door))
        case Outcome.ANSWER if reading is not None:
            await open_answer(manager, reading)
        case _ if await offer_pasted(message, manager):
            return True
        case Outcome.CHOICE if not only_clear:
            await open_choices(manager, understanding.choices)
        case Outcome.REFUSED if not only_clear:
            raise Refusal("question-hidden", word_unanswered(understanding))
        case Outcome.NOT_UNDERSTOOD if not only_clear:
            raise Refusal("question-unread", word_unanswered(understanding))
        case _:
            return False
    return True


async def answer_clear(text: str, manager: DialogManager) -> bool:
    """Answer the question if it has one reading; return whether it has."""
    understanding = await understand(ctx_of(manager), text)
    if understanding.outcome is not Outcome.ANSWER or understanding.reading is None:
        return False
    await open_answer(manager, understanding.reading)
    return True


def word_unanswered(understanding: Understanding) -> str:
    return render("questions/unanswered", understanding=understanding)
