"""What is before editors, gathered as plainly as can be."""

from datetime import UTC, datetime

from storage import Store
from storage.editing import Gap, Placement

_NOW = datetime(2026, 3, 1, tzinfo=UTC)


async def list_missed(store: Store) -> tuple[Gap, ...]:
    """Return the gaps of all that is before editors: the same wording is the same gap."""
    for question in await store.editing.list_ungathered(limit=1000):
        gap = (await store.editing.find_gaps_of([question.wording])).get(question.wording)
        known = await store.editing.list_known(after=0, limit=1000)
        seen = max((one.id for one in known), default=0)
        placement = Placement(question=question, gap=gap)
        assert await store.editing.place([placement], seen=seen, now=_NOW)
    return await store.editing.list_gaps()
