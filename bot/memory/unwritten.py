"""Questions that the store could not take yet."""

import asyncio
import functools
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.memory.spare import Spare
from storage import QuestionRecord
from storage.reserve import Kept, Reserve

_MOST_IN_MEMORY = 1000
_MOST_AT_ONCE = 500
_MOST_OF_ONE = 100_000


@dataclass(frozen=True, slots=True)
class _Batch:
    """Questions to write, and under which ids some of them stand in the reserve."""

    records: tuple[QuestionRecord, ...]
    reserved: tuple[int, ...]


class Unwritten:
    """Keeps questions in the reserve and, where that takes none, at most 1,000 in memory.

    `in_reserve` counts the former, `lost` those that had to be dropped.
    """

    def __init__(self, spare: Spare) -> None:
        self._spare = spare
        self._in_memory: deque[QuestionRecord] = deque()
        self.in_reserve = 0
        self._writing = asyncio.Lock()
        self.lost = 0

    @property
    def count(self) -> int:
        """Return how many questions wait."""
        return len(self._in_memory) + self.in_reserve

    async def load(self) -> None:
        """Look how many were left in the reserve by a process that is no more."""
        self.in_reserve = await self._spare.use(lambda one: one.count("question")) or 0

    async def add(self, record: QuestionRecord) -> None:
        """Let a question wait."""
        number = await self._spare.use(lambda one: one.keep_question(record))
        if number is not None:
            self.in_reserve += 1
            return
        self._in_memory.append(record)
        while len(self._in_memory) > _MOST_IN_MEMORY:
            self._in_memory.popleft()
            self.lost += 1

    async def write(self, write: Callable[[Sequence[QuestionRecord]], Awaitable[object]]) -> None:
        """Hand all that waits to `write`, some at a time, the oldest first.

        What `write` raises is raised, and what it was given goes on waiting. Who comes while
        another one writes has nothing to do.
        """
        if self._writing.locked():
            return
        async with self._writing:
            while self.count and (batch := await self._take()).records:
                try:
                    await write(sorted(batch.records, key=lambda one: one.asked_at))
                except BaseException:
                    self._in_memory.extendleft(reversed(batch.records[len(batch.reserved) :]))
                    raise
                if not await self._settle(batch):
                    return

    async def list_of(self, asker: str) -> tuple[QuestionRecord, ...]:
        """Return the questions of a person, by the hash they stand under."""
        kept = await self._list(_MOST_OF_ONE, asker)
        in_memory = (one for one in self._in_memory if one.asker == asker)
        return (*(one.value for one in kept), *in_memory)

    async def forget(self, asker: str) -> int:
        """Return how many questions of a person wait; they lose their text and who asked them."""
        kept = await self._list(_MOST_OF_ONE, asker)
        forgotten = 0
        for one in kept:
            blank = functools.partial(
                Reserve.change_question, number=one.id, question=one.value.without_asker()
            )
            forgotten += bool(await self._spare.use(blank))
        for at, record in enumerate(self._in_memory):
            if record.asker == asker:
                self._in_memory[at] = record.without_asker()
                forgotten += 1
        return forgotten

    async def _take(self) -> _Batch:
        """Return what is written next; what stands in memory is taken out of it."""
        kept = await self._list(_MOST_AT_ONCE)
        if not kept:
            # Others may have written them, or the file can't be read any more.
            self.in_reserve = 0
        in_memory = tuple(self._in_memory)
        self._in_memory.clear()
        return _Batch((*(one.value for one in kept), *in_memory), tuple(one.id for one in kept))

    async def _settle(self, batch: _Batch) -> bool:
        """Return whether what was written is out of the reserve."""
        if not batch.reserved:
            return True
        self.in_reserve = max(self.in_reserve - len(batch.reserved), 0)
        return bool(await self._spare.use(lambda one: one.drop(*batch.reserved)))

    async def _list(self, limit: int, asker: str | None = None) -> tuple[Kept[QuestionRecord], ...]:
        return await self._spare.use(lambda one: one.list_questions(asker=asker, limit=limit)) or ()
