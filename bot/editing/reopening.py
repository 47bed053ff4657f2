"""Brings dismissed gaps back whose answer says something else now."""

from datetime import datetime
from functools import partial

from bot.editing.deciding import digest_of
from bot.memory.access import StoreAccess
from knowledge import Knowledge
from storage import Store
from storage.editing import Change, Conflict, GapChange


async def reopen_changed(access: StoreAccess, knowledge: Knowledge, *, at: datetime) -> int:
    """Return how many dismissed gaps wait for an editor again.

    They were pointed to an entry that has changed since, or is gone.

    Raises:
        StorageError: The database is in trouble.
    """
    count = 0
    for gap in await access.use(lambda store: store.editing.list_dismissed()):
        answer = knowledge.answers.get(gap.entry or "")
        if answer is not None and digest_of(answer) == gap.entry_digest:
            continue
        state = "open" if gap.assignee is None else "assigned"
        values = {"state": state, "why": None, "entry": None, "entry_digest": None}
        change = Change(
            at=at,
            editor=None,
            action="answer_changed",
            gaps=(GapChange(gap=gap.id, seen=gap.version, values=values),),
            note={"entry": gap.entry},
        )
        # Another process may have been faster, with the same result.
        decide = partial(_decide, change=change)
        count += isinstance(await access.use(decide), int)
    return count


async def _decide(store: Store, *, change: Change) -> int | Conflict:
    return await store.editing.decide(change)
