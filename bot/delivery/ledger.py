"""Keeps track of what was handled, in the store or, while that is in trouble, beside it."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.memory.access import StoreAccess
from bot.memory.recording import Recorder, utc_now
from bot.memory.spare import Spare
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
        self, recorder: Callable[[], Recorder], *, now: Callable[[], datetime] = utc_now
    ) -> None:
        """Use the store of `recorder`, which is there from the first update on."""
        self._recorder = recorder
        self._now = now
        self._handled: OrderedDict[int, None] = OrderedDict()
        self._swept: date | None = None
        self._has_recalled = False

    @property
    def _access(self) -> StoreAccess:
        return self._recorder().access

    @property
    def _spare(self) -> Spare:
        return self._recorder().spare

    async def begin(self, update_id: int) -> Begun:
        """Return how an update stands that has come in."""
        await self._recall()
        if update_id in self._handled:
            return Begun(tries=1, is_handled=True)
        await self._sweep()
        try:
            return await self._access.use(
                lambda store: store.delivery.begin(update_id, at=self._now())
            )
        except StorageError:
            return Begun(tries=1, is_handled=False)

    async def finish(self, update_id: int) -> None:
        """Mark an update as handled."""
        self._remember(update_id)
        try:
            await self._access.use(lambda store: store.delivery.finish(update_id, at=self._now()))
        except StorageError:
            await self._spare.use(lambda reserve: reserve.keep_handled(update_id, at=self._now()))

    async def bury(self, letter: DeadLetter) -> None:
        """Keep an update that could not be handled.

        Raises:
            StorageError: It can't be kept.
        """
        await self._access.use(lambda store: store.delivery.bury(letter))
        _log.error(
            "an update is a dead letter after %d tries: %s; see `voced letters list`",
            letter.tries,
            letter.error,
        )

    def _remember(self, update_id: int) -> None:
        self._handled[update_id] = None
        while len(self._handled) > _MOST_REMEMBERED:
            self._handled.popitem(last=False)

    async def _recall(self) -> None:
        """Remember what a process that is no more had handled while the store was in trouble."""
        if self._has_recalled:
            return
        handled = await self._spare.use(
            lambda reserve: reserve.list_handled(limit=_MOST_REMEMBERED)
        )
        for update_id in handled or ():
            self._remember(update_id)
        self._has_recalled = True

    async def _sweep(self) -> None:
        """Forget what is over, once a day."""
        now = self._now()
        if self._swept == now.date():
            return
        self._swept = now.date()
        await self._spare.use(lambda reserve: reserve.drop_older("update", now - _UPDATES_KEPT))
        try:
            given_up = await self._access.use(
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
