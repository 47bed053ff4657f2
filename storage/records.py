"""The values that go into the store and come out of it."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

Front = Literal["telegram", "terminal", "cli"]
Outcome = Literal["answered", "offered", "missed", "chat", "gated"]

_MOST_NEAREST = 3
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRecord:
    """One question and what became of it.

    `text` and `normalised` are already masked and may be empty. `asker` is a keyed hash, never
    an id. `gap` is the reason under which the question is put before editors, `None` when it is
    not. `nearest` holds at most three entry ids, best first. A question with an `update_id` is kept
    once, however often it is recorded.

    Raises:
        ValueError: The time has no zone, the confidence is outside 0..1, or `nearest` is longer.
    """

    asked_at: datetime
    front: Front
    text: str
    normalised: str
    language: str
    outcome: Outcome
    entry: str | None
    confidence: float
    reason: str | None
    knowledge_version: str
    asker: str | None
    gap: str | None
    nearest: tuple[str, ...]
    update_id: int | None = None

    def __post_init__(self) -> None:
        if self.asked_at.utcoffset() is None:
            raise ValueError("asked_at needs a time zone")
        if not 0 <= self.confidence <= 1:
            raise ValueError("confidence lies between 0 and 1")
        if len(self.nearest) > _MOST_NEAREST:
            raise ValueError(f"nearest holds at most {_MOST_NEAREST} entries")

    def without_asker(self) -> "QuestionRecord":
        """Return what stays when its asker is forgotten: a count, without any text."""
        return replace(
            self, text="", normalised="", nearest=(), asker=None, gap=None, update_id=None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreStatus:
    """How the store is: `url` has no password, `fault` says why it is not writable.

    `outcomes` counts all questions ever kept, every outcome named; `missed` counts those before
    editors and `gaps` their groups. `feedback` counts verdicts (`up`, `down`), `waits` who wants to
    be told of an answer. `size_bytes` includes the write-ahead log; `None` means that
    the database is not a file.
    """

    url: str
    revision: str | None
    outcomes: Mapping[str, int]
    missed: int
    gaps: int
    feedback: Mapping[str, int]
    waits: int
    size_bytes: int | None
    writable: bool
    fault: str | None


def make_storable(text: str) -> str:
    """Return `text` with U+FFFD for NUL and lone surrogates, which no database takes."""
    return _NOT_STORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def identify_gap(normalised: str) -> str:
    """Return the stable id of the questions with this normalised text: `g` and 8 hex digits."""
    return "g" + hashlib.sha256(make_storable(normalised).encode()).hexdigest()[:8]
