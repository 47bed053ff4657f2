"""Keeps what answers in step with what editors added, in this process and from others."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from bot.heap import give_back
from bot.live.aside import CacheAside
from bot.live.building import Builder
from bot.memory.access import StoreAccess
from knowledge import Amendment, KnowledgeError, SpliceError
from storage import StorageError
from storage.editing import Addition, NewAddition

if TYPE_CHECKING:
    from bot.services import Brain

_log = logging.getLogger(__name__)
_LOOK_AGAIN_S = 3.0
IN_FILES = "in_files"


class Unfit(Exception):  # noqa: N818 - a verdict on what was to be added
    """What was to be added breaks a rule of the knowledge; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What would answer if `added` came to the additions `kept`, tried on `revision`."""

    brain: "Brain"
    revision: int
    added: tuple[NewAddition, ...]
    kept: tuple[int, ...]
    cache: CacheAside


class Live:
    """Holds what answers now, and swaps it for what knows more.

    Whatever stands in the database, people are answered: what can't be used is left out, and the
    log says so.
    """

    def __init__(
        self,
        builder: Builder,
        access: StoreAccess,
        *,
        use: Callable[["Brain"], None],
        retires: bool = False,
    ) -> None:
        """Begin with the files alone; `use` is told of what answers from now on.

        Who `retires` ends a live copy for everybody once it has arrived in the files. That is for
        the bot that serves people alone: elsewhere newer files may lie about.
        """
        self.brain = builder.base
        self.revision = 0
        self._builder = builder
        self._access = access
        self._use = use
        self._retires = retires
        # One build at a time: each takes a core.
        self._turn = asyncio.Lock()

    async def catch_up(self) -> bool:
        """Return whether something was added or ended elsewhere and is in force here now.

        Raises:
            StorageError: The database can't be read.
        """
        if await self._access.use(lambda store: store.editing.revision()) == self.revision:
            return False
        async with self._turn:
            revision, additions = await self._access.use(
                lambda store: store.editing.list_additions()
            )
            if revision == self.revision:
                return False
            cache = self._builder.cache_aside()
            brain, held = await asyncio.to_thread(self._build_what_fits, additions, cache)
            self._swap(brain, revision, cache)
        if held and self._retires:
            await self._access.use(
                lambda store: store.editing.end_additions(held, because=IN_FILES)
            )
            self.revision = await self._access.use(lambda store: store.editing.revision())
        return True

    async def watch(
        self,
        then: Callable[[], Awaitable[object]],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Catch up every few seconds, and do something then; until cancelled."""
        while True:
            await sleep(_LOOK_AGAIN_S)
            try:
                if await self.catch_up():
                    await then()
            except StorageError:
                # Noted by the access already; what answers now goes on answering.
                continue
            except Exception:  # noqa: BLE001 - nobody else would go on answering
                _log.exception("live additions can't be taken over")

    async def try_out(
        self, added: Sequence[NewAddition], *, ended: Collection[int] = ()
    ) -> Candidate:
        """Return what would answer, built aside.

        Raises:
            Unfit: What is added breaks a rule of the knowledge.
            StorageError: The database can't be read.
        """
        async with self._turn:
            revision, additions = await self._access.use(
                lambda store: store.editing.list_additions()
            )
            cache = self._builder.cache_aside()
            kept = [one for one in additions if one.id not in ended]
            try:
                brain = await asyncio.to_thread(self._build_with, kept, added, cache)
            except (KnowledgeError, SpliceError) as error:
                raise Unfit(_in_words(error)) from error
        return Candidate(
            brain=brain,
            revision=revision,
            added=tuple(added),
            kept=tuple(one.id for one in kept),
            cache=cache,
        )

    async def adopt(self, candidate: Candidate, *, decision: int) -> None:
        """Let the candidate answer from now on, whose additions were kept as `decision`.

        Where others have decided too, everything is built anew.
        """
        async with self._turn:
            revision, additions = await self._access.use(
                lambda store: store.editing.list_additions()
            )
            others = tuple(one.id for one in additions if one.decision != decision)
            own = [as_amendment(one) for one in additions if one.decision == decision]
            added = [as_amendment(one) for one in candidate.added]
            is_same = (others, own) == (candidate.kept, added)
            if is_same:
                self._swap(candidate.brain, revision, candidate.cache)
        if not is_same:
            await self.catch_up()

    def stop(self) -> None:
        """Build nothing more that takes long: the process ends."""
        self._builder.stop()

    def _swap(self, brain: "Brain", revision: int, cache: CacheAside) -> None:
        cache.commit()
        self.brain = brain
        self.revision = revision
        self._use(brain)
        give_back()
        _log.info("knowledge %s, live additions %d", brain.knowledge.version, revision)

    def _build_with(
        self, kept: Sequence[Addition], added: Sequence[NewAddition], cache: CacheAside
    ) -> "Brain":
        fitting = self._find_fitting(self._without_held(kept)[0], cache)
        return self._builder.build([*fitting, *map(as_amendment, added)], cache)

    def _build_what_fits(
        self, additions: Sequence[Addition], cache: CacheAside
    ) -> tuple["Brain", list[int]]:
        """Return what answers, and the additions that the files hold already."""
        left, held = self._without_held(additions)
        return self._builder.build(self._find_fitting(left, cache), cache), held

    def _without_held(self, additions: Sequence[Addition]) -> tuple[list[Addition], list[int]]:
        is_held = self._builder.find_held([as_amendment(one) for one in additions])
        pairs = list(zip(additions, is_held, strict=True))
        return [one for one, held in pairs if not held], [one.id for one, held in pairs if held]

    def _find_fitting(self, additions: Sequence[Addition], cache: CacheAside) -> list[Amendment]:
        """Return what can be used: all of a decision or nothing of it."""
        everything = [as_amendment(one) for one in additions]
        try:
            if everything:
                self._builder.check(everything, cache)
        except (KnowledgeError, SpliceError):
            pass
        else:
            return everything
        fitting: list[Amendment] = []
        for decision, group in groupby(additions, key=lambda one: one.decision):
            more = [as_amendment(one) for one in group]
            try:
                self._builder.check([*fitting, *more], cache)
            except (KnowledgeError, SpliceError) as error:
                _log.error("decision %d can't be used: %s", decision, _in_words(error))
            else:
                fitting += more
        return fitting


def as_amendment(addition: NewAddition) -> Amendment:
    """Return an addition as the knowledge takes it."""
    return Amendment(
        kind=addition.kind,
        target=addition.target,
        content=addition.content,
        language=addition.language,
    )


def _in_words(error: KnowledgeError | SpliceError) -> str:
    if isinstance(error, KnowledgeError):
        return "; ".join(f"{one.key}: {one.message}" for one in error.problems)
    return str(error)
