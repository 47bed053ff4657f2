"""Keeps questions in the store, and keeps people served when the store is in trouble."""

import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, date, datetime, timedelta

from bot.memory.access import StoreAccess
from bot.memory.asker import AskerHash
from bot.reply import Question, Reply
from storage import QuestionRecord, StorageError, Store

_log = logging.getLogger(__name__)
_MOST_WAITING = 1000


def utc_now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


class Recorder:
    """Records what was asked and what became of it; a fault of the store never reaches a person.

    What could not be written waits in memory, at most 1,000 questions, and goes with the next one
    that can. `access` is the way to the store, `lost` counts questions that had to be dropped.
    """

    def __init__(
        self,
        store: Store | None,
        *,
        retention: timedelta,
        asker_hash: AskerHash | None = None,
        fault: str | None = None,
        open_store: Callable[[], Awaitable[Store]] | None = None,
        now: Callable[[], datetime] = utc_now,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep questions in `store`, their text for `retention`.

        Without `asker_hash` askers are not told apart. Without `store` nothing is kept and `fault`
        says why, until `open_store` succeeds. `clock_s` never runs backwards.
        """
        self.access = StoreAccess(store, fault=fault, open_store=open_store, clock_s=clock_s)
        self.retention = retention
        self._hash = asker_hash
        self._now = now
        self._swept: date | None = None
        self._waiting: deque[QuestionRecord] = deque()
        self.lost = 0

    @property
    def fault(self) -> str | None:
        """Return the trouble of the store in words while there is any."""
        return self.access.fault

    @property
    def waiting(self) -> int:
        """Return how many questions could not be written yet."""
        return len(self._waiting)

    async def record(self, question: Question, reply: Reply, normalised: str) -> int | None:
        """Return the number under which the question now stands, or `None` when it doesn't.

        The text of `question` and `normalised` are masked already.
        """
        record = self._make_record(question, reply, normalised)
        store = await self.access.find()
        if store is None:
            self._wait([record])
            return None
        # Taken out first: whoever asks meanwhile must not write the same questions again.
        batch = (*self._waiting, record)
        self._waiting.clear()
        try:
            await self._forget_old_texts(store, record.asked_at)
            numbers = await store.record_many(batch)
        except StorageError as error:
            self._wait(batch)
            self.access.note(error)
            return None
        self.access.note_recovery()
        return numbers[-1]

    async def write_waiting(self) -> None:
        """Write what could not be written yet, if that works now."""
        batch = tuple(self._waiting)
        store = await self.access.find() if batch else None
        if store is None:
            return
        self._waiting.clear()
        try:
            await store.record_many(batch)
        except StorageError as error:
            self._wait(batch)
            self.access.note(error)
        else:
            self.access.note_recovery()

    def waiting_of(self, asker: str) -> tuple[QuestionRecord, ...]:
        """Return the questions of a person that could not be written yet."""
        hashed = self.hash_of(asker)
        return tuple(one for one in self._waiting if hashed and one.asker == hashed)

    def forget_waiting(self, asker: str) -> int:
        """Return how many questions of a person wait; they lose their text and who asked them."""
        own = self.waiting_of(asker)
        self._waiting = deque(one.without_asker() if one in own else one for one in self._waiting)
        return len(own)

    async def finish(self) -> None:
        """Try once more to write what waits, and say in the log what had to be given up."""
        if self._waiting:
            self.access.end_pause()
            await self.write_waiting()
        count = self.waiting + self.lost
        if count:
            _log.error("%d of the questions asked could not be recorded: %s", count, self.fault)

    async def choose(
        self, number: int | None, entry: str | None, *, asker: str | None = None
    ) -> bool:
        """Note that the person picked `entry` (`None`: none of these); return whether it is new."""
        store = await self.access.find() if number is not None else None
        if store is None or number is None:
            return False
        try:
            is_new = await store.choose(
                number, entry=entry, asker=self.hash_of(asker), at=self._now()
            )
        except StorageError as error:
            self.access.note(error)
            return False
        self.access.note_recovery()
        return is_new

    async def _forget_old_texts(self, store: Store, now: datetime) -> None:
        """Delete texts past their retention, once a day, with the day's first question."""
        if self._swept == now.date():
            return
        # Noted first: whoever asks meanwhile need not delete them as well.
        before, self._swept = self._swept, now.date()
        try:
            await store.forget_texts(now - self.retention)
        except StorageError:
            self._swept = before
            raise

    def _make_record(self, question: Question, reply: Reply, normalised: str) -> QuestionRecord:
        is_private = reply.intent == "distress" or reply.outcome == "gated"
        return QuestionRecord(
            asked_at=self._now(),
            front=question.front,
            text="" if is_private else question.text,
            normalised="" if is_private else normalised,
            language=reply.language,
            outcome=reply.outcome,
            entry=reply.entry,
            confidence=reply.confidence,
            reason=reply.reason,
            knowledge_version=_version_of(reply),
            asker=self.hash_of(question.asker),
            gap=reply.gap,
            nearest=reply.nearest,
            update_id=question.update_id,
        )

    def hash_of(self, asker: str | None) -> str | None:
        """Return what the person stands under in the store, `None` where none is told apart."""
        return self._hash(asker) if self._hash and asker else None

    def _wait(self, records: Iterable[QuestionRecord]) -> None:
        self._waiting.extend(records)
        while len(self._waiting) > _MOST_WAITING:
            self._waiting.popleft()
            self.lost += 1


def _version_of(reply: Reply) -> str:
    """Return what an answer depends on: the knowledge, and by what it was matched."""
    is_lexical = reply.matcher == "lexical"
    return reply.knowledge_version if is_lexical else f"{reply.knowledge_version}+{reply.matcher}"
