"""Messages edited after they were sent: read if a window knows what they answered, else refused."""

from aiogram import F
from aiogram.types import Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import BaseInput, CombinedInput, MessageInput

from dialogs.shared.message_lines import EDITED
from domain.errors import Refusal


class EditedInput(MessageInput):
    """Input of a window that reads edited messages."""


def with_edits(inputs: BaseInput | None) -> tuple[BaseInput, ...]:
    """Return the window's inputs so that only an `EditedInput` among them receives edited messages."""
    several = inputs.inputs if isinstance(inputs, CombinedInput) else (inputs,) if inputs else ()
    own = [one for one in several if isinstance(one, EditedInput)]
    others = [one for one in several if not isinstance(one, EditedInput)]
    return (*own, MessageInput(refuse_edited, filter=F.edit_date), *others)


async def refuse_edited(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("edit-not-understood", EDITED)
