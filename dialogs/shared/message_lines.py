"""Line of a form that a message answers: the open one, or an earlier one that the message replies to or edits."""

from aiogram.types import Message
from aiogram_dialog import DialogManager

from domain.errors import Refusal

EDITED = "Bot không đọc được tin đã sửa này. Anh/chị gửi lại thành tin mới, hoặc bấm một nút bên dưới."
_LINES = "lines_of_messages"
_REMEMBERED = 40
_UNKNOWN = (
    "Bot không rõ anh/chị trả lời câu nào: tin ấy đã lâu. Anh/chị trả lời câu dưới đây, "
    "hoặc bấm «Xem tất cả» rồi «Sửa một dòng»."
)


def answered_line(message: Message, manager: DialogManager, open_line: str) -> str:
    """Return the key of the line that the message answers.

    Raises Refusal if it replies to a message that is no longer remembered.
    """
    reply = message.reply_to_message
    if reply is None or reply.message_id == manager.current_stack().last_message_id:
        return open_line
    return _known(reply.message_id, manager, _UNKNOWN)


def edited_line(message: Message, manager: DialogManager) -> str:
    """Return the key of the line that the message answered before it was edited. Raises Refusal if it answered none."""
    return _known(message.message_id, manager, EDITED)


def remember_line(message: Message, manager: DialogManager, *, open_line: str, answered: str) -> None:
    """Remember which line the screen asked for and which one the message answered, for the last 40 messages."""
    lines = manager.dialog_data.get(_LINES, {})
    asked = manager.current_stack().last_message_id
    lines |= {str(asked): open_line} if asked is not None and message.edit_date is None else {}
    lines |= {str(message.message_id): answered}
    manager.dialog_data[_LINES] = dict(list(lines.items())[-_REMEMBERED:])


def _known(message_id: int, manager: DialogManager, otherwise: str) -> str:
    line = manager.dialog_data.get(_LINES, {}).get(str(message_id))
    if line is None:
        raise Refusal("message-not-understood", otherwise)
    return str(line)
