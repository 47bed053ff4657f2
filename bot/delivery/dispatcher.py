"""Hands updates out: those of one chat in order, chats side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

RawUpdate = Mapping[str, Any]
_MOST_AT_ONCE = 64


class Dispatcher:
    """Lets `handle` deal with each update; at most `most_at_once` are in hand at a time."""

    def __init__(
        self,
        handle: Callable[[RawUpdate], Awaitable[None]],
        *,
        most_at_once: int = _MOST_AT_ONCE,
    ) -> None:
        self._handle = handle
        self._places = asyncio.Semaphore(most_at_once)
        self._lanes: dict[tuple[str, int], deque[int]] = {}
        self._updates: dict[int, RawUpdate] = {}
        self._futures: dict[int, asyncio.Future[None]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._done = asyncio.Event()

    @property
    def in_hand(self) -> frozenset[int]:
        """Return the ids of the updates that were submitted and are not done."""
        return frozenset(self._futures)

    def submit(self, update: RawUpdate) -> asyncio.Future[None]:
        """Return what tells when the update is handled, or why it could not be.

        One that is in hand already is not taken a second time. Who stops waiting should not cancel
        the future: others may wait for it as well.
        """
        update_id = int(update["update_id"])
        if update_id in self._futures:
            return self._futures[update_id]
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._futures[update_id] = future
        self._updates[update_id] = update
        lane = lane_of(update)
        if lane in self._lanes:
            self._lanes[lane].append(update_id)
        else:
            self._lanes[lane] = deque([update_id])
            worker = asyncio.create_task(self._work(lane))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        return future

    async def wait_for_room(self, most: int, *, timeout_s: float) -> None:
        """Return once at most `most` updates are in hand, or after that time."""
        try:
            async with asyncio.timeout(timeout_s):
                while len(self._futures) > most:
                    self._done.clear()
                    await self._done.wait()
        except TimeoutError:
            pass

    async def drain(self, *, grace_s: float) -> int:
        """Return how many updates had to be left when the grace period was over."""
        if self._workers:
            await asyncio.wait(self._workers, timeout=grace_s)
        left = len(self._futures)
        workers = tuple(self._workers)
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        for future in self._futures.values():
            future.cancel()
        return left

    async def _work(self, lane: tuple[str, int]) -> None:
        waiting = self._lanes[lane]
        while waiting:
            update_id = waiting[0]
            async with self._places:
                await self._handle_one(update_id)
            waiting.popleft()
        del self._lanes[lane]

    async def _handle_one(self, update_id: int) -> None:
        future = self._futures[update_id]
        fault: Exception | None = None
        try:
            await self._handle(self._updates[update_id])
        except Exception as error:  # noqa: BLE001 - told to whoever submitted it
            fault = error
        del self._futures[update_id], self._updates[update_id]
        self._done.set()
        if future.done():
            return
        if fault is None:
            future.set_result(None)
        else:
            future.set_exception(fault)
            # Polling only looks whether it is still in hand.
            future.exception()


def lane_of(update: RawUpdate) -> tuple[str, int]:
    """Return what the updates of one chat have in common.

    Where there is no chat it is the person, else the update stands alone.
    """
    for content in update.values():
        if not isinstance(content, Mapping):
            continue
        message = content.get("message")
        for holder in (content, message if isinstance(message, Mapping) else {}):
            if (number := _number_of(holder.get("chat"))) is not None:
                return "chat", number
        if (number := _number_of(content.get("from"))) is not None:
            return "person", number
    return "alone", int(update["update_id"])


def _number_of(holder: object) -> int | None:
    number = holder.get("id") if isinstance(holder, Mapping) else None
    return number if isinstance(number, int) else None
