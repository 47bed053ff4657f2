"""Tries decisions that change the knowledge, and holds what was tried until it is confirmed."""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.answering import Answerer
from bot.editing.deciding import Audience
from bot.editing.errors import EditingError
from bot.editing.outcomes import Progress, Replay, Trial
from bot.editing.replaying import replay
from bot.editing.wishes import Wish
from bot.live import Candidate, Live, Unfit
from bot.memory.access import StoreAccess
from bot.reply import Reply
from intents import Language
from knowledge.models import LANGUAGES
from storage.editing import Change

# Each holds a matcher of its own.
_MOST_HELD = 2
_HELD_FOR = timedelta(minutes=30)
_MOST_PAST = 20_000
# A front end shows the progress; more often than this nobody can read it.
_LEAST_STEP = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What was tried, by whom and when, with all that puts it into force.

    `candidate` is `None` where the knowledge stays as it is.
    """

    trial: Trial
    actor: int
    wish: Wish
    change: Change
    candidate: Candidate | None
    at: datetime


class Trials:
    """Holds a few trials; a forgotten one is run again."""

    def __init__(
        self,
        live: Live,
        access: StoreAccess,
        *,
        now: Callable[[], datetime],
        clock_s: Callable[[], float],
        budget_s: float,
    ) -> None:
        self._live = live
        self._access = access
        self._now = now
        self._clock_s = clock_s
        self._budget_s = budget_s
        self._held: OrderedDict[str, Tried] = OrderedDict()

    async def run(
        self,
        actor: int,
        wish: Wish,
        change: Change,
        *,
        audience: Audience | None,
        progress: Progress,
    ) -> Trial:
        """Return what the change would do, also to its audience; `progress` is told how far it is.

        Raises:
            EditingError: It breaks a rule of the knowledge.
            StorageError: The database can't be read.
        """
        # An editor's own older trial is of no more use, and takes memory.
        for old in [name for name, one in self._held.items() if one.actor == actor]:
            self._held.pop(old, None)
        candidate: Candidate | None = None
        replayed: Replay | None = None
        answerer, revision = self._live.brain.answerer, self._live.revision
        if change.additions or change.ends:
            candidate = await self._build(change)
            replayed = await self._replay(candidate, change, progress)
            answerer, revision = candidate.brain.answerer, candidate.revision
        entry = audience.entry if audience is not None else None
        trial = Trial(
            id=f"t{secrets.token_hex(4)}",
            gap=change.gaps[0].gap if change.gaps else None,
            entry=entry,
            replay=replayed,
            previews=self._preview(answerer, entry),
            people=audience.people if audience is not None else 0,
            is_repeat=audience is not None and audience.is_repeat,
        )
        self._hold(
            Tried(
                trial=trial,
                actor=actor,
                wish=wish,
                change=replace(change, revision=revision),
                candidate=candidate,
                at=self._now(),
            )
        )
        return trial

    def find(self, actor: int, trial: str) -> Tried:
        """Return what this editor has tried under that id.

        Raises:
            EditingError: It is not held any more, or was never theirs.
        """
        found = self._held.get(trial)
        if found is None or found.actor != actor or self._now() - found.at > _HELD_FOR:
            raise EditingError("trial_is_over")
        return found

    def drop(self, trial: str) -> None:
        """Let go of a trial that is in force."""
        self._held.pop(trial, None)

    def _hold(self, tried: Tried) -> None:
        self._held[tried.trial.id] = tried
        while len(self._held) > _MOST_HELD:
            self._held.popitem(last=False)

    async def _build(self, change: Change) -> Candidate:
        try:
            return await self._live.try_out(change.additions, ended=change.ends)
        except Unfit as error:
            raise EditingError("does_not_fit", problems=str(error)) from error

    async def _replay(self, candidate: Candidate, change: Change, progress: Progress) -> Replay:
        past = await self._access.use(lambda store: store.editing.list_past(limit=_MOST_PAST))
        known = await self._access.use(lambda store: store.editing.count_past())
        loop = asyncio.get_running_loop()

        def tell(done: int, total: int) -> None:
            if done % _LEAST_STEP == 0 or done == total:
                loop.call_soon_threadsafe(progress, done, total)

        before, after = self._live.brain.answerer, candidate.brain.answerer
        return await asyncio.to_thread(
            replay,
            past,
            before=before,
            after=after,
            meant=change.answered,
            denied=frozenset(
                (one.target, one.content)
                for one in change.additions
                if one.kind == "counterexample"
            ),
            is_undoing=change.undoes is not None,
            today=self._today(),
            budget_s=self._budget_s,
            tell=tell,
            known=known,
            clock_s=self._clock_s,
        )

    def _preview(self, answerer: Answerer, entry: str | None) -> Mapping[Language, Reply]:
        if entry is None:
            return {}
        replies: dict[Language, Reply] = {}
        for language in LANGUAGES:
            reply = answerer.show(entry, language, today=self._today())
            if reply is not None:
                replies[language] = reply
        return replies

    def _today(self) -> date:
        return self._now().date()
