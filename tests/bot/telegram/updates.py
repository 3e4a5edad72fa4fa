"""Steps of tests about updates."""

from datetime import UTC, datetime

from aiogram.types import Chat, Message, Update, User

from tests.support.stage import Phone

FIRST = 900_000_001


def typed(officer: Phone, text: str, *, number: int = FIRST) -> Update:
    """What a webhook hands over."""
    return Update(
        update_id=number,
        message=Message(
            message_id=number,
            date=datetime(2026, 5, 5, tzinfo=UTC),
            chat=Chat(id=officer.id, type="private"),
            from_user=User(id=officer.id, is_bot=False, first_name="Cán bộ"),
            text=text,
        ),
    )
