"""Everything that editors can do, the same for every front end."""

import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from bot.editing.deciding import Case, find_audience, is_over, make_change, make_undo
from bot.editing.errors import ConflictError, EditingError, NotAnEditorError
from bot.editing.outcomes import Done, Progress, Trial
from bot.editing.reopening import reopen_changed
from bot.editing.trials import Trials
from bot.editing.wishes import (
    AddCounterexample,
    AddPhrasing,
    Assign,
    Undo,
    Wish,
    WriteAnswer,
)
from bot.live import Live
from bot.memory.access import StoreAccess
from bot.memory.recording import utc_now
from storage import StorageError, Store
from storage.editing import (
    Change,
    Conflict,
    Draft,
    Gap,
    GapOrder,
    Line,
    Wording,
)

_T = TypeVar("_T")
# Later on, nobody is helped by a reminder; the gap itself goes on saying so.
_LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGap:
    """A gap with the ways in which it was asked, the most frequent first, and what was decided."""

    gap: Gap
    wordings: tuple[Wording, ...]
    lines: tuple[Line, ...]


def _tell_nobody(_done: int, _total: int) -> None:
    return


class Desk:
    """Where editors decide. Every method takes who acts (`actor`, a numeric id) and checks them.

    Every method raises `NotAnEditorError` for whoever is none, `EditingError` where a wish can't
    be met (nothing is changed then), and `StorageError` where the database is in trouble.
    """

    def __init__(
        self,
        access: StoreAccess,
        live: Live,
        *,
        editors: frozenset[int],
        gather: Callable[[], Awaitable[int]],
        now: Callable[[], datetime] = utc_now,
        clock_s: Callable[[], float] = time.monotonic,
        budget_s: float = 20.0,
    ) -> None:
        """Decide on what stands in the store behind `access`, and put it into force in `live`.

        `gather` puts what was missed meanwhile into gaps, before they are looked at. Past questions
        are tried for `budget_s` seconds of `clock_s`. Whoever tells people may set `on_answered`,
        which is called when there is something to tell.
        """
        self.live = live
        self.editors = editors
        self.on_answered: Callable[[], None] = lambda: None
        self._access = access
        self._gather = gather
        self._now = now
        self._trials = Trials(live, access, now=now, clock_s=clock_s, budget_s=budget_s)

    def is_editor(self, actor: int | None) -> bool:
        """Return whether they may look and decide."""
        return actor in self.editors

    # -- looking

    async def list_gaps(
        self, actor: int, *, order: GapOrder = "people", limit: int = 50, offset: int = 0
    ) -> tuple[Gap, ...]:
        """Return gaps that wait for an editor, in order."""
        self._check(actor)
        await self._gather_if_possible()
        return await self._access.read(
            lambda store: store.editing.list_gaps(order=order, limit=limit, offset=offset)
        )

    async def list_unsure(self, actor: int, *, limit: int = 50) -> tuple[Gap, ...]:
        """Return answered gaps where nobody knows of some whether they were told, lately."""
        self._check(actor)
        since = self._now() - _LATELY
        return await self._access.read(
            lambda store: store.editing.list_unsure(since=since, limit=limit)
        )

    async def count_gaps(self, actor: int) -> dict[str, int]:
        """Return how many gaps there are in each state that any is in."""
        self._check(actor)
        return await self._access.read(lambda store: store.editing.count_gaps())

    async def show(self, actor: int, gap: str) -> ShownGap:
        """Return one gap, in whatever state."""
        self._check(actor)
        await self._gather_if_possible()
        found = await self._find(gap)
        wordings = await self._access.read(lambda store: store.editing.list_wordings(gap))
        lines = await self._access.read(lambda store: store.editing.list_lines(gap=gap))
        return ShownGap(gap=found, wordings=wordings, lines=lines)

    async def journal(
        self, actor: int, *, gap: str | None = None, limit: int = 50, before: int | None = None
    ) -> tuple[Line, ...]:
        """Return who did what, the newest first; `before` goes on from an older list."""
        self._check(actor)
        return await self._access.read(
            lambda store: store.editing.list_lines(gap=gap, limit=limit, before=before)
        )

    # -- deciding

    async def decide(
        self, actor: int, wish: Wish, *, progress: Progress = _tell_nobody
    ) -> Done | Trial:
        """Return what was done, or what it would do.

        What changes the knowledge is tried first, and that as well as whatever lets people be told
        waits to be confirmed. `progress` is told how far a trial is.
        """
        self._check(actor)
        await self._gather()
        change = await self._make_change(actor, wish)
        audience = await find_audience(self._access, wish, change)
        if audience is not None or change.additions or change.ends:
            return await self._trials.run(actor, wish, change, audience=audience, progress=progress)
        return await self._put_into_force(change)

    async def confirm(self, actor: int, trial: str, *, despite_breaks: bool = False) -> Done:
        """Return what was done: what was tried is in force, here at once.

        What breaks something needs `despite_breaks`. Where the trial is not known any more, or the
        gap or the knowledge has changed since, it must be tried again.
        """
        self._check(actor)
        tried = self._trials.find(actor, trial)
        if tried.trial.broken and not despite_breaks:
            raise EditingError("breaks", count=tried.trial.broken)
        done = await self._put_into_force(tried.change)
        self._trials.drop(trial)
        if tried.candidate is not None:
            await self.live.adopt(tried.candidate, decision=done.line)
            await reopen_changed(self._access, self.live.brain.knowledge, at=self._now())
        if tried.trial.entry is not None:
            # Not before what they are told is known here.
            self.on_answered()
        return done

    # -- dialogues

    async def keep_draft(self, draft: Draft) -> None:
        """Keep how far an editor is in a dialogue; it outlives the process."""
        self._check(draft.editor)
        await self._use(lambda store: store.editing.keep_draft(draft))

    async def find_draft(self, actor: int) -> Draft | None:
        """Return how far an editor is, `None` when in no dialogue."""
        self._check(actor)
        return await self._use(lambda store: store.editing.find_draft(actor))

    async def drop_draft(self, actor: int) -> bool:
        """Return whether there was a draft; it is gone."""
        self._check(actor)
        return await self._use(lambda store: store.editing.drop_draft(actor))

    # -- inside

    async def _gather_if_possible(self) -> None:
        """Gather before looking: where nothing can be written, what is gathered can be seen."""
        with suppress(StorageError):
            await self._gather()

    async def _make_change(self, actor: int, wish: Wish) -> Change:
        if isinstance(wish, Undo):
            return await make_undo(self._access, wish, actor=actor, at=self._now())
        gap = await self._find(wish.gap)
        if isinstance(wish, Assign) and wish.to is not None and not self.is_editor(wish.to):
            raise EditingError("no_editor", editor=wish.to)
        wordings: tuple[Wording, ...] = ()
        if isinstance(wish, (WriteAnswer, AddPhrasing, AddCounterexample)):
            wordings = await self._use(lambda store: store.editing.list_wordings(gap.id))
        case = Case(
            gap=gap,
            wordings=wordings,
            knowledge=self.live.brain.knowledge,
            actor=actor,
            at=self._now(),
        )
        return await make_change(self._access, wish, case)

    async def _put_into_force(self, change: Change) -> Done:
        decided = await self._use(lambda store: store.editing.decide(change))
        if isinstance(decided, Conflict):
            raise _refuse(decided)
        gap = change.gaps[0].gap if change.gaps else None
        line = await self._use(lambda store: store.editing.show_line(decided))
        opened = line.after.get("", {}).get("into") if line is not None else None
        shown = await self._use(lambda store: store.editing.show_gap(gap)) if gap else None
        return Done(
            line=decided,
            gap=shown,
            opened=opened if change.split else None,
            can_be_undone=line is not None and not is_over(line),
        )

    async def _find(self, gap: str) -> Gap:
        found = await self._access.read(lambda store: store.editing.show_gap(gap))
        if found is None:
            raise EditingError("unknown_gap", gap=gap)
        return found

    def _check(self, actor: int) -> None:
        if not self.is_editor(actor):
            raise NotAnEditorError

    async def _use(self, doing: Callable[[Store], Awaitable[_T]]) -> _T:
        return await self._access.use(doing)


def _refuse(conflict: Conflict) -> EditingError:
    if conflict.kind == "version":
        at = conflict.at.strftime("%Y-%m-%d %H:%M") if conflict.at else ""
        return ConflictError(
            "changed_meanwhile" if conflict.by else "changed_by_itself",
            gap=conflict.gap,
            by=conflict.by,
            action=conflict.action,
            at=at,
        )
    if conflict.kind == "revision":
        return ConflictError("knowledge_changed")
    return EditingError(
        f"{conflict.kind}_gap" if conflict.kind == "unknown" else conflict.kind, gap=conflict.gap
    )
