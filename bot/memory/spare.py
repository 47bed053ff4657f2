"""The place for what the store can't take just now, where a kill does not reach it."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TypeVar

from storage import StorageError
from storage.reserve import Reserve, open_reserve

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Spare:
    """The reserve, or none; a fault of it is no fault here, what it can't keep stays in memory."""

    def __init__(self, reserve: Reserve | None = None) -> None:
        self._reserve = reserve
        self._is_in_trouble = False

    async def use(self, doing: Callable[[Reserve], Awaitable[_T]]) -> _T | None:
        """Return what `doing` returns of the reserve, `None` where that can't be had."""
        if self._reserve is None:
            return None
        try:
            result = await doing(self._reserve)
        except StorageError as error:
            if not self._is_in_trouble:
                _log.error("what the database can't take is kept in memory alone: %s", error)
            self._is_in_trouble = True
            return None
        self._is_in_trouble = False
        return result


@asynccontextmanager
async def open_spare(path: Path) -> AsyncIterator[Spare]:
    """Yield the reserve in the file at `path`, or none where it can't be used."""
    async with AsyncExitStack() as stack:
        # A damaged file is set aside by the first opening.
        for _ in range(2):
            try:
                reserve = await stack.enter_async_context(open_reserve(path))
            except StorageError as error:
                _log.warning("%s", error)
            else:
                yield Spare(reserve)
                return
        _log.warning("without a reserve, a crash forgets what the database could not take")
        yield Spare()
