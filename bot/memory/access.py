"""The way to the store, which may be in trouble."""

import logging
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from storage import StorageError, Store

_log = logging.getLogger(__name__)
_PAUSE_S = 30.0
_NEVER = float("-inf")
_T = TypeVar("_T")


class StoreAccess:
    """Hands out the store; one in trouble is left alone for 30 seconds before it is tried again.

    So nobody waits for it. `fault` is the trouble in words while there is any.
    """

    def __init__(
        self,
        store: Store | None,
        *,
        fault: str | None = None,
        open_store: Callable[[], Awaitable[Store]] | None = None,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Give access to `store`; without one there is `fault` until `open_store` succeeds."""
        self._store = store
        self._open_store = open_store
        self._clock_s = clock_s
        self._left_alone_until_s = clock_s() + _PAUSE_S if fault else _NEVER
        self.fault = fault

    async def find(self) -> Store | None:
        """Return the store, opened if need be, or `None` while it is left alone."""
        if self._clock_s() < self._left_alone_until_s:
            return None
        if self.fault is not None or self._store is None:
            # One tries; whoever asks meanwhile does not wait as well.
            self._leave_alone()
        if self._store is None and self._open_store is not None:
            try:
                self._store = await self._open_store()
            except StorageError as error:
                self.note(error)
        return self._store

    async def read(self, doing: Callable[[Store], Awaitable[_T]]) -> _T:
        """Return what `doing` reads, also while the store is left alone.

        One that can't be written, as on a full disk, may well be read.

        Raises:
            StorageError: There is no store, or it can't be read.
        """
        store = self._store or await self.find()
        if store is None:
            raise StorageError(self.fault or "no database is open")
        return await doing(store)

    async def use(self, doing: Callable[[Store], Awaitable[_T]]) -> _T:
        """Return what `doing` returns of the store.

        Raises:
            StorageError: The store is in trouble or left alone; the trouble is noted.
        """
        store = await self.find()
        if store is None:
            raise StorageError(self.fault or "no database is open")
        try:
            result = await doing(store)
        except StorageError as error:
            self.note(error)
            raise
        self.note_recovery()
        return result

    def note(self, error: StorageError) -> None:
        """Take down that the store is in trouble, and leave it alone for a while."""
        if self.fault is None:
            _log.error("questions can't be recorded, people are answered all the same: %s", error)
        self.fault = str(error)
        self._leave_alone()

    def note_recovery(self) -> None:
        """Take down that the store works."""
        self.fault = None
        self._left_alone_until_s = _NEVER

    def end_pause(self) -> None:
        """Let the store be tried again at once."""
        self._left_alone_until_s = _NEVER

    def _leave_alone(self) -> None:
        self._left_alone_until_s = self._clock_s() + _PAUSE_S
