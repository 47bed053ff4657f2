"""Where replies wait: in the store, and beside it while that is in trouble."""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.memory.access import StoreAccess
from bot.memory.spare import Spare
from storage import StorageError, Store
from storage.delivery import WaitingReply

_log = logging.getLogger(__name__)
_MOST_AT_ONCE = 20
# Longer than any call takes: what is in hand then was lost in a crash.
LEASE = timedelta(minutes=2)
# So much more than a flood of questions brings while a database is away, that it would not end.
_MOST_IN_MEMORY = 10_000


class Shelf:
    """Keeps replies in the order of each chat; a store in trouble is no fault here.

    What that can't take stands in memory and, so that a kill does not take it, in the reserve.
    """

    def __init__(self) -> None:
        self._access: StoreAccess | None = None
        self._counts: Counter[int] = Counter()
        self._putting = 0
        self._spare = Spare()
        self._in_memory: dict[int, WaitingReply] = {}
        self._reserved: dict[int, int] = {}
        self._memory_ids = iter(range(-1, -(2**63), -1))
        # Done with, while the store could not be told.
        self._settled: set[int] = set()

    async def open(self, access: StoreAccess, spare: Spare) -> None:
        """Keep replies in the store behind `access`, and load who is waited for."""
        self._access, self._spare = access, spare
        left = await spare.use(lambda one: one.list_replies(limit=_MOST_IN_MEMORY))
        for kept in left or ():
            reply = self._remember(kept.value)
            self._reserved[reply.id] = kept.id
            self._counts[reply.chat_id] += 1
        try:
            self._counts.update(await access.use(lambda store: store.delivery.count_waiting()))
        except StorageError as error:
            _log.warning("the outbox can't be read: %s", error)
        if self._counts:
            _log.info("%d replies wait in the outbox", self._counts.total())

    def holds(self, chat_id: int) -> bool:
        """Return whether something waits for that chat."""
        return self._counts[chat_id] > 0

    async def put(self, reply: WaitingReply) -> WaitingReply:
        """Return the reply as it is kept now.

        Raises:
            StorageError: The store does not take it, and too many stand in memory already.
        """
        self._counts[reply.chat_id] += 1
        self._putting += 1
        try:
            number = await self._keep(reply)
        finally:
            self._putting -= 1
        if number is not None:
            return replace(reply, id=number)
        if len(self._in_memory) >= _MOST_IN_MEMORY:
            self._count_down(reply.chat_id)
            raise StorageError("too many replies wait for the database")
        reply = self._remember(reply)
        reserved = await self._spare.use(lambda one: one.keep_reply(reply))
        if reserved is not None:
            self._reserved[reply.id] = reserved
        return reply

    async def take_due(self, now: datetime) -> tuple[WaitingReply, ...]:
        """Return the first reply of every chat that is due; nobody else takes it for a while."""
        await self._move_into_store(lambda reply: reply.due_at <= now)
        firsts = {reply.chat_id: reply for reply in reversed(self._in_memory.values())}
        in_memory = [one for one in firsts.values() if one.due_at <= now]
        for one in in_memory:
            self._in_memory[one.id] = replace(one, due_at=now + LEASE)
        if self._access is None:
            return tuple(in_memory)
        try:
            kept = await self._access.use(
                lambda store: store.delivery.lease_due(
                    now=now, until=now + LEASE, limit=_MOST_AT_ONCE
                )
            )
        except StorageError:
            return tuple(in_memory)
        settled = [one for one in kept if one.id in self._settled]
        for reply in settled:
            await self._take_out(reply)
        return (*(one for one in kept if one not in settled), *in_memory)

    async def postpone(self, reply: WaitingReply, due_at: datetime) -> None:
        """Let a reply wait longer."""
        if reply.id in self._in_memory:
            longer = replace(reply, due_at=due_at, tries=reply.tries + 1)
            self._in_memory[reply.id] = longer
        else:
            await self._change(lambda store: store.delivery.postpone(reply.id, due_at=due_at))

    async def drop(self, reply: WaitingReply) -> None:
        """Take a reply away that was sent, or never can be."""
        self._count_down(reply.chat_id)
        if not await self._forget(reply.id):
            self._settled.add(reply.id)
            await self._take_out(reply)

    def in_memory(self, chat_id: int) -> tuple[WaitingReply, ...]:
        """Return what waits for a chat and does not stand in the store."""
        return tuple(one for one in self._in_memory.values() if one.chat_id == chat_id)

    async def forget(self, chat_id: int, *, is_all: bool) -> int:
        """Return how much stood in memory alone for a chat; it is dropped.

        `is_all` says that nothing waits for the chat in the store any more either.
        """
        own = self.in_memory(chat_id)
        for one in own:
            await self._forget(one.id)
        self._counts[chat_id] -= len(own)
        if is_all or self._counts[chat_id] <= 0:
            del self._counts[chat_id]
        return len(own)

    async def find_next_due(self) -> datetime | None:
        """Return when the next reply is due, `None` when none waits."""
        due = [reply.due_at for reply in self._in_memory.values()]
        if self._access is None or not self._counts:
            return min(due, default=None)
        try:
            stored = await self._access.use(_ask_next_due)
        except StorageError:
            return min(due, default=None)
        if stored is not None:
            due.append(stored)
        elif not self._putting:
            # Others have sent what was waited for, or it was given up.
            self._counts = Counter(reply.chat_id for reply in self._in_memory.values())
        return min(due, default=None)

    async def finish(self) -> None:
        """Try once more to keep what stands in memory alone, and say what is given up."""
        await self._move_into_store(lambda _reply: True)
        if self._in_memory:
            _log.error("%d replies that waited could not be kept", len(self._in_memory))

    async def _move_into_store(self, is_meant: Callable[[WaitingReply], bool]) -> None:
        for number, reply in list(self._in_memory.items()):
            if is_meant(reply) and await self._keep(reply) is not None:
                await self._forget(number)

    def _remember(self, reply: WaitingReply) -> WaitingReply:
        """Return the reply as it stands in memory now."""
        reply = replace(reply, id=next(self._memory_ids))
        self._in_memory[reply.id] = reply
        return reply

    async def _forget(self, number: int) -> bool:
        """Return whether a reply stood in memory; it does so no more, nor in the reserve."""
        reserved = self._reserved.pop(number, None)
        stood_there = self._in_memory.pop(number, None) is not None
        if reserved is not None:
            await self._spare.use(lambda one: one.drop(reserved))
        return stood_there

    def _count_down(self, chat_id: int) -> None:
        self._counts[chat_id] -= 1
        if self._counts[chat_id] <= 0:
            del self._counts[chat_id]

    async def _keep(self, reply: WaitingReply) -> int | None:
        """Return the id under which the store keeps a reply, `None` if it does not."""
        if self._access is None:
            return None
        try:
            return await self._access.use(lambda store: store.delivery.keep_reply(reply))
        except StorageError:
            return None

    async def _take_out(self, reply: WaitingReply) -> None:
        if await self._change(lambda store: store.delivery.drop_reply(reply.id)):
            self._settled.discard(reply.id)

    async def _change(self, doing: Callable[[Store], Awaitable[None]]) -> bool:
        """Return whether the store took the change; if not, the lease runs out by itself."""
        if self._access is None:
            return False
        try:
            await self._access.use(doing)
        except StorageError:
            return False
        return True


async def _ask_next_due(store: Store) -> datetime | None:
    return await store.delivery.next_due()
