"""Links to answers: above the open screen, which stays one press away, and not in its place."""

from collections.abc import Sequence

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager, StartMode

from dialogs.states import QuestionsSG
from domain.questions.readings import QuestionReading, pack

READINGS = "readings"
"""Key of the readings answered one after the other, the open one last, or of those to choose from."""


async def open_answer(manager: DialogManager, reading: QuestionReading) -> None:
    await _open(manager, QuestionsSG.answer, [reading])


async def open_choices(manager: DialogManager, readings: Sequence[QuestionReading]) -> None:
    """Open the question which of these is meant."""
    await _open(manager, QuestionsSG.choices, readings)


async def _open(manager: DialogManager, state: State, readings: Sequence[QuestionReading]) -> None:
    packed = [pack(reading) for reading in readings]
    if manager.has_context() and manager.current_context().state.group is QuestionsSG:
        # A question after a question takes its place: the way back leads to the screen before both.
        manager.dialog_data[READINGS] = packed
        await manager.switch_to(state)
    else:
        await manager.start(state, data={READINGS: packed}, mode=StartMode.NORMAL)
