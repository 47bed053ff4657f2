"""Remembers which message answered which, many at a time: there is one after every answer."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from bot.memory.access import StoreAccess
from storage import StorageError
from storage.people import FoundAnswer, SentAnswer

# A crash forgets as much; a question that is edited then keeps its old answer.
_GATHERED_FOR_S = 0.5
_MOST_GATHERED = 1000


class Correspondence:
    """Gathers for half a second what was sent, and writes it in one go.

    A fault of the store is no fault here: a question that is edited then keeps its old answer.
    """

    def __init__(
        self,
        access: StoreAccess,
        *,
        now: Callable[[], datetime],
        gathered_for_s: float = _GATHERED_FOR_S,
    ) -> None:
        self._access = access
        self._gathered_for_s = gathered_for_s
        self._now = now
        self._gathered: deque[SentAnswer] = deque(maxlen=_MOST_GATHERED)
        self._timer: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None

    def add(
        self, *, asker: str, place: str, question: int, answer: int, record: int | None
    ) -> None:
        """Take down that the message `answer` answers `question`."""
        self._gathered.append(
            SentAnswer(
                asker=asker,
                place=place,
                question=question,
                answer=answer,
                record=record,
                sent_at=self._now(),
            )
        )
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self._gathered_for_s, self._begin_to_write)

    async def find(self, *, place: str, question: int) -> FoundAnswer | None:
        """Return the message that answered `question`, `None` where it is not known any more."""
        await self.write()
        with suppress(StorageError):
            return await self._access.use(
                lambda store: store.people.find_answer(
                    place=place, question=question, now=self._now()
                )
            )
        return None

    async def find_question(self, *, place: str, answer: int) -> str | None:
        """Return the masked text that `answer` answers, `None` where it is not known any more."""
        await self.write()
        with suppress(StorageError):
            return await self._access.use(
                lambda store: store.people.find_question(
                    place=place, answer=answer, now=self._now()
                )
            )
        return None

    async def write(self) -> None:
        """Write what was gathered, now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._writing is not None:
            await asyncio.wait([self._writing])
        await self._write_gathered()

    def _begin_to_write(self) -> None:
        self._timer = None
        self._writing = asyncio.create_task(self._write_gathered())

    async def _write_gathered(self) -> None:
        batch = tuple(self._gathered)
        self._gathered.clear()
        if batch:
            with suppress(StorageError):
                await self._access.use(
                    lambda store: store.people.remember_answers(batch, now=self._now())
                )
