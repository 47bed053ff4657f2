"""Runs the bot: starts it with patience, lets it receive, and stops it without losing anything."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any, Protocol

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.handling import RefusedTokenError
from bot.telegram.application import VocedApplication
from bot.telegram.post.refusals import seconds_of

_log = logging.getLogger(__name__)
_LONGEST_PAUSE_S = 60.0
# Platforms end a process that is still there after 30 seconds.
_GRACE_S = 20.0
_MOST_TO_FINISH_S = 3.0


class Receiver(Protocol):
    """How updates come in."""

    async def listen(self) -> None:
        """Be there for whoever calls, from before Telegram is reached to after the last update."""

    async def prepare(self) -> None:
        """Tell Telegram how updates are received."""

    async def receive(self) -> None:
        """Receive, until cancelled."""

    def refuse(self) -> None:
        """Take no more updates."""

    async def finish(self) -> None:
        """End, once what was taken is handled."""


class Stop:
    """Tells that it is time to stop, by a signal or because of a fault that no waiting mends."""

    def __init__(self) -> None:
        self.event = asyncio.Event()
        self.fault: BaseException | None = None

    def heed_signals(self) -> None:
        """Stop on SIGTERM and SIGINT from now on."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._hear, number)

    def because_of(self, fault: BaseException) -> None:
        """Stop because of a fault."""
        self.fault = self.fault or fault
        self.event.set()

    def _hear(self, number: signal.Signals) -> None:
        if not self.event.is_set():
            _log.info("%s: finishing what is in hand", number.name)
        self.event.set()


async def run_until_stopped(
    application: VocedApplication,
    dispatcher: Dispatcher,
    receiver: Receiver,
    stop: Stop,
    *,
    grace_s: float = _GRACE_S,
) -> None:
    """Run the bot until it is time to stop; then finish what is in hand, within a grace period.

    Raises:
        Exception: The fault that ended it.
    """
    listening = _watch(receiver.listen(), stop)
    try:
        if await _finishes_before(_start(application, receiver), stop):
            await _receive(application, dispatcher, receiver, stop, grace_s)
    finally:
        with suppress(TimeoutError):
            async with asyncio.timeout(_MOST_TO_FINISH_S):
                await receiver.finish()
        await asyncio.wait({listening}, timeout=_MOST_TO_FINISH_S)
        await _end(listening)
        with suppress(TelegramError):
            await application.shutdown()
            # Also where the start got no further than opening the client.
            await application.bot.shutdown()
        await application.close_services()
    if stop.fault is not None:
        raise stop.fault


async def _receive(
    application: VocedApplication,
    dispatcher: Dispatcher,
    receiver: Receiver,
    stop: Stop,
    grace_s: float,
) -> None:
    outbox = _watch(
        application.outbox.run(application.bot, application.bot.postman, stopping=stop.event),
        stop,
    )
    receiving = _watch(receiver.receive(), stop)
    await stop.event.wait()
    loop = asyncio.get_running_loop()
    end_s = loop.time() + grace_s
    receiver.refuse()
    receiving.cancel()
    left = await dispatcher.drain(grace_s=grace_s)
    if left:
        _log.error("%d updates are left; Telegram will deliver them again", left)
    await asyncio.wait({outbox, receiving}, timeout=max(end_s - loop.time(), 0))
    outbox.cancel()
    await asyncio.gather(outbox, receiving, return_exceptions=True)


async def _start(application: VocedApplication, receiver: Receiver) -> None:
    await with_patience(application.initialize)
    await application.open_services()
    await with_patience(receiver.prepare)


async def with_patience(
    reach: Callable[[], Awaitable[None]],
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Call Telegram until it answers, with growing pauses.

    Raises:
        RefusedTokenError: Telegram does not know the token.
    """
    pause_s = 1.0
    while True:
        try:
            await reach()
        except InvalidToken as error:
            # Not the library's own words, which quote the token.
            raise RefusedTokenError from error
        except TelegramError as error:
            if isinstance(error, RetryAfter):
                pause_s = max(pause_s, seconds_of(error))
            _log.warning("Telegram can't be reached, trying again in %.0f s: %s", pause_s, error)
            await sleep(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
        else:
            return


async def _finishes_before(starting: Coroutine[Any, Any, None], stop: Stop) -> bool:
    """Return whether the start is through; `False` when it was stopped half-way."""
    start = asyncio.create_task(starting)
    stopped = asyncio.create_task(stop.event.wait())
    try:
        await asyncio.wait({start, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not start.done():
            return False
        await start
        return True
    finally:
        await _end(stopped)
        await _end(start)


def _watch(work: Coroutine[Any, Any, None], stop: Stop) -> asyncio.Task[None]:
    """Return the work as a task whose fault stops the bot."""
    task = asyncio.create_task(work)

    def look(done: asyncio.Task[None]) -> None:
        if done.cancelled() or (fault := done.exception()) is None:
            return
        stop.because_of(RefusedTokenError() if isinstance(fault, InvalidToken) else fault)

    task.add_done_callback(look)
    return task


async def _end(task: asyncio.Task[Any]) -> None:
    """Cancel a task until it is done: what waits with a limit of its own may miss it once."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=_MOST_TO_FINISH_S)
    await asyncio.gather(task, return_exceptions=True)
