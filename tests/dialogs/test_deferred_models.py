"""aiogram's models are built by those who use them; in a process of its own, for here they are built already."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.long

# One process for all that is asked of it: to start it takes longer than to answer.
SCRIPT = """
import json, dialogs
import bot.telegram.running
from pydantic import BaseModel
from dialogs.deferred_models import subclasses
from bot.telegram.client import build_models
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Update

def models():
    return {model for model in subclasses(BaseModel) if model.__module__.startswith("aiogram.")}

def built():
    return {model.__name__ for model in models() if model.__pydantic_complete__}

found = {"models": len(models()), "built by the import": len(built())}

build_models()
before = built()
chat = {"id": 1, "type": "private"}
person = {"id": 1, "is_bot": False, "first_name": "Lan"}
message = {"message_id": 1, "date": 1, "chat": chat, "from": person, "text": "12,5"}
Update.model_validate({"update_id": 1, "message": message})
press = {"id": "1", "from": person, "chat_instance": "1", "data": "a", "message": message}
Update.model_validate({"update_id": 2, "callback_query": press}).model_dump_json()
SendMessage(chat_id=1, text="a")
EditMessageText(chat_id=1, message_id=1, text="a")
AnswerCallbackQuery(callback_query_id="1")
found["built by the first updates"] = sorted(built() - before)

for model in models():
    model.model_rebuild()
found["cannot be built"] = len(models()) - len(built())
print(json.dumps(found))
"""


def test_models_are_built_before_the_first_update_or_when_somebody_needs_them() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)

    assert found["models"] > 500
    assert found["built by the import"] < 20
    assert found["built by the first updates"] == []
    assert found["cannot be built"] == 0
