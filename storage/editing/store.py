"""What can be asked of the memory of the editors' loop."""

from collections.abc import Sequence
from datetime import datetime

from storage.editing.decisions.additions import end_additions, select_additions, select_revision
from storage.editing.decisions.deciding import decide
from storage.editing.decisions.journal import select_line, select_lines
from storage.editing.decisions.tellings import select_next_due, settle, take_next, take_up_late
from storage.editing.gaps import (
    count_gaps,
    select_dismissed,
    select_gap,
    select_gaps,
    select_loud,
    select_merged,
    select_unsure,
    select_wordings,
)
from storage.editing.gathering import (
    place,
    select_gaps_of,
    select_known,
    select_known_by_ids,
    select_ungathered,
)
from storage.editing.notes import (
    claim_notice,
    delete_draft,
    is_notice_sent,
    release_notice,
    select_draft,
    settle_notice,
    write_draft,
)
from storage.editing.past import count_past, select_past
from storage.editing.values import (
    Addition,
    Change,
    Conflict,
    Draft,
    Gap,
    GapOrder,
    KnownWording,
    Line,
    PastQuestion,
    Placement,
    Telling,
    TellingState,
    Ungathered,
    Wording,
)
from storage.engine import Database

_MOST_WORDINGS = 20


class EditingStore:
    """Gaps, decisions, live additions, drafts, tellings and notices.

    Every method raises `StorageError` when the database fails or the store is closed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- gathering

    async def list_ungathered(self, *, limit: int) -> tuple[Ungathered, ...]:
        """Return questions before editors that belong to no gap yet, the oldest first."""
        async with self._database.read("look for new missed questions") as connection:
            return await select_ungathered(connection, limit=limit)

    async def list_known(self, *, after: int, limit: int) -> tuple[KnownWording, ...]:
        """Return wordings that belong to gaps, those that came after the id `after`, in order."""
        async with self._database.read("read the wordings of gaps") as connection:
            return await select_known(connection, after=after, limit=limit)

    async def find_gaps_of(self, wordings: Sequence[str]) -> dict[str, str]:
        """Return the gap of each of these wordings (`Ungathered.wording`) that is in one."""
        async with self._database.read("find the gaps of questions") as connection:
            return await select_gaps_of(connection, wordings)

    async def find_known(self, ids: Sequence[int]) -> tuple[KnownWording, ...]:
        """Return these wordings, as far as their texts are still there."""
        async with self._database.read("read the wordings of gaps") as connection:
            return await select_known_by_ids(connection, ids)

    async def place(self, placements: Sequence[Placement], *, seen: int, now: datetime) -> bool:
        """Return whether the questions were put where they belong.

        They are not, and nothing is changed, if there are wordings past the id `seen`.
        """
        async with self._database.write("gather missed questions") as connection:
            return await place(connection, placements, seen=seen, now=now)

    # -- gaps

    async def list_gaps(
        self, *, order: GapOrder = "people", limit: int = 50, offset: int = 0
    ) -> tuple[Gap, ...]:
        """Return gaps that wait for an editor.

        `people` puts first what most people asked, `newest` what was asked last, `oldest` what has
        waited longest; `unassigned` is `people` without those that somebody has taken.
        """
        async with self._database.read("list gaps") as connection:
            return await select_gaps(connection, order=order, limit=limit, offset=offset)

    async def count_gaps(self) -> dict[str, int]:
        """Return how many gaps there are in each state that any is in."""
        async with self._database.read("count gaps") as connection:
            return await count_gaps(connection)

    async def show_gap(self, gap: str) -> Gap | None:
        """Return one gap, in whatever state."""
        async with self._database.read("show a gap") as connection:
            return await select_gap(connection, gap)

    async def list_wordings(self, gap: str, *, limit: int = _MOST_WORDINGS) -> tuple[Wording, ...]:
        """Return in which ways a gap was asked, the most frequent first."""
        async with self._database.read("show the wordings of a gap") as connection:
            return await select_wordings(connection, gap, limit=limit)

    async def list_merged(self, gap: str) -> tuple[str, ...]:
        """Return the ids of the gaps that were merged into this one."""
        async with self._database.read("list merged gaps") as connection:
            return await select_merged(connection, gap)

    async def list_dismissed(self) -> tuple[Gap, ...]:
        """Return the dismissed gaps that were pointed to an entry."""
        async with self._database.read("list dismissed gaps") as connection:
            return await select_dismissed(connection)

    async def list_loud(self, *, people: int) -> tuple[Gap, ...]:
        """Return open gaps that so many people have asked and that no notice was sent of."""
        async with self._database.read("look for gaps of many people") as connection:
            return await select_loud(connection, people=people)

    async def list_unsure(self, *, since: datetime, limit: int) -> tuple[Gap, ...]:
        """Return answered gaps where nobody knows of some whether they were told after `since`."""
        async with self._database.read("look for who may not have been told") as connection:
            return await select_unsure(connection, since=since, limit=limit)

    async def list_past(self, *, limit: int) -> tuple[PastQuestion, ...]:
        """Return what was asked before, each wording once, the newest first."""
        async with self._database.read("read past questions") as connection:
            return await select_past(connection, limit=limit)

    async def count_past(self) -> int:
        """Return how many wordings were asked before."""
        async with self._database.read("count past questions") as connection:
            return await count_past(connection)

    # -- decisions

    async def decide(self, change: Change) -> int | Conflict:
        """Return the decision's number in the journal, or why nothing was changed."""
        async with self._database.write("keep a decision") as connection:
            decided = await decide(connection, change)
            if isinstance(decided, Conflict):
                await connection.rollback()
            return decided

    async def list_lines(
        self, *, gap: str | None = None, limit: int = 50, before: int | None = None
    ) -> tuple[Line, ...]:
        """Return lines of the journal, the newest first; `before` goes on from an older list."""
        async with self._database.read("read the journal") as connection:
            return await select_lines(connection, gap=gap, limit=limit, before=before)

    async def show_line(self, number: int) -> Line | None:
        """Return one line of the journal."""
        async with self._database.read("read the journal") as connection:
            return await select_line(connection, number)

    # -- live additions

    async def revision(self) -> int:
        """Return a number that goes up with every change of the live additions."""
        async with self._database.read("look for live additions") as connection:
            return await select_revision(connection)

    async def list_additions(
        self, *, decision: int | None = None
    ) -> tuple[int, tuple[Addition, ...]]:
        """Return the revision and the additions in force, in order; with `decision` its own."""
        async with self._database.read("read live additions") as connection:
            revision = await select_revision(connection)
            return revision, await select_additions(connection, decision=decision)

    async def end_additions(self, ids: Sequence[int], *, because: str) -> int:
        """Return how many of the additions were in force; they no longer are."""
        async with self._database.write("end live additions") as connection:
            return await end_additions(connection, ids, because=because)

    # -- telling

    async def take_up_late(self, *, at: datetime) -> int:
        """Return how many people wait for gaps that are answered already; they are told as well."""
        async with self._database.write("find who waits for what is answered") as connection:
            return await take_up_late(connection, at=at)

    async def take_telling(self, *, now: datetime, lost_before: datetime) -> Telling | None:
        """Return the next person to tell; nobody else gets them, now or after a crash."""
        async with self._database.write("take who is to be told") as connection:
            return await take_next(connection, now=now, lost_before=lost_before)

    async def settle_telling(
        self, telling: int, *, state: TellingState, due_at: datetime | None = None
    ) -> None:
        """Note what became of a telling; with `due_at` it waits until then."""
        async with self._database.write("note who was told") as connection:
            await settle(connection, telling, state=state, due_at=due_at)

    async def next_telling_due(self) -> datetime | None:
        """Return when the next person is to be told, `None` when nobody waits."""
        async with self._database.read("look for who is to be told") as connection:
            return await select_next_due(connection)

    # -- notes

    async def keep_draft(self, draft: Draft) -> None:
        """Keep how far an editor is in a dialogue, in the place of what was kept before."""
        async with self._database.write("keep a draft") as connection:
            await write_draft(connection, draft)

    async def find_draft(self, editor: int) -> Draft | None:
        """Return how far an editor is, `None` when in no dialogue."""
        async with self._database.read("find a draft") as connection:
            return await select_draft(connection, editor)

    async def drop_draft(self, editor: int) -> bool:
        """Return whether there was a draft; it is gone."""
        async with self._database.write("drop a draft") as connection:
            return await delete_draft(connection, editor)

    async def claim_notice(self, key: str, *, at: datetime, lost_before: datetime) -> bool:
        """Return whether the caller is to send the notice, and nobody else.

        What was claimed at `lost_before` or earlier and is not known to be sent was lost.
        """
        async with self._database.write("claim a notice") as connection:
            return await claim_notice(connection, key, at, lost_before)

    async def settle_notice(self, key: str, *, at: datetime) -> None:
        """Note that the notice was sent."""
        async with self._database.write("note that a notice was sent") as connection:
            await settle_notice(connection, key, at)

    async def is_notice_sent(self, key: str) -> bool:
        """Return whether the notice was sent."""
        async with self._database.read("look whether a notice was sent") as connection:
            return await is_notice_sent(connection, key)

    async def release_notice(self, key: str) -> None:
        """Let the notice be claimed again, because it could not be sent."""
        async with self._database.write("release a notice") as connection:
            await release_notice(connection, key)
