"""Reading of Bot API calls: whatever form they come in, they become aiogram's method objects."""

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from aiogram.types import (
    ForceReply,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.hdrs import CONTENT_TYPE
from pydantic import BaseModel, ValidationError

from sandbox.errors import ApiError, bad_request

M = TypeVar("M", bound=TelegramMethod[Any])
T = TypeVar("T")
log = logging.getLogger(__name__)

LARGEST_UPLOAD = 50 * 1024 * 1024
WHOLE_NUMBER = re.compile(r"-?\d+")
MARKUPS: dict[str, type[BaseModel]] = {
    "inline_keyboard": InlineKeyboardMarkup,
    "keyboard": ReplyKeyboardMarkup,
    "remove_keyboard": ReplyKeyboardRemove,
    "force_reply": ForceReply,
}
# Thumbnails and certificates are uploads that the sandbox does not use.
UNUSED = frozenset({"thumbnail", "certificate"})
EMPTY = {"chat_id": "chat_id is empty", "text": "message text is empty", "user_id": "user_id is empty"}


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """Fields and files of a request, not validated yet."""

    fields: dict[str, object] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call(Generic[M]):
    method: M
    uploads: Mapping[str, Upload] = field(default_factory=dict)


def given(value: T | Default | None) -> T | None:
    """Return what the caller set, or None for what aiogram leaves to the bot's defaults."""
    return None if isinstance(value, Default) else value


async def read_form(request: web.Request) -> Form:
    """Read a query, form, multipart or JSON body: aiogram sends forms, other clients send the rest."""
    form = Form(dict(request.query))
    if request.content_type == "application/json":
        form.fields.update(_json_object(await request.text()))
    elif request.content_type == "multipart/form-data":
        await read_parts(await request.multipart(), form)
    else:
        form.fields.update({key: value for key, value in (await request.post()).items() if isinstance(value, str)})
    return form


async def read_parts(reader: MultipartReader, form: Form) -> None:
    async for part in reader:
        if isinstance(part, BodyPartReader) and part.name:
            content = bytes(await part.read(decode=True))
            if part.filename is None:
                form.fields[part.name] = content.decode()
            else:
                form.uploads[part.name] = _upload(part, content)


def parse(shape: type[M], form: Form) -> Call[M]:
    """Return the call as the method's object. Raises ApiError 400 for what is missing or broken."""
    known = shape.model_fields
    values = dict(form.fields)
    values.update({name: f"attach://{name}" for name in form.uploads if name in known and name not in values})
    if unknown := sorted(values.keys() - known.keys()):
        log.warning("%s does not know %s; Telegram would pass over it in silence.", shape.__name__, ", ".join(unknown))
    wanted = {
        name: _value(shape, name, value)
        for name, value in values.items()
        if name in known and name not in UNUSED and value != ""
    }
    try:
        return Call(shape.model_validate(wanted), form.uploads)
    except ValidationError as error:
        raise _refusal(error) from error


def _value(shape: type[M], name: str, value: object) -> object:
    takes_json, takes_number = _takes(shape, name)
    if isinstance(value, str) and takes_json:
        value = _json(value, name)
    if name == "reply_markup":
        return _markup(value)
    if isinstance(value, str) and takes_number and WHOLE_NUMBER.fullmatch(value):
        return int(value)
    if isinstance(value, dict):
        return {key: inner for key, inner in value.items() if key not in UNUSED}
    return value


@cache
def _takes(shape: type[TelegramMethod[Any]], name: str) -> tuple[bool, bool]:
    """Return whether the field takes JSON and whether it takes a number; nothing is guessed: «123» may be text."""
    leaves = _leaves(shape.model_fields[name].annotation)
    takes_json = any(
        leaf in (list, dict) or (isinstance(leaf, type) and issubclass(leaf, BaseModel)) for leaf in leaves
    )
    return takes_json, int in leaves


def _leaves(annotation: object) -> list[object]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _leaves(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [leaf for choice in get_args(annotation) for leaf in _leaves(choice)]
    return [origin or annotation]


def _markup(value: object) -> BaseModel | None:
    """Choose the kind by its key: as a union, a button without text would silently become a removed keyboard."""
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    for key, shape in MARKUPS.items():
        if key in value:
            try:
                return shape.model_validate(value)
            except ValidationError as error:
                raise bad_request(f"can't parse reply keyboard markup JSON object: {_where(error)}") from error
    return None


def _upload(part: BodyPartReader, content: bytes) -> Upload:
    if len(content) > LARGEST_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    return Upload(part.filename or part.name or "file", content)


def _json(text: str, name: str) -> object:
    try:
        value: object = json.loads(text)
    except ValueError as error:
        raise bad_request(f"can't parse {name} JSON object") from error
    return value


def _json_object(text: str) -> dict[str, object]:
    value = _json(text, "request")
    if not isinstance(value, dict):
        raise bad_request("can't parse request JSON object")
    return value


def _refusal(error: ValidationError) -> ApiError:
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else "request"
    if first["type"] == "missing" and len(first["loc"]) == 1:
        return bad_request(EMPTY.get(name, f'parameter "{name}" is required'))
    return bad_request(f"can't parse {name}: {_where(error)}")


def _where(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}"


def is_multipart(headers: Mapping[str, str]) -> bool:
    return headers.get(CONTENT_TYPE, "").startswith("multipart/")
