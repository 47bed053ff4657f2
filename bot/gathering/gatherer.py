"""Puts each missed question into its gap, or into a new one."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.gathering.index import SignIndex
from bot.gathering.places import MOST_COMPARED, Places
from bot.memory.access import StoreAccess
from bot.memory.recording import utc_now
from intents.match.alike import Alike, signs_of
from storage import StorageError
from storage.editing import Placement, Ungathered

_log = logging.getLogger(__name__)
_LOOK_AGAIN_S = 2.0
_MOST_AT_ONCE = 200
_PAGE = 5_000


class Gatherer:
    """Gathers; any number of processes may do so at once, and each question is gathered once."""

    def __init__(
        self,
        access: StoreAccess,
        alike: Callable[[], Alike],
        *,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        """Gather what stands in the store behind `access`.

        `alike` returns what compares two questions now; it may be another one after each change of
        the knowledge.
        """
        self._access = access
        self._alike = alike
        self._now = now
        self._index = SignIndex()
        self._turn = asyncio.Lock()

    async def gather(self, *, most: int = 2_000) -> int:
        """Return how many new questions were looked at, at most so many and a few.

        Raises:
            StorageError: The database is in trouble.
        """
        count = 0
        async with self._turn:
            while count < most:
                batch = await self._access.use(
                    lambda store: store.editing.list_ungathered(limit=_MOST_AT_ONCE)
                )
                if not batch:
                    break
                count += await self._gather(batch)
        return count

    async def watch(self, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Gather every few seconds, until cancelled."""
        while True:
            await sleep(_LOOK_AGAIN_S)
            try:
                await self.gather()
            except StorageError:
                # Noted by the access already.
                continue
            except Exception:  # noqa: BLE001 - the next question may be a better one
                _log.exception("missed questions can't be gathered")

    async def _gather(self, batch: Sequence[Ungathered]) -> int:
        """Return how many questions were placed: all of `batch`, or none if others were faster."""
        await self._learn_new()
        wordings = [one.wording for one in batch]
        placed = await self._access.use(lambda store: store.editing.find_gaps_of(wordings))
        near = {
            one.wording: self._index.find(signs_of(one.normalised), limit=MOST_COMPARED)
            for one in batch
            if one.wording not in placed
        }
        ids = sorted({number for found in near.values() for number in found})
        known = await self._access.use(lambda store: store.editing.find_known(ids)) if ids else ()
        by_id = {one.id: one for one in known}
        places = Places(self._alike(), placed)

        def find_places() -> list[Placement]:
            return [
                places.find(one, [by_id[n] for n in near.get(one.wording, ()) if n in by_id])
                for one in batch
            ]

        placements = await asyncio.to_thread(find_places)
        is_done = await self._access.use(
            lambda store: store.editing.place(placements, seen=self._index.newest, now=self._now())
        )
        return len(placements) if is_done else 0

    async def _learn_new(self) -> None:
        """Know what this or another process has gathered meanwhile."""
        while True:
            known = await self._access.use(
                lambda store: store.editing.list_known(after=self._index.newest, limit=_PAGE)
            )
            for one in known:
                self._index.add(one.id, signs_of(one.normalised))
            if len(known) < _PAGE:
                return
