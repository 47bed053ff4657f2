"""What the tests of the editors' loop have in common: a moment, two editors, and decisions."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from storage import Store
from storage.editing import Change, GapChange

NOW = datetime(2026, 3, 1, 13, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
EDITOR, OTHER = 11, 22

Miss = Callable[..., Awaitable[str]]


async def wait(store: Store, number: int, asker: str, chat_id: int) -> None:
    assert await store.people.wait(number, asker=asker, chat_id=chat_id, language="zh", since=NOW)


def answer(gap: str, seen: int | None = None, **values: Any) -> Change:
    usual: dict[str, Any] = {
        "at": NOW,
        "editor": EDITOR,
        "action": "answer",
        "gaps": (GapChange(gap=gap, seen=seen, values={"state": "answered", "entry": "tuition"}),),
        "answered": "tuition",
    }
    return Change(**(usual | values))
