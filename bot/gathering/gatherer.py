"""Puts each missed question into its gap, or into a new one."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.gathering.index import SignIndex
from bot.memory.access import StoreAccess
from bot.memory.recording import utc_now
from intents.match.alike import ALIKE, Alike, signs_of
from storage import StorageError
from storage.editing import KnownWording, Placement, Ungathered

_log = logging.getLogger(__name__)
_LOOK_AGAIN_S = 2.0
_MOST_AT_ONCE = 200
_MOST_COMPARED = 24
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
        """Return how many questions of `batch` were placed: all up to the first new gap."""
        await self._learn_new()
        placements: list[Placement] = []
        placed: dict[str, str] = {}
        for question in batch:
            placement = await self._find_place(question, placed)
            placements.append(placement)
            if placement.gap is not None:
                placed[question.wording] = placement.gap
            elif not placement.is_noise:
                # The next question may be its like, and must find it.
                break
        is_done = await self._access.use(
            lambda store: store.editing.place(placements, seen=self._index.newest, now=self._now())
        )
        return len(placements) if is_done else 0

    async def _find_place(self, question: Ungathered, placed: dict[str, str]) -> Placement:
        if question.wording in placed:
            return Placement(question=question, gap=placed[question.wording])
        alike = self._alike()
        text = question.normalised
        if not alike.says_something(text):
            return Placement(question=question, is_noise=True)
        ids = self._index.find(signs_of(text), limit=_MOST_COMPARED)
        if not ids:
            return Placement(question=question)
        known = await self._access.use(lambda store: store.editing.find_known(ids))
        gap = await asyncio.to_thread(_find_most_alike, alike, text, known)
        return Placement(question=question, gap=gap)

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


def _find_most_alike(alike: Alike, text: str, known: Sequence[KnownWording]) -> str | None:
    """Return the gap of the wording that asks the same, the first one where several do."""
    best, likeness = None, ALIKE
    for one in sorted(known, key=lambda one: one.id):
        found = 1.0 if one.normalised == text else alike(text, one.normalised)
        if found > likeness or (best is None and found >= likeness):
            best, likeness = one.gap, found
    return best
