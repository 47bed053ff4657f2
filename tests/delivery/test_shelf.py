"""Replies that the store can't take are kept beside it, and no more than there is room for."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.memory.access import StoreAccess
from bot.memory.spare import Spare, open_spare
from bot.telegram.post.outgoing import Outgoing
from bot.telegram.post.postman import Postman
from bot.telegram.post.waiting import shelf as shelves
from bot.telegram.post.waiting.outbox import StoredOutbox
from bot.telegram.post.waiting.shelf import Shelf
from storage import StorageError, open_store
from storage.delivery import WaitingReply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def _reply(text: str = "hello", *, chat_id: int = 7001) -> WaitingReply:
    return WaitingReply(
        chat_id=chat_id,
        method="sendMessage",
        payload={"text": text},
        is_answer=True,
        created_at=NOW,
        due_at=NOW,
    )


@asynccontextmanager
async def _open(file: Path, access: StoreAccess | None = None) -> AsyncIterator[Shelf]:
    """Yield a shelf with a reserve, by default without a store."""
    async with open_spare(file) as spare:
        shelf = Shelf()
        await shelf.open(access or StoreAccess(None, fault="away"), spare)
        yield shelf


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "reserve.sqlite"


async def test_a_reply_outlives_the_process_and_the_trouble(file: Path) -> None:
    async with _open(file) as shelf:
        await shelf.put(_reply("first"))
        await shelf.put(_reply("second"))
    async with _open(file) as shelf:
        assert shelf.holds(7001)
        (due,) = await shelf.take_due(NOW)
        assert due.payload == {"text": "first"}
        await shelf.drop(due)
    async with _open(file) as shelf:
        (left,) = await shelf.take_due(NOW)
        assert left.payload == {"text": "second"}


async def test_what_the_store_takes_again_leaves_the_reserve(file: Path, tmp_path: Path) -> None:
    async with _open(file) as shelf:
        await shelf.put(_reply())
    async with open_store(f"sqlite:///{tmp_path / 'voced.sqlite'}") as store:
        async with _open(file, StoreAccess(store)) as shelf:
            (due,) = await shelf.take_due(NOW)
            assert shelf.in_memory(7001) == ()
        async with _open(file, StoreAccess(store)) as shelf:
            assert await store.delivery.count_waiting() == {7001: 1}
            assert shelf.in_memory(7001) == ()
            await shelf.drop(due)
            assert not shelf.holds(7001)


async def test_what_a_person_had_forgotten_leaves_the_reserve(file: Path) -> None:
    async with _open(file) as shelf:
        await shelf.put(_reply())
        await shelf.put(_reply(chat_id=7002))
        assert await shelf.forget(7001, is_all=False) == 1
    async with _open(file) as shelf:
        assert (shelf.holds(7001), shelf.holds(7002)) == (False, True)


@pytest.fixture
def room_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "_MOST_IN_MEMORY", 1)


@pytest.mark.usefixtures("room_for_one")
async def test_more_than_there_is_room_for_is_refused() -> None:
    """So that the update is not confirmed: Telegram goes on keeping what the bot can't."""
    shelf = Shelf()
    await shelf.put(_reply())
    with pytest.raises(StorageError, match="too many"):
        await shelf.put(_reply(chat_id=7002))
    assert not shelf.holds(7002)
    assert len(await shelf.take_due(NOW)) == 1


@pytest.mark.usefixtures("room_for_one")
async def test_without_room_who_sends_waits_for_a_slow_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outbox = StoredOutbox()
    await outbox.open(StoreAccess(None, fault="away"), Spare())
    await outbox.put(Outgoing(chat_id=7002, text="waits"), after=timedelta(hours=1))

    async def note_closed(_chat_id: int) -> None: ...

    class SlowPostman(Postman):
        async def transmit(self, _bot: object, _message: Outgoing) -> int:
            await asyncio.sleep(0.05)
            return 41

    monkeypatch.setattr("bot.telegram.post.postman._MOST_WAIT_S", 0.01)
    postman = SlowPostman(outbox, note_closed=note_closed)
    assert await postman.post(None, Outgoing(chat_id=7001, text="slow")) == 41  # type: ignore[arg-type]
