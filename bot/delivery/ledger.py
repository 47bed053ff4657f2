"""Keeps track of what was handled, in the store and, while that is in trouble, in memory."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.memory.access import StoreAccess
from bot.memory.recording import utc_now
from storage import StorageError
from storage.delivery import Begun, DeadLetter

_log = logging.getLogger(__name__)
_MOST_REMEMBERED = 10_000
# Telegram keeps an update for a day; its number may come again after a week without any.
_UPDATES_KEPT = timedelta(days=2)
_OTHERS_KEPT = timedelta(days=7)


class Ledger:
    """Knows which updates are handled, so that one that comes again is skipped."""

    def __init__(
        self, access: Callable[[], StoreAccess], *, now: Callable[[], datetime] = utc_now
    ) -> None:
        """Use the store behind `access`, which is there from the first update on."""
        self._access = access
        self._now = now
        self._handled: OrderedDict[int, None] = OrderedDict()
        self._swept: date | None = None

    async def begin(self, update_id: int) -> Begun:
        """Return how an update stands that has come in."""
        if update_id in self._handled:
            return Begun(tries=1, is_handled=True)
        await self._sweep()
        try:
            return await self._access().use(
                lambda store: store.delivery.begin(update_id, at=self._now())
            )
        except StorageError:
            return Begun(tries=1, is_handled=False)

    async def finish(self, update_id: int) -> None:
        """Mark an update as handled."""
        self._handled[update_id] = None
        while len(self._handled) > _MOST_REMEMBERED:
            self._handled.popitem(last=False)
        try:
            await self._access().use(lambda store: store.delivery.finish(update_id, at=self._now()))
        except StorageError:
            _log.debug("a handled update stands in memory alone")

    async def bury(self, letter: DeadLetter) -> None:
        """Keep an update that could not be handled.

        Raises:
            StorageError: It can't be kept.
        """
        await self._access().use(lambda store: store.delivery.bury(letter))
        _log.error(
            "an update is a dead letter after %d tries: %s; see `voced letters list`",
            letter.tries,
            letter.error,
        )

    async def _sweep(self) -> None:
        """Forget what is over, once a day."""
        now = self._now()
        if self._swept == now.date():
            return
        self._swept = now.date()
        try:
            given_up = await self._access().use(
                lambda store: store.delivery.sweep(
                    updates_before=now - _UPDATES_KEPT, others_before=now - _OTHERS_KEPT
                )
            )
        except StorageError:
            self._swept = None
            return
        if given_up.replies or given_up.letters:
            _log.error(
                "given up after %d days: %d waiting replies, %d dead letters",
                _OTHERS_KEPT.days,
                given_up.replies,
                given_up.letters,
            )
