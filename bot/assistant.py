"""The one path that every question takes, whatever the front end."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.answering import Answerer
from bot.masking import mask, mask_numbers
from bot.recording import Recorder
from bot.reply import Question, Reply
from bot.wording import Wording
from intents import Language


def utc_today() -> date:
    """Return today's date in UTC."""
    return datetime.now(UTC).date()


class Assistant:
    """Understands, answers and records."""

    def __init__(
        self,
        answerer: Answerer,
        recorder: Recorder,
        wording: Wording,
        *,
        today: Callable[[], date] = utc_today,
    ) -> None:
        self.recorder = recorder
        self.say = wording
        self._answerer = answerer
        self._today = today

    async def reply(self, question: Question) -> Reply:
        """Return the reply to `question`, recorded under `reply.record` where that was possible."""
        started = time.perf_counter()
        reply = self._answerer.answer(question, today=self._today())
        elapsed = round((time.perf_counter() - started) * 1000, 3)
        # Normalising may bring a number to light that was written in signs other than digits.
        normalised = mask_numbers(self._answerer.normalise(mask(question.text)))
        number = await self.recorder.record(question, reply, normalised)
        return replace(reply, milliseconds=elapsed, record=number)

    async def choose(
        self, record: int | None, entry: str, language: Language, *, asker: str | None = None
    ) -> Reply | None:
        """Return the answer that `asker` picked from the choices of question number `record`.

        `None` means that the entry is gone, as with a button from before a change of knowledge.
        """
        reply = self._answerer.show(entry, language, today=self._today())
        if reply is not None:
            await self.recorder.choose(record, entry, asker=asker)
        return reply

    async def choose_none(
        self, record: int | None, language: Language, *, asker: str | None = None
    ) -> str:
        """Return what is said to somebody whom none of the choices helps, and note it."""
        await self.recorder.choose(record, None, asker=asker)
        return self.say("none_of_these.said", language)
