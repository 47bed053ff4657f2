"""The values of delivery that go into the store and come out of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """How an update stands: `tries` counts how often it was begun, this time included."""

    tries: int
    is_handled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingReply:
    """A reply that must wait until `due_at`; `id` is 0 until it is kept.

    `payload` is whatever the sender needs; it holds no name and no unmasked text of a person.
    """

    chat_id: int
    method: str
    payload: Mapping[str, Any]
    is_answer: bool
    created_at: datetime
    due_at: datetime
    tries: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """An update that could not be handled, without names and with masked text.

    `kind` is that of the update (`message`, `callback_query`, …), `error` says what happened
    without a person's words. `id` is 0 until it is kept.
    """

    update_id: int
    kind: str
    payload: Mapping[str, Any]
    error: str
    tries: int
    failed_at: datetime
    id: int = 0
