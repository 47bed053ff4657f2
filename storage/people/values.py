"""The values that go in and out of what is remembered about people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Verdict = Literal["up", "down"]
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What a person thinks of an answer as it was in one version of the knowledge.

    `reason` says what is wrong with it, `None` where that is not said.
    """

    asker: str
    entry: str
    knowledge_version: str
    verdict: Verdict
    reason: str | None
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SentAnswer:
    """Which message answered which, in one chat.

    `place` is a keyed hash of the chat, `question` and `answer` are message ids, `record` is the
    number of the question in the store.
    """

    place: str
    question: int
    answer: int
    asker: str
    record: int | None
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAnswer:
    """The message that answered a question; `text` is the question as stored, where it is."""

    answer: int
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Everything that is remembered about one person, as rows for their own eyes.

    `tellings` are answers that they will be told of, `unsent` are replies that wait to be sent,
    `unhandled` updates that could not be handled. The last three are an editor's: how far a
    dialogue is, what they have taken, and what they have decided.
    """

    language: str | None = None
    blocked_since: object = None
    questions: tuple[Row, ...] = ()
    feedback: tuple[Row, ...] = ()
    waits: tuple[Row, ...] = ()
    tellings: tuple[Row, ...] = ()
    messages: tuple[Row, ...] = ()
    unsent: tuple[Row, ...] = ()
    unhandled: tuple[Row, ...] = ()
    drafts: tuple[Row, ...] = ()
    taken: tuple[Row, ...] = ()
    decisions: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How much was forgotten of one person.

    `questions` lost their text and `feedback` the link to the person; everything else is gone.
    `choices` is 1 where a language was chosen, `undelivered` counts unsent replies and unhandled
    updates. Of an editor `taken` gaps are free again, and `decisions` stay in force with nobody's
    name.
    """

    questions: int = 0
    feedback: int = 0
    waits: int = 0
    messages: int = 0
    choices: int = 0
    undelivered: int = 0
    drafts: int = 0
    taken: int = 0
    decisions: int = 0
