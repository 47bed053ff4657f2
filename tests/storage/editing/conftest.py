"""What records a miss and gathers it."""

from typing import Any

import pytest

from storage import Store
from storage.editing import Placement
from tests.storage.conftest import AskQuestion
from tests.storage.editing.deciding import NOW, Miss


@pytest.fixture
def miss(store: Store, ask: AskQuestion) -> Miss:
    """Return what records a miss and gathers it, into `gap` or a new one; it returns the gap."""

    async def put(
        text: str, *, gap: str | None = None, is_noise: bool = False, **values: Any
    ) -> str:
        await store.record(ask(text, **values))
        (question,) = await store.editing.list_ungathered(limit=9)
        known = await store.editing.list_known(after=0, limit=1000)
        seen = max((one.id for one in known), default=0)
        placement = Placement(question=question, gap=gap, is_noise=is_noise)
        assert await store.editing.place([placement], seen=seen, now=NOW)
        fresh = await store.editing.list_known(after=seen, limit=1)
        return fresh[0].gap if fresh else gap or ""

    return put
