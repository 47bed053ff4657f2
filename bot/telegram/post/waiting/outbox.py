"""Replies that must wait: sent when their time has come, each chat in order."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from telegram.error import Forbidden, TelegramError

from bot.memory.access import StoreAccess
from bot.memory.recording import utc_now
from bot.memory.spare import Spare
from bot.telegram.post.bot import VocedBot
from bot.telegram.post.outgoing import Outgoing
from bot.telegram.post.postman import Postman
from bot.telegram.post.refusals import is_refused_token, wait_after
from bot.telegram.post.waiting.answers import WaitingAnswers
from bot.telegram.post.waiting.shelf import LEASE, Shelf
from storage.delivery import WaitingReply

_log = logging.getLogger(__name__)
_LONGEST_PAUSE_S = 300.0
# After so many tries a fault of our own is none that passes.
_MOST_TRIES = 8
_MOST_IN_HAND = 60
_SHORTEST_PAUSE_S = 0.05
# Other processes put replies in as well, and a store in trouble comes back.
_LOOK_AGAIN_S = 15.0


class StoredOutbox:
    """Keeps replies in the store until they are sent, or until waiting is of no more use.

    `answers` knows which of them answer which messages.
    """

    def __init__(self, *, now: Callable[[], datetime] = utc_now) -> None:
        self._now = now
        self._shelf = Shelf()
        self._in_hand: set[asyncio.Task[None]] = set()
        self._fault: BaseException | None = None
        self.answers = WaitingAnswers()
        self._woken = asyncio.Event()

    async def open(self, access: StoreAccess, spare: Spare) -> None:
        """Keep replies in the store behind `access`, and load who is waited for."""
        await self._shelf.open(access, spare)

    def holds(self, chat_id: int) -> bool:
        """Return whether something waits for that chat, so that later things wait behind it."""
        return self._shelf.holds(chat_id)

    async def put(self, message: Outgoing, *, after: timedelta) -> None:
        """Keep a message; it is sent `after` that time at the soonest.

        Raises:
            StorageError: The store does not take it, and too many wait in memory already.
        """
        await self._put(message, after)
        _log.info("a reply waits in the outbox for %.0f s", after.total_seconds())
        self._woken.set()

    async def adopt(self, message: Outgoing, sending: asyncio.Task[int]) -> None:
        """Keep a message that is being sent, in case that comes to nothing.

        Raises:
            StorageError: As in `put`; whoever sends it has to wait for it.
        """
        reply = await self._put(message, LEASE)
        _log.info("a reply takes long, and is kept in the outbox meanwhile")
        self._take_in_hand(self._settle(reply, message, sending))

    def in_memory(self, chat_id: int) -> tuple[WaitingReply, ...]:
        """Return what waits for a chat and does not stand in the store."""
        return self._shelf.in_memory(chat_id)

    async def forget(self, chat_id: int, *, is_all: bool) -> int:
        """Drop what waits for a chat in memory, and return how much that was.

        `is_all` says that nothing waits for it in the store any more either.
        """
        self.answers.forget(chat_id)
        return await self._shelf.forget(chat_id, is_all=is_all)

    async def run(self, bot: VocedBot, postman: Postman, *, stopping: asyncio.Event) -> None:
        """Send what is due, chats side by side, until `stopping`.

        Raises:
            InvalidToken: Telegram refuses the token.
        """
        try:
            while not stopping.is_set():
                self._woken.clear()
                await self._send_due(bot, postman)
                await self._wait(stopping)
                if self._fault is not None:
                    raise self._fault
            if self._in_hand:
                await asyncio.wait(self._in_hand)
        finally:
            # What is cut short was leased, and is due again after that.
            in_hand = tuple(self._in_hand)
            for task in in_hand:
                task.cancel()
            await asyncio.gather(*in_hand, return_exceptions=True)

    async def _send_due(self, bot: VocedBot, postman: Postman) -> None:
        """Begin to send what is due, the first replies of their chats; none waits for another."""
        while len(self._in_hand) >= _MOST_IN_HAND:
            await asyncio.wait(self._in_hand, return_when=asyncio.FIRST_COMPLETED)
        for reply in await self._shelf.take_due(self._now()):
            self._take_in_hand(self._send(bot, postman, reply))

    def _take_in_hand(self, sending: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(sending)
        self._in_hand.add(task)
        task.add_done_callback(self._put_down)

    def _put_down(self, task: asyncio.Task[None]) -> None:
        self._in_hand.discard(task)
        if not task.cancelled() and (fault := task.exception()) is not None:
            self._fault = fault
            self._woken.set()

    async def finish(self) -> None:
        """Keep what stands in memory alone, as far as that is possible."""
        await self._shelf.finish()

    async def _put(self, message: Outgoing, after: timedelta) -> WaitingReply:
        now = self._now()
        reply = await self._shelf.put(
            WaitingReply(
                chat_id=message.chat_id,
                method=message.method,
                payload=message.to_payload(),
                is_answer=message.is_answer,
                created_at=now,
                due_at=now + after,
            )
        )
        self.answers.note_reply(message.chat_id, reply.id)
        return reply

    async def _send(self, bot: VocedBot, postman: Postman, reply: WaitingReply) -> None:
        try:
            message = Outgoing.from_payload(reply.chat_id, reply.payload, is_answer=reply.is_answer)
        except (KeyError, TypeError, ValueError) as error:
            _log.error("a waiting reply can't be read, and is given up: %r", error)
            await self._let_go(reply, sent=None)
        else:
            await self._settle(reply, message, postman.transmit_late(bot, message))

    async def _settle(
        self, reply: WaitingReply, message: Outgoing, sending: Awaitable[int]
    ) -> None:
        """Drop a reply once it is sent, or let it wait for another try."""
        sent = None
        pause_s = min(2.0**reply.tries, _LONGEST_PAUSE_S)
        try:
            sent = await sending
        except TelegramError as error:
            if is_refused_token(error):
                raise
            wait_s = wait_after(error, message, pause_s=pause_s)
            if wait_s is not None:
                await self._postpone(reply, wait_s)
                return
            level = logging.INFO if isinstance(error, Forbidden) else logging.ERROR
            _log.log(level, "a waiting reply is given up: %s", error)
        except Exception:  # noqa: BLE001 - a fault in one reply must not keep the others waiting
            _log.exception("a waiting reply can't be sent")
            if reply.tries < _MOST_TRIES:
                await self._postpone(reply, pause_s)
                return
            _log.error("a waiting reply is given up after %d tries", reply.tries)
        await self._let_go(reply, sent=sent)

    async def _postpone(self, reply: WaitingReply, wait_s: float) -> None:
        await self._shelf.postpone(reply, self._now() + timedelta(seconds=wait_s))
        self._woken.set()

    async def _let_go(self, reply: WaitingReply, *, sent: int | None) -> None:
        self.answers.settle(reply.id, sent)
        await self._shelf.drop(reply)
        if not self.holds(reply.chat_id):
            self.answers.forget(reply.chat_id)
        # The next one of its chat may be due.
        self._woken.set()

    async def _wait(self, stopping: asyncio.Event) -> None:
        """Wait until something may be due, something was put in, or it is time to stop."""
        due_at = await self._shelf.find_next_due()
        pause_s = _LOOK_AGAIN_S
        if due_at is not None:
            until_due_s = (due_at - self._now()).total_seconds()
            pause_s = min(max(until_due_s, _SHORTEST_PAUSE_S), _LOOK_AGAIN_S)
        waits = [asyncio.ensure_future(one.wait()) for one in (self._woken, stopping)]
        try:
            await asyncio.wait(waits, timeout=pause_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
