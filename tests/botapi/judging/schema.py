"""The shape of every call, answer and update, judged by aiogram's models of the Bot API.

The models take unknown names without a word; here each of them is a fault.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from tests.botapi.calls import Upload

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aiogram.methods import TelegramMethod

# aiogram takes seconds to import: whoever judges nothing does not pay for it.


@cache
def _methods() -> dict[str, type[TelegramMethod[Any]]]:
    """Return the models of all methods; Telegram does not mind the case of their names."""
    import aiogram.methods  # noqa: PLC0415

    found = (getattr(aiogram.methods, name) for name in aiogram.methods.__all__)
    named = ((vars(one).get("__api_method__"), one) for one in found)
    return {name.lower(): one for name, one in named if isinstance(name, str)}


@cache
def _adapter_of(returned: Any) -> TypeAdapter[Any]:
    return TypeAdapter(returned)


def is_method(method: str) -> bool:
    """Return whether the Bot API has such a method."""
    return method.lower() in _methods()


def decode_form(method: str, form: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a form, those read as JSON that are objects or lists."""
    model = _methods().get(method.lower())
    return {name: _decode(model, name, value) for name, value in form.items()}


def _decode(model: type[TelegramMethod[Any]] | None, name: str, value: Any) -> Any:
    field = model.model_fields.get(name) if model else None
    if not isinstance(value, str) or value[:1] not in "{[" or not value:
        return value
    if field is None or str in _parts(field.annotation):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        # Left as it is: the schema says what it should have been.
        return value


def _parts(annotation: Any) -> set[Any]:
    return {annotation, *get_args(annotation)}


def find_faults_of_call(method: str, values: Mapping[str, Any]) -> list[str]:
    """Return what the Bot API does not know in a call; nothing when it is all right."""
    if not is_method(method):
        return [f"{method}: there is no such method"]
    model = _methods()[method.lower()]
    given = {name: _in_memory(value) for name, value in values.items()}
    return [f"{method}: {fault}" for fault in _find_faults(model, given)]


def find_faults_of_result(method: str, result: Any) -> list[str]:
    """Return what is wrong with the answer of the server itself."""
    returned = _adapter_of(_methods()[method.lower()].__returning__)
    return [f"answer to {method}: {fault}" for fault in _find_faults(returned, result)]


def find_faults_of_update(update: Mapping[str, Any]) -> list[str]:
    """Return what Telegram would never send like that."""
    from aiogram.types import Update  # noqa: PLC0415

    return [f"update: {fault}" for fault in _find_faults(Update, update)]


def _in_memory(value: Any) -> Any:
    if isinstance(value, Upload):
        from aiogram.types import BufferedInputFile  # noqa: PLC0415

        return BufferedInputFile(value.content, filename=value.filename)
    return value


def _find_faults(model: type[BaseModel] | TypeAdapter[Any], value: Any) -> list[str]:
    try:
        if isinstance(model, TypeAdapter):
            read = model.validate_python(value)
        else:
            read = model.model_validate(value)
    except ValidationError as error:
        return [
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}"
            for one in error.errors(include_url=False, include_context=False, include_input=False)
        ]
    return [f"{place}: there is no such field" for place in _find_unknown(read, "")]


def _find_unknown(value: Any, place: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from (f"{place}{name}" for name in value.model_extra or ())
        for name in value.model_fields_set & type(value).model_fields.keys():
            yield from _find_unknown(getattr(value, name), f"{place}{name}.")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _find_unknown(one, f"{place}{number}.")
