"""Replies that must wait: kept in the store, sent when their time has come."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import Forbidden, TelegramError

from bot.access import StoreAccess
from bot.recording import utc_now
from bot.telegram.post.outgoing import Outgoing
from bot.telegram.post.postman import Postman, is_refused_token, wait_after
from storage import StorageError, Store
from storage.delivery import WaitingReply

_log = logging.getLogger(__name__)
_MOST_AT_ONCE = 20
_LONGEST_PAUSE_S = 300.0
# Other processes put replies in as well, and a store in trouble comes back.
_LOOK_AGAIN_S = 15.0
_LEASE = timedelta(minutes=2)


class StoredOutbox:
    """Keeps replies in the store, and in memory while that is in trouble."""

    def __init__(self, *, now: Callable[[], datetime] = utc_now) -> None:
        self._now = now
        self._access: StoreAccess | None = None
        self._counts: Counter[int] = Counter()
        self._unkept: dict[int, WaitingReply] = {}
        self._unkept_ids = iter(range(-1, -(2**63), -1))
        # Sent, while the store could not be told.
        self._settled: set[int] = set()
        self._adopted: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()

    async def open(self, access: StoreAccess) -> None:
        """Keep replies in the store behind `access`, and load who is waited for."""
        self._access = access
        try:
            self._counts.update(await access.use(lambda store: store.delivery.count_waiting()))
        except StorageError as error:
            _log.warning("the outbox can't be read: %s", error)
        if self._counts:
            _log.info("%d replies wait in the outbox", self._counts.total())

    @property
    def unkept(self) -> int:
        """Return how many replies stand in memory alone."""
        return len(self._unkept)

    def holds(self, chat_id: int) -> bool:
        """Return whether something waits for that chat, so that later things wait behind it."""
        return self._counts[chat_id] > 0

    async def put(self, message: Outgoing, *, after: timedelta) -> None:
        """Keep a message; it is sent `after` that time at the soonest."""
        await self._put(message, after)
        _log.info("a reply waits in the outbox for %.0f s", after.total_seconds())
        self._woken.set()

    async def adopt(self, message: Outgoing, sending: asyncio.Task[int]) -> None:
        """Keep a message that is being sent, in case that comes to nothing."""
        reply = await self._put(message, _LEASE)
        _log.info("a reply takes long, and is kept in the outbox meanwhile")
        watching = asyncio.create_task(self._settle(reply, message, sending))
        self._adopted.add(watching)
        watching.add_done_callback(self._adopted.discard)

    async def _put(self, message: Outgoing, after: timedelta) -> WaitingReply:
        now = self._now()
        reply = WaitingReply(
            chat_id=message.chat_id,
            method="editMessageText" if message.edits is not None else "sendMessage",
            payload=message.to_payload(),
            is_answer=message.is_answer,
            created_at=now,
            due_at=now + after,
        )
        self._counts[message.chat_id] += 1
        kept_under = await self._keep(reply)
        if kept_under is not None:
            return replace(reply, id=kept_under)
        reply = replace(reply, id=next(self._unkept_ids))
        self._unkept[reply.id] = reply
        return reply

    def forget(self, chat_id: int) -> None:
        """Send nothing any more that waits for a chat; what stands in the store is gone already."""
        self._counts.pop(chat_id, None)
        kept = self._unkept.items()
        self._unkept = {number: one for number, one in kept if one.chat_id != chat_id}

    async def run(self, bot: Bot, postman: Postman, *, stopping: asyncio.Event) -> None:
        """Send what is due, until `stopping`.

        Raises:
            InvalidToken: Telegram refuses the token.
        """
        while not stopping.is_set():
            self._woken.clear()
            await self.send_due(bot, postman)
            await self._wait(stopping)
        if self._adopted:
            await asyncio.wait(self._adopted)

    async def send_due(self, bot: Bot, postman: Postman) -> int:
        """Return how many replies were due and tried now, the first ones of their chats."""
        due = await self._take_due()
        await asyncio.gather(*(self._send(bot, postman, reply) for reply in due))
        return len(due)

    async def finish(self) -> None:
        """Try once more to keep what stands in memory alone, and say what is given up."""
        for number, reply in list(self._unkept.items()):
            if await self._keep(reply) is not None:
                del self._unkept[number]
        if self._unkept:
            _log.error("%d replies that waited could not be kept", len(self._unkept))

    async def _keep(self, reply: WaitingReply) -> int | None:
        """Return the id under which the store keeps a reply, `None` if it does not."""
        if self._access is None:
            return None
        try:
            return await self._access.use(lambda store: store.delivery.keep_reply(reply))
        except StorageError:
            return None

    async def _take_due(self) -> tuple[WaitingReply, ...]:
        now = self._now()
        for number, reply in list(self._unkept.items()):
            # One that is not due may just be on its way.
            if reply.due_at <= now and await self._keep(reply) is not None:
                del self._unkept[number]
        first = {reply.chat_id: reply for reply in reversed(self._unkept.values())}
        in_memory = tuple(one for one in first.values() if one.due_at <= now)
        if self._access is None:
            return in_memory
        try:
            kept = await self._access.use(
                lambda store: store.delivery.lease_due(
                    now=now, until=now + _LEASE, limit=_MOST_AT_ONCE
                )
            )
        except StorageError:
            return in_memory
        return (*kept, *in_memory)

    async def _send(self, bot: Bot, postman: Postman, reply: WaitingReply) -> None:
        if reply.id in self._settled:
            await self._take_out(reply)
            return
        message = Outgoing.from_payload(reply.chat_id, reply.payload, is_answer=reply.is_answer)
        await self._settle(reply, message, postman.transmit(bot, message))

    async def _settle(
        self, reply: WaitingReply, message: Outgoing, sending: Awaitable[int]
    ) -> None:
        """Take a reply out once it is sent, or let it wait for another try."""
        try:
            await sending
        except TelegramError as error:
            if is_refused_token(error):
                raise
            pause_s = min(2.0**reply.tries, _LONGEST_PAUSE_S)
            wait_s = wait_after(error, message, pause_s=pause_s)
            if wait_s is not None:
                await self._postpone(reply, wait_s)
                return
            level = logging.INFO if isinstance(error, Forbidden) else logging.ERROR
            _log.log(level, "a waiting reply is given up: %s", error)
        await self._drop(reply)

    async def _postpone(self, reply: WaitingReply, seconds: float) -> None:
        due_at = self._now() + timedelta(seconds=seconds)
        if reply.id in self._unkept:
            self._unkept[reply.id] = replace(reply, due_at=due_at, tries=reply.tries + 1)
        else:
            await self._change(lambda store: store.delivery.postpone(reply.id, due_at=due_at))
        self._woken.set()

    async def _drop(self, reply: WaitingReply) -> None:
        self._counts[reply.chat_id] -= 1
        if self._counts[reply.chat_id] <= 0:
            del self._counts[reply.chat_id]
        if self._unkept.pop(reply.id, None) is None:
            await self._take_out(reply)
        self._woken.set()

    async def _take_out(self, reply: WaitingReply) -> None:
        if await self._change(lambda store: store.delivery.drop_reply(reply.id)):
            self._settled.discard(reply.id)
        else:
            self._settled.add(reply.id)

    async def _change(self, doing: Callable[[Store], Awaitable[None]]) -> bool:
        """Return whether the store took the change; if not, the lease runs out by itself."""
        if self._access is None:
            return False
        try:
            await self._access.use(doing)
        except StorageError:
            return False
        return True

    async def _wait(self, stopping: asyncio.Event) -> None:
        """Wait until something may be due, something was put in, or it is time to stop."""
        seconds = await self._seconds_to_next()
        waits = [asyncio.ensure_future(one.wait()) for one in (self._woken, stopping)]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()

    async def _seconds_to_next(self) -> float:
        due = [reply.due_at for reply in self._unkept.values()]
        if self._access is not None and self._counts.total() > len(self._unkept):
            with suppress(StorageError):
                stored = await self._access.use(_ask_next_due)
                due += [stored] if stored is not None else []
        if not due:
            return _LOOK_AGAIN_S
        return min(max((min(due) - self._now()).total_seconds(), 0.05), _LOOK_AGAIN_S)


async def _ask_next_due(store: Store) -> datetime | None:
    return await store.delivery.next_due()
