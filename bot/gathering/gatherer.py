"""Puts each missed question into its gap, or into a new one."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
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
# Of what is gathered while people are being answered: it keeps them waiting for so long.
_FEW_AT_ONCE = 10
# How long it then rests after each question, in times that the question took.
_REST = 4.0
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

    async def gather(self, *, most: int = 2_000, gives_way: bool = False) -> int:
        """Return how many new questions were looked at, at most so many and a few.

        With `gives_way` it takes a fifth of the time at most, and whoever asks goes first.

        Raises:
            StorageError: The database is in trouble.
        """
        count = 0
        at_once = _FEW_AT_ONCE if gives_way else _MOST_AT_ONCE
        async with self._turn:
            while count < most:
                batch = await self._access.use(
                    lambda store: store.editing.list_ungathered(limit=at_once)
                )
                if not batch:
                    break
                count += await self._gather(batch, rest=_REST if gives_way else 0.0)
        return count

    async def watch(self, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Gather every few seconds, until cancelled."""
        while True:
            await sleep(_LOOK_AGAIN_S)
            try:
                await self.gather(gives_way=True)
            except StorageError:
                # Noted by the access already.
                continue
            except Exception:  # noqa: BLE001 - the next question may be a better one
                _log.exception("missed questions can't be gathered")

    async def _gather(self, batch: Sequence[Ungathered], *, rest: float) -> int:
        """Return how many questions were placed: all of `batch`, or none if others were faster."""
        await self._learn_new()
        wordings = [one.wording for one in batch]
        placed = await self._access.use(lambda store: store.editing.find_gaps_of(wordings))
        near: dict[str, tuple[int, ...]] = {}
        async for one in _one_by_one(batch, rest=rest):
            if one.wording not in placed:
                signs = signs_of(one.normalised)
                near[one.wording] = self._index.find(signs, limit=MOST_COMPARED)
        ids = sorted({number for found in near.values() for number in found})
        known = await self._access.use(lambda store: store.editing.find_known(ids)) if ids else ()
        by_id = {one.id: one for one in known}
        places = Places(self._alike(), placed)
        placements: list[Placement] = []
        async for one in _one_by_one(batch, rest=rest):
            like = [by_id[number] for number in near.get(one.wording, ()) if number in by_id]
            placements.append(places.find(one, like))
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


async def _one_by_one(questions: Sequence[Ungathered], *, rest: float) -> AsyncIterator[Ungathered]:
    """Yield each question; others have their turn in between, for `rest` times as long."""
    for question in questions:
        began = time.perf_counter()
        yield question
        await asyncio.sleep(rest * (time.perf_counter() - began))
