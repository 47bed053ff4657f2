"""Questions on record, and a clock that stands still."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.memory.recording import Recorder
from bot.reply import Question, Reply

Kept = Callable[[], list[dict[str, Any]]]
MONTH = timedelta(days=30)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def pass_pause(self) -> None:
        """Let the time go by for which a store in trouble is left alone."""
        self.seconds += 30


async def record(recorder: Recorder, text: str, **values: Any) -> int | None:
    """Record a question, by default one that was missed."""
    usual: dict[str, Any] = {"outcome": "missed", "gap": "no_match", "reason": "no_match"}
    reply = Reply(question=text, normalised=text, language="zh", blocks=("…",), **(usual | values))
    return await recorder.record(Question(text=text, front="cli"), reply, text)


def texts(kept: Kept) -> list[str]:
    """Return the texts in the database."""
    return [row["text"] for row in kept()]
