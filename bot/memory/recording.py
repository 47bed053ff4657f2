"""Keeps questions in the store, and keeps people served when the store is in trouble."""

import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

from bot.memory.access import StoreAccess
from bot.memory.asker import AskerHash
from bot.memory.spare import Spare
from bot.memory.unwritten import Unwritten
from bot.reply import Question, Reply
from storage import QuestionRecord, StorageError, Store

_log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


class Recorder:
    """Records what was asked and what became of it; a fault of the store never reaches a person.

    What could not be written waits, and goes before the next one that can. `access` is the way to
    the store, `spare` the place for what that can't take.
    """

    def __init__(
        self,
        store: Store | None,
        *,
        retention: timedelta,
        asker_hash: AskerHash | None = None,
        fault: str | None = None,
        open_store: Callable[[], Awaitable[Store]] | None = None,
        spare: Spare | None = None,
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
        self.spare = spare or Spare()
        self._unwritten = Unwritten(self.spare)

    @property
    def fault(self) -> str | None:
        """Return the trouble of the store in words while there is any."""
        return self.access.fault

    @property
    def waiting(self) -> int:
        """Return how many questions could not be written yet."""
        return self._unwritten.count

    @property
    def lost(self) -> int:
        """Return how many questions had to be dropped."""
        return self._unwritten.lost

    async def load(self) -> None:
        """Take over what a process that is no more could not write, and write it if that works."""
        await self._unwritten.load()
        await self.write_waiting()

    async def record(self, question: Question, reply: Reply, normalised: str) -> int | None:
        """Return the number under which the question now stands, or `None` when it doesn't.

        The text of `question` and `normalised` are masked already.
        """
        record = self._make_record(question, reply, normalised)
        store = await self._write_waiting()
        if store is not None:
            try:
                await self._forget_old_texts(store, record.asked_at)
                (number,) = await store.record_many((record,))
            except StorageError as error:
                self.access.note(error)
            else:
                self.access.note_recovery()
                return number
        await self._unwritten.add(record)
        return None

    async def write_waiting(self) -> None:
        """Write what could not be written yet, if that works now."""
        if self.waiting and await self._write_waiting() is not None:
            self.access.note_recovery()

    async def waiting_of(self, asker: str) -> tuple[QuestionRecord, ...]:
        """Return the questions of a person that could not be written yet."""
        hashed = self.hash_of(asker)
        return await self._unwritten.list_of(hashed) if hashed and self.waiting else ()

    async def forget_waiting(self, asker: str) -> int:
        """Return how many questions of a person wait; they lose their text and who asked them."""
        hashed = self.hash_of(asker)
        return await self._unwritten.forget(hashed) if hashed and self.waiting else 0

    async def finish(self) -> None:
        """Try once more to write what waits, and say in the log what had to be given up."""
        if self.waiting:
            self.access.end_pause()
            await self.write_waiting()
        if kept := self._unwritten.in_reserve:
            _log.warning("%d of the questions asked wait in the reserve: %s", kept, self.fault)
        if count := self.waiting - kept + self.lost:
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

    async def _write_waiting(self) -> Store | None:
        """Return the store once what waited is in it, `None` while it is in trouble."""
        store = await self.access.find()
        if store is None or not self.waiting:
            return store
        try:
            await self._unwritten.write(store.record_many)
        except StorageError as error:
            self.access.note(error)
            return None
        return store


def _version_of(reply: Reply) -> str:
    """Return what an answer depends on: the knowledge, and by what it was matched."""
    is_lexical = reply.matcher == "lexical"
    return reply.knowledge_version if is_lexical else f"{reply.knowledge_version}+{reply.matcher}"
