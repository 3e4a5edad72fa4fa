"""aiogram's models are built by those who use them; in processes of their own, for here they are built already."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.long

MODELS = """
import json, dialogs
from pydantic import BaseModel
from dialogs.deferred_models import subclasses

def models():
    return {model for model in subclasses(BaseModel) if model.__module__.startswith("aiogram.")}

def built():
    return sorted(model.__name__ for model in models() if model.__pydantic_complete__)
"""


def _printed(script: str) -> object:
    done = subprocess.run([sys.executable, "-c", MODELS + script], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_importing_the_bot_builds_only_the_models_of_its_constants() -> None:
    found = _printed("import bot.telegram.running\nprint(json.dumps([len(models()) > 500, len(built()) < 20]))")

    assert found == [True, True]


def test_what_the_bot_answers_with_is_built_before_the_first_update() -> None:
    found = _printed("""
from bot.telegram.client import build_models
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Update

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
print(json.dumps(sorted(set(built()) - set(before))))
""")

    assert found == []


def test_every_model_can_be_built_when_somebody_needs_it() -> None:
    found = _printed("""
for model in models():
    model.model_rebuild()
print(json.dumps(len(models()) - len(built())))
""")

    assert found == 0
