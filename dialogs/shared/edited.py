"""Messages edited after they were sent: read where a window knows what they answered, else refused."""

from aiogram import F
from aiogram.types import Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import BaseInput, CombinedInput, MessageInput

from dialogs.shared.answered_lines import EDITED
from domain.errors import Refusal


class EditedInput(MessageInput):
    """A window's own reader of edited messages."""


def with_edits(inputs: BaseInput | None) -> tuple[BaseInput, ...]:
    """The inputs of a window, so that only an `EditedInput` among them gets an edited message."""
    several = inputs.inputs if isinstance(inputs, CombinedInput) else (inputs,) if inputs else ()
    own = [one for one in several if isinstance(one, EditedInput)]
    others = [one for one in several if not isinstance(one, EditedInput)]
    return (*own, MessageInput(refuse_edited, filter=F.edit_date), *others)


async def refuse_edited(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("edit-not-understood", EDITED)
