"""The slow queue of those who are to be told."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.memory.access import StoreAccess
from bot.memory.recording import utc_now
from bot.reply import Reply
from intents import Language
from storage import StorageError
from storage.editing import Telling

_log = logging.getLogger(__name__)
# Far below what Telegram allows, so that nobody who asks now waits for those who asked then.
PAUSE_S = 0.5
# Others put people into the queue, too, and a store in trouble comes back.
_LOOK_AGAIN_S = 5.0
# Longer than any call takes: what is on its way for so long was lost in a crash.
_LOST_AFTER = timedelta(minutes=2)
_NOT_THERE_YET = timedelta(minutes=10)
_MOST_TRIES = 50


@dataclass(frozen=True, slots=True)
class Told:
    """The person has the message, or it may have arrived: it must not be sent again."""

    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person has blocked the bot, or is not there any more."""


@dataclass(frozen=True, slots=True)
class Wait:
    """The message certainly did not arrive and may be sent after `seconds`."""

    seconds: float


# Sends the answer to one person, in one try, within a minute.
Tell = Callable[[Telling, Reply], Awaitable[Told | Unreachable | Wait]]


class Teller:
    """Tells one person after the other.

    Each is marked before the message goes out. So a process that dies in between tells nobody
    twice; whoever was being told then counts as unsure.
    """

    def __init__(
        self,
        access: StoreAccess,
        show: Callable[[str, Language], Reply | None],
        tell: Tell,
        *,
        now: Callable[[], datetime] = utc_now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Tell those in the store behind `access`; `show` gives an entry's answer as it is now."""
        self._access = access
        self._show = show
        self._tell = tell
        self._now = now
        self._sleep = sleep
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Look at once: somebody is to be told."""
        self._woken.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Tell whoever is to be told, until `stopping`; what is on its way is finished."""
        while not stopping.is_set():
            self._woken.clear()
            try:
                while not stopping.is_set() and await self.tell_next():
                    await self._sleep(PAUSE_S)
            except StorageError:
                # Noted by the access already, which leaves the store alone for a while.
                pass
            await self._wait(stopping)

    async def tell_next(self) -> bool:
        """Return whether there was somebody to tell.

        Raises:
            StorageError: The database is in trouble.
        """
        now = self._now()
        telling = await self._take(now)
        if telling is None:
            late = await self._access.use(lambda store: store.editing.take_up_late(at=now))
            telling = await self._take(now) if late else None
        if telling is None:
            return False
        await self._settle(telling, await self._send(telling))
        return True

    async def _take(self, now: datetime) -> Telling | None:
        return await self._access.use(
            lambda store: store.editing.take_telling(now=now, lost_before=now - _LOST_AFTER)
        )

    async def _send(self, telling: Telling) -> Told | Unreachable | Wait:
        language: Language = "zh" if telling.language.startswith("zh") else "en"
        reply = self._show(telling.entry, language)
        if reply is None:
            # Decided in another process; here it is known in a few seconds.
            return Wait(min(2.0**telling.tries, _NOT_THERE_YET.total_seconds()))
        try:
            return await self._tell(telling, reply)
        except Exception:  # noqa: BLE001 - one message must not end the queue
            _log.exception("somebody may not have been told of '%s'", telling.entry)
            return Told(is_sure=False)

    async def _settle(self, telling: Telling, outcome: Told | Unreachable | Wait) -> None:
        number = telling.id
        if isinstance(outcome, Wait) and telling.tries < _MOST_TRIES:
            due_at = self._now() + timedelta(seconds=outcome.seconds)
            await self._access.use(
                lambda store: store.editing.settle_telling(number, state="waiting", due_at=due_at)
            )
        elif isinstance(outcome, Told):
            state = "told" if outcome.is_sure else "unsure"
            await self._access.use(
                lambda store: store.editing.settle_telling(number, state=state)  # type: ignore[arg-type]
            )
        else:
            await self._access.use(
                lambda store: store.editing.settle_telling(number, state="unreachable")
            )

    async def _wait(self, stopping: asyncio.Event) -> None:
        waits = [asyncio.ensure_future(one.wait()) for one in (self._woken, stopping)]
        try:
            await asyncio.wait(waits, timeout=_LOOK_AGAIN_S, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
